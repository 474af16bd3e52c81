#include <array>
#include <limits>

#include "base/decimal.h"
#include "mobilise/mobilise_json.h"

namespace mobilise {

using http::json::array;
using http::json::object;
using http::json::value;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

template <class Id>
std::optional<Id> maybe_id(http::Fields& fields, std::string_view key) {
  const auto id = fields.maybe_integer(key, 1, kMost);
  return id ? std::optional(Id{*id}) : std::nullopt;
}

/// Whole numbers as text; what is none is a fault of the field.
std::int64_t quantity_of(http::Fields& fields) {
  const std::string text = fields.text("quantity", 40);
  if (text.empty()) return 1;  // told as missing already
  auto quantity = base::parse_figure(text, 0, base::Notation::program, fields.pointer("quantity"));
  if (quantity) return *quantity;
  for (base::Problem& one : quantity.error()) fields.problems().push_back(std::move(one));
  return 1;
}

}  // namespace

AskedContribution read_contribution(http::Fields& fields, bool is_new) {
  static constexpr std::array kKinds{GiftKind::money, GiftKind::work_days, GiftKind::land_m2,
                                     GiftKind::households, GiftKind::in_kind};
  AskedContribution made;
  Contribution& one = made.contribution;
  if (is_new) made.body = {fields.integer("body", 1, kMost)};
  one.unit = {fields.integer("unit", 1, kMost)};
  one.stage =
      fields.one_of("stage", {"pledged", "received"}) == 0 ? Stage::pledged : Stage::received;
  one.kind =
      kKinds[fields.one_of("kind", {"money", "work_days", "land_m2", "households", "in_kind"})];
  one.quantity = quantity_of(fields);
  one.what = fields.maybe_text("what", 500).value_or("");
  one.giver = fields.maybe_text("giver", 300).value_or("");
  one.giver_unit = maybe_id<org::UnitId>(fields, "giver_unit");
  one.on = fields.date("on");
  one.document = maybe_id<registry::DocumentId>(fields, "document");
  one.ref = fields.maybe_text("ref", 100).value_or("");
  made.sameness.same_as = maybe_id<ContributionId>(fields, "is_same_as");
  made.sameness.other = fields.maybe_text("is_other", 500).value_or("");
  if (!is_new) made.reason = fields.text("reason", 1000);
  return made;
}

object to_json(store::Tx& tx, const Contribution& contribution, base::Date day) {
  array bodies;
  for (const Telling& one : contribution.bodies) {
    bodies.push_back(object{{"unit", unit_json(tx, one.body, day)},
                            {"quantity", std::to_string(one.quantity)},
                            {"on", one.on.text()},
                            {"ref", one.ref},
                            {"by", one.actor},
                            {"at", one.at.text()}});
  }
  return {
      {"id", contribution.id.value},
      {"movement", contribution.movement.value},
      {"unit", unit_json(tx, contribution.unit, day)},
      {"stage", name(contribution.stage)},
      {"kind", name(contribution.kind)},
      {"quantity", std::to_string(contribution.quantity)},
      {"what", contribution.what},
      {"giver", contribution.giver},
      {"giver_unit",
       contribution.giver_unit ? unit_json(tx, *contribution.giver_unit, day) : value(nullptr)},
      {"on", contribution.on.text()},
      {"document", contribution.document ? value(contribution.document->value) : value(nullptr)},
      {"ref", contribution.ref},
      {"is_other", contribution.other_reason},
      {"is_withdrawn", contribution.is_withdrawn},
      {"bodies", std::move(bodies)},
      {"by", contribution.actor},
      {"at", contribution.at.text()},
      {"revision", contribution.revision}};
}

object page_json(store::Tx& tx, const Contribution& contribution, base::Date day) {
  object made = to_json(tx, contribution, day);
  array history;
  for (const auto& one : contribution_store::history(tx, contribution.id)) {
    history.push_back(object{{"revision", one.revision},
                             {"act", one.act},
                             {"unit", unit_json(tx, one.was.unit, day)},
                             {"stage", name(one.was.stage)},
                             {"kind", name(one.was.kind)},
                             {"quantity", std::to_string(one.was.quantity)},
                             {"what", one.was.what},
                             {"giver", one.was.giver},
                             {"on", one.was.on.text()},
                             {"ref", one.was.ref},
                             {"reason", one.reason},
                             {"by", one.actor},
                             {"at", one.at.text()}});
  }
  made["history"] = std::move(history);
  return made;
}

}  // namespace mobilise
