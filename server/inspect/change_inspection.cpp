#include "inspect/change_inspection.h"

#include <algorithm>

#include "inspect/inspection_store.h"
#include "journal/journal.h"
#include "report/report_store.h"

namespace inspect {
namespace {

using base::ProblemKind;

bool is_awaited(store::Tx& tx, const Inspected& one) {
  if (!one.report) return true;
  const auto report = report::report_store::find(tx, *one.report);
  return !report || report->state == report::ReportState::draft ||
         report->state == report::ReportState::returned;
}

}  // namespace

Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
               const Inspection& inspection) {
  Parts made;
  const auto may = [&](org::Act act, org::UnitId unit) {
    return org::allows(tx, actor, act, unit, day).has_value();
  };
  made.office = may(org::Act::inspect, inspection.unit);
  const Member* const member = inspection.member(actor.account());
  made.member = member != nullptr;
  made.lead = member != nullptr && member->role != TeamRole::member;
  made.subject = inspection.announced_on &&
                 std::any_of(inspection.units.begin(), inspection.units.end(),
                             [&](const Inspected& one) { return may(org::Act::adopt, one.unit); });
  return made;
}

Course course_of(store::Tx& tx, const Inspection& inspection, base::Date day) {
  Course made;
  made.state = inspection.state;
  made.heads = static_cast<int>(
      std::count_if(inspection.team.begin(), inspection.team.end(),
                    [](const Member& member) { return member.role == TeamRole::head; }));
  made.has_outline = !inspection.report_period.empty() && inspection.report_due_on &&
                     (!inspection.sections.empty() || !inspection.indicators.empty());
  made.reports_awaited =
      static_cast<int>(std::count_if(inspection.units.begin(), inspection.units.end(),
                                     [&](const Inspected& one) { return is_awaited(tx, one); }));
  for (const Supplement& one : supplement_store::of_inspection(tx, inspection.id))
    made.supplements_open += is_open(one, day) ? 1 : 0;
  for (const Finding& one : finding_store::of_inspection(tx, inspection.id)) {
    ++made.findings;
    made.bare_findings += one.evidence.empty() ? 1 : 0;
  }
  for (const FollowUp& one : follow_up_store::of_inspection(tx, inspection.id))
    made.follow_ups_open += one.verified_on ? 0 : 1;
  return made;
}

base::Result<Inspection> seen_inspection(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                         InspectionId id) {
  auto found = inspection_store::in_scope(tx, org::scope_of(actor, day), id)
                   ? inspection_store::find(tx, id)
                   : std::nullopt;
  if (!found) return base::refuse(ProblemKind::not_found, "inspection.not_found");
  return *std::move(found);
}

base::Result<Inspection> may_do(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                InspectionId id, Deed deed) {
  ASSIGN_OR_RETURN(Inspection inspection, seen_inspection(tx, actor, day, id));
  RETURN_IF_REFUSED(
      after(course_of(tx, inspection, day), deed, parts_of(tx, actor, day, inspection)));
  return inspection;
}

base::Result<void> change_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const InspectionChange& change) {
  ASSIGN_OR_RETURN(Inspection inspection, seen_inspection(tx, actor, now.day, on.inspection));
  const auto state = after(course_of(tx, inspection, now.day), change.deed,
                           parts_of(tx, actor, now.day, inspection));
  const bool is_yours = state || state.error().front().kind != ProblemKind::forbidden;
  if (is_yours && inspection.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "inspection.changed", "",
                        {std::to_string(on.revision), std::to_string(inspection.revision)});
  }
  RETURN_IF_REFUSED(state);
  inspection.state = *state;
  RETURN_IF_REFUSED(change.rule(inspection));
  if (!inspection_store::save(tx, inspection)) {
    return base::refuse(ProblemKind::changed, "inspection.changed", "",
                        {std::to_string(on.revision), ""});
  }
  record(tx, actor, now, inspection, name(change.deed), change.detail);
  return {};
}

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Inspection& inspection,
            std::string_view act, const std::string& detail) {
  journal::record(
      tx, actor, now.at,
      {"inspection." + std::string(act), object_of(inspection.id), inspection.unit.value, detail});
}

base::Result<org::UnitId> inspected_unit(const Inspection& inspection,
                                         const std::optional<org::UnitId>& asked,
                                         const std::string& field) {
  if (!asked && inspection.units.size() == 1) return inspection.units.front().unit;
  if (!asked || !inspection.inspected(*asked))
    return base::refuse(ProblemKind::invalid, "inspection.not_inspected", field);
  return *asked;
}

}  // namespace inspect
