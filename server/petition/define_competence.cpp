#include "direct/routes.h"
#include "journal/journal.h"
#include "org/unit_store.h"
#include "petition/service.h"

namespace petition {
namespace {

using base::ProblemKind;

void record_competence(store::Tx& tx, const auth::Actor& actor, Now now, const char* act,
                       CompetenceId id, org::UnitId unit) {
  journal::record(tx, actor, now.at,
                  {act, "competence:" + std::to_string(id.value), unit.value, "{}"});
}

}  // namespace

base::Result<CompetenceId> define_competence(store::Tx& tx, const auth::Actor& actor, Now now,
                                             const Competence& row) {
  RETURN_IF_REFUSED(direct::may_define(tx, actor, now.day));
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field, std::vector<std::string> args = {}) {
    problems.push_back({ProblemKind::invalid, code, field, std::move(args)});
  };
  if (!competence_store::is_subject(tx, row.subject))
    fault("petition.subject_unknown", "/subject", {row.subject});
  if (!org::unit_store::first_day(tx, row.unit)) fault("unit.not_found", "/unit");
  if (row.to <= row.from) fault("competence.end", "/to", {row.from.text()});
  if (const auto other = competence_store::overlapping(tx, row))
    fault("competence.overlaps", "/from", {other->from.text(), other->to.text()});
  if (!problems.empty()) return base::refuse(std::move(problems));
  const CompetenceId id = competence_store::add(tx, row, actor, now.at);
  record_competence(tx, actor, now, "competence.defined", id, row.unit);
  return id;
}

base::Result<void> end_competence(store::Tx& tx, const auth::Actor& actor, Now now, CompetenceId id,
                                  base::Date on) {
  RETURN_IF_REFUSED(direct::may_define(tx, actor, now.day));
  const auto row = competence_store::find(tx, id);
  if (!row) return base::refuse(ProblemKind::not_found, "competence.not_found");
  if (on <= row->from || row->to < on)
    return base::refuse(ProblemKind::invalid, "competence.end", "/on", {row->from.text()});
  competence_store::end(tx, id, on);
  record_competence(tx, actor, now, "competence.ended", id, row->unit);
  return {};
}

}  // namespace petition
