#include "org/succession_store.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "org/kept_tree.h"
#include "org/unit_store.h"

namespace org::succession_store {
namespace {

ChangeKind kind_of(std::string_view text) {
  return change_kind_named(text).value_or(ChangeKind::merge);
}

#define SUCCESSION_COLUMNS \
  "s.kind, s.on_day, s.from_id, s.to_id, s.numerator, s.denominator, s.basis, s.from_ends"

Succession succession_of(const store::Row& row) {
  return {kind_of(row.text(0)),
          row.date(1),
          row.id<UnitId>(2),
          row.id<UnitId>(3),
          row.integer(4),
          row.integer(5),
          basis_named(row.text(6)).value_or(Basis::stated),
          row.integer(7) == 1};
}

std::vector<Kin> kin(store::Tx& tx, const store::Sql& sql, UnitId unit, bool is_before) {
  auto found = tx.all(sql, {{"unit", unit}}, [](const store::Row& row) {
    return Kin{succession_of(row), {}, row.id<ReorganisationId>(8), row.string(9)};
  });
  for (Kin& one : found) {
    one.other = is_before ? unit_store::ref(tx, one.link.from, one.link.on.plus_days(-1))
                          : unit_store::ref(tx, one.link.to, one.link.on);
  }
  return found;
}

/// Writes dated rows and notes each as a step.
class Writer {
 public:
  Writer(store::Tx& tx, ReorganisationId id, base::Date on) : tx_(tx), id_(id), on_(on) {
    static constexpr store::Sql kNext{
        "reorganisation_step.next",
        "select coalesce(max(position), 0) from reorganisation_step where reorganisation_id = :id"};
    position_ = tx.integer(kNext, {{"id", id}});
    kept_tree::changed(tx);
  }

  void close_name(UnitId unit, base::Date from, base::Date to) {
    static constexpr store::Sql kClose{
        "unit_name.close",
        "update unit_name set valid_to = :on where unit_id = :unit and valid_from = :from"};
    tx_.run(kClose, {{"on", on_}, {"unit", unit}, {"from", from}});
    note("name", unit.value, "", from, to);
  }
  void close_code(UnitId unit, base::Date from, base::Date to) {
    static constexpr store::Sql kClose{
        "unit_code.close",
        "update unit_code set valid_to = :on where unit_id = :unit and valid_from = :from"};
    tx_.run(kClose, {{"on", on_}, {"unit", unit}, {"from", from}});
    note("code", unit.value, "", from, to);
  }
  void close_place(UnitId unit, const Standing::Place& place) {
    static constexpr store::Sql kClose{
        "unit_parent.close",
        "update unit_parent set valid_to = :on where unit_id = :unit and line = :line and "
        "valid_from = :from"};
    tx_.run(kClose, {{"on", on_}, {"unit", unit}, {"line", place.line}, {"from", place.from}});
    note("parent", unit.value, place.line, place.from, place.to);
  }
  void open_name(UnitId unit, const std::string& name, const std::string& kind,
                 std::optional<std::int64_t> level, base::Date to) {
    static constexpr store::Sql kOpen{
        "unit_name.open",
        "insert into unit_name (unit_id, name, kind, level, search_key, valid_from, valid_to) "
        "values (:unit, :name, :kind, :level, :key, :from, :to)"};
    tx_.run(kOpen, {{"unit", unit},
                    {"name", name},
                    {"kind", kind},
                    {"level", level},
                    {"key", base::fold(name)},
                    {"from", on_},
                    {"to", to}});
    note("name", unit.value, "", on_, {});
  }
  void open_code(UnitId unit, const std::string& code, base::Date to) {
    static constexpr store::Sql kOpen{
        "unit_code.open",
        "insert into unit_code (unit_id, code, valid_from, valid_to) values (:unit, :code, :from, "
        ":to)"};
    tx_.run(kOpen, {{"unit", unit}, {"code", code}, {"from", on_}, {"to", to}});
    note("code", unit.value, "", on_, {});
  }
  void open_place(UnitId unit, const std::string& line, std::optional<UnitId> parent,
                  base::Date to) {
    static constexpr store::Sql kOpen{
        "unit_parent.open",
        "insert into unit_parent (unit_id, line, parent_id, valid_from, valid_to) values (:unit, "
        ":line, :parent, :from, :to)"};
    tx_.run(kOpen, {{"unit", unit}, {"line", line}, {"parent", parent}, {"from", on_}, {"to", to}});
    note("parent", unit.value, line, on_, {});
  }
  UnitId make_unit(base::Instant now) {
    static constexpr store::Sql kMake{"unit.make",
                                      "insert into unit (created_at) values (:now) returning id"};
    const UnitId unit{tx_.integer(kMake, {{"now", now}})};
    note("unit", unit.value, "", on_, {});
    return unit;
  }
  void note(const char* part, std::int64_t row, const std::string& line, base::Date from,
            std::optional<base::Date> was_to) {
    static constexpr store::Sql kNote{
        "reorganisation_step.add",
        "insert into reorganisation_step (reorganisation_id, position, part, row_id, line, "
        "valid_from, was_to) values (:id, :position, :part, :row, :line, :from, :was_to)"};
    tx_.run(kNote, {{"id", id_},
                    {"position", ++position_},
                    {"part", part},
                    {"row", row},
                    {"line", line},
                    {"from", from},
                    {"was_to", was_to}});
  }

