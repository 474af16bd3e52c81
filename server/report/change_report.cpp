#include "report/change_report.h"

#include "journal/journal.h"
#include "report/check_store.h"
#include "report/examine.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"
#include "report/report_store.h"

namespace report {
namespace {

using base::ProblemKind;

void note_hands(Report& report, const auth::Actor& actor, Now now, const std::string& act) {
  if (act == "report.submitted") {
    report.submitted_at = now.at;
    report.submitted_by = actor.name();
  }
  if (act == "report.accepted") {
    report.accepted_at = now.at;
    report.accepted_by = actor.name();
  }
}

}  // namespace

base::Result<Sheet> seen_report(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                ReportId id) {
  if (!org::sees(tx, actor, org::unit_of(report_store::find(tx, id)), day)) {
    return base::refuse(ProblemKind::not_found, "report.not_found");
  }
  return report_store::sheet(tx, id).value();
}

base::Result<void> change_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                 const Change& change) {
  ASSIGN_OR_RETURN(Sheet sheet, seen_report(tx, actor, now.day, on.report));
  const Request request = report_store::find_request(tx, sheet.report.request).value();
  const org::UnitId acts_for = change.act == org::Act::enter ? sheet.report.unit : request.unit;
  if (!change.is_mandated && !org::allows(tx, actor, change.act, acts_for, now.day)) {
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  }
  if (sheet.report.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "report.changed", "",
                        {std::to_string(on.revision), std::to_string(sheet.report.revision)});
  }
  ASSIGN_OR_RETURN(sheet, change.rule(std::move(sheet)));
  note_hands(sheet.report, actor, now, change.name);
  if (!report_store::save(tx, sheet.report)) {
    return base::refuse(ProblemKind::changed, "report.changed", "",
                        {std::to_string(on.revision), ""});
  }
  for (const std::size_t cell : sheet.changed) {
    fact_store::save(tx, sheet.cells[cell].fact, {actor, change.name, now.at});
  }
  narrative_store::save(tx, sheet, {actor, change.name, now.at});
  journal::record(tx, actor, now.at,
                  {change.name, "report:" + std::to_string(sheet.report.id.value),
                   sheet.report.unit.value, change.detail});
  return {};
}

base::Result<void> put_cells(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                             const std::vector<Entry>& entries) {
  return change_report(tx, actor, now, on,
                       {org::Act::enter, "report.entered",
                        [&](Sheet sheet) { return enter(std::move(sheet), entries); },
                        "{\"cells\":" + std::to_string(entries.size()) + "}"});
}

base::Result<void> submit_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on) {
  const auto rule = [&](Sheet sheet) -> base::Result<Sheet> {
    base::Problems problems = stopping(examine(tx, sheet));
    auto handed_in = submit(std::move(sheet));
    if (!handed_in) {
      if (handed_in.error().front().kind != ProblemKind::invalid) return handed_in;
      problems.insert(problems.begin(), handed_in.error().begin(), handed_in.error().end());
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    check_store::keep_draft(tx, on.report, actor.account(), {});
    return handed_in;
  };
  return change_report(tx, actor, now, on, {org::Act::enter, "report.submitted", rule});
}

base::Result<void> accept_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on) {
  return change_report(tx, actor, now, on, {org::Act::decide, "report.accepted", accept});
}

base::Result<void> return_report(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                 const std::string& remark, const std::vector<ReturnedCell>& cells,
                                 const std::vector<ReturnedSection>& sections) {
  return change_report(
      tx, actor, now, on,
      {org::Act::decide, "report.returned",
       [&](Sheet sheet) { return give_back(std::move(sheet), remark, cells, sections); },
       "{\"cells\":" + std::to_string(cells.size()) +
           ",\"sections\":" + std::to_string(sections.size()) + "}"});
}

base::Result<void> return_for_supplement(store::Tx& tx, const auth::Actor& actor, Now now,
                                         OnReport on, const std::string& remark,
                                         const std::vector<ReturnedCell>& cells,
                                         const std::vector<ReturnedSection>& sections) {
  return change_report(
      tx, actor, now, on,
      {org::Act::decide, "report.returned",
       [&](Sheet sheet) { return give_back(std::move(sheet), remark, cells, sections); },
       "{\"cells\":" + std::to_string(cells.size()) +
           ",\"sections\":" + std::to_string(sections.size()) + "}",
       true});
}

base::Result<void> exclude_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator, const std::string& reason,
                                FactKind kind) {
  return change_report(tx, actor, now, on,
                       {org::Act::decide, "report.cell_excluded", [&](Sheet sheet) {
                          return exclude(std::move(sheet), indicator, reason, kind);
                        }});
}

base::Result<void> include_cell(store::Tx& tx, const auth::Actor& actor, Now now, OnReport on,
                                const std::string& indicator, FactKind kind) {
  return change_report(tx, actor, now, on,
                       {org::Act::decide, "report.cell_included",
                        [&](Sheet sheet) { return include(std::move(sheet), indicator, kind); }});
}

}  // namespace report
