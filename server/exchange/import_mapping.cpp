#include <boost/json.hpp>
#include <map>
#include <set>

#include "direct/indicator_store.h"
#include "exchange/mapping_store.h"
#include "exchange/service.h"
#include "journal/journal.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace exchange {
namespace {

using base::ProblemKind;

/// Turns rows with codes into rows with ids, and keeps every fault.
class MappingReader {
 public:
  MappingReader(store::Tx& tx, const org::Scope& scope, std::string_view system, base::Date on)
      : tx_(tx), system_(system), on_(on), known_(mapping_store::rows(tx, scope, system)) {
    for (const Mapping& row : known_) place_of_ours_[ours_key(row)] = foreign_key(row);
    for (const auto& unit : mapping_store::visible_units(tx, scope)) visible_.insert(unit.value);
  }

  std::optional<Mapping> read(const MappingRow& row) {
    const std::size_t before = problems_.size();
    Mapping made = row.mapping;
    if (!seen_.insert(foreign_key(made)).second)
      fault(row, "foreign_id", "exchange.mapping_twice", {made.foreign_id});
    if (row.ours == kLeaveOut) {
      made.is_left_out = true;
    } else if (made.kind == Kind::unit) {
      read_unit(row, made);
    } else if (made.kind == Kind::indicator) {
      read_indicator(row, made);
    } else {
      made.ours =
          made.kind == Kind::period ? base::Period::parse(row.ours).value().text() : row.ours;
    }
    if (problems_.size() == before) claim(row, made);
    return problems_.size() == before ? std::optional(made) : std::nullopt;
  }

  /// Frees what the row held, so that another foreign id may be written for it.
  void forget(const Mapping& row) {
    for (auto at = place_of_ours_.begin(); at != place_of_ours_.end();) {
      at = at->second == foreign_key(row) ? place_of_ours_.erase(at) : std::next(at);
    }
  }
  base::Problems& problems() { return problems_; }

 private:
  static std::string foreign_key(const Mapping& row) {
    return std::string(name(row.kind)) + "\n" + row.foreign_id + "\n" + row.option_id + "\n" +
           row.attribute_id;
  }
  /// Empty when the row is not written for anything of ours.
  static std::string ours_key(const Mapping& row) {
    if (!row.is_exported || row.is_left_out) return {};
    if (row.unit) return "unit " + std::to_string(row.unit->value);
    if (row.indicator) return "indicator " + std::to_string(row.indicator->value);
    if (row.kind == Kind::period || row.kind == Kind::dataset)
      return std::string(name(row.kind)) + " " + row.ours;
    return {};
  }

  void fault(const MappingRow& row, const char* field, std::string code,
             std::vector<std::string> args) {
    problems_.push_back(
        {ProblemKind::invalid, std::move(code), row.place + field, std::move(args)});
  }

  void read_unit(const MappingRow& row, Mapping& made) {
    made.unit = org::unit_store::find_by_code(tx_, row.ours, on_);
    if (!made.unit || !visible_.contains(made.unit->value)) {
      fault(row, "ours", "fact.unit_unknown", {row.ours, on_.text()});
    }
  }

  void read_indicator(const MappingRow& row, Mapping& made) {
    const auto found = direct::indicator_store::find_by_code(tx_, row.ours);
    if (!found) return fault(row, "ours", "indicator.unknown", {row.ours});
    if (found->is_derived()) return fault(row, "ours", "fact.derived", {row.ours});
    made.indicator = found->id;
  }

  void claim(const MappingRow& row, const Mapping& made) {
    forget(made);
    const std::string ours = ours_key(made);
    if (ours.empty()) return;
    const auto [at, is_new] = place_of_ours_.emplace(ours, foreign_key(made));
    if (!is_new) {
      fault(row, "export", "exchange.mapping_exported_twice",
            {row.ours, at->second.substr(at->second.find('\n') + 1,
                                         at->second.find('\n', at->second.find('\n') + 1) -
                                             at->second.find('\n') - 1)});
    }
  }

  store::Tx& tx_;
  std::string system_;
  base::Date on_;
  std::vector<Mapping> known_;
  std::map<std::string, std::string> place_of_ours_;
  std::set<std::string> seen_;
  std::set<std::int64_t> visible_;
  base::Problems problems_;
};

}  // namespace

std::string ours_of(store::Tx& tx, const Mapping& row, base::Date day) {
  if (row.is_left_out) return kLeaveOut;
  if (row.unit) return org::unit_store::ref(tx, *row.unit, day).code;
  if (row.indicator) return direct::indicator_store::find(tx, *row.indicator).value().code;
  return row.ours;
}

base::Result<void> may_map(store::Tx& tx, const auth::Actor& actor, base::Date day) {
  if (actor.is_console()) return {};
  for (const org::Post& post : org::post_store::of_account(tx, actor.account(), day)) {
    if (org::role_may(post.role, org::Act::define_indicator, org::Relation::own)) return {};
  }
  return base::refuse(ProblemKind::forbidden, "authority.not_yours");
}

base::Result<MappingImported> import_mapping(store::Tx& tx, const auth::Actor& actor,
                                             report::Now now, std::string_view system,
                                             const std::vector<MappingRow>& rows, base::Date on) {
  RETURN_IF_REFUSED(may_map(tx, actor, now.day));
  if (!is_system_name(system)) {
    return base::refuse(ProblemKind::invalid, "exchange.system_name", "system",
                        {std::string(system.substr(0, 80))});
  }
  MappingReader reader(tx, org::scope_of(actor, now.day), system, on);
  std::vector<Mapping> to_put, to_remove;
  for (const MappingRow& row : rows) {
    if (row.ours == kRemove) to_remove.push_back(row.mapping), reader.forget(row.mapping);
  }
  for (const MappingRow& row : rows) {
    if (row.ours == kRemove) continue;
    if (auto made = reader.read(row)) to_put.push_back(*std::move(made));
  }
  if (!reader.problems().empty()) return base::refuse(std::move(reader.problems()));
  MappingImported done;
  for (const Mapping& row : to_remove) {
    ++(mapping_store::remove(tx, system, row) ? done.removed : done.unchanged);
  }
  for (const Mapping& row : to_put) {
    switch (mapping_store::put(tx, system, row)) {
      case mapping_store::Put::added:
        ++done.added;
        break;
      case mapping_store::Put::changed:
        ++done.changed;
        break;
      case mapping_store::Put::same:
        ++done.unchanged;
        break;
    }
  }
  if (done.added + done.changed + done.removed > 0) {
    journal::record(
        tx, actor, now.at,
        {"exchange.mapped", "exchange:" + std::string(system), 0,
         boost::json::serialize(boost::json::object{
             {"added", done.added}, {"changed", done.changed}, {"removed", done.removed}})});
  }
  return done;
}

std::string mapping_csv(store::Tx& tx, const std::vector<Mapping>& rows, base::Date day) {
  std::vector<std::vector<std::string>> cells;
  for (const Mapping& row : rows) {
    cells.push_back({std::string(name(row.kind)), row.foreign_id, row.option_id, row.attribute_id,
                     ours_of(tx, row, day), row.is_exported ? "yes" : "no", row.note});
  }
  return office::write_csv(
      {"kind", "foreign_id", "option_id", "attribute_id", "ours", "export", "note"}, cells);
}

}  // namespace exchange
