#include "petition/petition_json.h"

#include <algorithm>
#include <limits>

#include "org/unit_json.h"
#include "org/unit_store.h"
#include "petition/change_petition.h"
#include "petition/papers.h"
#include "petition/petition_store.h"
#include "petition/words.h"
#include "registry/attachment.h"
#include "registry/document_json.h"
#include "registry/document_store.h"

namespace petition {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();

value unit_json(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::to_json(org::unit_store::ref(tx, unit, day));
}
value day_or_null(const std::optional<base::Date>& day) {
  return day ? value(day->text()) : value(nullptr);
}
template <class IdType>
value id_or_null(const std::optional<IdType>& id) {
  return id ? value(id->value) : value(nullptr);
}

bool is_overdue(const Part& part, base::Date day) {
  return part.state == PartState::held && part.due_on < day;
}

value document_json(store::Tx& tx, const std::optional<registry::DocumentId>& id) {
  if (!id) return nullptr;
  const auto found = registry::document_store::find(tx, *id);
  return object{{"id", id->value}, {"number", found ? found->number : ""}};
}

object part_json(store::Tx& tx, const Part& part, base::Date day) {
  return {{"id", part.id.value},
          {"position", part.position},
          {"portion", part.portion},
          {"state", name(part.state)},
          {"holder", unit_json(tx, part.holder, day)},
          {"body", part.body},
          {"sent_on", day_or_null(part.sent_on)},
          {"received_on", part.received_on.text()},
          {"days", part.days},
          {"due_on", part.due_on.text()},
          {"is_overdue", is_overdue(part, day)},
          {"extended_days", part.extended_days},
          {"asked_on", day_or_null(part.asked_on)},
          {"answered_on", day_or_null(part.answered_on)},
          {"is_late", part.answered_on && *part.answered_on > part.due_on},
          {"outcome", part.outcome == Outcome::none ? value(nullptr) : value(name(part.outcome))},
          {"answer", part.answer},
          {"document", document_json(tx, part.document)},
          {"task", id_or_null(part.task)}};
}

array parts_json(store::Tx& tx, const auth::Actor& actor, const Petition& petition,
                 base::Date day) {
  array made;
  for (const Part& part : petition.parts) {
    object one = part_json(tx, part, day);
    array acts;
    for (const Deed deed : deeds_of(part.state, parts_of(tx, actor, day, petition, part))) {
      const bool is_spent = (deed == Deed::make_task && part.task) ||
                            (deed == Deed::extend && part.extended_days > 0) ||
                            (deed == Deed::withdraw);
      if (!is_spent) acts.push_back(value(name(deed)));
    }
    one["acts"] = std::move(acts);
    made.push_back(std::move(one));
  }
  return made;
}

array raisers_json(store::Tx& tx, const Petition& petition, base::Date day) {
  array made;
  for (const Raiser& one : petition.raisers) {
    made.push_back(object{{"unit", unit_json(tx, one.unit, day)},
                          {"since", one.since.text()},
                          {"text", one.text},
                          {"origin", id_or_null(one.origin)},
                          {"by", one.actor}});
  }
  return made;
}

array steps_json(store::Tx& tx, const Petition& petition, base::Date day) {
  array made;
  for (const Step& step : petition_store::steps(tx, petition.id)) {
    made.push_back(object{{"id", step.id},
                          {"part", id_or_null(step.part)},
                          {"kind", step.kind},
                          {"unit", unit_json(tx, step.unit, day)},
                          {"to", step.to ? unit_json(tx, *step.to, day) : value(nullptr)},
                          {"body", step.body},
                          {"text", step.text},
                          {"on", step.on.text()},
                          {"by", step.actor}});
  }
  return made;
}

array papers_json(store::Tx& tx, const auth::Actor& actor, const Petition& petition,
                  base::Date day) {
  array made;
  for (const PaperOf& one : papers_of(tx, petition)) {
    const bool may_issue =
        !one.issued && org::allows(tx, actor, org::Act::number, one.issuer, day).has_value();
    made.push_back(
        object{{"paper", name(one.kind)},
               {"part", id_or_null(one.part)},
               {"title", one.title},
               {"unit", unit_json(tx, one.issuer, day)},
               {"document", one.issued ? value(one.issued->id.value) : value(nullptr)},
               {"number", one.issued ? value(one.issued->number) : value(nullptr)},
               {"issued_on", one.issued ? value(one.issued->issued_on.text()) : value(nullptr)},
               {"may_issue", may_issue}});
  }
  return made;
}

array acts_json(store::Tx& tx, const auth::Actor& actor, const Petition& petition, base::Date day) {
  const bool is_raiser = raiser_of(tx, actor, day, petition).has_value();
  const bool is_holder =
      std::any_of(petition.parts.begin(), petition.parts.end(), [&](const Part& part) {
        return org::allows(tx, actor, org::Act::decide, part.holder, day).has_value();
      });
  const bool is_going = petition.state == State::open || petition.state == State::returned;
  array made;
  if (is_raiser || is_holder) made.push_back("say");
  if (is_going && petition.raisers.size() == 1 &&
      org::allows(tx, actor, org::Act::enter, petition.unit, day))
    made.push_back("withdraw");
  if (is_going && (is_holder || is_raiser)) made.push_back("merge");
  if (is_holder && petition.opened) made.push_back("close");
  if (is_holder && !petition.opened && petition.state == State::answered) made.push_back("open");
  return made;
}

std::string subject_name(store::Tx& tx, const std::string& code, bool is_english) {
  for (const Subject& one : competence_store::subjects(tx))
    if (one.code == code) return is_english ? one.name_en : one.name_vi;
  return code;
}

}  // namespace

