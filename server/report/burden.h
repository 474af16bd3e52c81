#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/service.h"

/// What a request costs those who are asked, said before it is issued: no figure is asked twice
/// without anybody knowing.
namespace report {

/// Rough minutes, told as such. Nobody's time is measured: they only have to be the same for every
/// request, so that requests can be compared and added up over a year.
inline constexpr int kMinutesPerReport = 10;
inline constexpr int kMinutesPerCell = 2;
inline constexpr int kMinutesPerSection = 20;
/// Cells somebody asked already cost nothing more; a report that asks nothing new is not free.
constexpr int minutes_of(int new_cells, int sections) {
  return kMinutesPerReport + kMinutesPerCell * new_cells + kMinutesPerSection * sections;
}

struct UnitBurden {
  org::UnitId unit;
  int known = 0;                            ///< cells that have their figure already
  int pending = 0;                          ///< asked by another request and not answered yet
  int fresh = 0;                            ///< nobody has asked
  int minutes = 0;                          ///< this request
  std::int64_t year_minutes = 0;            ///< asked of the unit in that year already, by anybody
  std::optional<std::int64_t> budget = {};  ///< of the year
  bool is_over() const { return budget && year_minutes + minutes > *budget; }
};

/// A line that another request asks too.
struct Overlap {
  std::string indicator;  ///< code
  FactKind kind = FactKind::actual;
  std::string period;
  RequestId request;
  std::string title;
  org::UnitId requester;
  int units = 0;  ///< how many of those asked now were asked there
};

struct Burden {
  std::vector<UnitBurden> units;  ///< in the order asked
  std::vector<Overlap> overlaps;  ///< by line, then request
  int sections = 0;
};

/// Of a request as it would be issued. Refused like issuing it.
base::Result<Burden> burden_of(store::Tx& tx, const auth::Actor& actor, Now now,
                               const NewRequest& asked);

/// Minutes asked of units in a year of the period, per unit in the order given.
std::vector<std::int64_t> minutes_in_year(store::Tx& tx, const std::vector<org::UnitId>& units,
                                          int year);

/// What was asked of one unit in a year, by who asks.
struct YearLine {
  org::UnitId requester;
  std::optional<RegimeId> regime;
  std::string name;  ///< the regime's, or the request's title when ad hoc
  int reports = 0, new_cells = 0;
  std::int64_t minutes = 0;
};
std::vector<YearLine> year_of(store::Tx& tx, org::UnitId unit, int year);

std::optional<std::int64_t> budget(store::Tx& tx, org::UnitId unit, int year);
/// Set by an administrator of the unit or above it.
base::Result<void> set_budget(store::Tx& tx, const auth::Actor& actor, Now now, org::UnitId unit,
                              int year, std::int64_t minutes);

}  // namespace report
