#include "direct/routes.h"
#include "inspect/procedure_store.h"
#include "inspect/service.h"
#include "journal/journal.h"

namespace inspect {

base::Result<ProcedureId> define_procedure(store::Tx& tx, const auth::Actor& actor, Now now,
                                           Procedure procedure) {
  RETURN_IF_REFUSED(direct::may_define(tx, actor, now.day));
  base::Problems problems = faults_of(procedure);
  const auto before = procedure_store::newest(tx, procedure.code);
  if (before && procedure.from <= before->from) {
    problems.push_back({base::ProblemKind::invalid,
                        "procedure.from_not_later",
                        "/from",
                        {std::to_string(before->version), before->from.text()}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  procedure.version = before ? before->version + 1 : 1;
  procedure.to = base::kForever;
  if (before && before->to > procedure.from) procedure_store::end(tx, before->id, procedure.from);
  const ProcedureId id = procedure_store::add(tx, procedure);
  journal::record(tx, actor, now.at,
                  {"procedure.defined", "inspection_procedure:" + std::to_string(id.value), 0,
                   "{\"version\":" + std::to_string(procedure.version) + "}"});
  return id;
}

}  // namespace inspect
