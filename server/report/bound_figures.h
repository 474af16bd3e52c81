#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "report/figure_mark.h"
#include "report/narrative_store.h"
#include "report/service.h"

namespace report {

/// What a mark stands for and shows now.
struct Figure {
  FigureMark mark;
  direct::Indicator indicator;
  org::UnitId unit;
  std::string period;
  FactId fact;  ///< zero for a total
  std::int64_t revision = 0;
  FactState state = FactState::blank;
  FactStatus status = FactStatus::draft;
  std::optional<std::int64_t> amount;

  /// "1.234 người"; "chưa có số liệu" when there is no figure, "không áp dụng" when there is none
  /// to have.
  std::string shown() const;
};

/// Finds what marks stand for, each once. A mark of a ratio, of a period the indicator is not
/// collected for, or ":total" is rolled up from accepted facts; every other is one fact.
class BoundFigures {
 public:
  /// Marks that name no unit or period mean these; a unit is named by its code and is this one or
  /// one below it on the period's last day.
  BoundFigures(store::Tx& tx, org::UnitId unit, const Request& request);

  /// "narrative.figure_unknown", "narrative.figure_unit", "narrative.figure_kind" at `pointer`.
  base::Result<Figure> find(const FigureMark& mark, const std::string& pointer = {});

  /// The text as it is read: every mark replaced by its figure; one that stands for nothing stays.
  std::string shown(std::string_view text);
  /// The figures of a text's marks, in order.
  base::Result<std::vector<Figure>> of(std::string_view text, const std::string& pointer);

 private:
  base::Result<org::UnitId> unit_of(const FigureMark& mark, const std::string& pointer);
  void total(Figure& figure, const base::Period& period);

  store::Tx& tx_;
  org::UnitId unit_;
  std::string line_;
  base::Period period_;
  std::map<std::string, base::Result<Figure>> found_;
  std::map<std::string, std::optional<org::UnitId>> units_;
};

}  // namespace report
