#include <array>

#include "inspect/inspection_json.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/document_json.h"

namespace inspect {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

object counts_json(const std::array<int, 4>& counts) {
  return {{"open", counts[0]}, {"overdue", counts[1]}, {"done", counts[2]}, {"closed", counts[3]}};
}

}  // namespace

object to_json(const Procedure& procedure) {
  array steps;
  for (const ProcedureStep& step : procedure.steps) {
    steps.push_back(
        object{{"code", step.code},
               {"stage", step.stage},
               {"name", step.name},
               {"paper", step.paper},
               {"clock", step.clock == ClockStart::none ? value(nullptr) : value(name(step.clock))},
               {"days", step.days},
               {"is_working", step.is_working}});
  }
  return {{"id", procedure.id.value},
          {"code", procedure.code},
          {"version", procedure.version},
          {"name", procedure.name},
          {"basis", procedure.basis},
          {"from", procedure.from.text()},
          {"to", procedure.to.text()},
          {"clock", name(procedure.clock)},
          {"is_working", procedure.is_working},
          {"caps", object{{"city", procedure.cap_city},
                          {"district", procedure.cap_district},
                          {"commune", procedure.cap_commune}}},
          {"extension_part", procedure.extension_part},
          {"years_back", procedure.years_back},
          {"note", procedure.note},
          {"steps", std::move(steps)}};
}

object to_json(store::Tx& tx, const WorkingSession& session, bool may_write, base::Date day) {
  array lines;
  for (const SessionLine& line : session.lines) {
    lines.push_back(object{{"kind", line.kind},
                           {"side", line.side},
                           {"speaker", line.speaker},
                           {"title", line.title},
                           {"text", line.text}});
  }
  array files;
  for (const auto& file : registry::attachments(tx, object_of(session.id)))
    files.push_back(registry::to_json(file));
  return {{"id", session.id.value},          {"unit", unit_json(tx, session.unit, day)},
          {"on", session.on.text()},         {"place", session.place},
          {"subject", session.subject},      {"lines", std::move(lines)},
          {"attachments", std::move(files)}, {"by", session.actor},
          {"revision", session.revision},    {"may_write", may_write}};
}

object to_json(const Note& note, auth::AccountId reader) {
  return {{"id", note.id.value},
          {"text", note.text},
          {"is_shared", note.is_shared},
          {"is_own", note.account == reader},
          {"by", note.actor},
          {"at", note.at.text()},
          {"revision", note.revision}};
}

object to_json(store::Tx& tx, const EarlierFinding& earlier, base::Date day) {
  return {{"id", earlier.finding.id.value},
          {"inspection", earlier.finding.inspection.value},
          {"title", earlier.title},
          {"unit", unit_json(tx, earlier.finding.unit, day)},
          {"text", earlier.finding.text},
          {"concluded_on", earlier.concluded_on.text()},
          {"open", earlier.open},
          {"closed", earlier.closed},
          {"is_repeated", earlier.is_repeated},
          {"is_taken", earlier.is_taken}};
}

object to_json(const PlanWarning& warning) {
  return {{"code", name(warning.kind)},
          {"quarter", warning.quarter},
          {"unit", warning.unit ? value(org::to_json(*warning.unit)) : value(nullptr)},
          {"person", warning.person.empty() ? value(nullptr) : value(warning.person)},
          {"count", warning.count}};
}

object conclusion_json(store::Tx& tx, const Inspection& inspection, org::UnitId unit,
                       base::Date day) {
  int strengths = 0, shortcomings = 0, repeated = 0;
  for (const Finding& one : finding_store::of_inspection(tx, inspection.id)) {
    if (one.unit != unit) continue;
    strengths += one.kind == FindingKind::strength ? 1 : 0;
    shortcomings += one.kind == FindingKind::shortcoming ? 1 : 0;
    repeated += one.repeats ? 1 : 0;
  }
  std::array<int, 4> demands{}, commitments{};
  for (const FollowUp& one : follow_up_store::of_inspection(tx, inspection.id)) {
    if (one.unit != unit) continue;
    const auto task = direct::task_store::find(tx, one.task).value();
    auto& counts = one.kind == FollowUpKind::demand ? demands : commitments;
    ++counts[static_cast<std::size_t>(state_of(one, task, day))];
  }
  value number(nullptr);
  for (const PaperOf& one : papers_of(tx, inspection, {})) {
    if (one.kind == PaperKind::conclusion && one.issued) number = one.issued->number;
  }
  return {{"inspection", inspection.id.value},
          {"title", inspection.title},
          {"by", unit_json(tx, inspection.unit, day)},
          {"unit", unit_json(tx, unit, day)},
          {"year", inspection.concluded_on->year()},
          {"concluded_on", inspection.concluded_on->text()},
          {"number", std::move(number)},
          {"strengths", strengths},
          {"shortcomings", shortcomings},
          {"repeated", repeated},
          {"demands", counts_json(demands)},
          {"commitments", counts_json(commitments)}};
}

}  // namespace inspect
