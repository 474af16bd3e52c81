#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"
#include "base/period.h"
#include "direct/indicator.h"
#include "org/unit.h"
#include "registry/document.h"

namespace direct {

using ProgrammeId = base::Id<struct ProgrammeTag>;
using TargetId = base::Id<struct TargetTag>;

enum class ProgrammeKind { programme, regulation };

struct Objective {
  std::int64_t id = 0;
  std::string code;
  std::string title;
};

/// A checkable item of a regulation and the question a unit answers with a count.
struct RegulationItem {
  std::string code;
  std::string text;
  std::string question;
};

/// An indicator's value stated for a unit and a period.
struct Target {
  TargetId id;
  ProgrammeId programme;
  std::string objective;  ///< code, or empty
  org::UnitId unit;
  IndicatorId indicator;
  std::string period;
  std::int64_t amount = 0;
  std::optional<TargetId> parent;  ///< the superior's target it is a part of
};

struct Programme {
  ProgrammeId id;
  org::UnitId unit;
  ProgrammeKind kind = ProgrammeKind::programme;
  std::string number;  ///< "01-CTr/TU"
  std::string title;
  base::Date issued_on;
  base::Date from, to;  ///< half-open span in force
  std::optional<ProgrammeId> implements;
  bool is_illustrative = false;
  std::optional<registry::DocumentId> document;  ///< the paper it is
};

enum class AdoptionState { adopted, declined, silent };
std::string_view name(AdoptionState state);

struct Adoption {
  AdoptionState state = AdoptionState::silent;
  std::string reason;
  std::optional<std::int64_t> amount;  ///< what the unit itself states for the target
};

/// What a lower unit owes to one target: its answer and what was allocated to it.
struct CoverageCell {
  org::UnitId unit;
  Adoption adoption;
  std::optional<std::int64_t> allocated;
};

/// Sum of what was allocated less the target's own amount; none when nothing was allocated or the
/// indicator's rule does not add up (a ratio is not allocated by parts). Pure.
std::optional<base::Wide> allocation_difference(const Indicator& indicator, std::int64_t amount,
                                                const std::vector<CoverageCell>& cells);

struct CoverageCounts {
  int adopted = 0, declined = 0, silent = 0;
};
CoverageCounts count(const std::vector<CoverageCell>& cells);

}  // namespace direct
