#include "inspect/inspection_json.h"

#include <algorithm>

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/task_json.h"
#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "inspect/procedure_store.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/document_store.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"

namespace inspect {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value day_or_null(const std::optional<base::Date>& day) {
  return day ? value(day->text()) : value(nullptr);
}
value when_or_null(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}
template <class Id>
value id_or_null(const std::optional<Id>& id) {
  return id ? value(id->value) : value(nullptr);
}
value unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}

/// The inspected units the reader is told of.
class Reader {
 public:
  Reader(std::vector<org::UnitId> only, const Inspection& inspection)
      : only_(std::move(only)), sees_results_(only_.empty() || inspection.conferred_on) {}
  bool sees(org::UnitId unit) const {
    return only_.empty() || std::find(only_.begin(), only_.end(), unit) != only_.end();
  }
  bool sees_results() const { return sees_results_; }
  bool is_inside() const { return only_.empty(); }

 private:
  std::vector<org::UnitId> only_;
  bool sees_results_;
};

std::optional<base::Date> done_on(const Inspection& inspection, const std::string& step) {
  if (step == "decide") return inspection.decided_on;
  if (step == "outline") return inspection.announced_on;
  if (step == "announce") return inspection.announced_on;
  if (step == "self_report") return inspection.received_on;
  if (step == "verify" || step == "draft") return inspection.drafted_on;
  if (step == "confer") return inspection.conferred_on;
  if (step == "conclude") return inspection.concluded_on;
  if (step == "hand_over") return inspection.handed_on;
  if (step == "follow") return inspection.closed_on;
  return std::nullopt;
}

array steps_json(const Inspection& inspection, const Procedure& procedure,
                 const base::WorkingCalendar& calendar) {
  array made;
  const Dates dates = dates_of(inspection);
  for (const ProcedureStep& step : procedure.steps) {
    made.push_back(object{
        {"code", step.code},
        {"stage", step.stage},
        {"name", step.name},
        {"paper", step.paper},
        {"due_on",
         day_or_null(step.code == "self_report" && inspection.report_due_on
                         ? inspection.report_due_on
                         : last_day(step.clock, step.days, step.is_working, dates, calendar))},
        {"done_on", day_or_null(done_on(inspection, step.code))}});
  }
  return made;
}

object term_json(const Inspection& inspection, const Procedure& procedure,
                 const base::WorkingCalendar& calendar) {
  return {{"days", inspection.term_days},
          {"extended_days", inspection.extended_days},
          {"extended_reason", inspection.extended_reason},
          {"most_extension", most_extension(procedure, inspection.term_days)},
          {"clock", name(procedure.clock)},
          {"from", day_or_null(dates_of(inspection).of(procedure.clock))},
          {"due_on", day_or_null(due_of(inspection, procedure, calendar))}};
}

object outline_json(const Inspection& inspection) {
  array sections;
  for (const auto& section : inspection.sections) {
    sections.push_back(object{{"code", section.code},
                              {"title", section.title},
                              {"guidance", section.guidance},
                              {"is_required", section.is_required}});
  }
  return {{"sections", std::move(sections)},
          {"indicators", array(inspection.indicators.begin(), inspection.indicators.end())},
          {"period",
           inspection.report_period.empty() ? value(nullptr) : value(inspection.report_period)},
          {"due_on", day_or_null(inspection.report_due_on)},
          {"request", id_or_null(inspection.request)}};
}

array self_reports_json(store::Tx& tx, const Inspection& inspection,
                        const std::vector<Supplement>& supplements, const Reader& reader,
                        base::Date day) {
  array made;
  for (const Inspected& one : inspection.units) {
    if (!reader.sees(one.unit)) continue;
    const auto report = one.report ? report::report_store::find(tx, *one.report) : std::nullopt;
    made.push_back(object{
        {"unit", unit_json(tx, one.unit, day)},
        {"report", id_or_null(one.report)},
        {"state", report ? value(name(report->state)) : value(nullptr)},
        {"revision", report ? report->revision : 0},
        {"submitted_at", report ? when_or_null(report->submitted_at) : value(nullptr)},
        {"rounds", std::count_if(supplements.begin(), supplements.end(),
                                 [&](const Supplement& each) { return each.unit == one.unit; })}});
  }
  return made;
}

