#include "org/reorganisation.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/decimal.h"

namespace org {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 8> kKindNames{"rename", "recode", "rekind", "reparent",
                                                     "merge",  "split",  "create", "end"};
constexpr std::array<std::string_view, 6> kBasisNames{"whole",  "population", "area",
                                                      "people", "equal",      "stated"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

/// What the changes do to one standing unit, and which event says so.
struct Fate {
  std::optional<std::size_t> ended_by, named_by, coded_by;
  Standing named;
  std::string code;
  struct Move {
    std::string line, parent_code;
    std::size_t event = 0;
    bool leaves = false;
  };
  std::vector<Move> moves;
  bool divided = false;  ///< has a share of its own figures going elsewhere
};

class Judge {
 public:
  Judge(const Plan& plan, const Snapshot& snapshot)
      : plan_(plan), now_(snapshot), fates_(snapshot.units.size()) {}

  Outcome outcome() {
    know_planned();
    for (std::size_t i = 0; i < plan_.changes.size(); ++i) {
      if (plan_.changes[i].is_taken) recode_of(i);
    }
    for (std::size_t i = 0; i < plan_.changes.size(); ++i) {
      if (plan_.changes[i].is_taken) take(i);
    }
    check_planned();
    check_codes();
    link_all();
    check_rows();
    place_all();
    check_orphans();
    check_cycles();
    write_rows();
    return std::move(made_);
  }

 private:
  static std::string at(std::size_t event, const char* what, std::optional<std::size_t> n = {}) {
    return "/events/" + std::to_string(event) + "/" + what + (n ? "/" + std::to_string(*n) : "");
  }

  void refuse(std::string code, std::string field, std::vector<std::string> args) {
    made_.problems.push_back(
        {ProblemKind::invalid, std::move(code), std::move(field), std::move(args)});
  }

  void know_planned() {
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      if (!planned_.emplace(unit.code, u).second) {
        refuse("unit.code_twice", "/units/" + std::to_string(u) + "/code", {unit.code});
      }
    }
    makers_.resize(plan_.units.size());
  }

  /// The unit that bears the code after the plan; 0 for none.
  UnitKey after(const std::string& code) const {
    if (const auto unit = planned_.find(code); unit != planned_.end()) {
      return planned_key(unit->second);
    }
    if (const auto unit = recoded_.find(code); unit != recoded_.end()) return unit->second;
    const Standing* standing = now_.with_code(code);
    if (!standing || fate(*standing).coded_by) return 0;
    return standing->id.value;
  }

  Fate& fate(const Standing& standing) { return fates_[now_.by_id.at(standing.id)]; }
  const Fate& fate(const Standing& standing) const { return fates_[now_.by_id.at(standing.id)]; }
  const Standing* standing(UnitKey key) const {
    return key > 0 ? now_.with_id(UnitId{key}) : nullptr;
  }
  bool ended(UnitKey key) const {
    const Standing* unit = standing(key);
    return unit && fate(*unit).ended_by.has_value();
  }
  std::string name_of(UnitKey key) const {
    if (const Standing* unit = standing(key)) return unit->name;
    return key < 0 ? plan_.units[static_cast<std::size_t>(-1 - key)].name : std::string();
  }

  const Standing* from(std::size_t event, std::size_t n) {
    const std::string& code = plan_.changes[event].from[n];
    if (const Standing* unit = now_.with_code(code)) return unit;
    if (const auto span = now_.elsewhere.find(code); span != now_.elsewhere.end()) {
      refuse("succession.not_then", at(event, "from", n),
             {code, plan_.on.text(), span->second.first.text(), span->second.second.text()});
    } else {
      refuse("succession.from_unknown", at(event, "from", n), {code, plan_.on.text()});
    }
    return nullptr;
  }

  void recode_of(std::size_t i) {
    const Change& change = plan_.changes[i];
    if (change.kind != ChangeKind::recode || change.from.size() != 1 || change.to.size() != 1)
      return;
    const Standing* unit = now_.with_code(change.from[0]);
    if (!unit) return;  // told when the change is taken
    recoded_.emplace(change.to[0], unit->id.value);
    fate(*unit).coded_by = i;
    fate(*unit).code = change.to[0];
  }

  bool counts_fit(std::size_t i) {
    const Change& change = plan_.changes[i];
    const std::size_t from = change.from.size(), to = change.to.size();
    bool fits = from == 1;
    if (change.kind == ChangeKind::merge) fits = from >= 1 && to == 1;
    if (change.kind == ChangeKind::split) fits = from == 1 && to >= 2;
    if (change.kind == ChangeKind::create) fits = from == 0 && to == 1;
    if (change.kind == ChangeKind::recode) fits = from == 1 && to == 1;
    if (change.kind == ChangeKind::end) fits = from == 1 && to <= 1;
    if (!fits) {
      refuse("succession.count", "/events/" + std::to_string(i),
             {std::string(name(change.kind)), std::to_string(from), std::to_string(to)});
    }
    return fits;
  }

  void take(std::size_t i) {
    if (!counts_fit(i)) return;
    const Change& change = plan_.changes[i];
    switch (change.kind) {
      case ChangeKind::rename:
      case ChangeKind::rekind:
        return take_name(i);
      case ChangeKind::recode:
        return take_code(i);
      case ChangeKind::reparent:
        return take_move(i);
      case ChangeKind::create:
        return take_create(i);
      case ChangeKind::end:
        if (const Standing* unit = from(i, 0)) end(*unit, i, 0);
        return;
      case ChangeKind::merge:
        return take_merge(i);
      case ChangeKind::split:
        return take_split(i);
    }
  }

  void take_name(std::size_t i) {
    const Change& change = plan_.changes[i];
    const Standing* unit = from(i, 0);
    if (!unit) return;
    Fate& fate = this->fate(*unit);
    if (!fate.named_by) fate.named = *unit;
    if (!change.name_after.empty() && change.name_after != unit->name) {
      if (fate.named.name != unit->name && fate.named.name != change.name_after) {
        return refuse("succession.twice", at(i, "from", 0), {unit->code, unit->name});
      }
      fate.named.name = change.name_after;
    } else if (change.kind_after.empty() || change.kind_after == unit->kind) {
      return refuse("succession.no_change", at(i, "name_after"), {unit->code, unit->name});
    }
    if (!change.kind_after.empty()) fate.named.kind = change.kind_after;
    if (change.level_after) fate.named.level = change.level_after;
    fate.named_by = i;
  }

  void take_code(std::size_t i) {
    const Change& change = plan_.changes[i];
    const Standing* unit = from(i, 0);
    if (!unit) return;
    if (fate(*unit).coded_by != i) {
      refuse("succession.twice", at(i, "from", 0), {unit->code, unit->name});
    } else if (change.to[0] == unit->code) {
      refuse("succession.no_change", at(i, "to", 0), {unit->code, unit->name});
    }
  }

  void take_move(std::size_t i) {
    const Change& change = plan_.changes[i];
    const Standing* unit = from(i, 0);
    if (!unit) return;
    Fate& fate = this->fate(*unit);
    const std::string line = change.line.empty() ? plan_.line : change.line;
    const auto moved = [&](const std::string& in) {
      return std::any_of(fate.moves.begin(), fate.moves.end(),
                         [&](const Fate::Move& move) { return move.line == in; });
    };
    if (moved(line) || (!change.leaves_line.empty() && moved(change.leaves_line))) {
      return refuse("succession.two_parents", at(i, "from", 0), {unit->code, unit->name, line});
    }
    if (!change.leaves_line.empty() && !unit->in(change.leaves_line)) {
      return refuse("succession.not_in_line", at(i, "leaves_line"),
                    {unit->code, change.leaves_line});
    }
    if (!change.leaves_line.empty() && change.leaves_line != line) {
      fate.moves.push_back({change.leaves_line, "", i, true});
    }
    fate.moves.push_back({line, change.parent_after, i, false});
    if (change.level_after && change.level_after != unit->level) {
      if (!fate.named_by) fate.named = *unit, fate.named_by = i;
      fate.named.level = change.level_after;
    }
  }

  void take_create(std::size_t i) {
    const auto unit = planned_.find(plan_.changes[i].to[0]);
    if (unit == planned_.end()) {
      return refuse("succession.to_unknown", at(i, "to", 0), {plan_.changes[i].to[0]});
    }
    makers_[unit->second].push_back({i, 0});
  }

  void end(const Standing& unit, std::size_t event, std::size_t n) {
    Fate& fate = this->fate(unit);
    if (fate.ended_by || fate.divided) {
      refuse("succession.twice", at(event, "from", n), {unit.code, unit.name});
    }
    fate.ended_by = event;
  }

  UnitKey to(std::size_t event, std::size_t n) {
    const std::string& code = plan_.changes[event].to[n];
    const UnitKey key = after(code);
    if (key == 0) refuse("succession.to_unknown", at(event, "to", n), {code});
    return key;
  }

  void made_from(UnitKey made, std::size_t event, UnitKey from) {
    if (made < 0) makers_[static_cast<std::size_t>(-1 - made)].push_back({event, from});
  }

  void take_merge(std::size_t i) {
    const Change& change = plan_.changes[i];
    const UnitKey made = to(i, 0);
    for (std::size_t n = 0; n < change.from.size(); ++n) {
      const Standing* unit = from(i, n);
      if (!unit || made == 0) continue;
      made_from(made, i, unit->id.value);
      if (unit->id.value == made) {
        keep(*unit, i, n);
      } else {
        end(*unit, i, n);
      }
      links_.push_back(
          {i, ChangeKind::merge, unit->id.value, made, 1, 1, Basis::whole, unit->id.value != made});
    }
  }

  void keep(const Standing& unit, std::size_t event, std::size_t n) {
    if (fate(unit).divided || fate(unit).ended_by) {
      refuse("succession.twice", at(event, "from", n), {unit.code, unit.name});
    }
    fate(unit).divided = true;
  }

  void take_split(std::size_t i) {
    const Change& change = plan_.changes[i];
    const Standing* unit = from(i, 0);
    check_shares(i);
    if (!unit) return;
    bool goes_on = false;
    std::vector<UnitKey> made;
    for (std::size_t n = 0; n < change.to.size(); ++n) {
      made.push_back(to(i, n));
      goes_on = goes_on || made.back() == unit->id.value;
    }
    if (goes_on) {
      keep(*unit, i, 0);
    } else {
      end(*unit, i, 0);
    }
    for (std::size_t n = 0; n < made.size(); ++n) {
      if (made[n] == 0) continue;
      made_from(made[n], i, unit->id.value);
      const auto share =
          std::find_if(change.shares.begin(), change.shares.end(),
                       [&](const PlannedShare& one) { return one.to == change.to[n]; });
      if (share == change.shares.end()) continue;
      links_.push_back({i, ChangeKind::split, unit->id.value, made[n], share->numerator,
                        share->denominator, change.basis, !goes_on});
    }
  }

  /// One share for each unit, all of one whole, together exactly 1.
  void check_shares(std::size_t i) {
    const Change& change = plan_.changes[i];
    base::Wide parts = 0;
    bool sound = !change.shares.empty() && change.shares.size() == change.to.size();
    std::set<std::string> seen;
    for (std::size_t n = 0; n < change.shares.size(); ++n) {
      const PlannedShare& share = change.shares[n];
      sound = sound && seen.insert(share.to).second &&
              std::find(change.to.begin(), change.to.end(), share.to) != change.to.end();
      if (share.denominator <= 0 || share.numerator < 0 || share.numerator > share.denominator ||
          share.denominator > kMostParts) {
        return refuse(
            "succession.share_form", at(i, "shares", n),
            {share.to, std::to_string(share.numerator), std::to_string(share.denominator)});
      }
      parts += share.numerator;
      sound = sound && share.denominator == change.shares.front().denominator;
    }
    if (!sound || parts != change.shares.front().denominator) {
      refuse("succession.shares", at(i, "shares"), {change.from[0]});
    }
  }

  void check_planned() {
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      const std::string field = "/units/" + std::to_string(u);
      if (makers_[u].empty()) refuse("succession.planned_unused", field, {unit.code, unit.name});
      if (const auto later = now_.later_codes.find(unit.code); later != now_.later_codes.end()) {
        refuse("unit.overlap", field + "/code", {unit.code, later->second.text()});
      }
    }
  }

