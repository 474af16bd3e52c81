#include <algorithm>
#include <array>

#include "org/unit_store.h"
#include "petition/change_petition.h"
#include "petition/papers.h"
#include "petition/petition_store.h"
#include "registry/document_store.h"
#include "registry/register_document.h"

namespace petition {
namespace {

using base::ProblemKind;
using Kind = office::Paragraph::Kind;

constexpr std::array<std::string_view, 2> kNames{"petition", "answer"};
constexpr const char* kRegisterKind = "CV";

std::string name_of(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::unit_store::ref(tx, unit, day).name;
}

void say(office::Document& document, const std::string& text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at)
      document.blocks.emplace_back(office::Paragraph{Kind::body, text.substr(at, end - at)});
    at = end + 1;
  }
}

/// The bodies asked, each once.
std::vector<std::string> addressees_of(store::Tx& tx, const Petition& petition, base::Date day) {
  std::vector<std::string> made;
  for (const Part& part : petition.parts) {
    const std::string asked = part.body.empty() ? name_of(tx, part.holder, day) : part.body;
    if (std::find(made.begin(), made.end(), asked) == made.end()) made.push_back(asked);
  }
  return made;
}

void write_petition(store::Tx& tx, const Petition& petition, office::Document& document,
                    base::Date day) {
  document.addressees = addressees_of(tx, petition, day);
  document.header.subject = petition.title;
  say(document, petition.text);
  for (const Part& part : petition.parts) {
    if (part.portion.empty()) continue;
    say(document, "- Đề nghị " + (part.body.empty() ? name_of(tx, part.holder, day) : part.body) +
                      ": " + part.portion);
  }
  if (petition.raisers.size() > 1) {
    std::string also;
    for (const Raiser& one : petition.raisers) {
      if (one.unit != petition.unit)
        also += (also.empty() ? "" : ", ") + name_of(tx, one.unit, day);
    }
    say(document, "Cùng kiến nghị nội dung này: " + also + ".");
  }
  say(document, "Kính đề nghị xem xét, giải quyết và trả lời để đơn vị thực hiện.");
}

void write_answer(store::Tx& tx, const Petition& petition, const Part& part,
                  office::Document& document, base::Date day) {
  for (const Raiser& one : petition.raisers)
    document.addressees.push_back(name_of(tx, one.unit, day));
  document.header.subject = "trả lời kiến nghị: " + petition.title;
  say(document, name_of(tx, part.holder, day) + " nhận được kiến nghị của " +
                    name_of(tx, petition.unit, day) +
                    (petition.raisers.size() > 1
                         ? " và " + std::to_string(petition.raisers.size() - 1) + " đơn vị khác"
                         : "") +
                    " ngày " + petition.raised_on.vietnamese() + " về việc " + petition.title +
                    ". Về nội dung này, xin trả lời như sau:");
  if (!part.body.empty() && part.sent_on)
    say(document,
        "Nội dung này đã được gửi " + part.body + " ngày " + part.sent_on->vietnamese() + ".");
  say(document, part.answer);
}

const PaperOf* found_in(const std::vector<PaperOf>& all, PaperKind kind,
                        const std::optional<PartId>& part) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const PaperOf& one) {
    return one.kind == kind && one.part == part;
  });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