std::string title_of(store::Tx& tx, const Inspection& inspection, const Supplement::Item& item) {
  for (const auto& section : inspection.sections) {
    if (!item.section.empty() && section.code == item.section) return section.title;
  }
  const auto indicator = direct::indicator_store::find_by_code(tx, item.indicator);
  return indicator ? indicator->name : item.section;
}

array supplements_json(store::Tx& tx, const Inspection& inspection,
                       const std::vector<Supplement>& supplements, const Reader& reader,
                       base::Date day) {
  const auto text = [](const std::string& one) {
    return one.empty() ? value(nullptr) : value(one);
  };
  array made;
  for (const Supplement& one : supplements) {
    if (!reader.sees(one.unit)) continue;
    array items;
    for (const auto& item : one.items) {
      items.push_back(object{{"section", text(item.section)},
                             {"indicator", text(item.indicator)},
                             {"kind", text(item.kind)},
                             {"title", title_of(tx, inspection, item)},
                             {"remark", item.remark}});
    }
    made.push_back(object{{"id", one.id.value},
                          {"unit", unit_json(tx, one.unit, day)},
                          {"report", one.report.value},
                          {"number", one.number},
                          {"round", one.round},
                          {"due_on", one.due_on.text()},
                          {"remark", one.remark},
                          {"items", std::move(items)},
                          {"by", one.actor},
                          {"at", one.at.text()},
                          {"answered_at", when_or_null(one.answered_at)},
                          {"is_overdue", !one.answered_at && one.due_on < day}});
  }
  return made;
}

/// What a piece of evidence is, in words.
std::string title_of(store::Tx& tx, const Evidence& evidence) {
  switch (evidence.kind) {
    case EvidenceKind::fact: {
      const auto fact = report::fact_store::find(tx, report::FactId{evidence.id});
      const auto indicator =
          fact ? direct::indicator_store::find(tx, fact->indicator) : std::nullopt;
      return indicator ? indicator->code + " " + indicator->name + ", " + fact->period : "";
    }
    case EvidenceKind::section: {
      const auto sheet = report::report_store::sheet(tx, report::ReportId{evidence.id});
      const auto* section = sheet ? sheet->narrative.find(evidence.section) : nullptr;
      return section ? section->asked.title : evidence.section;
    }
    case EvidenceKind::document: {
      const auto document = registry::document_store::find(tx, {evidence.id});
      return document ? document->number + " " + document->subject : "";
    }
    case EvidenceKind::note:
      return "Ghi chép của đoàn";
  }
  return {};
}

array findings_json(store::Tx& tx, const std::vector<Finding>& findings, const Reader& reader,
                    base::Date day) {
  array made;
  for (const Finding& one : findings) {
    if (!reader.sees(one.unit) || !reader.sees_results()) continue;
    array evidence;
    for (const Evidence& each : one.evidence) {
      // The team's notes stay with the team, even where a finding leans on them.
      if (each.kind == EvidenceKind::note && !reader.is_inside()) continue;
      evidence.push_back(object{{"kind", name(each.kind)},
                                {"id", each.id},
                                {"section", each.section},
                                {"caption", each.caption},
                                {"title", title_of(tx, each)}});
    }
    made.push_back(object{{"id", one.id.value},
                          {"unit", unit_json(tx, one.unit, day)},
                          {"kind", name(one.kind)},
                          {"text", one.text},
                          {"repeats", id_or_null(one.repeats)},
                          {"by", one.actor},
                          {"at", one.at.text()},
                          {"evidence", std::move(evidence)}});
  }
  return made;
}

