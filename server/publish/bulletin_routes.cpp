#include <algorithm>

#include "journal/journal.h"
#include "org/routes.h"
#include "org/unit_store.h"
#include "publish/bulletin_json.h"
#include "publish/bulletin_store.h"
#include "publish/change_bulletin.h"
#include "publish/desk.h"
#include "publish/public_page.h"
#include "publish/public_site.h"

namespace publish {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

namespace {

Response bulletin_response(store::Tx& tx, const Actor& actor, Now now, BulletinId id,
                           int status = 200) {
  const Bulletin bulletin = bulletin_store::find(tx, id).value();
  Response response = http::json_response(page_json(tx, bulletin, actor, now), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(bulletin.revision) + "\"");
  return response;
}

/// {"name": "…"} of a body; empty when it is not there.
Result<std::string> asked_words(const Request& request, const char* name) {
  return http::decode<std::string>(
      request, [&](http::Fields& fields) { return fields.maybe_text(name, 2000).value_or(""); });
}

WrittenBulletin read_bound(const HouseDesk& desk, const Actor& actor, base::Date day,
                           const Bulletin& asked) {
  return desk.db.read([&](store::Tx& tx) { return bound(tx, actor, day, asked); });
}

/// When it is to appear: none for at once.
Result<std::optional<base::Instant>> asked_moment(const HouseDesk& desk, const Request& request) {
  struct Asked {
    std::optional<base::Date> on;
    std::string time;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{fields.maybe_date("on"),
                                  fields.maybe_text("time", 5).value_or("00:00")};
                   }));
  if (!asked.on) return std::optional<base::Instant>{};
  ASSIGN_OR_RETURN(const base::Instant moment, moment_of(*asked.on, asked.time, desk.clock));
  return std::optional(moment);
}

/// The public page as it would be.
Response preview_response(const HouseDesk& desk, store::Tx& tx, Bulletin bulletin, base::Date day) {
  Article article;
  article.bulletin = std::move(bulletin);
  article.unit_name = org::unit_store::ref(tx, article.bulletin.unit, day).name;
  const page::Frame frame{"", style_path(), desk.clock, true};
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = page::article(frame, article);
  add_page_headers(response);
  return response;
}

}  // namespace

Result<OnBulletin> on_bulletin(const Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "bulletin.revision_missing", "If-Match");
  return OnBulletin{{request.id_parameter("bulletin")}, *revision};
}

Result<Response> on_one(const HouseDesk& desk, const Actor& actor, const Request& request,
                        const std::function<Result<void>(store::Tx&, Now, OnBulletin)>& act,
                        int status) {
  ASSIGN_OR_RETURN(const OnBulletin on, on_bulletin(request));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(act(tx, now, on));
    return bulletin_response(tx, actor, now, on.bulletin, status);
  });
}

Result<Response> list_bulletins(const HouseDesk& desk, const Actor& actor, const Request& request) {
  const Now now = desk.now();
  bulletin_store::Wanted wanted;
  if (const auto id = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*id};
  if (const auto state = request.asked("state")) {
    wanted.state = state_named(*state);
    if (!wanted.state) {
      return base::refuse(ProblemKind::invalid, "json.not_one_of", "?state",
                          {"draft, in_review, published, withdrawn"});
    }
  }
  if (const auto category = request.asked("category")) {
    if (category_of(*category) == nullptr) {
      return base::refuse(ProblemKind::invalid, "bulletin.category", "?category");
    }
    wanted.category = *category;
  }
  wanted.before = org::asked_cursor(request);
  const auto page = static_cast<std::size_t>(org::asked_limit(request, 50, 200));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = bulletin_store::visible(tx, org::scope_of(actor, now.day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    array items, named;
    for (const Bulletin& one : found) items.push_back(head_json(tx, one, now));
    for (const Category& one : categories()) {
      named.push_back(
          object{{"code", one.code}, {"name_vi", one.name_vi}, {"name_en", one.name_en}});
    }
    return http::json_response(
        object{{"items", std::move(items)},
               {"categories", std::move(named)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> create_bulletin_route(const HouseDesk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(const Bulletin asked, http::decode<Bulletin>(request, [](http::Fields& fields) {
                     return read_bulletin(fields, true);
                   }));
  const Now now = desk.now();
  const WrittenBulletin written = read_bound(desk, actor, now.day, asked);
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const BulletinId id, create_bulletin(tx, actor, now, written));
    return bulletin_response(tx, actor, now, id, 201);
  });
}

Result<Response> get_bulletin_route(const HouseDesk& desk, const Actor& actor,
                                    const Request& request) {
  const Now now = desk.now();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Bulletin found,
                     seen_bulletin(tx, actor, now.day, {request.id_parameter("bulletin")}));
    return bulletin_response(tx, actor, now, found.id);
  });
}

Result<Response> replace_bulletin_route(const HouseDesk& desk, const Actor& actor,
                                        const Request& request) {
  ASSIGN_OR_RETURN(const Bulletin asked, http::decode<Bulletin>(request, [](http::Fields& fields) {
                     return read_bulletin(fields, false);
                   }));
  const WrittenBulletin written = read_bound(desk, actor, desk.clock.today(), asked);
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return replace_bulletin(tx, actor, now, on, written);
  });
}

Result<Response> submit_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return submit_bulletin(tx, actor, now, on);
  });
}

Result<Response> send_back_route(const HouseDesk& desk, const Actor& actor,
                                 const Request& request) {
  ASSIGN_OR_RETURN(const std::string remark, asked_words(request, "remark"));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return send_back_bulletin(tx, actor, now, on, remark);
  });
}

Result<Response> publish_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const auto from, asked_moment(desk, request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return publish_bulletin(tx, actor, now, on, from);
  });
}

Result<Response> withdraw_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const std::string reason, asked_words(request, "reason"));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return withdraw_bulletin(tx, actor, now, on, reason);
  });
}

Result<Response> redraft_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return redraft_bulletin(tx, actor, now, on);
  });
}

Result<Response> preview_words_route(const HouseDesk& desk, const Actor& actor,
                                     const Request& request) {
  ASSIGN_OR_RETURN(const Bulletin asked, http::decode<Bulletin>(request, [](http::Fields& fields) {
                     return read_bulletin(fields, false);
                   }));
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(Bulletin bulletin,
                     seen_bulletin(tx, actor, day, {request.id_parameter("bulletin")}));
    RETURN_IF_REFUSED(after(bulletin.state, Deed::write, parts_of(tx, actor, day, bulletin)));
    RETURN_IF_REFUSED(write_words(bound(tx, actor, day, asked), bulletin));
    return preview_response(desk, tx, std::move(bulletin), day);
  });
}

Result<Response> preview_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(Bulletin bulletin,
                     seen_bulletin(tx, actor, day, {request.id_parameter("bulletin")}));
    return preview_response(desk, tx, std::move(bulletin), day);
  });
}

}  // namespace publish
