#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "org/unit.h"

/// Reorganisations of the tree: a plan of changes on one day, judged as a whole against the tree of
/// that day. Pure: the same plan on the same tree gives the same outcome.
namespace org {

using ReorganisationId = base::Id<struct ReorganisationTag>;

enum class ChangeKind { rename, recode, rekind, reparent, merge, split, create, end };
std::string_view name(ChangeKind kind);
std::optional<ChangeKind> change_kind_named(std::string_view name);

/// On what a share rests. `people`: land moves and all the people stay with one; `equal`: nothing
/// is known, so equal parts stand in until something is.
enum class Basis { whole, population, area, people, equal, stated };
std::string_view name(Basis basis);
std::optional<Basis> basis_named(std::string_view name);

/// The part of a unit's figures that goes to `to`; 1/1 for the whole.
struct PlannedShare {
  std::string to;
  std::int64_t numerator = 1, denominator = 1;
};

/// A unit that the plan makes.
struct PlannedUnit {
  std::string code, name, kind, parent_code;
  std::optional<std::int64_t> level;
};

/// One change. Codes in `from` are those before it on its day, codes in `to` those after.
/// - rename, rekind: `name_after`, `kind_after`; recode: `to`; reparent: `parent_after` (and
///   `level_after`), in `line`, leaving `leaves_line` when it moves between lines;
/// - merge: all of `from` go whole to the one `to`, which is new or takes the others in;
/// - split: the one `from` is divided among `to` by `shares`; it goes on when it is among them;
/// - create: `to` is new and has no predecessor; end: `from` is no more, what it reported itself
///   is counted with `to`, else with its superior.
struct Change {
  ChangeKind kind = ChangeKind::rename;
  std::vector<std::string> from, to;
  std::string name_before, name_after, kind_after, parent_after, line, leaves_line;
  std::optional<std::int64_t> level_after;
  std::vector<PlannedShare> shares;
  Basis basis = Basis::whole;
  bool is_taken = true;  ///< false: proposed, and a person said no
  std::vector<base::Problem> doubts;
};

struct Plan {
  std::string title, document;
  std::string line = kGovernment;
  base::Date on;
  bool hand_over = true;  ///< who held a post at a unit that ends holds it at its first heir
  std::vector<PlannedUnit> units;
  std::vector<Change> changes;
};

/// A unit as it stands on a day, with the spans of the rows that say so.
struct Standing {
  struct Place {
    std::string line;
    UnitId parent;  ///< zero at the top
    base::Date from, to;
  };
  UnitId id;
  std::string code, name, kind;
  std::optional<std::int64_t> level;
  base::Date name_from, name_to, code_from, code_to;
  std::vector<Place> places;

  UnitRef ref() const { return {id, code, name}; }
  const Place* in(std::string_view line) const;
};

/// All units that stand on a day.
struct Snapshot {
  base::Date day;
  std::vector<Standing> units;
  std::unordered_map<std::string, std::size_t> by_code;
  std::unordered_map<UnitId, std::size_t> by_id;
  /// Codes borne by a unit from a later day on, with that day.
  std::unordered_map<std::string, base::Date> later_codes;
  /// Units with a row that begins later, with that day.
  std::unordered_map<UnitId, base::Date> later_rows;
  /// Spans of codes that the plan names and nobody bears on the day.
  std::unordered_map<std::string, std::pair<base::Date, base::Date>> elsewhere;

  const Standing* with_code(const std::string& code) const;
  const Standing* with_id(UnitId id) const;
  void index();  ///< fills by_code and by_id from `units`
};

/// A unit that stands (id > 0) or the plan's unit number -1 - id.
using UnitKey = std::int64_t;
constexpr UnitKey planned_key(std::size_t unit) { return -1 - static_cast<UnitKey>(unit); }

/// A share of `from` that goes to `to` on the plan's day.
struct Link {
  std::size_t event = 0;
  ChangeKind kind = ChangeKind::merge;  ///< merge, split or end
  UnitKey from = 0, to = 0;
  std::int64_t numerator = 1, denominator = 1;
  Basis basis = Basis::whole;
  bool from_ends = true;
};

/// What a plan does to one unit that stands, and to each new one.
struct Row {
  UnitKey unit = 0;
  bool ends = false;  ///< every row of it is closed on the day
  std::size_t event = 0;
  std::optional<Standing> named;    ///< name, kind, level from the day on
  std::optional<std::string> code;  ///< code from the day on
  struct Place {
    std::string line;
    std::optional<UnitKey> parent;
    bool leaves = false;  ///< no row in this line from the day on
  };
  std::vector<Place> places;
};

struct Outcome {
  base::Problems problems;
  std::vector<Row> rows;
  std::vector<Link> links;
  std::vector<UnitId> ended;
  std::vector<std::pair<UnitId, UnitKey>> heirs;  ///< first heir of each ended unit
};

/// Judges the plan as a whole: every fault with its place ("/events/3/to/0"). Codes:
/// "succession.from_unknown", "succession.not_then" (known, but not on that day),
/// "succession.to_unknown", "succession.count" (wrong number of units for the kind),
/// "succession.shares", "succession.share_form", "succession.twice", "succession.to_ended",
/// "succession.ended_and_changed", "succession.began_that_day", "succession.changed_later",
/// "succession.no_change", "succession.not_in_line", "succession.two_parents",
/// "succession.parent_unknown", "succession.orphaned", "succession.no_superior",
/// "succession.no_heir", "succession.planned_unused", "unit.code_twice", "unit.overlap",
/// "unit.cycle".
Outcome judge(const Plan& plan, const Snapshot& snapshot);

}  // namespace org
