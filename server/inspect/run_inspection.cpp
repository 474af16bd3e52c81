#include <algorithm>

#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "inspect/procedure_store.h"
#include "org/lent_sight.h"
#include "report/report_store.h"

namespace inspect {
using base::ProblemKind;

report::NewRequest self_report_request(const Inspection& inspection) {
  report::NewRequest made;
  made.request.unit = inspection.unit;
  made.request.title = "Báo cáo tự kiểm tra: " + inspection.title;
  made.request.line = inspection.line;
  made.request.period = inspection.report_period;
  made.request.due_on = *inspection.report_due_on;
  made.request.is_illustrative = inspection.is_illustrative;
  made.request.guidance = inspection.team_name;
  made.indicators = inspection.indicators;
  made.outline = inspection.sections;
  for (const Inspected& one : inspection.units) made.units.push_back(one.unit);
  return made;
}

base::Result<void> announce_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                       OnInspection on) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    if (*kept.report_due_on < now.day) {
      return base::refuse(ProblemKind::invalid, "inspection.due_past", "/due_on");
    }
    ASSIGN_OR_RETURN(const report::RequestId request,
                     report::create_request(tx, actor, now, self_report_request(kept)));
    kept.request = request;
    kept.announced_on = now.day;
    const org::Scope everyone{{}, now.day, true};
    for (const auto& overview : report::report_store::reports(tx, everyone, request)) {
      inspection_store::set_report(tx, kept.id, overview.report.unit, overview.report.id);
    }
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::announce, rule});
}

base::Result<void> verify_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const base::Clock& clock) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    base::Date last = *kept.announced_on;
    for (const Inspected& one : kept.units) {
      const auto report = report::report_store::find(tx, *one.report);
      last = std::max(last, clock.day_of(report->submitted_at.value_or(now.at)));
    }
    kept.received_on = last;
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::verify, rule});
}

base::Result<void> extend_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, int days, const std::string& reason) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    const Procedure procedure = procedure_store::find(tx, kept.procedure).value();
    auto problems = faults_of_extension(kept, procedure, days, reason);
    if (!problems.empty()) return base::refuse(std::move(problems));
    kept.extended_days += days;
    kept.extended_reason = reason;
    return {};
  };
  return change_inspection(tx, actor, now, on,
                           {Deed::extend, rule, "{\"days\":" + std::to_string(days) + "}"});
}

base::Result<void> cancel_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const std::string& reason) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    kept.cancelled_reason = reason;
    org::lent_sight::take_back(tx, object_of(kept.id), now.day);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::cancel, rule});
}

base::Result<void> close_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    kept.closed_on = now.day;
    org::lent_sight::take_back(tx, object_of(kept.id), now.day);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::close, rule});
}

}  // namespace inspect
