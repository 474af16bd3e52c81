#include "exchange/exchange_json.h"

#include "base/words.h"

namespace exchange {

using http::json::array;
using http::json::object;
using http::json::value;

namespace {

array listed(const base::Problems& problems) {
  array made;
  for (const base::Problem& problem : problems) {
    array args;
    for (const std::string& arg : problem.args) args.push_back(value(arg));
    made.push_back(object{{"code", problem.code},
                          {"field", problem.field},
                          {"args", args},
                          {"detail_vi", base::words(problem, base::Language::vi)},
                          {"detail_en", base::words(problem, base::Language::en)}});
  }
  return made;
}

}  // namespace

object to_json(store::Tx& tx, const Mapping& row, base::Date day) {
  return {{"kind", name(row.kind)},
          {"foreign_id", row.foreign_id},
          {"option_id", row.option_id},
          {"attribute_id", row.attribute_id},
          {"ours", ours_of(tx, row, day)},
          {"is_exported", row.is_exported},
          {"note", row.note}};
}

object to_json(const MappingImported& done) {
  return {{"added", done.added},
          {"changed", done.changed},
          {"removed", done.removed},
          {"unchanged", done.unchanged}};
}

object to_json(const ValuesImported& done) {
  return {{"values", done.values},
          {"imported", done.taken.created},
          {"updated", done.taken.updated},
          {"deleted", done.taken.deleted},
          {"unchanged", done.taken.unchanged},
          {"ignored", done.taken.ignored + done.empty},
          {"left_out", done.left_out},
          {"is_dry_run", done.is_dry_run},
          {"doubts", listed(done.doubts)}};
}

object to_json(const Gap& gap) {
  return {{"kind", name(gap.kind)},     {"foreign_id", gap.foreign_id},
          {"option_id", gap.option_id}, {"attribute_id", gap.attribute_id},
          {"values", gap.values},       {"field", gap.place}};
}

object to_json(const PacketImported& done) {
  object made{{"kind", name(done.kind)}, {"is_dry_run", done.values.is_dry_run}};
  if (done.kind == PacketKind::figures || done.kind == PacketKind::indicator_data) {
    made["values"] = to_json(done.values);
  } else if (done.kind == PacketKind::indicator_catalogue) {
    made["defined"] = done.defined;
    made["agreed"] = done.agreed;
  } else {
    made["agreed"] = done.agreed;
    made["differences"] = listed(done.differences);
  }
  return made;
}

std::vector<MappingRow> read_mapping(http::Fields& fields) {
  std::vector<MappingRow> rows;
  fields.objects("items", true, 50'000, [&](http::Fields& one) {
    MappingRow row;
    row.place = one.pointer("");
    row.mapping.kind = static_cast<Kind>(
        one.one_of("kind", {"unit", "indicator", "option", "attribute", "period", "dataset"}));
    row.mapping.foreign_id = one.text("foreign_id", 230);
    row.mapping.option_id = one.maybe_text("option_id", 230).value_or("");
    row.mapping.attribute_id = one.maybe_text("attribute_id", 230).value_or("");
    row.ours = one.text("ours", 230);
    row.mapping.is_exported = one.boolean("is_exported", true);
    row.mapping.note = one.maybe_text("note", 230).value_or("");
    check_row(row, one.problems());
    rows.push_back(std::move(row));
  });
  return rows;
}

}  // namespace exchange
