#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "exchange/foreign.h"
#include "exchange/mapping.h"
#include "report/take_facts.h"
#include "store/db.h"

/// The acts and questions of this folder. An act runs inside one write transaction of its caller,
/// leaves one journal leaf and changes nothing when it refuses.
namespace exchange {

struct MappingImported {
  std::size_t added = 0, changed = 0, removed = 0, unchanged = 0;
};
/// Adds, changes and removes rows of the system's mapping; codes of units as of `on`. All faults at
/// once: an unknown code, a derived indicator, a row twice, two rows that would both be written for
/// one of ours ("exchange.mapping_exported_twice").
base::Result<MappingImported> import_mapping(store::Tx& tx, const auth::Actor& actor,
                                             report::Now now, std::string_view system,
                                             const std::vector<MappingRow>& rows, base::Date on);
/// May the actor see and change mappings? Whoever may define indicators.
base::Result<void> may_map(store::Tx& tx, const auth::Actor& actor, base::Date day);
/// Our side of a row as its csv says it: a code of the day, "leave_out", or the text itself.
std::string ours_of(store::Tx& tx, const Mapping& row, base::Date day);
/// The mapping as its own csv, `ours` as the code of the day.
std::string mapping_csv(store::Tx& tx, const std::vector<Mapping>& rows, base::Date day);

/// accepted, submitted or draft.
bool may_be_imported(report::FactStatus status);

struct ImportValues {
  std::string system;
  /// For whom the figures are taken: needed to take them as accepted, by whom decides there; every
  /// figure must then be of this unit or one below it.
  std::optional<org::UnitId> unit;
  report::FactStatus status = report::FactStatus::accepted;  ///< or submitted, or draft
  std::optional<Strategy> strategy;                          ///< else the file's, else both
  bool is_dry_run = false;
  std::string sha256;  ///< of the file, for the journal
  std::function<void(std::size_t, std::size_t)> progress = {};
};
struct ValuesImported {
  report::Taken taken;
  std::size_t values = 0;    ///< in the file
  std::size_t left_out = 0;  ///< which the mapping leaves out
  std::size_t empty = 0;     ///< without a figure: they say nothing
  bool is_dry_run = false;
  base::Problems doubts;  ///< what was read and is not kept
};
/// The values of a set as facts, by the mapping of its system and the rules of report::take_facts;
/// all of them or none. Refused, all at once: what the mapping does not know (see `gaps_of`), what
/// is no figure of its indicator, units that were not there in the period, units that are not the
/// actor's to enter or decide on.
base::Result<ValuesImported> import_values(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                           const ForeignSet& set, const ImportValues& ask);

/// What the mapping does not know of the set, with the count of values each would bring.
base::Result<std::vector<Gap>> gaps_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       const ForeignSet& set, std::string_view system);

struct ExportValues {
  std::string system;
  org::UnitId unit;  ///< and all under it in the line, as of each period's last day
  std::vector<base::Period> periods;
  std::vector<std::string> indicators;  ///< codes; empty for all
  std::string line = org::kGovernment;
  bool with_unaccepted = false;
  bool mapped_only = false;  ///< leave out what the mapping does not know, instead of refusing
};
struct ExportedValues {
  ForeignSet set;
  std::size_t left_out = 0;  ///< states that the formats cannot say: not applicable, not yet known
  std::size_t not_mapped = 0;  ///< with `mapped_only`
};
/// The facts the actor may see as another system's values. Refused, all at once: units, indicators
/// and periods that hold figures and have no foreign name.
base::Result<ExportedValues> export_values(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                           const ExportValues& ask, Form form);

/// The set written in its form.
std::string write_foreign(const ForeignSet& set);

}  // namespace exchange
