#include <algorithm>

#include "base/text.h"
#include "direct/programme_store.h"
#include "inspect/change_inspection.h"
#include "inspect/papers.h"
#include "inspect/procedure_store.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/document_store.h"
#include "registry/keep_template.h"
#include "report/bound_figures.h"
#include "report/fact_store.h"
#include "report/period_words.h"

namespace inspect {
namespace {

using base::ProblemKind;
using Kind = office::Paragraph::Kind;

/// Writes headings, numbered in Roman figures as the profile marks them, and what stands below.
class Body {
 public:
  Body(office::Document& document, const report::PaperForm& form)
      : blocks_(document.blocks), mark_(form.part_mark) {}

  void part(const std::string& title) {
    static constexpr std::array<const char*, 10> kRoman{"I",  "II",  "III",  "IV", "V",
                                                        "VI", "VII", "VIII", "IX", "X"};
    const std::string number = parts_ < kRoman.size() ? kRoman[parts_] : std::to_string(parts_ + 1);
    ++parts_;
    add(Kind::heading, number + mark_ + " " + base::upper(title));
  }
  void say(const std::string& text) {
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (end > at) add(Kind::body, text.substr(at, end - at));
      at = end + 1;
    }
  }
  void item(const std::string& text) {
    const bool is_ended = text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
    add(Kind::body, "- " + text + (is_ended ? "" : "."));
  }
  void note(const std::string& text) { add(Kind::note, text); }
  void table(office::Table made) { blocks_.emplace_back(std::move(made)); }

