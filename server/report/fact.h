#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "direct/indicator.h"
#include "org/unit.h"

namespace report {

using FactId = base::Id<struct FactTag>;
using ReportId = base::Id<struct ReportTag>;
using RequestId = base::Id<struct RequestTag>;
using RegimeId = base::Id<struct RegimeTag>;

/// Blank, zero, not applicable and not yet known are four different things; zero is a value.
enum class FactState { blank, value, not_applicable, not_yet };
enum class FactStatus { draft, submitted, returned, accepted, excluded };
/// What happened, or what is reckoned to happen while the period is not over (ước thực hiện). Only
/// actual figures are in totals.
enum class FactKind { actual, estimate };

std::string_view name(FactState state);
std::string_view name(FactStatus status);
std::string_view name(FactKind kind);
std::optional<FactState> fact_state_named(std::string_view name);
std::optional<FactStatus> fact_status_named(std::string_view name);
std::optional<FactKind> fact_kind_named(std::string_view name);

/// A unit's figure for an indicator, a period and a kind: entered once, bound into every report
/// that asks.
struct Fact {
  FactId id;
  org::UnitId unit;
  direct::IndicatorId indicator;
  std::string period;
  FactState state = FactState::blank;
  FactStatus status = FactStatus::draft;
  std::optional<std::int64_t> amount;  ///< set exactly when state is `value`
  std::string remark;                  ///< the unit's own
  std::string note;                    ///< why it was returned or excluded
  ReportId report;                     ///< the report that asked first; zero when imported
  std::int64_t revision = 0;           ///< 0: asked, never touched
  FactKind kind = FactKind::actual;
};

}  // namespace report