array follow_ups_json(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                      const Parts& parts, const Reader& reader, base::Date day,
                      const base::WorkingCalendar& calendar) {
  array made;
  for (const FollowUp& one : follow_up_store::of_inspection(tx, inspection.id)) {
    if (!reader.sees(one.unit)) continue;
    const direct::Task task = direct::task_store::find(tx, one.task).value();
    const bool may_verify = parts.office && inspection.state == State::following &&
                            against(one, verifying(tx, actor, day, one, "")).empty();
    made.push_back(
        object{{"id", one.id.value},
               {"kind", name(one.kind)},
               {"unit", unit_json(tx, one.unit, day)},
               {"finding", id_or_null(one.finding)},
               {"task", direct::to_json(tx, task, day, calendar)},
               {"state", name(state_of(one, task, day))},
               {"by", one.actor},
               {"verified_on", day_or_null(one.verified_on)},
               {"verified_by", one.verified_on ? value(one.verified_by) : value(nullptr)},
               {"remark", one.remark},
               {"may_verify", may_verify}});
  }
  return made;
}

array papers_json(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                  const std::vector<org::UnitId>& only, base::Date day) {
  array made;
  for (const PaperOf& one : papers_of(tx, inspection, only)) {
    const org::UnitId issuer =
        one.kind == PaperKind::self_report ? org::UnitId{one.of} : inspection.unit;
    const bool may_issue = !one.issued && !register_kind(one.kind).empty() &&
                           org::allows(tx, actor, org::Act::number, issuer, day).has_value();
    made.push_back(
        object{{"paper", name(one.kind)},
               {"of", one.of ? value(one.of) : value(nullptr)},
               {"title", one.title},
               {"document", one.issued ? value(one.issued->id.value) : value(nullptr)},
               {"number", one.issued ? value(one.issued->number) : value(nullptr)},
               {"issued_on", one.issued ? value(one.issued->issued_on.text()) : value(nullptr)},
               {"may_issue", may_issue}});
  }
  return made;
}

array sight_json(const Parts& parts, const Reader& reader) {
  array made;
  if (parts.office) made.push_back("office");
  if (parts.lead) made.push_back("lead");
  if (parts.member) made.push_back("member");
  if (parts.subject && !reader.is_inside()) made.push_back("subject");
  if (made.empty()) made.push_back("reader");
  return made;
}

void add_scope(store::Tx& tx, const Inspection& inspection, object& made) {
  array programmes, documents, team;
  for (const auto& id : inspection.programmes) {
    const auto one = direct::programme_store::find(tx, id).value();
    programmes.push_back(object{
        {"id", id.value},
        {"number", one.number},
        {"title", one.title},
        {"kind", one.kind == direct::ProgrammeKind::regulation ? "regulation" : "programme"}});
  }
  for (const auto& id : inspection.documents) {
    const auto one = registry::document_store::find(tx, id).value();
    documents.push_back(object{{"id", id.value}, {"number", one.number}, {"subject", one.subject}});
  }
  for (const Member& one : inspection.team) {
    team.push_back(object{{"login", one.login},
                          {"name", one.name},
                          {"role", name(one.role)},
                          {"covers", one.covers}});
  }
  made["programmes"] = std::move(programmes);
  made["documents"] = std::move(documents);
  made["team"] = std::move(team);
}

void add_days(const Inspection& inspection, object& made) {
  made["decided_on"] = day_or_null(inspection.decided_on);
  made["announced_on"] = day_or_null(inspection.announced_on);
  made["received_on"] = day_or_null(inspection.received_on);
  made["drafted_on"] = day_or_null(inspection.drafted_on);
  made["conferred_on"] = day_or_null(inspection.conferred_on);
  made["concluded_on"] = day_or_null(inspection.concluded_on);
  made["handed_on"] = day_or_null(inspection.handed_on);
  made["closed_on"] = day_or_null(inspection.closed_on);
  made["cancelled_reason"] = inspection.cancelled_reason;
}

}  // namespace

