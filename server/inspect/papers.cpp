#include "inspect/papers.h"

#include <algorithm>
#include <array>

#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "inspect/paper_store.h"
#include "org/unit_store.h"
#include "registry/document_store.h"
#include "registry/register_document.h"

namespace inspect {
namespace {

using base::ProblemKind;

struct Form {
  std::string_view name, kind, title;
};
constexpr std::array<Form, kPaperKinds> kForms{{
    {"decision", "QĐ", "Quyết định kiểm tra"},
    {"plan", "KH", "Kế hoạch kiểm tra"},
    {"outline", "", "Đề cương gợi ý báo cáo tự kiểm tra"},
    {"announcement", "TB", "Thông báo triển khai kiểm tra"},
    {"self_report", "BC", "Báo cáo tự kiểm tra"},
    {"supplement", "CV", "Công văn yêu cầu bổ sung báo cáo"},
    {"minutes", "BB", "Biên bản làm việc"},
    {"draft_result", "", "Dự thảo báo cáo kết quả kiểm tra"},
    {"result", "BC", "Báo cáo kết quả kiểm tra"},
    {"conclusion", "TB", "Thông báo kết luận kiểm tra"},
}};

const Form& form_of(PaperKind kind) { return kForms[static_cast<std::size_t>(kind)]; }

/// Gathers the papers one after another, each with its number where it has one.
class Papers {
 public:
  Papers(store::Tx& tx, const Inspection& inspection, const std::vector<org::UnitId>& only)
      : tx_(tx), inspection_(inspection), only_(only) {}

  void add(bool is_there, PaperKind kind, std::int64_t of = 0, const std::string& more = {}) {
    if (!is_there) return;
    const std::string title(form_of(kind).title);
    PaperOf made{kind, of, more.empty() ? title : title + " " + more, {}};
    if (const auto document = paper_store::document_of(tx_, inspection_.id, name(kind), of))
      made.issued = registry::document_store::find(tx_, *document);
    made_.push_back(std::move(made));
  }
  bool sees(org::UnitId unit) const {
    return only_.empty() || std::find(only_.begin(), only_.end(), unit) != only_.end();
  }
  std::vector<PaperOf> take() { return std::move(made_); }

 private:
  store::Tx& tx_;
  const Inspection& inspection_;
  const std::vector<org::UnitId>& only_;
  std::vector<PaperOf> made_;
};

/// Whom the paper is sent to.
std::vector<org::UnitId> recipients_of(store::Tx& tx, const Inspection& inspection, PaperKind kind,
                                       std::int64_t of) {
  if (kind == PaperKind::self_report) return {inspection.unit};
  for (const Supplement& one : supplement_store::of_inspection(tx, inspection.id)) {
    if (kind == PaperKind::supplement && one.id.value == of) return {one.unit};
  }
  for (const WorkingSession& one : session_store::of_inspection(tx, inspection.id)) {
    if (kind == PaperKind::minutes && one.id.value == of) return {one.unit};
  }
  if (kind == PaperKind::result) return {};  // to who decides alone
  std::vector<org::UnitId> made;
  for (const Inspected& one : inspection.units) made.push_back(one.unit);
  return made;
}

std::string lower_first(std::string_view title) {
  static constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
      {"Quyết", "quyết"}, {"Kế", "kế"},     {"Thông", "thông"},
      {"Báo", "báo"},     {"Công", "công"}, {"Biên", "biên"}};
  for (const auto& [upper, lower] : kLetters) {
    if (title.starts_with(upper))
      return std::string(lower) + std::string(title.substr(upper.size()));
  }
  return std::string(title);
}

}  // namespace

std::string_view name(PaperKind kind) { return form_of(kind).name; }
std::string_view register_kind(PaperKind kind) { return form_of(kind).kind; }

std::optional<PaperKind> paper_kind_named(std::string_view name) {
  const auto at = std::find_if(kForms.begin(), kForms.end(),
                               [&](const Form& form) { return form.name == name; });
  if (at == kForms.end()) return std::nullopt;
  return static_cast<PaperKind>(at - kForms.begin());
}

