#include "inspect/brief.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/period.h"
#include "report/doubt.h"
#include "report/fact_store.h"

namespace inspect {
namespace {

constexpr std::array<std::string_view, kBriefKinds> kNames{
    "earlier_repeated", "earlier_open",      "figure_disagrees", "figure_apart",
    "copied",           "silent_report",     "late_report",      "returned_report",
    "missed_target",    "declined_adoption", "silent_adoption",  "petition_overdue",
    "petition_open"};

/// A unit's figures of one indicator.
using Series = std::map<base::Period, const FigurePoint*>;

const FigurePoint* at(const Series& series, const base::Period& period) {
  const auto found = series.find(period);
  return found == series.end() ? nullptr : found->second;
}

report::CellPast past_of(const std::map<std::int64_t, Series>& units, std::int64_t unit,
                         const base::Period& period) {
  const Series& own = units.at(unit);
  report::CellPast past;
  base::Period before = period;
  for (std::size_t back = 0; back < report::fact_store::kMostPast; ++back) {
    before = before.previous();
    if (const FigurePoint* point = at(own, before)) past.history.push_back(point->amount);
  }
  if (const FigurePoint* point = at(own, period.previous())) past.previous = point->amount;
  if (const FigurePoint* point = at(own, period.year_before())) past.year_before = point->amount;
  return past;
}

std::vector<report::Moved> siblings_of(const std::map<std::int64_t, Series>& units,
                                       std::int64_t unit, const base::Period& period) {
  std::vector<report::Moved> moved;
  for (const auto& [other, series] : units) {
    const FigurePoint* now = other == unit ? nullptr : at(series, period);
    const FigurePoint* before = now == nullptr ? nullptr : at(series, period.previous());
    if (before != nullptr) moved.push_back({before->amount, now->amount});
  }
  return moved;
}

}  // namespace

std::string_view name(BriefKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::vector<BriefLine> course_lines(const std::vector<ReportCourse>& reports, base::Date day) {
  std::vector<BriefLine> lines;
  for (const ReportCourse& one : reports) {
    BriefLine line;
    line.unit = one.unit;
    line.subject = one.title;
    line.period = one.period;
    line.due_on = one.due_on;
    line.done_on = one.handed_in;
    line.source = "report";
    line.source_id = one.report.value;
    if (!one.handed_in && one.due_on < day) {
      line.kind = BriefKind::silent_report;
      lines.push_back(line);
    } else if (one.handed_in && one.due_on < *one.handed_in) {
      line.kind = BriefKind::late_report;
      lines.push_back(line);
    }
    if (one.returned > 0) {
      line.kind = BriefKind::returned_report;
      line.count = one.returned;
      lines.push_back(line);
    }
  }
  return lines;
}

std::vector<Apartness> apart_figures(const std::vector<FigurePoint>& points, base::Date from,
                                     base::Date to) {
  // By indicator and length of period, then by unit: siblings are the other units of one group.
  std::map<std::pair<std::int64_t, base::Frequency>, std::map<std::int64_t, Series>> groups;
  for (const FigurePoint& point : points) {
    const auto period = base::Period::parse(point.period);
    if (!period) continue;
    groups[{point.indicator, period->frequency()}][point.unit.value][*period] = &point;
  }
  std::vector<Apartness> found;
  for (const auto& [key, units] : groups) {
    std::vector<std::int64_t> steps;
    std::vector<std::pair<Apartness, std::optional<std::int64_t>>> candidates;
    for (const auto& [unit, series] : units) {
      for (const auto& [period, point] : series) {
        if (period.last() < from || !(period.last() < to)) continue;
        report::CellPast past = past_of(units, unit, period);
        if (past.history.size() < report::kLeastHistory) continue;
        const auto step = report::step_of(point->amount, report::twice_median(past.history));
        if (step) steps.push_back(*step);
        if (!report::apart_from(point->amount, past.history)) continue;
        past.siblings = siblings_of(units, unit, period);
        const auto apart = report::stands_apart(point->amount, past);
        if (apart) candidates.push_back({{*point, apart->twice_median / 2}, step});
      }
    }
    const auto fence = report::outer_fence(std::move(steps));
    for (const auto& [candidate, step] : candidates)
      if (!fence || !step || *step > *fence) found.push_back(candidate);
  }
  return found;
}

void order(std::vector<BriefLine>& lines) {
  const auto key = [](const BriefLine& line) {
    return std::tuple(line.kind, line.unit.value, line.period, line.source_id, line.section,
                      line.subject);
  };
  std::sort(lines.begin(), lines.end(),
            [&](const BriefLine& a, const BriefLine& b) { return key(a) < key(b); });
}

}  // namespace inspect
