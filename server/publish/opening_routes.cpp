#include "journal/journal.h"
#include "org/authority.h"
#include "publish/bulletin_json.h"
#include "publish/desk.h"
#include "publish/public_page.h"
#include "publish/public_site.h"

namespace publish {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;

namespace {

report::PublicationId asked_publication(const Request& request) {
  return {request.id_parameter("publication")};
}

Response opening_response(store::Tx& tx, report::PublicationId id) {
  return http::json_response(opening_json(id, opening_store::find(tx, id)));
}

}  // namespace

Result<Response> get_opening(const HouseDesk& desk, const Actor& actor, const Request& request) {
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto id = asked_publication(request);
    const auto found = report::publication_store::find(tx, id);
    if (!org::sees(tx, actor, org::unit_of(found), desk.clock.today())) {
      return base::refuse(ProblemKind::not_found, "publication.not_found");
    }
    return opening_response(tx, id);
  });
}

Result<Response> open_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(http::decode<int>(request, [](http::Fields&) { return 0; }));
  const Now now = desk.now();
  const auto id = asked_publication(request);
  ASSIGN_OR_RETURN(const OpenContent content, desk.db.read([&](store::Tx& tx) {
    return open_content(tx, actor, now.day, id);
  }));
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(open_publication(tx, actor, now, content));
    return opening_response(tx, id);
  });
}

Result<Response> close_route(const HouseDesk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const std::string reason,
                   http::decode<std::string>(request, [](http::Fields& fields) {
                     return fields.maybe_text("reason", 2000).value_or("");
                   }));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(close_publication(tx, actor, now, asked_publication(request), reason));
    return opening_response(tx, asked_publication(request));
  });
}

Result<Response> preview_opening(const HouseDesk& desk, const Actor& actor,
                                 const Request& request) {
  const Now now = desk.now();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    const auto id = asked_publication(request);
    ASSIGN_OR_RETURN(const OpenContent content, open_content(tx, actor, now.day, id));
    const page::Frame frame{"", style_path(), desk.clock, true};
    Response response;
    response.content_type = "text/html; charset=utf-8";
    response.body =
        page::figures(frame, {id, "", open_table_of(content.text), now.at, {}, content.map});
    add_page_headers(response);
    return response;
  });
}

}  // namespace publish
