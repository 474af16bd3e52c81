#include <algorithm>
#include <map>
#include <set>

#include "base/decimal.h"
#include "direct/coverage.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "inspect/brief_store.h"
#include "inspect/service.h"
#include "org/unit_store.h"
#include "report/compile_narrative.h"
#include "report/standing.h"

namespace inspect {
namespace {

constexpr int kMostOwn = 50;

/// One inspected unit, all under it, and what is found of them.
class Writer {
 public:
  Writer(store::Tx& tx, const Inspection& inspection, const Inspected& inspected, base::Date day,
         const base::Clock& clock)
      : tx_(tx), inspection_(inspection), inspected_(inspected), day_(day), clock_(clock) {
    asked_ = {inspected.unit, inspection.line, inspection.to.plus_days(-1), inspection.from,
              inspection.to};
    if (inspection.request) asked_.self = *inspection.request;
    for (const org::unit_store::Node& node :
         org::unit_store::subtree(tx, inspected.unit, asked_.day, inspection.line)) {
      under_.insert(node.id.value);
      if (node.parent == 0) children_.push_back(node.id);
    }
  }

  std::vector<BriefLine> lines() {
    lines_ = course_lines(brief_store::courses(tx_, asked_, clock_), day_);
    copied();
    apart();
    disagreeing();
    directed();
    return std::move(lines_);
  }

 private:
  bool is_under(org::UnitId unit) const { return under_.contains(unit.value); }

  void copied() {
    const org::Scope everyone{{}, day_, true};
    for (const report::RequestId id : brief_store::requests(tx_, asked_)) {
      const auto request = report::report_store::find_request(tx_, id);
      if (!request) continue;
      for (const report::Copied& one : report::copied_sections(tx_, everyone, *request)) {
        if (!is_under(one.unit)) continue;
        BriefLine line;
        line.kind = BriefKind::copied;
        line.unit = one.unit;
        line.subject = request->title;
        line.period = request->period;
        line.source = "report";
        line.source_id = one.report.value;
        line.section = one.section;
        lines_.push_back(line);
      }
    }
  }

  const direct::Indicator& indicator(std::int64_t id) {
    auto found = indicators_.find(id);
    if (found == indicators_.end()) {
      found = indicators_.emplace(id, direct::indicator_store::find(tx_, {id}).value()).first;
    }
    return found->second;
  }

  void apart() {
    const auto points = brief_store::figures(tx_, asked_);
    for (const Apartness& one : apart_figures(points, inspection_.from, inspection_.to)) {
      const direct::Indicator& of = indicator(one.at.indicator);
      BriefLine line;
      line.kind = BriefKind::figure_apart;
      line.unit = one.at.unit;
      line.subject = of.name;
      line.period = one.at.period;
      line.value = base::canonical_figure(one.at.amount, of.decimals);
      line.beside = base::canonical_figure(one.usual, of.decimals);
      line.source = "fact";
      line.source_id = one.at.fact;
      lines_.push_back(line);
    }
  }

  /// The self-report's own sums beside those of the units below.
  void disagreeing() {
    if (!inspected_.report || children_.empty()) return;
    const auto sheet = report::report_store::sheet(tx_, *inspected_.report);
    if (!sheet || sheet->report.state == report::ReportState::draft) return;
    for (const report::Cell& cell : sheet->cells) {
      if (cell.fact.state != report::FactState::value ||
          cell.fact.kind != report::FactKind::actual ||
          cell.indicator.across_units != direct::AcrossUnits::sum) {
        continue;
      }
      report::RollupQuestion question;
      question.unit = inspected_.unit;
      question.period = base::Period::parse(cell.fact.period).value();
      question.indicators = {cell.indicator.code};
      question.line = inspection_.line;
      question.units = children_;
      const auto answer = report::roll_up(tx_, question);
      if (!answer) continue;
      std::int64_t counted = 0;
      base::Wide sum = 0;
      for (std::size_t i = 1; i < answer->totals.size(); ++i) {
        const report::Total& total = answer->totals[i].front();
        counted += total.counted;
        sum += total.value.value_or(0);
      }
      if (counted == 0 || sum == cell.fact.amount.value_or(0)) continue;
      BriefLine line;
      line.kind = BriefKind::figure_disagrees;
      line.unit = inspected_.unit;
      line.subject = cell.indicator.name;
      line.period = cell.fact.period;
      line.value = base::canonical_figure(cell.fact.amount.value_or(0), cell.indicator.decimals);
      line.beside = base::canonical_figure(sum, cell.indicator.decimals);
      line.source = "report";
      line.source_id = inspected_.report->value;
      lines_.push_back(line);
    }
  }

  /// What came of the programmes looked at and of the unit's own in force: targets behind, and who
  /// did not take them up.
  void directed() {
    for (const direct::ProgrammeId id : inspection_.programmes) of_programme(id);
    const org::Scope everyone{{}, day_, true};
    for (const direct::Programme& own :
         direct::programme_store::visible(tx_, everyone, inspected_.unit, 0, kMostOwn)) {
      if (own.from < inspection_.to && inspection_.from < own.to) of_programme(own.id);
    }
  }

