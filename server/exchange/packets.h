#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "exchange/packet.h"
#include "exchange/service.h"
#include "office/csv.h"
#include "store/db.h"

/// The acts and questions on our own packets.
namespace exchange {

struct PacketQuestion {
  PacketKind kind = PacketKind::indicator_data;
  std::string system;                   ///< the receiver, whose field names are used; may be empty
  std::optional<org::UnitId> unit;      ///< of indicator_data: with all under it
  std::vector<base::Period> periods;    ///< of indicator_data
  std::vector<std::string> indicators;  ///< codes; empty for all
  std::string line = org::kGovernment;
  bool with_unaccepted = false;
  std::optional<std::int64_t> report;   ///< of figures
  std::optional<std::int64_t> request;  ///< of form, report_status
  std::vector<int> years;               ///< of period_catalogue
};
/// The packet's text. Refused: a kind that is not given yet ("packet.not_given"), something it
/// needs and was not told ("packet.lacks"), and what is out of the actor's sight.
base::Result<std::string> export_packet(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                        const PacketQuestion& ask);

struct PacketImported {
  PacketKind kind = PacketKind::indicator_data;
  ValuesImported values;       ///< of figures and indicator_data
  std::size_t defined = 0;     ///< of indicator_catalogue
  std::size_t agreed = 0;      ///< known already, and the same
  base::Problems differences;  ///< of what is only compared: periods, status
};
/// figures and indicator_data become facts as import_values makes them, units and indicators by our
/// own codes; an indicator_catalogue defines; periods and status are compared and nothing is
/// changed. `ask.system` names the sender, for its field names.
base::Result<PacketImported> import_packet(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                           std::string_view bytes, const ImportValues& ask);

/// Rows of a csv with the columns packet, field, name.
base::Result<FieldNames> field_names(const office::CsvTable& table);
/// Puts them in the place of what the system had.
base::Result<std::size_t> import_names(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                       std::string_view system, const FieldNames& names);

/// Who takes figures as accepted decides at `for_unit`; see ImportValues.
base::Result<void> may_import(store::Tx& tx, const auth::Actor& actor, base::Date day,
                              const ImportValues& ask);
/// May figures of `unit` be taken as asked?
base::Result<void> may_take(store::Tx& tx, const auth::Actor& actor, base::Date day,
                            const ImportValues& ask, org::UnitId unit);
report::Strategy of_report(Strategy strategy);

}  // namespace exchange
