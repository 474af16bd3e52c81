#include <charconv>

#include "http/json.h"
#include "journal/journal.h"
#include "report/change_report.h"
#include "report/desk.h"
#include "report/narrative_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

std::string section_of(const http::Request& request) {
  return request.parameters.find("section")->second;
}

}  // namespace

Result<Response> put_section_route(const Desk& desk, const Actor& actor,
                                   const http::Request& request) {
  ASSIGN_OR_RETURN(const auto drafts, http::decode<std::vector<BlockDraft>>(request, read_blocks));
  return change_of_report(desk, actor, request, [&](store::Tx& tx, Now now, OnReport on) {
    return put_section(tx, actor, now, on, section_of(request), drafts);
  });
}

/// What the unit wrote here for the period before, ready to be taken over.
Result<Response> get_previous_section(const Desk& desk, const Actor& actor,
                                      const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Sheet sheet,
                     seen_report(tx, actor, day, {request.id_parameter("report")}));
    const std::string code = section_of(request);
    if (!sheet.narrative.find(code))
      return base::refuse(ProblemKind::not_found, "narrative.section_unknown", "", {code});
    const auto previous = previous_report(tx, sheet.report);
    const Section* const section = previous ? previous->narrative.find(code) : nullptr;
    array blocks;
    if (section) {
      for (const Block& block : section->blocks)
        blocks.push_back(object{{"text", block.text}, {"from", block.id.value}});
    }
    return http::json_response(
        object{{"report", section ? value(previous->report.value) : value(nullptr)},
               {"period", section ? value(previous->period) : value(nullptr)},
               {"blocks", std::move(blocks)}});
  });
}

Result<Response> get_differences(const Desk& desk, const Actor& actor,
                                 const http::Request& request) {
  const base::Date day = desk.clock.today();
  std::int64_t round = 0;
  if (const auto asked = request.asked("round")) {
    const auto [end, error] = std::from_chars(asked->data(), asked->data() + asked->size(), round);
    if (error != std::errc() || end != asked->data() + asked->size() || round <= 0)
      return base::refuse(ProblemKind::invalid, "narrative.round", "?round", {std::string(*asked)});
  }
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Sheet sheet,
                     seen_report(tx, actor, day, {request.id_parameter("report")}));
    return http::json_response(
        object{{"rounds", rounds_json(narrative_store::rounds(tx, sheet.report.id))},
               {"differences", differences_json(differences(tx, sheet, round))}});
  });
}

}  // namespace report