  /// No code is borne by two units from the day on.
  void check_codes() {
    for (const auto& [code, key] : recoded_) {
      if (planned_.contains(code)) refuse("unit.code_twice", "/events", {code});
      const Standing* other = now_.with_code(code);
      if (other && !fate(*other).ended_by && !fate(*other).coded_by) {
        refuse("unit.code_twice", at(fate(*standing(key)).coded_by.value(), "to", 0), {code});
      }
      if (const auto later = now_.later_codes.find(code); later != now_.later_codes.end()) {
        refuse("unit.overlap", at(fate(*standing(key)).coded_by.value(), "to", 0),
               {code, later->second.text()});
      }
    }
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const Standing* other = now_.with_code(plan_.units[u].code);
      if (other && !fate(*other).ended_by && !fate(*other).coded_by) {
        refuse("unit.code_twice", "/units/" + std::to_string(u) + "/code", {plan_.units[u].code});
      }
    }
  }

  /// The unit that counts what an ended one reported itself; 0 when there is none.
  UnitKey superior_after(const Standing& unit, int depth = 0) const {
    const Standing::Place* place = unit.in(plan_.line);
    if (!place || !place->parent || depth > 16) return 0;
    const Standing* parent = now_.with_id(place->parent);
    if (!parent) return 0;
    const Fate& fate = this->fate(*parent);
    if (!fate.ended_by) return parent->id.value;
    const Change& change = plan_.changes[*fate.ended_by];
    if (change.kind == ChangeKind::merge) return after(change.to[0]);
    if (change.kind == ChangeKind::end) {
      return change.to.empty() ? superior_after(*parent, depth + 1) : after(change.to[0]);
    }
    return 0;
  }

  void link_all() {
    std::set<UnitKey> giving, takes_in;
    for (const Link& link : links_) {
      giving.insert(link.from);
      if (link.to > 0 && link.to != link.from) takes_in.insert(link.to);
    }
    for (std::size_t i = 0; i < plan_.changes.size(); ++i) {
      const Change& change = plan_.changes[i];
      if (!change.is_taken || change.kind != ChangeKind::end || change.from.size() != 1) continue;
      const Standing* unit = now_.with_code(change.from[0]);
      if (!unit) continue;
      const UnitKey heir = change.to.empty() ? superior_after(*unit) : to(i, 0);
      if (heir == 0 || ended(heir)) {
        refuse("succession.no_heir", at(i, "to"), {unit->code, unit->name});
        continue;
      }
      links_.push_back({i, ChangeKind::end, unit->id.value, heir, 1, 1, Basis::whole, true});
    }
    for (const Link& link : links_) {
      if (ended(link.to)) {
        refuse("succession.to_ended", "/events/" + std::to_string(link.event) + "/to",
               {standing(link.to)->code, standing(link.to)->name});
      }
    }
    for (const UnitKey unit : takes_in) {
      if (giving.contains(unit)) continue;
      const auto first = std::find_if(links_.begin(), links_.end(),
                                      [&](const Link& link) { return link.to == unit; });
      links_.push_back({first->event, ChangeKind::merge, unit, unit, 1, 1, Basis::whole, false});
    }
  }

  /// Rows can be cut on the day only when they began before it and nothing is known after.
  void check_rows() {
    for (std::size_t s = 0; s < fates_.size(); ++s) {
      const Fate& fate = fates_[s];
      const Standing& unit = now_.units[s];
      bool is_told = false;
      const auto begun = [&](base::Date from, std::size_t event) {
        if (from < plan_.on || is_told) return;
        is_told = true;
        refuse("succession.began_that_day", "/events/" + std::to_string(event) + "/from",
               {unit.code, unit.name, plan_.on.text()});
      };
      if (fate.ended_by) {
        if (fate.named_by || fate.coded_by || !fate.moves.empty()) {
          refuse("succession.ended_and_changed", at(*fate.ended_by, "from"),
                 {unit.code, unit.name});
        }
        base::Date latest = std::max(unit.name_from, unit.code_from);
        for (const auto& place : unit.places) latest = std::max(latest, place.from);
        begun(latest, *fate.ended_by);
        if (const auto later = now_.later_rows.find(unit.id); later != now_.later_rows.end()) {
          refuse("succession.changed_later", at(*fate.ended_by, "from"),
                 {unit.code, unit.name, later->second.text()});
        }
      }
      if (fate.named_by) begun(unit.name_from, *fate.named_by);
      if (fate.coded_by) begun(unit.code_from, *fate.coded_by);
      for (const Fate::Move& move : fate.moves) {
        const Standing::Place* place = unit.in(move.line);
        if (place) begun(place->from, move.event);
      }
    }
  }

  std::size_t tops() const {
    return static_cast<std::size_t>(
        std::count_if(now_.units.begin(), now_.units.end(), [&](const Standing& unit) {
          const Standing::Place* place = unit.in(plan_.line);
          return place && !place->parent;
        }));
  }

  /// A new unit may stand at the top where its predecessors did, or where there is no one top.
  bool may_be_top(std::size_t unit) const {
    return std::all_of(makers_[unit].begin(), makers_[unit].end(), [&](const Maker& maker) {
      const Standing* source = standing(maker.from);
      if (!source) return tops() != 1;
      const Standing::Place* place = source->in(plan_.line);
      return place && !place->parent;
    });
  }

  std::optional<UnitKey> parent_after(const std::string& code, const std::string& field) {
    const UnitKey key = after(code);
    if (key == 0 || ended(key)) {
      refuse("succession.parent_unknown", field, {code, plan_.on.text()});
      return std::nullopt;
    }
    return key;
  }

  void place_all() {
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      const std::string field = "/units/" + std::to_string(u) + "/parent";
      std::optional<UnitKey> parent;
      if (!unit.parent_code.empty()) {
        parent = parent_after(unit.parent_code, field);
      } else if (!may_be_top(u)) {
        refuse("succession.no_superior", field, {unit.code, unit.name, plan_.line});
      } else {
        parent = 0;
      }
      placed_.push_back({planned_key(u), plan_.line, parent.value_or(0), false});
    }
    for (std::size_t s = 0; s < fates_.size(); ++s) {
      const Standing& unit = now_.units[s];
      for (const Fate::Move& move : fates_[s].moves) {
        const std::string field = at(move.event, "parent_after");
        if (move.leaves) {
          placed_.push_back({unit.id.value, move.line, 0, true});
          continue;
        }
        const Standing::Place* place = unit.in(move.line);
        if (move.parent_code.empty()) {
          if (place && !place->parent) {
            refuse("succession.no_change", field, {unit.code, unit.name});
          } else {
            refuse("succession.no_superior", field, {unit.code, unit.name, move.line});
          }
          continue;
        }
        const auto parent = parent_after(move.parent_code, field);
        if (!parent) continue;
        if (place && place->parent.value == *parent) {
          refuse("succession.no_change", field, {unit.code, unit.name});
        }
        placed_.push_back({unit.id.value, move.line, *parent, false});
      }
    }
  }

  bool is_moved(const Standing& unit, const std::string& line) const {
    const auto& moves = fate(unit).moves;
    return std::any_of(moves.begin(), moves.end(),
                       [&](const Fate::Move& move) { return move.line == line; });
  }

  /// Nobody stays under a unit that is no more, in any line.
  void check_orphans() {
    for (const Standing& unit : now_.units) {
      if (fate(unit).ended_by) continue;
      for (const Standing::Place& place : unit.places) {
        if (!place.parent || is_moved(unit, place.line) || !ended(place.parent.value)) continue;
        const Standing& parent = *now_.with_id(place.parent);
        refuse("succession.orphaned", at(*fate(parent).ended_by, "from"),
               {parent.code, parent.name, unit.code, unit.name, place.line});
      }
    }
    for (const auto& placed : placed_) {
      if (!placed.leaves) continue;
      for (const Standing& unit : now_.units) {
        const Standing::Place* place = unit.in(placed.line);
        if (place && place->parent.value == placed.unit && !is_moved(unit, placed.line) &&
            !fate(unit).ended_by) {
          const Standing& parent = *standing(placed.unit);
          refuse("succession.orphaned", "/events",
                 {parent.code, parent.name, unit.code, unit.name, placed.line});
        }
      }
    }
  }

  void check_cycles() {
    std::set<std::string> lines;
    for (const auto& placed : placed_) lines.insert(placed.line);
    for (const std::string& line : lines) {
      std::unordered_map<UnitKey, UnitKey> above;
      for (const Standing& unit : now_.units) {
        if (const auto* place = unit.in(line)) above[unit.id.value] = place->parent.value;
      }
      for (const auto& placed : placed_) {
        if (placed.line == line) above[placed.unit] = placed.leaves ? 0 : placed.parent;
      }
      std::unordered_map<UnitKey, UnitKey> seen_from;
      for (const auto& placed : placed_) {
        if (placed.line != line) continue;
        UnitKey unit = placed.unit;
        while (unit != 0 && !seen_from.contains(unit)) {
          seen_from[unit] = placed.unit;
          const auto next = above.find(unit);
          unit = next == above.end() ? 0 : next->second;
        }
        if (unit != 0 && seen_from[unit] == placed.unit) {
          refuse("unit.cycle", "/events", {name_of(unit), name_of(above[unit])});
        }
      }
    }
  }

  void write_rows() {
    std::unordered_map<UnitKey, std::size_t> row_of;
    const auto row = [&](UnitKey unit) -> Row& {
      const auto [at, is_new] = row_of.emplace(unit, made_.rows.size());
      if (is_new) made_.rows.push_back({unit, false, 0, {}, {}, {}});
      return made_.rows[at->second];
    };
    for (std::size_t s = 0; s < fates_.size(); ++s) {
      const Fate& fate = fates_[s];
      const UnitKey key = now_.units[s].id.value;
      if (fate.ended_by) {
        row(key).ends = true;
        row(key).event = *fate.ended_by;
        made_.ended.push_back(now_.units[s].id);
      }
      if (fate.named_by) row(key).named = fate.named;
      if (fate.coded_by) row(key).code = fate.code;
    }
    for (const auto& placed : placed_) {
      row(placed.unit)
          .places.push_back({placed.line,
                             placed.parent == 0 ? std::nullopt : std::optional(placed.parent),
                             placed.leaves});
    }
    for (const UnitId unit : made_.ended) {
      const Link* best = nullptr;
      for (const auto [first, last] = links_by_from(unit.value);
           const Link& link : std::span(first, last)) {
        if (!best || static_cast<base::Wide>(link.numerator) * best->denominator >
                         static_cast<base::Wide>(best->numerator) * link.denominator) {
          best = &link;
        }
      }
      if (best) made_.heirs.emplace_back(unit, best->to);
    }
    made_.links = std::move(links_);
  }

  std::pair<const Link*, const Link*> links_by_from(UnitKey from) {
    if (!sorted_) {
      std::stable_sort(links_.begin(), links_.end(),
                       [](const Link& a, const Link& b) { return a.from < b.from; });
      sorted_ = true;
    }
    const auto less = [](const Link& a, const Link& b) { return a.from < b.from; };
    Link probe;
    probe.from = from;
    const auto [first, last] = std::equal_range(links_.begin(), links_.end(), probe, less);
    return {links_.data() + (first - links_.begin()), links_.data() + (last - links_.begin())};
  }

  static constexpr std::int64_t kMostParts = 1'000'000'000;
  struct Maker {
    std::size_t event;
    UnitKey from;
  };
  struct Placed {
    UnitKey unit;
    std::string line;
    UnitKey parent;
    bool leaves;
  };

  const Plan& plan_;
  const Snapshot& now_;
  std::vector<Fate> fates_;
  std::unordered_map<std::string, std::size_t> planned_;
  std::unordered_map<std::string, UnitKey> recoded_;
  std::vector<std::vector<Maker>> makers_;  // per planned unit: the events that make it
  std::vector<Link> links_;
  std::vector<Placed> placed_;
  bool sorted_ = false;
  Outcome made_;
};

}  // namespace