object to_json(const Subject& subject) {
  return {{"code", subject.code}, {"name_vi", subject.name_vi}, {"name_en", subject.name_en}};
}

object to_json(store::Tx& tx, const Competence& row, base::Date day) {
  return {{"id", row.id.value},
          {"subject", row.subject},
          {"level", row.level},
          {"unit", unit_json(tx, row.unit, day)},
          {"body", row.body},
          {"days", row.days},
          {"basis", row.basis},
          {"from", row.from.text()},
          {"to", row.to == base::kForever ? value(nullptr) : value(row.to.text())}};
}

object to_json(store::Tx& tx, const Proposal& proposal, base::Date day) {
  return {{"unit", unit_json(tx, proposal.unit, day)},
          {"body", proposal.body},
          {"level", proposal.level.empty() ? value(nullptr) : value(proposal.level)},
          {"days", proposal.days},
          {"basis", proposal.basis},
          {"is_named", proposal.is_named}};
}

object to_json(const SubjectCount& count) {
  array ages;
  for (std::size_t i = 0; i < kAges.size(); ++i)
    ages.push_back(object{{"from_days", kAges[i]}, {"count", count.by_age[i]}});
  return {{"subject", count.subject},
          {"raised", count.raised},
          {"units", count.units},
          {"open", count.open},
          {"ages", std::move(ages)},
          {"overdue", count.overdue},
          {"answered", count.answered},
          {"answered_parts", count.answered_parts},
          {"answered_late", count.answered_late}};
}

object head_json(store::Tx& tx, const Petition& petition, base::Date day) {
  array holders;
  std::optional<base::Date> due;
  bool late = false;
  for (const Part& part : petition.parts) {
    if (part.state != PartState::held && part.state != PartState::asked) continue;
    holders.push_back(object{{"unit", unit_json(tx, part.holder, day)}, {"body", part.body}});
    if (!due || part.due_on < *due) due = part.due_on;
    late = late || is_overdue(part, day);
  }
  return {{"id", petition.id.value},
          {"unit", unit_json(tx, petition.unit, day)},
          {"kind", name(petition.kind)},
          {"subject", object{{"code", petition.subject},
                             {"name_vi", subject_name(tx, petition.subject, false)},
                             {"name_en", subject_name(tx, petition.subject, true)}}},
          {"title", petition.title},
          {"state", name(petition.state)},
          {"raisers", petition.raisers.size()},
          {"holders", std::move(holders)},
          {"raised_on", petition.raised_on.text()},
          {"due_on", day_or_null(due)},
          {"is_overdue", late},
          {"answered_on", day_or_null(petition.answered_on)},
          {"is_public", petition.opened.has_value()},
          {"is_illustrative", petition.is_illustrative},
          {"revision", petition.revision}};
}

