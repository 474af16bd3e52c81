#include "exchange/routes.h"

#include "exchange/desk.h"
#include "exchange/exchange_json.h"
#include "exchange/mapping_store.h"
#include "journal/journal.h"
#include "org/routes.h"
#include "org/table_response.h"

namespace exchange {
namespace {

using auth::Actor;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;

constexpr std::size_t kImportLimit = 16 * 1024 * 1024;

Result<Response> list_systems(const Desk& desk, const Actor&, const http::Request&) {
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    array items;
    for (const auto& system : mapping_store::systems(tx)) {
      items.push_back(object{{"name", system.name}, {"rows", system.rows}});
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

Result<Response> get_mapping(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string system, asked_system(request));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  ASSIGN_OR_RETURN(const base::Date day, org::asked_day(request, desk.clock));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto rows = mapping_store::rows(tx, org::scope_of(actor, desk.clock.today()), system);
    if (format) {
      return org::file_response(system + ".csv", "text/csv; charset=utf-8",
                                mapping_csv(tx, rows, day));
    }
    array items;
    for (const Mapping& row : rows) items.push_back(to_json(tx, row, day));
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

Result<std::vector<MappingRow>> rows_of_body(const http::Request& request) {
  const std::string_view type = request.header("content-type").value_or("");
  if (!type.starts_with("text/csv")) {
    return http::decode<std::vector<MappingRow>>(request, read_mapping);
  }
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(request.body, 50'000));
  return mapping_rows(table);
}

Result<Response> change_mapping(const Desk& desk, const Actor& actor,
                                const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string system, asked_system(request));
  ASSIGN_OR_RETURN(const base::Date on, org::asked_day(request, desk.clock));
  ASSIGN_OR_RETURN(const std::vector<MappingRow> rows, rows_of_body(request));
  const report::Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const MappingImported done, import_mapping(tx, actor, now, system, rows, on));
    return http::json_response(to_json(done));
  });
}

}  // namespace

Result<std::string> asked_system(const http::Request& request) {
  const std::string& system = request.parameters.find("system")->second;
  if (is_system_name(system)) return system;
  return base::refuse(base::ProblemKind::invalid, "exchange.system_name", "system",
                      {system.substr(0, 80)});
}

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](Handler* handler) {
    return [desk, handler](const Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
  return {
      {get, "/exchange/systems", "listExchangeSystems", with(list_systems)},
      {get, "/exchange/systems/{system}/mapping", "getMapping", with(get_mapping)},
      {post, "/exchange/systems/{system}/mapping", "changeMapping", with(change_mapping),
       kImportLimit},
      {post, "/exchange/systems/{system}/imports", "importValues", with(import_values_route),
       kImportLimit},
      {post, "/exchange/systems/{system}/gaps", "listGaps", with(list_gaps), kImportLimit},
      {get, "/exchange/systems/{system}/values", "exportValues", with(export_values_route)},
      {get, "/exchange/packet-kinds", "listPacketKinds", with(list_packet_kinds)},
      {get, "/exchange/packets/{kind}", "getPacket", with(get_packet)},
      // Read as a tree, unlike values: the usual limit; larger ones through the console.
      {post, "/exchange/packets", "receivePacket", with(receive_packet)},
  };
}

}  // namespace exchange
