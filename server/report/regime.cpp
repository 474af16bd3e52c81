#include "report/regime.h"

#include <algorithm>
#include <array>
#include <set>

namespace report {
namespace {

constexpr std::array<std::string_view, 3> kWindows{"decree_09", "calendar", "own"};

/// The day of a month `months` after the one that `day` is in; past its end, its last.
base::Date day_in_month(base::Date day, int months, int of_month) {
  using namespace std::chrono;
  const year_month month{year{day.year()}, std::chrono::month{day.month()}};
  const year_month wanted = month + std::chrono::months{months};
  const auto last = static_cast<unsigned>((wanted / std::chrono::last).day());
  return base::Date(static_cast<int>(wanted.year()), static_cast<unsigned>(wanted.month()),
                    std::min(static_cast<unsigned>(of_month), last));
}

class Faults {
 public:
  void add(std::string code, std::string field, std::vector<std::string> args = {}) {
    problems_.push_back(
        {base::ProblemKind::invalid, std::move(code), std::move(field), std::move(args)});
  }
  base::Problems take() { return std::move(problems_); }

 private:
  base::Problems problems_;
};

void check_cells(const Regime& regime, Faults& faults) {
  std::set<std::pair<std::string, FactKind>> seen;
  for (std::size_t i = 0; i < regime.cells.size(); ++i) {
    const RegimeCell& cell = regime.cells[i];
    const std::string place = "/cells/" + std::to_string(i);
    if (!seen.emplace(cell.indicator, cell.kind).second) {
      faults.add("regime.cell_twice", place + "/indicator", {cell.indicator});
    }
    if (cell.whole_year && cell.kind != FactKind::estimate) {
      faults.add("regime.year_is_estimate", place + "/whole_year", {cell.indicator});
    }
    if (cell.whole_year && regime.frequency == base::Frequency::year) {
      faults.add("regime.year_already", place + "/whole_year", {cell.indicator});
    }
  }
}

void check_deadlines(const Regime& regime, Faults& faults) {
  if (regime.deadlines.empty()) faults.add("regime.no_deadline", "/deadlines");
  std::set<int> seen;
  for (std::size_t i = 0; i < regime.deadlines.size(); ++i) {
    if (!seen.insert(regime.deadlines[i].level).second) {
      faults.add("regime.deadline_twice", "/deadlines/" + std::to_string(i) + "/level",
                 {std::to_string(regime.deadlines[i].level)});
    }
  }
}

}  // namespace

std::string_view name(DataWindow window) { return kWindows[static_cast<std::size_t>(window)]; }

std::optional<DataWindow> data_window_named(std::string_view name) {
  const auto at = std::find(kWindows.begin(), kWindows.end(), name);
  if (at == kWindows.end()) return std::nullopt;
  return static_cast<DataWindow>(at - kWindows.begin());
}

Days days_of(const Window& window, const base::Period& period) {
  const base::Date last = period.last();
  switch (window.kind) {
    case DataWindow::decree_09:
      return {day_in_month(period.first(), -1, 15), day_in_month(last, 0, 15)};
    case DataWindow::calendar:
      return {period.first(), period.end()};
    case DataWindow::own:
      return {day_in_month(period.first(), window.from_months, window.from_day),
              day_in_month(last, 0, window.to_day).plus_days(1)};
  }
  return {};
}

base::Date due_of(const std::vector<Deadline>& deadlines, int level, const Days& window,
                  const base::WorkingCalendar& calendar) {
  int days = 0;
  bool is_named = false;
  for (const Deadline& deadline : deadlines) {
    if (deadline.level == level) {
      days = deadline.working_days;
      is_named = true;
    } else if (!is_named) {
      days = std::max(days, deadline.working_days);
    }
  }
  return calendar.plus(window.to.plus_days(-1), days);
}

base::Problems faults_of(const Regime& regime) {
  Faults faults;
  const bool has_units = !regime.addressees.empty();
  if (has_units == regime.addressee_level.has_value()) {
    faults.add(has_units ? "regime.addressees_twice" : "regime.no_addressee", "/addressees");
  }
  check_deadlines(regime, faults);
  if (regime.cells.empty() && regime.sections.empty()) faults.add("regime.asks_nothing", "/cells");
  check_cells(regime, faults);
  if (regime.window.kind == DataWindow::own) {
    const Days days = days_of(regime.window, base::Period(2021, base::Frequency::month, 3));
    if (days.to <= days.from) faults.add("regime.window_backwards", "/window");
  }
  if (regime.to <= regime.from) faults.add("regime.ends_before", "/to");
  base::Problems problems = faults.take();
  for (base::Problem& one : faults_of(regime.sections)) problems.push_back(std::move(one));
  return problems;
}

base::Period period_of(const RegimeCell& cell, const base::Period& period) {
  return cell.whole_year ? base::Period(period.year(), base::Frequency::year, 1) : period;
}

}  // namespace report
