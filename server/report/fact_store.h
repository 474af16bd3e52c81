#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "report/fact.h"
#include "store/db.h"

/// All SQL of facts and their revisions.
namespace report::fact_store {

/// Who changed a fact, by which act ("report.accepted"), and when.
struct Hand {
  const auth::Actor& actor;
  std::string act;
  base::Instant at;
};

/// Makes the blank cell a request asks for; false, and nothing, when the fact is there already.
bool ask(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator, std::string_view period,
         FactKind kind, ReportId report);
/// Writes a fact that is not there yet, as its first revision.
FactId add(store::Tx& tx, const Fact& fact, const Hand& hand);
/// Writes the fact as its next revision; `fact.revision` is the one read.
void save(store::Tx& tx, const Fact& fact, const Hand& hand);

std::optional<Fact> find(store::Tx& tx, FactId id);
std::optional<Fact> find(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                         std::string_view period, FactKind kind = FactKind::actual);

/// The facts behind a report's cells, in the form's order.
std::vector<Fact> of_report(store::Tx& tx, ReportId report);


struct Revision {
  std::int64_t revision = 0;
  FactState state = FactState::blank;
  FactStatus status = FactStatus::draft;
  std::optional<std::int64_t> amount;
  std::string note, act, actor;
  base::Instant at;
};
std::vector<Revision> history(store::Tx& tx, FactId id);
/// The last revision: who and when. None for a cell never touched.
std::optional<Revision> last(store::Tx& tx, FactId id);

/// What a total needs of one fact.
struct Line {
  org::UnitId unit;
  direct::IndicatorId indicator;
  FactState state;
  FactStatus status;
  std::int64_t amount;
  std::int64_t at;  ///< time of its last change
};
using TakeLine = std::function<void(const Line&)>;
/// Every actual fact of the period, from the covering index.
void scan(store::Tx& tx, std::string_view period, const TakeLine& take);
/// Those of one indicator, from the covering index.
void of_indicator(store::Tx& tx, direct::IndicatorId indicator, std::string_view period,
                  const TakeLine& take);
/// The actual facts of one unit in the period.
void of_unit(store::Tx& tx, org::UnitId unit, std::string_view period, const TakeLine& take);
/// What one unit handed in as actual figures in up to kMostPast periods, at one question.
inline constexpr std::size_t kMostPast = 12;
void past_of_unit(
    store::Tx& tx, org::UnitId unit, const std::vector<std::string>& periods,
    const std::function<void(std::string_view, direct::IndicatorId, std::int64_t)>& take);
/// The one of a unit and an indicator, from the covering index.
void of_cell(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
             std::string_view period, const TakeLine& take);
/// The indicators some request asks in the period.
std::vector<direct::IndicatorId> asked(store::Tx& tx, std::string_view period);

}  // namespace report::fact_store
