#include <array>
#include <limits>

#include "inspect/inspection_json.h"
#include "report/narrative_json.h"
#include "report/report_json.h"

namespace inspect {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::string place_of(http::Fields& fields) {
  std::string pointer = fields.pointer("");
  if (pointer.ends_with('/')) pointer.pop_back();
  return pointer;
}

template <class Id>
std::optional<Id> maybe_id(http::Fields& fields, std::string_view key) {
  const auto id = fields.maybe_integer(key, 1, kMost);
  return id ? std::optional(Id{*id}) : std::nullopt;
}

}  // namespace

Procedure read_procedure(http::Fields& fields) {
  static constexpr std::array kClocks{ClockStart::decision, ClockStart::announcement,
                                      ClockStart::self_report, ClockStart::conference,
                                      ClockStart::conclusion};
  static constexpr std::array kStages{"preparing", "carrying_out", "ending"};
  const auto days = [](http::Fields& from, std::string_view key) {
    return static_cast<int>(from.integer(key, 1, 1000));
  };
  Procedure made;
  made.code = fields.text("code", 40);
  made.name = fields.text("name", 300);
  made.basis = fields.text("basis", 500);
  made.from = fields.date("from");
  made.clock = kClocks[fields.one_of("clock", {"decision", "announcement", "self_report"})];
  made.is_working = fields.boolean("is_working", false);
  fields.object("caps", [&](http::Fields& caps) {
    made.cap_city = days(caps, "city");
    made.cap_district = days(caps, "district");
    made.cap_commune = days(caps, "commune");
  });
  made.extension_part = static_cast<int>(fields.integer("extension_part", 1, 100));
  made.years_back = static_cast<int>(fields.integer("years_back", 1, 100));
  made.note = fields.maybe_text("note", 1000).value_or("");
  fields.objects("steps", true, 100, [&](http::Fields& one) {
    ProcedureStep step;
    step.code = one.text("code", 40);
    step.stage = kStages[one.one_of("stage", {"preparing", "carrying_out", "ending"})];
    step.name = one.text("name", 300);
    step.paper = one.maybe_text("paper", 40).value_or("");
    const bool has_clock = one.has("clock");
    if (has_clock) {
      step.clock = kClocks[one.one_of(
          "clock", {"decision", "announcement", "self_report", "conference", "conclusion"})];
    }
    step.days = static_cast<int>(one.maybe_integer("days", 0, 1000).value_or(0));
    step.is_working = one.boolean("is_working", false);
    made.steps.push_back(std::move(step));
  });
  return made;
}