std::string_view name(ChangeKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }
std::optional<ChangeKind> change_kind_named(std::string_view name) {
  return named<ChangeKind>(kKindNames, name);
}
std::string_view name(Basis basis) { return kBasisNames[static_cast<std::size_t>(basis)]; }
std::optional<Basis> basis_named(std::string_view name) { return named<Basis>(kBasisNames, name); }

const Standing::Place* Standing::in(std::string_view line) const {
  const auto at = std::find_if(places.begin(), places.end(),
                               [&](const Place& place) { return place.line == line; });
  return at == places.end() ? nullptr : &*at;
}

const Standing* Snapshot::with_code(const std::string& code) const {
  const auto at = by_code.find(code);
  return at == by_code.end() ? nullptr : &units[at->second];
}

const Standing* Snapshot::with_id(UnitId id) const {
  const auto at = by_id.find(id);
  return at == by_id.end() ? nullptr : &units[at->second];
}

void Snapshot::index() {
  by_code.clear();
  by_id.clear();
  by_code.reserve(units.size());
  by_id.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    by_code.emplace(units[i].code, i);
    by_id.emplace(units[i].id, i);
  }
}

Outcome judge(const Plan& plan, const Snapshot& snapshot) {
  return Judge(plan, snapshot).outcome();
}

}  // namespace org
