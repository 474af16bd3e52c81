#include "direct/routes.h"

#include "direct/annex.h"
#include "direct/define_indicators.h"
#include "direct/desk.h"
#include "direct/indicator_json.h"
#include "direct/indicator_store.h"
#include "direct/programme_json.h"
#include "direct/programme_store.h"
#include "direct/service.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "registry/attachment.h"

namespace direct {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr int kMostRows = 20'000;  // of a list as a file
constexpr std::size_t kImportLimit = 15'000'000;
constexpr std::size_t kEvidenceLimit = registry::kMostBytes / 3 * 4 + 64 * 1024;

Result<Response> list_indicators(const Desk& desk, const Request& request) {
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    array items;
    for (const Indicator& indicator :
         indicator_store::all(tx, request.asked("query").value_or(""))) {
      items.push_back(to_json(tx, indicator));
    }
    return http::json_response(object{{"items", items}, {"next", nullptr}});
  });
}

Result<Response> create_indicator(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const NewIndicator asked, http::decode<NewIndicator>(request, read_indicator));
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(may_define(tx, actor, desk.clock.today()));
    ASSIGN_OR_RETURN(const DefinedIndicators defined,
                     define_indicators(tx, actor, desk.clock.now(), {asked}));
    if (defined.added.empty()) {
      return base::refuse(ProblemKind::conflict, "indicator.code_taken", "/code",
                          {asked.indicator.code, asked.indicator.name});
    }
    const auto made = indicator_store::find(tx, defined.added.front().id).value();
    return http::json_response(detail_json(tx, made), 201);
  });
}

Response indicator_response(store::Tx& tx, const Indicator& indicator) {
  Response response = http::json_response(detail_json(tx, indicator));
  response.headers.emplace_back("ETag", "\"" + std::to_string(indicator.revision) + "\"");
  return response;
}

Result<Response> get_indicator(const Desk& desk, const Request& request) {
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto indicator = indicator_store::find(tx, {request.id_parameter("indicator")});
    if (!indicator) return base::refuse(ProblemKind::not_found, "indicator.not_found");
    return indicator_response(tx, *indicator);
  });
}

Result<Response> put_parts(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const auto asked,
                   http::decode<std::vector<AskedBreakdown>>(request, read_breakdowns));
  const auto revision = org::asked_revision(request);
  if (!revision) {
    return base::refuse(ProblemKind::invalid, "indicator.revision_missing", "If-Match");
  }
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(may_define(tx, actor, desk.clock.today()));
    const IndicatorId id{request.id_parameter("indicator")};
    const auto whole = indicator_store::find(tx, id);
    if (!whole) return base::refuse(ProblemKind::not_found, "indicator.not_found");
    RETURN_IF_REFUSED(break_down(tx, actor, desk.clock.now(), *whole, *revision, asked));
    return indicator_response(tx, indicator_store::find(tx, id).value());
  });
}

Result<Response> list_programmes(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  std::optional<org::UnitId> owner;
  if (const auto text = request.asked("unit"))
    owner = org::UnitId{std::atoll(std::string(*text).c_str())};
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  const int limit = format ? kMostRows : org::asked_limit(request, 100, 500);
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = programme_store::visible(tx, org::scope_of(actor, day), owner,
                                          org::asked_cursor(request), limit + 1);
    const bool more = found.size() > static_cast<std::size_t>(limit);
    if (more) found.pop_back();
    if (format)
      return org::table_response("chuong-trinh", programme_sheet(tx, found, day), *format);
    array items;
    for (const Programme& programme : found) items.push_back(summary_json(tx, programme, day));
    return http::json_response(
        object{{"items", items},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

/// The programme, when its owner or an addressee is in the actor's scope.
Result<Programme> seen_programme(store::Tx& tx, const Actor& actor, base::Date day,
                                 std::int64_t id) {
  const auto programme = programme_store::in_scope(tx, org::scope_of(actor, day), {id})
                             ? programme_store::find(tx, {id})
                             : std::nullopt;
  if (!programme) {
    return base::refuse(ProblemKind::not_found, "programme.not_found");
  }
  return *programme;
}

Result<Response> create_programme_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  ASSIGN_OR_RETURN(const NewProgramme asked, http::decode<NewProgramme>(request, read_programme));
  const base::Date day = desk.clock.today();
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ProgrammeId id,
                     create_programme(tx, actor, desk.clock.now(), day, asked));
    return http::json_response(full_json(tx, programme_store::find(tx, id).value(), day), 201);
  });
}

Result<Response> get_programme(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Programme programme,
                     seen_programme(tx, actor, day, request.id_parameter("programme")));
    return http::json_response(full_json(tx, programme, day));
  });
}

Result<Response> adopt_programme_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(const AskedAdoption asked,
                   http::decode<AskedAdoption>(
                       request, [](http::Fields& f) { return read_adoption(f, false); }));
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(adopt_programme(tx, actor, desk.clock.now(), desk.clock.today(),
                                      {request.id_parameter("programme")},
                                      {request.id_parameter("unit")}, asked));
    return http::json_response(object{{"state", name(asked.state)}, {"reason", asked.reason}});
  });
}

