#include "inspect/finding.h"

#include <algorithm>
#include <array>

namespace inspect {
namespace {

constexpr std::array<std::string_view, 4> kFindingKinds{"strength", "shortcoming", "cause",
                                                        "responsibility"};
constexpr std::array<std::string_view, 4> kEvidenceKinds{"fact", "section", "document", "note"};

template <class Kind>
Kind kind_named(const std::array<std::string_view, 4>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? Kind{} : static_cast<Kind>(at - names.begin());
}

}  // namespace

std::string_view name(FindingKind kind) { return kFindingKinds[static_cast<std::size_t>(kind)]; }
std::string_view name(EvidenceKind kind) { return kEvidenceKinds[static_cast<std::size_t>(kind)]; }

namespace finding_store {
namespace {

#define FINDING_COLUMNS \
  "select id, inspection_id, unit_id, kind, text, repeats_id, account_id, actor, at from finding "

Finding finding_of(const store::Row& row) {
  Finding made;
  made.id = row.id<FindingId>(0);
  made.inspection = row.id<InspectionId>(1);
  made.unit = row.id<org::UnitId>(2);
  made.kind = kind_named<FindingKind>(kFindingKinds, row.text(3));
  made.text = row.string(4);
  if (!row.is_null(5)) made.repeats = row.id<FindingId>(5);
  made.account = row.id<auth::AccountId>(6);
  made.actor = row.string(7);
  made.at = row.instant(8);
  return made;
}

std::vector<Finding> with_evidence(store::Tx& tx, std::vector<Finding> found) {
  static constexpr store::Sql kEvidence{
      "finding_evidence.of_finding",
      "select kind, ref_id, section, caption from finding_evidence where finding_id = :id order by "
      "position"};
  for (Finding& one : found) {
    one.evidence = tx.all(kEvidence, {{"id", one.id}}, [](const store::Row& row) {
      return Evidence{kind_named<EvidenceKind>(kEvidenceKinds, row.text(0)), row.integer(1),
                      row.string(2), row.string(3)};
    });
  }
  return found;
}

constexpr store::Sql kNoEvidence{"finding_evidence.remove",
                                 "delete from finding_evidence where finding_id = :id"};

void add_evidence(store::Tx& tx, FindingId id, const std::vector<Evidence>& evidence) {
  static constexpr store::Sql kAdd{
      "finding_evidence.add",
      "insert into finding_evidence (finding_id, position, kind, ref_id, section, caption) values "
      "(:id, :position, :kind, :ref, :section, :caption)"};
  int position = 0;
  for (const Evidence& one : evidence) {
    tx.run(kAdd, {{"id", id},
                  {"position", position++},
                  {"kind", name(one.kind)},
                  {"ref", one.id},
                  {"section", one.section},
                  {"caption", one.caption}});
  }
}

}  // namespace

FindingId add(store::Tx& tx, const Finding& finding) {
  static constexpr store::Sql kAdd{
      "finding.add",
      "insert into finding (inspection_id, unit_id, kind, text, repeats_id, account_id, actor, at) "
      "values (:inspection, :unit, :kind, :text, :repeats, :account, :actor, :at) returning id"};
  const FindingId id{tx.integer(kAdd, {{"inspection", finding.inspection},
                                       {"unit", finding.unit},
                                       {"kind", name(finding.kind)},
                                       {"text", finding.text},
                                       {"repeats", finding.repeats},
                                       {"account", finding.account},
                                       {"actor", finding.actor},
                                       {"at", finding.at}})};
  add_evidence(tx, id, finding.evidence);
  return id;
}

void save(store::Tx& tx, const Finding& finding) {
  static constexpr store::Sql kSave{
      "finding.save",
      "update finding set unit_id = :unit, kind = :kind, text = :text, repeats_id = :repeats where "
      "id = :id"};
  tx.run(kSave, {{"unit", finding.unit},
                 {"kind", name(finding.kind)},
                 {"text", finding.text},
                 {"repeats", finding.repeats},
                 {"id", finding.id}});
  tx.run(kNoEvidence, {{"id", finding.id}});
  add_evidence(tx, finding.id, finding.evidence);
}

void remove(store::Tx& tx, FindingId id) {
  static constexpr store::Sql kRemove{"finding.remove", "delete from finding where id = :id"};
  tx.run(kNoEvidence, {{"id", id}});
  tx.run(kRemove, {{"id", id}});
}

std::optional<Finding> find(store::Tx& tx, FindingId id) {
  static constexpr store::Sql kFind{"finding.find", FINDING_COLUMNS "where id = :id"};
  auto found = with_evidence(tx, tx.all(kFind, {{"id", id}}, finding_of));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Finding> of_inspection(store::Tx& tx, InspectionId id) {
  static constexpr store::Sql kAll{"finding.of_inspection",
                                   FINDING_COLUMNS "where inspection_id = :id order by id"};
  return with_evidence(tx, tx.all(kAll, {{"id", id}}, finding_of));
}

std::vector<Finding> repeats_of(store::Tx& tx, FindingId id) {
  static constexpr store::Sql kAll{"finding.repeats_of",
                                   FINDING_COLUMNS "where repeats_id = :id order by id"};
  return with_evidence(tx, tx.all(kAll, {{"id", id}}, finding_of));
}

}  // namespace finding_store
}  // namespace inspect