object head_json(store::Tx& tx, const Inspection& inspection, base::Date day) {
  const Procedure procedure = procedure_store::find(tx, inspection.procedure).value();
  const auto due = due_of(inspection, procedure, direct::task_store::calendar(tx));
  array units;
  for (const Inspected& one : inspection.units) units.push_back(unit_json(tx, one.unit, day));
  const auto head = std::find_if(inspection.team.begin(), inspection.team.end(),
                                 [](const Member& one) { return one.role == TeamRole::head; });
  const bool is_over = inspection.concluded_on || inspection.state == State::cancelled;
  return {{"id", inspection.id.value},
          {"unit", unit_json(tx, inspection.unit, day)},
          {"title", inspection.title},
          {"team_name", inspection.team_name},
          {"state", name(inspection.state)},
          {"year", inspection.year},
          {"quarter", inspection.quarter},
          {"units", std::move(units)},
          {"head", head == inspection.team.end() ? value(nullptr) : value(head->name)},
          {"due_on", day_or_null(due)},
          {"is_overdue", due && *due < day && !is_over},
          {"is_illustrative", inspection.is_illustrative},
          {"revision", inspection.revision}};
}

object page_json(store::Tx& tx, const Inspection& inspection, const auth::Actor& actor,
                 base::Date day) {
  const std::vector<org::UnitId> only = only_units(tx, actor, day, inspection);
  const Reader reader(only, inspection);
  const Parts parts = parts_of(tx, actor, day, inspection);
  const Procedure procedure = procedure_store::find(tx, inspection.procedure).value();
  const base::WorkingCalendar calendar = direct::task_store::calendar(tx);
  const auto supplements = supplement_store::of_inspection(tx, inspection.id);
  object made = head_json(tx, inspection, day);
  made["line"] = inspection.line;
  made["procedure"] = to_json(procedure);
  made["from"] = inspection.from.text();
  made["to"] = inspection.to.text();
  made["reason"] = reader.is_inside() ? inspection.planned_reason : "";
  add_scope(tx, inspection, made);
  made["outline"] = outline_json(inspection);
  made["term"] = term_json(inspection, procedure, calendar);
  made["steps"] = steps_json(inspection, procedure, calendar);
  add_days(inspection, made);
  made["self_reports"] = self_reports_json(tx, inspection, supplements, reader, day);
  made["supplements"] = supplements_json(tx, inspection, supplements, reader, day);
  array sessions;
  for (const WorkingSession& one : session_store::of_inspection(tx, inspection.id)) {
    if (!reader.sees(one.unit)) continue;
    sessions.push_back(object{
        {"id", one.id.value},
        {"unit", unit_json(tx, one.unit, day)},
        {"on", one.on.text()},
        {"place", one.place},
        {"subject", one.subject},
        {"attendees", std::count_if(one.lines.begin(), one.lines.end(),
                                    [](const auto& line) { return line.kind == "attendee"; })},
        {"revision", one.revision}});
  }
  made["sessions"] = std::move(sessions);
  made["findings"] =
      findings_json(tx, finding_store::of_inspection(tx, inspection.id), reader, day);
  made["summary"] = reader.sees_results() ? inspection.summary : "";
  made["conference"] = inspection.conference;
  made["follow_ups"] = follow_ups_json(tx, inspection, actor, parts, reader, day, calendar);
  made["papers"] = papers_json(tx, inspection, actor, only, day);
  made["sight"] = sight_json(parts, reader);
  array acts;
  for (const Deed deed : deeds_of(inspection.state, parts)) acts.push_back(value(name(deed)));
  made["acts"] = std::move(acts);
  return made;
}

}  // namespace inspect