 private:
  store::Tx& tx_;
  ReorganisationId id_;
  base::Date on_;
  std::int64_t position_ = 0;
};

void note_links(store::Tx& tx, ReorganisationId id, const Plan& plan, const Outcome& outcome,
                const std::function<UnitId(UnitKey)>& unit_of) {
  static constexpr store::Sql kAdd{
      "succession.add",
      "insert into succession (reorganisation_id, event, kind, on_day, from_id, to_id, numerator, "
      "denominator, basis, from_ends) values (:id, :event, :kind, :on, :from, :to, :numerator, "
      ":denominator, :basis, :ends)"};
  for (const Link& link : outcome.links) {
    tx.run(kAdd, {{"id", id},
                  {"event", link.event},
                  {"kind", name(link.kind)},
                  {"on", plan.on},
                  {"from", unit_of(link.from)},
                  {"to", unit_of(link.to)},
                  {"numerator", link.numerator},
                  {"denominator", link.denominator},
                  {"basis", name(link.basis)},
                  {"ends", link.from_ends}});
  }
}

}  // namespace

Snapshot snapshot(store::Tx& tx, base::Date day, const std::vector<std::string>& codes) {
  static constexpr store::Sql kUnits{
      "unit.standing",
      "select n.unit_id, c.code, n.name, n.kind, n.level, n.valid_from, n.valid_to, c.valid_from, "
      "c.valid_to from unit_name n join unit_code c on c.unit_id = n.unit_id and c.valid_from <= "
      ":day and :day < c.valid_to where n.valid_from <= :day and :day < n.valid_to"};
  static constexpr store::Sql kPlaces{
      "unit_parent.standing",
      "select unit_id, line, parent_id, valid_from, valid_to from unit_parent where valid_from <= "
      ":day and :day < valid_to"};
  static constexpr store::Sql kLater{
      "unit.later_rows",
      "select unit_id, valid_from, '' from unit_name where valid_from > :day union all "
      "select unit_id, valid_from, code from unit_code where valid_from > :day union all "
      "select unit_id, valid_from, '' from unit_parent where valid_from > :day"};
  static constexpr store::Sql kElsewhere{
      "unit_code.elsewhere",
      "select valid_from, valid_to from unit_code where code = :code order by valid_from desc "
      "limit 1"};
  Snapshot made;
  made.day = day;
  made.units = tx.all(kUnits, {{"day", day}}, [](const store::Row& row) {
    return Standing{
        row.id<UnitId>(0), row.string(1), row.string(2), row.string(3), row.maybe_integer(4),
        row.date(5),       row.date(6),   row.date(7),   row.date(8),   {}};
  });
  std::sort(made.units.begin(), made.units.end(),
            [](const Standing& a, const Standing& b) { return a.id < b.id; });
  made.index();
  tx.each(kPlaces, {{"day", day}}, [&](const store::Row& row) {
    const auto unit = made.by_id.find(row.id<UnitId>(0));
    if (unit == made.by_id.end()) return;
    made.units[unit->second].places.push_back(
        {row.string(1), row.is_null(2) ? UnitId{} : row.id<UnitId>(2), row.date(3), row.date(4)});
  });
  tx.each(kLater, {{"day", day}}, [&](const store::Row& row) {
    const base::Date from = row.date(1);
    const auto earlier = [&](auto& known, const auto& key) {
      const auto [at, is_new] = known.emplace(key, from);
      if (!is_new) at->second = std::min(at->second, from);
    };
    earlier(made.later_rows, row.id<UnitId>(0));
    if (!row.text(2).empty()) earlier(made.later_codes, row.string(2));
  });
  for (const std::string& code : codes) {
    if (made.by_code.contains(code)) continue;
    const auto span = tx.one(kElsewhere, {{"code", code}}, [](const store::Row& row) {
      return std::pair(row.date(0), row.date(1));
    });
    if (span) made.elsewhere.emplace(code, *span);
  }
  return made;
}

Eve eve_of(store::Tx& tx, base::Date day) {
  const base::Date before = day.plus_days(-1);
  Eve made{snapshot(tx, before, {}), {}};
  for (const Succession& link : between(tx, before, day)) made.gone_over.insert(link.from);
  return made;
}

std::vector<Succession> between(store::Tx& tx, base::Date after, base::Date until) {
  static constexpr store::Sql kBetween{"succession.between",
                                       "select " SUCCESSION_COLUMNS
                                       " from succession s where s.on_day > :after and s.on_day "
                                       "<= :until order by s.on_day, s.from_id, s.to_id"};
  return tx.all(kBetween, {{"after", after}, {"until", until}}, succession_of);
}

std::vector<Kin> predecessors(store::Tx& tx, UnitId unit) {
  static constexpr store::Sql kBefore{
      "succession.predecessors",
      "select " SUCCESSION_COLUMNS
      ", r.id, r.document from succession s join reorganisation r on r.id = s.reorganisation_id "
      "where s.to_id = :unit order by s.on_day, s.from_id"};
  return kin(tx, kBefore, unit, true);
}

std::vector<Kin> successors(store::Tx& tx, UnitId unit) {
  static constexpr store::Sql kAfter{
      "succession.successors",
      "select " SUCCESSION_COLUMNS
      ", r.id, r.document from succession s join reorganisation r on r.id = s.reorganisation_id "
      "where s.from_id = :unit order by s.on_day, s.to_id"};
  return kin(tx, kAfter, unit, false);
}

#define KEPT_COLUMNS                                                                       \
  "select id, unit_id, title, document, on_day, line, state, revision, made_by, made_at, " \
  "applied_by, applied_at, undone_by, undone_at, "

Kept kept_of(const store::Row& row) {
  Kept kept;
  kept.id = row.id<ReorganisationId>(0);
  kept.owner = row.is_null(1) ? UnitId{} : row.id<UnitId>(1);
  kept.title = row.string(2);
  kept.document = row.string(3);
  kept.on = row.date(4);
  kept.line = row.string(5);
  kept.state = row.string(6);
  kept.revision = row.integer(7);
  kept.made_by = row.string(8);
  kept.made_at = row.instant(9);
  kept.applied_by = row.maybe_text(10).value_or("");
  if (!row.is_null(11)) kept.applied_at = row.instant(11);
  kept.undone_by = row.maybe_text(12).value_or("");
  if (!row.is_null(13)) kept.undone_at = row.instant(13);
  kept.plan = row.string(14);
  return kept;
}

ReorganisationId add(store::Tx& tx, const Kept& kept) {
  static constexpr store::Sql kAdd{
      "reorganisation.add",
      "insert into reorganisation (unit_id, title, document, on_day, line, state, plan, made_by, "
      "made_at) values (:unit, :title, :document, :on, :line, 'draft', :plan, :by, :at) returning "
      "id"};
  return {tx.integer(kAdd, {{"unit", kept.owner ? std::optional(kept.owner) : std::nullopt},
                            {"title", kept.title},
                            {"document", kept.document},
                            {"on", kept.on},
                            {"line", kept.line},
                            {"plan", kept.plan},
                            {"by", kept.made_by},
                            {"at", kept.made_at}})};
}

std::vector<Kept> all(store::Tx& tx, std::int64_t cursor, int limit) {
  static constexpr store::Sql kAll{
      "reorganisation.all", KEPT_COLUMNS
      "'' from reorganisation where (:cursor = 0 or id < :cursor) order by id desc limit :limit"};
  return tx.all(kAll, {{"cursor", cursor}, {"limit", limit}}, kept_of);
}

std::optional<Kept> find(store::Tx& tx, ReorganisationId id) {
  static constexpr store::Sql kFind{"reorganisation.find",
                                    KEPT_COLUMNS "plan from reorganisation where id = :id"};
  return tx.one(kFind, {{"id", id}}, kept_of);
}

bool replace_plan(store::Tx& tx, const Kept& kept) {
  static constexpr store::Sql kReplace{
      "reorganisation.replace_plan",
      "update reorganisation set title = :title, document = :document, on_day = :on, line = :line, "
      "plan = :plan, revision = revision + 1 where id = :id and revision = :revision and state = "
      "'draft'"};
  return tx.run(kReplace, {{"title", kept.title},
                           {"document", kept.document},
                           {"on", kept.on},
                           {"line", kept.line},
                           {"plan", kept.plan},
                           {"id", kept.id},
                           {"revision", kept.revision}}) == 1;
}

bool set_state(store::Tx& tx, ReorganisationId id, std::int64_t revision, const std::string& state,
               const std::string& by, base::Instant at) {
  static constexpr store::Sql kApplied{
      "reorganisation.applied",
      "update reorganisation set state = 'applied', applied_by = :by, applied_at = :at, revision = "
      "revision + 1 where id = :id and revision = :revision"};
  static constexpr store::Sql kUndone{
      "reorganisation.undone",
      "update reorganisation set state = 'undone', undone_by = :by, undone_at = :at, revision = "
      "revision + 1 where id = :id and revision = :revision"};
  return tx.run(state == "applied" ? kApplied : kUndone,
                {{"by", by}, {"at", at}, {"id", id}, {"revision", revision}}) == 1;
}

std::vector<UnitId> write(store::Tx& tx, ReorganisationId id, const Plan& plan,
                          const Outcome& outcome, base::Instant now) {
  const Snapshot standing = snapshot(tx, plan.on, {});
  Writer writer(tx, id, plan.on);
  // A row reaches as far as the one it follows did; all that end make room for those that begin.
  std::map<UnitKey, base::Date> name_to, code_to;
  std::map<std::pair<UnitKey, std::string>, base::Date> place_to;
  for (const Row& row : outcome.rows) {
    const Standing* unit = row.unit > 0 ? standing.with_id(UnitId{row.unit}) : nullptr;
    if (!unit) continue;
    if (row.ends || row.named) {
      writer.close_name(unit->id, unit->name_from, unit->name_to);
      name_to[row.unit] = unit->name_to;
    }
    if (row.ends || row.code) {
      writer.close_code(unit->id, unit->code_from, unit->code_to);
      code_to[row.unit] = unit->code_to;
    }
    for (const Standing::Place& place : unit->places) {
      const bool moves = std::any_of(row.places.begin(), row.places.end(),
                                     [&](const Row::Place& p) { return p.line == place.line; });
      if (!row.ends && !moves) continue;
      writer.close_place(unit->id, place);
      place_to[{row.unit, place.line}] = place.to;
    }
  }
  std::vector<UnitId> made;
  for (std::size_t u = 0; u < plan.units.size(); ++u) made.push_back(writer.make_unit(now));
  const auto unit_of = [&](UnitKey key) {
    return key > 0 ? UnitId{key} : made[static_cast<std::size_t>(-1 - key)];
  };
  const auto until = [](const auto& known, const auto& key) {
    const auto at = known.find(key);
    return at == known.end() ? base::kForever : at->second;
  };
  for (std::size_t u = 0; u < plan.units.size(); ++u) {
    const PlannedUnit& unit = plan.units[u];
    writer.open_name(made[u], unit.name, unit.kind, unit.level, base::kForever);
    writer.open_code(made[u], unit.code, base::kForever);
  }
  for (const Row& row : outcome.rows) {
    if (row.ends) continue;
    const UnitId unit = unit_of(row.unit);
    if (row.named) {
      writer.open_name(unit, row.named->name, row.named->kind, row.named->level,
                       until(name_to, row.unit));
    }
    if (row.code) writer.open_code(unit, *row.code, until(code_to, row.unit));
    for (const Row::Place& place : row.places) {
      if (place.leaves) continue;
      writer.open_place(unit, place.line,
                        place.parent ? std::optional(unit_of(*place.parent)) : std::nullopt,
                        until(place_to, std::pair(row.unit, place.line)));
    }
  }
  note_links(tx, id, plan, outcome, unit_of);
  return made;
}

void hand_over(store::Tx& tx, ReorganisationId id, const Plan& plan, const Outcome& outcome,
               const std::vector<UnitId>& made) {
  static constexpr store::Sql kHeld{
      "appointment.held_at",
      "select a.id, a.account_id, a.valid_from, a.valid_to, p.role, p.title from post p join "
      "appointment a on a.post_id = p.id where p.unit_id = :unit and a.valid_to > :on and "
      "a.valid_from < :on order by a.id"};
  static constexpr store::Sql kClose{"appointment.close",
                                     "update appointment set valid_to = :on where id = :id"};
  static constexpr store::Sql kPost{
      "post.hand_over",
      "insert into post (unit_id, role, title) values (:unit, :role, :title) returning id"};
  static constexpr store::Sql kOpen{
      "appointment.hand_over",
      "insert into appointment (post_id, account_id, valid_from, valid_to, reason) values (:post, "
      ":account, :on, :to, :reason) returning id"};
  struct Held {
    std::int64_t id, account;
    base::Date from, to;
    std::string role, title;
  };
  Writer writer(tx, id, plan.on);
  std::map<UnitId, UnitKey> heirs(outcome.heirs.begin(), outcome.heirs.end());
  for (const UnitId unit : outcome.ended) {
    const auto held = tx.all(kHeld, {{"unit", unit}, {"on", plan.on}}, [](const store::Row& row) {
      return Held{row.integer(0), row.integer(1), row.date(2),
                  row.date(3),    row.string(4),  row.string(5)};
    });
    for (const Held& one : held) {
      tx.run(kClose, {{"on", plan.on}, {"id", one.id}});
      writer.note("appointment", one.id, "", one.from, one.to);
      const auto heir = heirs.find(unit);
      if (!plan.hand_over || heir == heirs.end()) continue;
      const UnitId next = heir->second > 0 ? UnitId{heir->second}
                                           : made[static_cast<std::size_t>(-1 - heir->second)];
      const std::int64_t post =
          tx.integer(kPost, {{"unit", next}, {"role", one.role}, {"title", one.title}});
      const std::int64_t opened = tx.integer(kOpen, {{"post", post},
                                                     {"account", one.account},
                                                     {"on", plan.on},
                                                     {"to", one.to},
                                                     {"reason", plan.document}});
      writer.note("appointment", opened, "", plan.on, {});
    }
  }
}

void take_back(store::Tx& tx, ReorganisationId id) {
  static constexpr store::Sql kSteps{
      "reorganisation_step.all",
      "select part, row_id, line, valid_from, was_to from reorganisation_step where "
      "reorganisation_id = :id order by position desc"};
  static constexpr store::Sql kNoLinks{"succession.remove",
                                       "delete from succession where reorganisation_id = :id"};
  static constexpr store::Sql kNoSteps{
      "reorganisation_step.remove",
      "delete from reorganisation_step where reorganisation_id = :id"};
  static constexpr store::Sql kDropName{
      "unit_name.take_back", "delete from unit_name where unit_id = :row and valid_from = :from"};
  static constexpr store::Sql kDropCode{
      "unit_code.take_back", "delete from unit_code where unit_id = :row and valid_from = :from"};
  static constexpr store::Sql kDropPlace{
      "unit_parent.take_back",
      "delete from unit_parent where unit_id = :row and line = :line and valid_from = :from"};
  static constexpr store::Sql kDropAppointment{"appointment.take_back",
                                               "delete from appointment where id = :row"};
  static constexpr store::Sql kName{
      "unit_name.reopen",
      "update unit_name set valid_to = :to where unit_id = :row and valid_from = :from"};
  static constexpr store::Sql kCode{
      "unit_code.reopen",
      "update unit_code set valid_to = :to where unit_id = :row and valid_from = :from"};
  static constexpr store::Sql kPlace{
      "unit_parent.reopen",
      "update unit_parent set valid_to = :to where unit_id = :row and line = :line and valid_from "
      "= :from"};
  static constexpr store::Sql kAppointment{"appointment.reopen",
                                           "update appointment set valid_to = :to where id = :row"};
  struct Step {
    std::string part;
    std::int64_t row;
    std::string line;
    base::Date from;
    std::optional<std::string> was_to;
  };
  kept_tree::changed(tx);
  const auto steps = tx.all(kSteps, {{"id", id}}, [](const store::Row& row) {
    return Step{row.string(0), row.integer(1), row.string(2), row.date(3), row.maybe_text(4)};
  });
  for (const Step& step : steps) {
    if (step.part == "unit") continue;
    const bool name = step.part == "name", code = step.part == "code",
               place = step.part == "parent";
    if (!step.was_to) {
      if (place) {
        tx.run(kDropPlace, {{"row", step.row}, {"line", step.line}, {"from", step.from}});
      } else if (name || code) {
        tx.run(name ? kDropName : kDropCode, {{"row", step.row}, {"from", step.from}});
      } else {
        tx.run(kDropAppointment, {{"row", step.row}});
      }
      continue;
    }
    if (place) {
      tx.run(kPlace,
             {{"to", *step.was_to}, {"row", step.row}, {"line", step.line}, {"from", step.from}});
    } else if (name || code) {
      tx.run(name ? kName : kCode, {{"to", *step.was_to}, {"row", step.row}, {"from", step.from}});
    } else {
      tx.run(kAppointment, {{"to", *step.was_to}, {"row", step.row}});
    }
  }
  tx.run(kNoLinks, {{"id", id}});
  tx.run(kNoSteps, {{"id", id}});
}

std::vector<UnitId> touched(store::Tx& tx, ReorganisationId id) {
  static constexpr store::Sql kTouched{
      "reorganisation.touched",
      "select row_id from reorganisation_step where reorganisation_id = :id and part <> "
      "'appointment' union select from_id from succession where reorganisation_id = :id union "
      "select to_id from succession where reorganisation_id = :id"};
  auto units =
      tx.all(kTouched, {{"id", id}}, [](const store::Row& row) { return row.id<UnitId>(0); });
  std::sort(units.begin(), units.end());
  return units;
}

std::vector<UnitId> made(store::Tx& tx, ReorganisationId id) {
  static constexpr store::Sql kMade{
      "reorganisation.made",
      "select row_id from reorganisation_step where reorganisation_id = :id and part = 'unit' "
      "order by position"};
  return tx.all(kMade, {{"id", id}}, [](const store::Row& row) { return row.id<UnitId>(0); });
}

std::vector<ReorganisationId> built_on(store::Tx& tx, const Kept& kept) {
  static constexpr store::Sql kBuilt{
      "reorganisation.built_on",
      "select distinct later.reorganisation_id from reorganisation_step mine join "
      "reorganisation_step later on later.part = mine.part and later.row_id = mine.row_id "
      "join reorganisation r on r.id = later.reorganisation_id and r.state = 'applied' "
      "where mine.reorganisation_id = :id and later.reorganisation_id <> :id and (r.applied_at > "
      ":at or (r.applied_at = :at and r.id > :id)) order by later.reorganisation_id"};
  return tx.all(kBuilt, {{"id", kept.id}, {"at", kept.applied_at.value_or(base::Instant{})}},
                [](const store::Row& row) { return row.id<ReorganisationId>(0); });
}

std::vector<Mark> marks(store::Tx& tx) {
  static constexpr store::Sql kMarks{
      "reorganisation.marks",
      "select r.on_day, r.title, count(distinct s.row_id) from reorganisation r join "
      "reorganisation_step s on s.reorganisation_id = r.id where r.state = 'applied' group by "
      "r.id, r.on_day, r.title order by r.on_day, r.id"};
  return tx.all(kMarks, {}, [](const store::Row& row) {
    return Mark{row.date(0), row.string(1), row.integer(2)};
  });
}

}  // namespace org::succession_store
