#pragma once

#include <functional>
#include <string>

#include "inspect/service.h"

namespace inspect {

/// What the actor is to the inspection on the day.
Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
               const Inspection& inspection);
/// How far it is, as its reports, requests, findings and follow-ups stand.
Course course_of(store::Tx& tx, const Inspection& inspection, base::Date day);

/// The inspection when it is in sight: "inspection.not_found" otherwise.
base::Result<Inspection> seen_inspection(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                         InspectionId id);
/// Seen, and the deed is the actor's and possible in its state.
base::Result<Inspection> may_do(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                InspectionId id, Deed deed);

/// The one way an inspection changes: sight, authority, revision, the course, the rule, one journal
/// leaf. `rule` gets the inspection in its state after the deed and may change it and write what
/// hangs on it.
struct InspectionChange {
  Deed deed;
  std::function<base::Result<void>(Inspection&)> rule;
  std::string detail = "{}";
};
base::Result<void> change_inspection(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnInspection on, const InspectionChange& change);

/// What is asked of the units when it is announced.
report::NewRequest self_report_request(const Inspection& inspection);

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Inspection& inspection,
            std::string_view act, const std::string& detail = "{}");

/// The inspected unit that is meant: the only one when none is named. "inspection.not_inspected" at
/// the field.
base::Result<org::UnitId> inspected_unit(const Inspection& inspection,
                                         const std::optional<org::UnitId>& asked,
                                         const std::string& field);

}  // namespace inspect
