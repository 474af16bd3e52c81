#include "http/json.h"
#include "inspect/brief.h"
#include "inspect/desk.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace inspect {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value maybe(const std::optional<base::Date>& day) { return day ? value(day->text()) : value(); }
value maybe(const std::string& text) { return text.empty() ? value() : value(text); }

object line_json(const BriefLine& line, const org::UnitRef& unit) {
  return {
      {"kind", std::string(name(line.kind))},
      {"unit", org::to_json(unit)},
      {"subject", line.subject},
      {"period", line.period},
      {"due_on", maybe(line.due_on)},
      {"done_on", maybe(line.done_on)},
      {"value", maybe(line.value)},
      {"beside", maybe(line.beside)},
      {"count", line.count},
      {"source", object{{"kind", line.source}, {"id", line.source_id}, {"section", line.section}}}};
}

}  // namespace

base::Result<http::Response> get_brief(const Desk& desk, const auth::Actor& actor,
                                       const http::Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> base::Result<http::Response> {
    ASSIGN_OR_RETURN(const Inspection inspection,
                     inside(tx, actor, day, {request.id_parameter("inspection")}));
    const std::vector<BriefLine> lines =
        write_brief(tx, inspection, day, desk.clock, desk.more_lines);
    std::vector<org::UnitId> units;
    for (const BriefLine& line : lines) units.push_back(line.unit);
    const auto refs = org::unit_store::refs(tx, units, inspection.to.plus_days(-1));
    array items;
    for (std::size_t i = 0; i < lines.size(); ++i) items.push_back(line_json(lines[i], refs[i]));
    return http::json_response(
        object{{"on", day.text()}, {"items", std::move(items)}, {"next", nullptr}});
  });
}

}  // namespace inspect