object page_json(store::Tx& tx, const auth::Actor& actor, const Petition& petition,
                 base::Date day) {
  object made = head_json(tx, petition, day);
  made["text"] = petition.text;
  made["is_joinable"] = petition.is_joinable;
  made["raised_by"] = raisers_json(tx, petition, day);
  made["parts"] = parts_json(tx, actor, petition, day);
  made["steps"] = steps_json(tx, petition, day);
  array files;
  for (const auto& file : registry::attachments(tx, object_of(petition.id)))
    files.push_back(registry::to_json(file));
  made["attachments"] = std::move(files);
  made["papers"] = papers_json(tx, actor, petition, day);
  made["merged_into"] = id_or_null(petition.merged_into);
  made["public_version"] = petition.opened ? value(object{{"title", petition.opened->title},
                                                          {"question", petition.opened->question},
                                                          {"answer", petition.opened->answer},
                                                          {"on", petition.opened->on.text()}})
                                           : value(nullptr);
  array proposed;
  for (const Proposal& one : proposals_for(tx, petition.unit, petition.subject, day))
    proposed.push_back(to_json(tx, one, day));
  made["proposals"] = std::move(proposed);
  made["acts"] = acts_json(tx, actor, petition, day);
  return made;
}

Competence read_competence(http::Fields& fields) {
  static constexpr std::string_view kLevels[] = {"commune", "district", "province", "centre"};
  Competence made;
  made.subject = fields.text("subject", 40);
  made.level = kLevels[fields.one_of("level", {"commune", "district", "province", "centre"})];
  made.unit = {fields.integer("unit", 1, kMostId)};
  made.body = fields.maybe_text("body", 200).value_or("");
  made.days = static_cast<int>(fields.integer("days", 1, 365));
  made.basis = fields.maybe_text("basis", 300).value_or("");
  made.from = fields.date("from");
  made.to = fields.maybe_date("to").value_or(base::kForever);
  return made;
}

Addressee read_addressee(http::Fields& fields, bool with_portion) {
  Addressee made;
  made.unit = {fields.integer("unit", 1, kMostId)};
  made.body = fields.maybe_text("body", 200).value_or("");
  if (with_portion) made.portion = fields.maybe_raw_text("portion", 2000).value_or("");
  return made;
}

AskedPetition read_petition(http::Fields& fields) {
  AskedPetition made;
  made.unit = {fields.integer("unit", 1, kMostId)};
  made.kind = static_cast<PetitionKind>(fields.one_of("kind", {"obstacle", "recommendation"}));
  made.subject = fields.text("subject", 40);
  made.title = fields.text("title", 300);
  made.text = read_words(fields, "text", 10000);
  fields.objects("addressees", true, 10,
                 [&](http::Fields& one) { made.addressees.push_back(read_addressee(one, true)); });
  made.is_joinable = fields.boolean("is_joinable", true);
  made.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

direct::Task read_task(http::Fields& fields) {
  direct::Task made;
  made.programme = {fields.integer("programme", 1, kMostId)};
  made.title = fields.text("title", 500);
  made.deliverable = fields.maybe_text("deliverable", 500).value_or("");
  made.lead = {fields.maybe_integer("lead", 1, kMostId).value_or(0)};
  for (const std::int64_t unit : fields.integers("supporting", false, 200))
    made.supporting.push_back({unit});
  made.from = fields.date("from");
  made.due = fields.date("due");
  return made;
}

}  // namespace petition