  void of_programme(direct::ProgrammeId id) {
    const auto programme = direct::programme_store::find(tx_, id);
    if (!programme) return;
    missed(*programme);
    unanswered(*programme);
  }

  void missed(const direct::Programme& programme) {
    const report::HeatMap map = report::heat_map(tx_, programme, day_);
    for (std::size_t row = 0; row < map.units.size(); ++row) {
      if (!is_under(map.units[row].id)) continue;
      for (std::size_t column = 0; column < map.targets.size(); ++column) {
        const auto& cell = map.cells[row][column];
        if (cell.status != direct::TargetStatus::behind) continue;
        const direct::Indicator& of = map.targets[column].indicator;
        BriefLine line;
        line.kind = BriefKind::missed_target;
        line.unit = map.units[row].id;
        line.subject = of.name;
        line.period = map.targets[column].target.period;
        if (cell.actual) line.value = base::canonical_figure(*cell.actual, of.decimals);
        if (cell.allocated) line.beside = base::canonical_figure(*cell.allocated, of.decimals);
        line.source = "programme";
        line.source_id = programme.id.value;
        lines_.push_back(line);
      }
    }
  }

  void unanswered(const direct::Programme& programme) {
    const direct::CoverageMatrix matrix = direct::coverage_matrix(tx_, programme, day_);
    BriefLine silent;
    silent.kind = BriefKind::silent_adoption;
    silent.subject = programme.number + " " + programme.title;
    silent.source = "programme";
    silent.source_id = programme.id.value;
    for (std::size_t i = 0; i < matrix.units.size(); ++i) {
      if (!is_under(matrix.units[i].id)) continue;
      const auto rows_with = [&](std::string_view letters) {
        return std::count_if(matrix.rows.begin(), matrix.rows.end(), [&](const auto& row) {
          return letters.find(row.states.at(i)) != std::string_view::npos;
        });
      };
      if (rows_with("sp") > 0) {
        silent.unit = ++silent.count == 1 ? matrix.units[i].id : inspected_.unit;
      }
      if (const auto declined = rows_with("d"); declined > 0) {
        BriefLine line = silent;
        line.kind = BriefKind::declined_adoption;
        line.unit = matrix.units[i].id;
        line.count = declined;
        lines_.push_back(line);
      }
    }
    if (silent.count > 0) lines_.push_back(silent);  // of several units: one line, told as such
  }

  store::Tx& tx_;
  const Inspection& inspection_;
  const Inspected& inspected_;
  base::Date day_;
  const base::Clock& clock_;
  brief_store::Asked asked_;
  std::set<std::int64_t> under_;
  std::vector<org::UnitId> children_;
  std::map<std::int64_t, direct::Indicator> indicators_;
  std::vector<BriefLine> lines_;
};

/// How often each was found up to then: what is found again stands on what it repeats.
std::map<std::int64_t, int> times_found(const std::vector<EarlierFinding>& earlier) {
  std::map<std::int64_t, std::int64_t> repeats;
  for (const EarlierFinding& one : earlier)
    repeats[one.finding.id.value] = one.finding.repeats ? one.finding.repeats->value : 0;
  std::map<std::int64_t, int> times;
  for (const auto& [id, before] : repeats) {
    int& count = times[id] = 1;
    for (auto at = repeats.find(before); at != repeats.end(); at = repeats.find(at->second))
      ++count;
  }
  return times;
}

std::vector<BriefLine> earlier_lines(store::Tx& tx, const Inspection& inspection) {
  std::vector<BriefLine> lines;
  const auto earlier = earlier_findings(tx, inspection);
  const auto times = times_found(earlier);
  std::set<std::int64_t> found_again;
  for (const EarlierFinding& one : earlier)
    if (one.finding.repeats) found_again.insert(one.finding.repeats->value);
  for (const EarlierFinding& one : earlier) {
    BriefLine line;
    line.unit = one.finding.unit;
    line.subject = one.finding.text;
    line.done_on = one.concluded_on;
    line.source = "inspection";
    line.source_id = one.finding.inspection.value;
    const int found = times.at(one.finding.id.value);
    if (found > 1 && !found_again.contains(one.finding.id.value)) {  // told once, at its last
      line.kind = BriefKind::earlier_repeated;
      line.count = found;
      lines.push_back(line);
    }
    if (one.open > 0) {
      line.kind = BriefKind::earlier_open;
      line.count = one.open;
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace

std::vector<BriefLine> write_brief(store::Tx& tx, const Inspection& inspection, base::Date day,
                                   const base::Clock& clock, const MoreLines& more_lines) {
  std::vector<BriefLine> lines = earlier_lines(tx, inspection);
  for (const Inspected& one : inspection.units) {
    std::vector<BriefLine> more = Writer(tx, inspection, one, day, clock).lines();
    std::move(more.begin(), more.end(), std::back_inserter(lines));
  }
  if (more_lines) {
    std::vector<org::UnitId> units;
    for (const Inspected& one : inspection.units) units.push_back(one.unit);
    std::vector<BriefLine> more = more_lines(tx, units, day);
    std::move(more.begin(), more.end(), std::back_inserter(lines));
  }
  order(lines);
  return lines;
}

}  // namespace inspect
