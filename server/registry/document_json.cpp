#include "registry/document_json.h"

#include <deque>
#include <set>

#include "org/authority.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "registry/document_store.h"

namespace registry {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::int64_t kMost = 1LL << 53;

std::string_view kind_name(const Document& document) {
  const DocumentKind* kind = kind_coded(document.kind);
  return kind ? kind->name : std::string_view(document.kind);
}

}  // namespace

object cited_json(const Document& document) {
  return {{"id", document.id.value},
          {"number", document.number},
          {"kind", document.kind},
          {"kind_name", kind_name(document)},
          {"subject", document.subject},
          {"issuer", document.issuer},
          {"issued_on", document.issued_on.text()}};
}

object to_json(store::Tx& tx, const Document& document, base::Date day) {
  object made = cited_json(document);
  made["unit"] = document.unit ? value(org::to_json(org::unit_store::ref(tx, *document.unit, day)))
                               : value(nullptr);
  made["kept_by"] = org::to_json(org::unit_store::ref(tx, document.kept_by, day));
  made["profile"] = name(document.profile);
  made["heading"] = heading_of(document.number, document.profile);
  made["effective_on"] = document.effective_on.text();
  made["recorded_at"] = document.recorded_at.text();
  made["recorded_by"] = document.recorded_by;
  made["is_illustrative"] = document.is_illustrative;
  return made;
}

object to_json(const Attachment& attachment) {
  return {{"id", attachment.id},
          {"name", attachment.name},
          {"media_type", attachment.media_type},
          {"size", attachment.size},
          {"sha256", attachment.sha256},
          {"recorded_at", attachment.recorded_at.text()},
          {"recorded_by", attachment.recorded_by}};
}

object full_json(store::Tx& tx, const Document& document, const auth::Actor& actor,
                 base::Date day) {
  object made = to_json(tx, document, day);
  array recipients, relations, files, acts;
  for (const org::UnitId unit : document_store::recipients(tx, document.id)) {
    recipients.push_back(org::to_json(org::unit_store::ref(tx, unit, day)));
  }
  for (const auto& link : document_store::links(tx, document.id)) {
    const bool says_so = link.from == document.id;
    const auto other = document_store::find(tx, says_so ? link.to : link.from);
    relations.push_back(object{{"kind", name(link.kind)},
                               {"direction", says_so ? "to" : "from"},
                               {"document", cited_json(*other)}});
  }
  for (const Attachment& file : attachments(tx, "document:" + std::to_string(document.id.value))) {
    files.push_back(to_json(file));
  }
  if (org::allows(tx, actor, org::Act::number, document.kept_by, day)) {
    acts = {"attach", "relate"};
  }
  made["recipients"] = std::move(recipients);
  made["relations"] = std::move(relations);
  made["attachments"] = std::move(files);
  made["acts"] = std::move(acts);
  return made;
}

object chain_json(store::Tx& tx, const Document& document, std::size_t most) {
  std::set<DocumentId> seen{document.id};
  std::set<std::tuple<DocumentId, RelationKind, DocumentId>> told;
  std::deque<DocumentId> open{document.id};
  array documents, links;
  while (!open.empty()) {
    const DocumentId here = open.front();
    open.pop_front();
    documents.push_back(cited_json(*document_store::find(tx, here)));
    for (const auto& link : document_store::links(tx, here)) {
      const DocumentId other = link.from == here ? link.to : link.from;
      if (!seen.contains(other)) {
        if (seen.size() == most) continue;
        seen.insert(other);
        open.push_back(other);
      }
      if (!told.emplace(link.from, link.kind, link.to).second) continue;
      links.push_back(
          object{{"from", link.from.value}, {"kind", name(link.kind)}, {"to", link.to.value}});
    }
  }
  return {{"documents", std::move(documents)},
          {"links", std::move(links)},
          {"is_whole", seen.size() < most}};
}

Profile read_profile(http::Fields& fields) {
  return static_cast<Profile>(
      fields.one_of("profile", {"party-36-2018", "party-05-2026", "state-nd30-2020", "front"}));
}

Relation read_relation(http::Fields& fields) {
  const auto kind = static_cast<RelationKind>(
      fields.one_of("kind", {"makes_concrete", "implements", "amends", "replaces", "answers"}));
  return {kind, {fields.integer("document", 1, kMost)}};
}

NewDocument read_document(http::Fields& fields) {
  NewDocument made;
  made.kept_by = {fields.integer("kept_by", 1, kMost)};
  if (const auto unit = fields.maybe_integer("unit", 1, kMost)) made.unit = org::UnitId{*unit};
  made.issuer = fields.maybe_text("issuer", 200).value_or("");
  made.profile = read_profile(fields);
  made.kind = fields.text("kind", 20);
  made.number = fields.maybe_text("number", 80).value_or("");
  made.subject = fields.text("subject", 1000);
  made.issued_on = fields.date("issued_on");
  made.effective_on = fields.maybe_date("effective_on");
  for (const std::int64_t unit : fields.integers("recipients", false)) {
    made.recipients.push_back({unit});
  }
  fields.objects("relations", false, 100,
                 [&](http::Fields& one) { made.relations.push_back(read_relation(one)); });
  made.is_illustrative = fields.boolean("is_illustrative", false);
  return made;
}

}  // namespace registry
