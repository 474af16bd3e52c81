#include <charconv>

#include "exchange/desk.h"
#include "exchange/exchange_json.h"
#include "exchange/packets.h"
#include "journal/journal.h"
#include "org/routes.h"

namespace exchange {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;

Result<PacketQuestion> asked_packet(const http::Request& request) {
  PacketQuestion ask;
  base::Problems problems;
  const std::string& kind = request.parameters.find("kind")->second;
  const auto named = packet_kind_named(kind);
  if (!named) return base::refuse(ProblemKind::not_found, "packet.kind", "kind", {kind});
  ask.kind = *named;
  ask.system = request.asked("system").value_or("");
  if (!ask.system.empty() && !is_system_name(ask.system))
    problems.push_back(
        {ProblemKind::invalid, "exchange.system_name", "?system", {ask.system.substr(0, 80)}});
  if (const auto unit = org::asked_id(request, "unit")) ask.unit = org::UnitId{*unit};
  ask.report = org::asked_id(request, "report");
  ask.request = org::asked_id(request, "request");
  ask.line = org::asked_line(request);
  ask.with_unaccepted = request.asked("status").value_or("") == "all";
  for (const std::string_view code : request.all_asked("indicator"))
    ask.indicators.emplace_back(code);
  for (const std::string_view text : request.all_asked("period")) {
    const auto period = base::Period::parse(text);
    if (period) ask.periods.push_back(*period);
    if (!period)
      problems.push_back(
          {ProblemKind::invalid, "fact.period", "?period", {std::string(text.substr(0, 40))}});
  }
  for (const std::string_view text : request.all_asked("year")) {
    int year = 0;
    std::from_chars(text.data(), text.data() + text.size(), year);
    if (text.size() == 4 && year >= 1900) {
      ask.years.push_back(year);
    } else {
      problems.push_back(
          {ProblemKind::invalid, "fact.period", "?year", {std::string(text.substr(0, 40))}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return ask;
}

}  // namespace

Result<Response> list_packet_kinds(const Desk&, const Actor&, const http::Request&) {
  array items;
  for (std::size_t i = 0; i < kPacketKinds; ++i) {
    const auto kind = static_cast<PacketKind>(i);
    items.push_back(
        object{{"kind", name(kind)}, {"is_given", is_given(kind)}, {"is_taken", is_taken(kind)}});
  }
  return http::json_response(object{{"items", items}, {"next", nullptr}});
}

Result<Response> get_packet(const Desk& desk, const Actor& actor, const http::Request& request) {
  ASSIGN_OR_RETURN(const PacketQuestion ask, asked_packet(request));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    Response response;
    ASSIGN_OR_RETURN(response.body, export_packet(tx, actor, desk.now(), ask));
    return response;
  });
}

Result<Response> receive_packet(const Desk& desk, const Actor& actor,
                                const http::Request& request) {
  const std::string_view type = request.header("content-type").value_or("");
  if (type.substr(0, type.find_first_of("; ")) != "application/json") {
    return base::refuse(ProblemKind::malformed, "json.content_type", "Content-Type");
  }
  const std::string system(request.asked("system").value_or(""));
  if (!system.empty() && !is_system_name(system))
    return base::refuse(ProblemKind::invalid, "exchange.system_name", "?system",
                        {system.substr(0, 80)});
  ASSIGN_OR_RETURN(const ImportValues ask, asked_import(request, system));
  const report::Now now = desk.now();
  std::optional<Response> trial;
  auto done = journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const PacketImported taken, import_packet(tx, actor, now, request.body, ask));
    Response response = http::json_response(to_json(taken));
    if (!ask.is_dry_run) return response;
    trial = std::move(response);
    return base::refuse(ProblemKind::conflict, "packet.trial");  // taken back, whatever it wrote
  });
  if (trial) return *std::move(trial);
  return done;
}

}  // namespace exchange