std::vector<PaperOf> papers_of(store::Tx& tx, const Inspection& inspection,
                               const std::vector<org::UnitId>& only) {
  using enum PaperKind;
  const bool is_inside = only.empty();
  const auto name_of = [&](org::UnitId unit) {
    return org::unit_store::ref(tx, unit, inspection.to).name;
  };
  Papers papers(tx, inspection, only);
  papers.add(inspection.decided_on || is_inside, decision);
  papers.add(is_inside || inspection.announced_on, plan);
  papers.add(!inspection.sections.empty() || !inspection.indicators.empty(), outline);
  papers.add(inspection.announced_on.has_value(), announcement);
  for (const Inspected& one : inspection.units)
    papers.add(one.report && papers.sees(one.unit), self_report, one.unit.value,
               "của " + name_of(one.unit));
  for (const Supplement& one : supplement_store::of_inspection(tx, inspection.id))
    papers.add(papers.sees(one.unit), supplement, one.id.value,
               "lần " + std::to_string(one.number) + ", " + name_of(one.unit));
  for (const WorkingSession& one : session_store::of_inspection(tx, inspection.id))
    papers.add(papers.sees(one.unit), minutes, one.id.value,
               "ngày " + one.on.vietnamese() + ", " + name_of(one.unit));
  papers.add(is_inside ? inspection.drafted_on.has_value() : inspection.conferred_on.has_value(),
             draft_result);
  papers.add(is_inside && inspection.conferred_on, result);
  papers.add(inspection.concluded_on.has_value(), conclusion);
  return papers.take();
}

std::vector<org::UnitId> only_units(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                    const Inspection& inspection) {
  const org::Scope scope = org::scope_of(actor, day);
  const bool is_of_team = inspection.member(actor.account()) && runs(inspection.state);
  if (is_of_team || inspection_store::by_post(tx, scope, inspection.unit)) return {};
  std::vector<org::UnitId> made;
  for (const Inspected& one : inspection.units) {
    if (inspection_store::by_post(tx, scope, one.unit)) made.push_back(one.unit);
  }
  return made;
}

base::Result<void> issue_paper(store::Tx& tx, const auth::Actor& actor, Now now, InspectionId id,
                               PaperKind kind, std::int64_t of, const std::string& profile,
                               const std::optional<base::Date>& issued_on) {
  ASSIGN_OR_RETURN(const Inspection inspection, seen_inspection(tx, actor, now.day, id));
  const auto all = papers_of(tx, inspection, only_units(tx, actor, now.day, inspection));
  const auto paper = std::find_if(
      all.begin(), all.end(), [&](const PaperOf& one) { return one.kind == kind && one.of == of; });
  if (paper == all.end()) return base::refuse(ProblemKind::not_found, "paper.not_found");
  if (register_kind(kind).empty())
    return base::refuse(ProblemKind::conflict, "paper.no_number", "", {paper->title});
  if (paper->issued)
    return base::refuse(ProblemKind::conflict, "paper.issued", "", {paper->issued->number});
  registry::NewDocument made;
  made.kept_by = kind == PaperKind::self_report ? org::UnitId{of} : inspection.unit;
  made.unit = made.kept_by;
  made.issued_on = issued_on.value_or(now.day);
  ASSIGN_OR_RETURN(const report::PaperForm form,
                   report::paper_form(profile, inspection.line, made.issued_on));
  made.profile = form.numbers;
  made.kind = register_kind(kind);
  made.subject = lower_first(paper->title) + ": " + inspection.title;
  made.recipients = recipients_of(tx, inspection, kind, of);
  made.is_illustrative = inspection.is_illustrative;
  ASSIGN_OR_RETURN(const registry::DocumentId document,
                   registry::register_document(tx, actor, now.at, now.day, made));
  paper_store::add(tx, id, name(kind), of, document);
  record(tx, actor, now, inspection, "paper_issued");
  return {};
}

}  // namespace inspect