 private:
  void add(Kind kind, std::string text) {
    blocks_.emplace_back(office::Paragraph{kind, std::move(text)});
  }
  std::vector<office::Block>& blocks_;
  std::string mark_;
  std::size_t parts_ = 0;
};

std::string names_of(store::Tx& tx, const Inspection& inspection, base::Date day) {
  std::string made;
  for (const Inspected& one : inspection.units)
    made += (made.empty() ? "" : ", ") + org::unit_store::ref(tx, one.unit, day).name;
  return made;
}

void say_scope(store::Tx& tx, const Inspection& inspection, Body& body, base::Date day) {
  body.part("Đối tượng, nội dung, mốc thời gian");
  body.item("Đối tượng kiểm tra: " + names_of(tx, inspection, day) + ".");
  for (const auto& id : inspection.programmes) {
    const auto programme = direct::programme_store::find(tx, id).value();
    body.item("Nội dung: việc thực hiện " + programme.number + " " + programme.title + ".");
  }
  for (const auto& id : inspection.documents) {
    const auto document = registry::document_store::find(tx, id).value();
    body.item("Nội dung: việc thực hiện " + document.number + " " + document.subject + ".");
  }
  body.item("Mốc thời gian: từ " + inspection.from.vietnamese() + " đến " +
            inspection.to.plus_days(-1).vietnamese() + ".");
}

void say_team(const Inspection& inspection, Body& body) {
  static constexpr std::array<const char*, 3> kTitles{"Trưởng đoàn", "Phó trưởng đoàn",
                                                      "Thành viên"};
  body.part("Thành phần đoàn");
  office::Table table;
  table.caption = inspection.team_name;
  table.columns = {{"STT", 12, false},
                   {"Họ và tên", 60, false},
                   {"Vai trò", 40, false},
                   {"Phụ trách", 60, false}};
  for (const Member& one : inspection.team) {
    table.rows.push_back({std::to_string(table.rows.size() + 1), one.name,
                          kTitles[static_cast<std::size_t>(one.role)], one.covers});
  }
  body.table(std::move(table));
}

void say_term(store::Tx& tx, const Inspection& inspection, Body& body) {
  const Procedure procedure = procedure_store::find(tx, inspection.procedure).value();
  body.part("Thời hạn");
  if (inspection.term_days > 0) {
    body.say("Thời hạn kiểm tra " + std::to_string(inspection.term_days) +
             (procedure.is_working ? " ngày làm việc." : " ngày."));
  }
  if (inspection.report_due_on)
    body.say("Báo cáo tự kiểm tra gửi chậm nhất ngày " + inspection.report_due_on->vietnamese() +
             ".");
  body.note("Căn cứ: " + procedure.basis + ".");
}

void say_steps(store::Tx& tx, const Inspection& inspection, Body& body) {
  const Procedure procedure = procedure_store::find(tx, inspection.procedure).value();
  static constexpr std::pair<const char*, const char*> kStages[] = {
      {"preparing", "Bước chuẩn bị"},
      {"carrying_out", "Bước tiến hành"},
      {"ending", "Bước kết thúc"}};
  for (const auto& [stage, title] : kStages) {
    body.part(title);
    for (const ProcedureStep& step : procedure.steps) {
      if (step.stage == stage) body.item(step.name + ".");
    }
  }
}

void say_outline(const Inspection& inspection, Body& body) {
  for (const auto& section : inspection.sections) {
    body.part(section.title);
    body.say(section.guidance);
  }
  if (!inspection.indicators.empty()) {
    body.part("Số liệu kèm theo");
    for (const auto& code : inspection.indicators) body.item("Chỉ số " + code + ".");
  }
}

void say_self_report(store::Tx& tx, const Inspection& inspection, org::UnitId unit, Body& body) {
  const Inspected* const one = inspection.inspected(unit);
  const auto sheet = report::report_store::sheet(tx, *one->report).value();
  const auto request = report::report_store::find_request(tx, sheet.report.request).value();
  report::BoundFigures figures(tx, unit, request);
  for (const auto& section : sheet.narrative.sections) {
    body.part(section.asked.title);
    for (const auto& block : section.blocks) body.say(figures.shown(block.text));
  }
  if (sheet.cells.empty()) return;
  body.part("Số liệu");
  office::Table table;
  table.columns = {
      {"STT", 12, false}, {"Chỉ số", 90, false}, {"ĐVT", 25, false}, {"Giá trị", 30, true}};
  for (const auto& cell : sheet.cells) {
    table.rows.push_back(
        {std::to_string(table.rows.size() + 1), cell.indicator.name, cell.indicator.measure_unit,
         cell.fact.amount ? base::vietnamese_figure(*cell.fact.amount, cell.indicator.decimals)
                          : std::string("–")});
  }
  body.table(std::move(table));
}

void say_supplement(store::Tx& tx, const Inspection& inspection, std::int64_t of, Body& body) {
  for (const Supplement& one : supplement_store::of_inspection(tx, inspection.id)) {
    if (one.id.value != of) continue;
    body.say(one.remark);
    body.say(inspection.team_name + " đề nghị bổ sung, làm rõ các nội dung sau:");
    for (const auto& item : one.items) {
      const auto section =
          std::find_if(inspection.sections.begin(), inspection.sections.end(),
                       [&](const auto& each) { return each.code == item.section; });
      const std::string what = item.section.empty()                   ? "Chỉ số " + item.indicator
                               : section == inspection.sections.end() ? item.section
                                                                      : section->title;
      body.item(what + ": " + item.remark);
    }
    body.say("Báo cáo bổ sung gửi chậm nhất ngày " + one.due_on.vietnamese() + ".");
  }
}

void say_minutes(store::Tx& tx, const Inspection& inspection, std::int64_t of, Body& body) {
  const auto found = session_store::find(tx, {of});
  if (!found || found->inspection != inspection.id) return;
  body.say("Ngày " + found->on.vietnamese() + ", tại " + found->place + ", " +
           inspection.team_name + " làm việc với " +
           org::unit_store::ref(tx, found->unit, found->on).name + " về " + found->subject + ".");
  const auto all = [&](std::string_view kind) {
    return std::any_of(found->lines.begin(), found->lines.end(),
                       [&](const SessionLine& line) { return line.kind == kind; });
  };
  body.part("Thành phần");
  for (const SessionLine& line : found->lines) {
    if (line.kind != "attendee") continue;
    body.item(line.speaker + (line.title.empty() ? "" : ", " + line.title) + ".");
  }
  if (all("statement")) body.part("Ý kiến phát biểu");
  for (const SessionLine& line : found->lines) {
    if (line.kind == "statement") body.say(line.speaker + ": " + line.text);
  }
  if (all("question")) body.part("Hỏi và trả lời");
  for (const SessionLine& line : found->lines) {
    if (line.kind == "question") body.say("Hỏi (" + line.speaker + "): " + line.text);
    if (line.kind == "answer") body.say("Trả lời (" + line.speaker + "): " + line.text);
  }
}

void say_files(store::Tx& tx, std::int64_t of, Body& body) {
  const auto files = registry::attachments(tx, object_of(WorkingSessionId{of}));
  if (files.empty()) return;
  body.part("Tệp kèm theo");
  for (const auto& file : files) body.item(file.name + ".");
}

void say_findings(store::Tx& tx, const Inspection& inspection, Body& body) {
  static constexpr std::pair<FindingKind, const char*> kParts[] = {
      {FindingKind::strength, "Ưu điểm"},
      {FindingKind::shortcoming, "Hạn chế, khuyết điểm"},
      {FindingKind::cause, "Nguyên nhân"},
      {FindingKind::responsibility, "Trách nhiệm"}};
  const auto findings = finding_store::of_inspection(tx, inspection.id);
  for (const auto& [kind, title] : kParts) {
    const auto is_of = [kind = kind](const Finding& one) { return one.kind == kind; };
    if (std::none_of(findings.begin(), findings.end(), is_of)) continue;
    body.part(title);
    for (const Finding& one : findings) {
      if (is_of(one)) body.item(one.text);
    }
  }
}

void say_demands(store::Tx& tx, const Inspection& inspection, Body& body, base::Date day) {
  const auto all = follow_up_store::of_inspection(tx, inspection.id);
  const auto is_demand = [](const FollowUp& one) { return one.kind == FollowUpKind::demand; };
  if (std::none_of(all.begin(), all.end(), is_demand)) return;
  body.part("Yêu cầu");
  office::Table table;
  table.columns = {{"STT", 12, false},
                   {"Nội dung", 70, false},
                   {"Chủ trì", 40, false},
                   {"Sản phẩm", 50, false},
                   {"Thời hạn", 25, false}};
  for (const FollowUp& one : all) {
    if (!is_demand(one)) continue;
    const auto task = direct::task_store::find(tx, one.task).value();
    table.rows.push_back({std::to_string(table.rows.size() + 1), task.title,
                          org::unit_store::ref(tx, task.lead, day).name, task.deliverable,
                          task.due.vietnamese()});
  }
  body.table(std::move(table));
}

void write_body(store::Tx& tx, const Inspection& inspection, PaperKind kind, std::int64_t of,
                base::Date day, Body& body) {
  switch (kind) {
    case PaperKind::decision:
      say_scope(tx, inspection, body, day);
      say_team(inspection, body);
      return say_term(tx, inspection, body);
    case PaperKind::plan:
      say_scope(tx, inspection, body, day);
      say_steps(tx, inspection, body);
      return say_term(tx, inspection, body);
    case PaperKind::outline:
      return say_outline(inspection, body);
    case PaperKind::announcement:
      say_scope(tx, inspection, body, day);
      return say_term(tx, inspection, body);
    case PaperKind::self_report:
      return say_self_report(tx, inspection, org::UnitId{of}, body);
    case PaperKind::supplement:
      return say_supplement(tx, inspection, of, body);
    case PaperKind::minutes:
      say_minutes(tx, inspection, of, body);
      return say_files(tx, of, body);
    case PaperKind::draft_result:
    case PaperKind::result:
      say_scope(tx, inspection, body, day);
      body.part("Đánh giá chung");
      body.say(inspection.summary);
      return say_findings(tx, inspection, body);
    case PaperKind::conclusion:
      body.part("Kết luận chung");
      body.say(inspection.summary);
      say_findings(tx, inspection, body);
      return say_demands(tx, inspection, body, day);
  }
}

/// "QUYẾT ĐỊNH" of the register's kind; an unnumbered paper by its own title.
std::string type_of(PaperKind kind) {
  if (kind == PaperKind::outline) return "ĐỀ CƯƠNG";
  if (kind == PaperKind::draft_result) return "BÁO CÁO (DỰ THẢO)";
  if (kind == PaperKind::supplement) return "";  // a letter bears no type
  const auto* found = registry::kind_coded(register_kind(kind));
  return found == nullptr ? "" : base::upper(std::string(found->name));
}

/// The head's number: as issued, or room for it in the kind's own form.
std::string number_of(const std::string& open, PaperKind kind,
                      const std::optional<registry::Document>& issued) {
  if (issued) return registry::heading_of(issued->number, issued->profile);
  const std::string code(register_kind(kind));
  if (code.empty()) return "";
  std::string made = open;
  // "-BC/HU" and "/BC-UBND" bear the report's kind; a letter bears none in the State's form.
  if (const auto at = made.find("BC"); at != std::string::npos) made.replace(at, 2, code);
  return made;
}

std::string subject_of(const Inspection& inspection, PaperKind kind) {
  switch (kind) {
    case PaperKind::decision:
      return "kiểm tra " + inspection.title;
    case PaperKind::outline:
      return "gợi ý báo cáo tự kiểm tra " + inspection.title;
    case PaperKind::announcement:
      return "triển khai kiểm tra " + inspection.title;
    case PaperKind::self_report:
      return "tự kiểm tra " + inspection.title;
    case PaperKind::supplement:
      return "bổ sung báo cáo tự kiểm tra " + inspection.title;
    case PaperKind::minutes:
      return "làm việc với đoàn kiểm tra: " + inspection.title;
    case PaperKind::draft_result:
    case PaperKind::result:
      return "kết quả kiểm tra " + inspection.title;
    case PaperKind::conclusion:
      return "kết luận kiểm tra " + inspection.title;
    case PaperKind::plan:
      break;
  }
  return "kiểm tra " + inspection.title;
}

}  // namespace