Result<Response> adopt_target_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(
      const AskedAdoption asked,
      http::decode<AskedAdoption>(request, [](http::Fields& f) { return read_adoption(f, true); }));
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(adopt_target(tx, actor, desk.clock.now(), desk.clock.today(),
                                   {request.id_parameter("target")}, {request.id_parameter("unit")},
                                   asked));
    return http::json_response(object{{"state", name(asked.state)}, {"reason", asked.reason}});
  });
}

Result<Response> allocate_route(const Desk& desk, const Actor& actor, const Request& request) {
  using Asked = std::vector<AskedAllocation>;
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made;
                     fields.objects("items", true, 20000, [&](http::Fields& one) {
                       std::string pointer = one.pointer("");
                       if (pointer.ends_with('/')) pointer.pop_back();
                       made.push_back({{one.integer("unit", 1, 1LL << 53)},
                                       one.text("value", 40),
                                       pointer,
                                       one.maybe_text("measure_unit", 60).value_or("")});
                     });
                     return made;
                   }));
  const TargetId id{request.id_parameter("target")};
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(allocate_target(tx, actor, desk.clock.now(), desk.clock.today(), id, asked));
    const Target target = programme_store::target(tx, id).value();
    const Indicator indicator = indicator_store::find(tx, target.indicator).value();
    const auto cells =
        programme_store::cells(tx, id, programme_store::addressees(tx, target.programme));
    const auto difference = allocation_difference(indicator, target.amount, cells);
    const auto text = [&](base::Wide amount) {
      return value(base::canonical_figure(amount, indicator.decimals));
    };
    return http::json_response(
        object{{"target", id.value},
               {"value", text(target.amount)},
               {"allocated", difference ? text(*difference + target.amount) : value(nullptr)},
               {"difference", difference ? text(*difference) : value(nullptr)}});
  });
}

}  // namespace

Result<void> may_define(store::Tx& tx, const Actor& actor, base::Date day) {
  if (actor.is_console()) return {};
  for (const org::Post& post : org::post_store::of_account(tx, actor.account(), day)) {
    if (org::role_may(post.role, org::Act::define_indicator, org::Relation::own)) return {};
  }
  return base::refuse(ProblemKind::forbidden, "authority.not_yours");
}

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](auto handler) {
    return [desk, handler](const Actor& actor, const Request& request) {
      return handler(desk, actor, request);
    };
  };
  const auto open_to_all = [desk](auto handler) {
    return [desk, handler](const Actor&, const Request& request) { return handler(desk, request); };
  };
  return {
      {get, "/indicators", "listIndicators", open_to_all(list_indicators)},
      {post, "/indicators", "createIndicator", with(create_indicator)},
      {get, "/indicators/{indicator}", "getIndicator", open_to_all(get_indicator)},
      {put, "/indicators/{indicator}/parts", "putParts", with(put_parts)},
      {get, "/programmes", "listProgrammes", with(list_programmes)},
      {post, "/programmes", "createProgramme", with(create_programme_route)},
      {get, "/programmes/{programme}", "getProgramme", with(get_programme)},
      {get, "/programmes/{programme}/coverage", "getCoverage", with(get_coverage)},
      {put, "/programmes/{programme}/adoptions/{unit}", "adoptProgramme",
       with(adopt_programme_route)},
      {put, "/targets/{target}/adoptions/{unit}", "adoptTarget", with(adopt_target_route)},
      {put, "/targets/{target}/allocations", "allocateTarget", with(allocate_route)},
      {get, "/programmes/{programme}/matrix", "getMatrix", with(get_matrix)},
      {get, "/programmes/{programme}/annexes/{annex}", "getAnnex", with(get_annex)},
      {post, "/programmes/{programme}/copies", "copyProgramme", with(copy_programme_route)},
      {post, "/programmes/imports", "importProgramme", with(import_programme_route), kImportLimit},
      {get, "/units/{unit}/duties", "getDuties", with(get_duties)},
      {post, "/units/{unit}/adoptions", "adoptAll", with(adopt_all_route)},
      {post, "/tasks", "createTask", with(create_task_route)},
      {get, "/tasks", "listTasks", with(list_tasks)},
      {get, "/tasks/{task}", "getTask", with(get_task)},
      {put, "/tasks/{task}", "replaceTask", with(replace_task)},
      {post, "/tasks/{task}/updates", "updateTask", with(update_task_route), kEvidenceLimit},
      {get, "/tasks/{task}/attachments/{attachment}", "getTaskAttachment",
       with(get_task_attachment)},
      {post, "/tasks/{task}/extensions", "askExtension", with(ask_extension_route)},
      {put, "/extensions/{extension}/decision", "decideExtension", with(decide_extension_route)},
      {get, "/reminders", "listReminders", with(list_reminders)},
      {post, "/reminders/seen", "seeReminders", with(see_reminders_route)},
  };
}

}  // namespace direct
