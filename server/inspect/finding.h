#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/inspection.h"
#include "store/db.h"

/// What was found, each tied to its evidence; and all SQL of it.
namespace inspect {

using FindingId = base::Id<struct FindingTag>;

enum class FindingKind { strength, shortcoming, cause, responsibility };
std::string_view name(FindingKind kind);

enum class EvidenceKind { fact, section, document, note };
std::string_view name(EvidenceKind kind);

struct Evidence {
  EvidenceKind kind = EvidenceKind::fact;
  std::int64_t id = 0;  ///< of the fact, the report, the document or the note
  std::string section;  ///< code, of the report
  std::string caption;
};

struct Finding {
  FindingId id;
  InspectionId inspection;
  org::UnitId unit;
  FindingKind kind = FindingKind::shortcoming;
  std::string text;
  std::optional<FindingId> repeats;  ///< one of an earlier inspection that is found again
  auth::AccountId account;
  std::string actor;
  base::Instant at;
  std::vector<Evidence> evidence;
};

namespace finding_store {

FindingId add(store::Tx& tx, const Finding& finding);
void save(store::Tx& tx, const Finding& finding);
void remove(store::Tx& tx, FindingId id);
std::optional<Finding> find(store::Tx& tx, FindingId id);
std::vector<Finding> of_inspection(store::Tx& tx, InspectionId id);
/// Findings that say they are this one again.
std::vector<Finding> repeats_of(store::Tx& tx, FindingId id);

}  // namespace finding_store
}  // namespace inspect