AskedInspection read_inspection(http::Fields& fields, bool is_new) {
  AskedInspection made;
  Inspection& one = made.inspection;
  if (is_new) one.unit = org::UnitId{fields.integer("unit", 1, kMost)};
  one.title = fields.text("title", 500);
  one.team_name = fields.text("team_name", 200);
  made.procedure = fields.text("procedure", 60);
  one.line = fields.maybe_text("line", 40).value_or(org::kGovernment);
  one.year = static_cast<int>(fields.integer("year", 2000, 2999));
  one.quarter = static_cast<int>(fields.integer("quarter", 1, 4));
  one.from = fields.date("from");
  one.to = fields.date("to");
  for (const auto id : fields.integers("units", true, 200)) one.units.push_back({{id}, {}});
  for (const auto id : fields.integers("programmes", true, 200)) one.programmes.push_back({id});
  for (const auto id : fields.integers("documents", false, 200)) one.documents.push_back({id});
  made.reason = fields.maybe_text("reason", 1000).value_or("");
  one.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

std::vector<Member> read_team(http::Fields& fields) {
  static constexpr std::array kRoles{TeamRole::head, TeamRole::deputy, TeamRole::member};
  std::vector<Member> made;
  fields.objects("members", true, 100, [&](http::Fields& one) {
    Member member;
    member.login = one.text("login", 200);
    member.role = kRoles[one.one_of("role", {"head", "deputy", "member"})];
    member.covers = one.maybe_text("covers", 500).value_or("");
    made.push_back(std::move(member));
  });
  return made;
}

AskedOutline read_outline(http::Fields& fields) {
  AskedOutline made;
  made.sections = report::read_outline(fields);
  made.indicators = fields.texts("indicators", false, 2000);
  made.period = fields.period("period").text();
  made.due_on = fields.date("due_on");
  return made;
}

AskedSupplement read_supplement(http::Fields& fields) {
  AskedSupplement made;
  made.unit = org::UnitId{fields.integer("unit", 1, kMost)};
  made.due_on = fields.date("due_on");
  made.remark = fields.text("remark", 1000);
  made.sections = report::read_returned_sections(fields);
  fields.objects("cells", false, 5000, [&](http::Fields& one) {
    const std::string pointer = place_of(one);
    made.cells.push_back(
        {one.text("indicator", 40), one.text("remark", 1000), pointer, report::read_kind(one)});
  });
  return made;
}

WorkingSession read_session(http::Fields& fields) {
  static constexpr std::array kKinds{"attendee", "statement", "question", "answer"};
  static constexpr std::array kSides{"team", "unit", "other"};
  WorkingSession made;
  made.unit = org::UnitId{fields.integer("unit", 1, kMost)};
  made.on = fields.date("on");
  made.place = fields.text("place", 300);
  made.subject = fields.text("subject", 500);
  fields.objects("lines", true, 2000, [&](http::Fields& one) {
    SessionLine line;
    line.kind = kKinds[one.one_of("kind", {"attendee", "statement", "question", "answer"})];
    line.side = one.has("side") ? kSides[one.one_of("side", {"team", "unit", "other"})] : "unit";
    line.speaker = one.text("speaker", 200);
    line.title = one.maybe_text("title", 200).value_or("");
    line.text = one.maybe_raw_text("text", 20000).value_or("");
    made.lines.push_back(std::move(line));
  });
  return made;
}

Finding read_finding(http::Fields& fields) {
  static constexpr std::array kKinds{FindingKind::strength, FindingKind::shortcoming,
                                     FindingKind::cause, FindingKind::responsibility};
  static constexpr std::array kEvidence{EvidenceKind::fact, EvidenceKind::section,
                                        EvidenceKind::document, EvidenceKind::note};
  Finding made;
  made.unit = maybe_id<org::UnitId>(fields, "unit").value_or(org::UnitId{});
  made.kind = kKinds[fields.one_of("kind", {"strength", "shortcoming", "cause", "responsibility"})];
  made.text = fields.text("text", 10000);
  made.repeats = maybe_id<FindingId>(fields, "repeats");
  fields.objects("evidence", false, 100, [&](http::Fields& one) {
    Evidence evidence;
    evidence.kind = kEvidence[one.one_of("kind", {"fact", "section", "document", "note"})];
    evidence.id = one.integer("id", 1, kMost);
    evidence.section = one.maybe_text("section", 40).value_or("");
    evidence.caption = one.maybe_text("caption", 500).value_or("");
    made.evidence.push_back(std::move(evidence));
  });
  return made;
}

AskedFollowUp read_follow_up(http::Fields& fields) {
  AskedFollowUp made;
  made.unit = maybe_id<org::UnitId>(fields, "unit");
  made.finding = maybe_id<FindingId>(fields, "finding");
  made.programme = maybe_id<direct::ProgrammeId>(fields, "programme");
  made.title = fields.text("title", 500);
  made.deliverable = fields.maybe_text("deliverable", 1000).value_or("");
  made.lead = maybe_id<org::UnitId>(fields, "lead");
  for (const auto id : fields.integers("supporting", false, 200)) made.supporting.push_back({id});
  made.from = fields.maybe_date("from");
  made.due = fields.maybe_date("due");
  return made;
}

}  // namespace inspect