std::string_view name(PaperKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<PaperKind> paper_kind_named(std::string_view name) {
  const auto at = std::find(kNames.begin(), kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<PaperKind>(at - kNames.begin());
}

std::vector<PaperOf> papers_of(store::Tx& tx, const Petition& petition) {
  std::vector<PaperOf> made;
  const auto add = [&](PaperKind kind, std::optional<PartId> part, org::UnitId issuer,
                       std::string title) {
    PaperOf one{kind, part, issuer, std::move(title), {}};
    const auto document =
        petition_store::paper(tx, petition.id, name(kind), part.value_or(PartId{}));
    if (document) one.issued = registry::document_store::find(tx, *document);
    made.push_back(std::move(one));
  };
  add(PaperKind::petition, {}, petition.unit, "Công văn kiến nghị");
  for (const Part& part : petition.parts) {
    if (part.state == PartState::answered)
      add(PaperKind::answer, part.id, part.holder, "Công văn trả lời kiến nghị");
  }
  return made;
}

base::Result<office::Document> write_paper(store::Tx& tx, const Petition& petition, PaperKind kind,
                                           const std::optional<PartId>& part, base::Date day,
                                           const std::string& profile) {
  const auto all = papers_of(tx, petition);
  const PaperOf* const paper = found_in(all, kind, part);
  if (paper == nullptr) return base::refuse(ProblemKind::not_found, "paper.not_found");
  const base::Date on = paper->issued ? paper->issued->issued_on : day;
  const std::string asked = profile.empty() && paper->issued
                                ? std::string(registry::name(paper->issued->profile))
                                : profile;
  ASSIGN_OR_RETURN(const report::PaperForm form,
                   report::paper_form(asked, std::string(org::kGovernment), on));
  const auto unit = org::unit_store::find(tx, paper->issuer, on);
  office::Document document =
      report::headed_paper({name_of(tx, paper->issuer, on), unit ? unit->kind : "",
                            unit && unit->parent ? unit->parent->name : ""},
                           form, on);
  std::string& number = document.header.number;
  if (paper->issued) {
    number = registry::heading_of(paper->issued->number, paper->issued->profile);
  } else if (const auto at = number.find("BC"); at != std::string::npos) {
    number.replace(at, 2, kRegisterKind);
  }
  document.header.type.clear();  // a letter bears no type
  if (kind == PaperKind::petition) {
    write_petition(tx, petition, document, on);
  } else {
    const auto at = std::find_if(petition.parts.begin(), petition.parts.end(),
                                 [&](const Part& one) { return one.id == *part; });
    write_answer(tx, petition, *at, document, on);
  }
  if (petition.is_illustrative) document.watermark_note = "Số liệu minh hoạ";
  return document;
}

base::Result<void> issue_paper(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                               PaperKind kind, const std::optional<PartId>& part,
                               const std::string& profile,
                               const std::optional<base::Date>& issued_on) {
  ASSIGN_OR_RETURN(Petition petition, seen_petition(tx, actor, now.day, id));
  const auto all = papers_of(tx, petition);
  const PaperOf* const paper = found_in(all, kind, part);
  if (paper == nullptr) return base::refuse(ProblemKind::not_found, "paper.not_found");
  if (paper->issued)
    return base::refuse(ProblemKind::conflict, "paper.issued", "", {paper->issued->number});
  registry::NewDocument made;
  made.kept_by = paper->issuer;
  made.unit = made.kept_by;
  made.issued_on = issued_on.value_or(now.day);
  ASSIGN_OR_RETURN(const report::PaperForm form,
                   report::paper_form(profile, std::string(org::kGovernment), made.issued_on));
  made.profile = form.numbers;
  made.kind = kRegisterKind;
  made.is_illustrative = petition.is_illustrative;
  if (kind == PaperKind::petition) {
    made.subject = "kiến nghị: " + petition.title;
    for (const Part& one : petition.parts) made.recipients.push_back(one.holder);
  } else {
    made.subject = "trả lời kiến nghị: " + petition.title;
    for (const Raiser& one : petition.raisers) made.recipients.push_back(one.unit);
  }
  std::sort(made.recipients.begin(), made.recipients.end());
  made.recipients.erase(std::unique(made.recipients.begin(), made.recipients.end()),
                        made.recipients.end());
  ASSIGN_OR_RETURN(const registry::DocumentId document,
                   registry::register_document(tx, actor, now.at, now.day, made));
  petition_store::set_paper(tx, id, name(kind), part.value_or(PartId{}), document);
  if (part) {
    petition.part(*part)->document = document;
    if (!petition_store::save(tx, petition))
      return base::refuse(ProblemKind::changed, "petition.changed", "", {"", ""});
  }
  record(tx, actor, now, petition, "paper_issued");
  return {};
}

}  // namespace petition