base::Result<WrittenPaper> write_paper(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       const Inspection& inspection, PaperKind kind,
                                       std::int64_t of, const std::string& profile) {
  const auto all = papers_of(tx, inspection, only_units(tx, actor, day, inspection));
  const auto paper = std::find_if(
      all.begin(), all.end(), [&](const PaperOf& one) { return one.kind == kind && one.of == of; });
  if (paper == all.end()) return base::refuse(ProblemKind::not_found, "paper.not_found");
  const base::Date on = paper->issued ? paper->issued->issued_on : day;
  const std::string asked = profile.empty() && paper->issued
                                ? std::string(registry::name(paper->issued->profile))
                                : profile;
  ASSIGN_OR_RETURN(const report::PaperForm form, report::paper_form(asked, inspection.line, on));
  const org::UnitId issuer = kind == PaperKind::self_report ? org::UnitId{of} : inspection.unit;
  const auto unit = org::unit_store::find(tx, issuer, on, inspection.line);
  WrittenPaper made;
  made.document =
      report::headed_paper({org::unit_store::ref(tx, issuer, on).name, unit ? unit->kind : "",
                            unit && unit->parent ? unit->parent->name : ""},
                           form, on);
  made.document.header.number = number_of(made.document.header.number, kind, paper->issued);
  made.document.header.type = type_of(kind);
  made.document.header.subject = subject_of(inspection, kind);
  if (kind == PaperKind::supplement) {
    for (const Supplement& one : supplement_store::of_inspection(tx, inspection.id)) {
      if (one.id.value == of)
        made.document.addressees = {org::unit_store::ref(tx, one.unit, on).name};
    }
  }
  Body body(made.document, form);
  write_body(tx, inspection, kind, of, on, body);
  if (inspection.is_illustrative) made.document.watermark_note = "Số liệu minh hoạ";
  if (const auto period = base::Period::parse(inspection.report_period))
    made.period = report::period_words(*period);
  if (register_kind(kind) == "BC")
    made.own = registry::template_in_use(tx, issuer, "BC", form.layout);
  return made;
}

}  // namespace inspect
