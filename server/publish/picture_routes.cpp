#include <algorithm>

#include "base/base64.h"
#include "http/json.h"
#include "publish/change_bulletin.h"
#include "publish/desk.h"
#include "registry/attachment.h"

namespace publish {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;

namespace {

struct Words {
  std::string caption, alternative;
};

/// Missing ones are told with everything else that is wrong.
Words read_words(http::Fields& fields) {
  return {fields.maybe_text("caption", 300).value_or(""),
          fields.maybe_text("alternative", 500).value_or("")};
}

/// Whoever may not write on it does not get pictures read.
Result<void> may_write(const HouseDesk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnBulletin on, on_bulletin(request));
  return desk.db.read([&](store::Tx& tx) -> Result<void> {
    const base::Date day = desk.clock.today();
    ASSIGN_OR_RETURN(const Bulletin bulletin, seen_bulletin(tx, actor, day, on.bulletin));
    RETURN_IF_REFUSED(after(bulletin.state, Deed::write, parts_of(tx, actor, day, bulletin)));
    return {};
  });
}

}  // namespace

Result<Response> add_picture_route(const HouseDesk& desk, const Actor& actor,
                                   const Request& request) {
  struct Asked {
    Words words;
    std::string base64;
  };
  ASSIGN_OR_RETURN(const Asked sent, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{read_words(fields),
                                  fields.raw_text("base64", office::kMostPictureBytes * 2)};
                   }));
  RETURN_IF_REFUSED(may_write(desk, actor, request));
  // Read before the transaction: it takes longer than a writer may be kept waiting.
  base::Problems problems = faults_of_picture(sent.words.caption, sent.words.alternative);
  AskedPicture asked{sent.words.caption, sent.words.alternative, {}};
  const auto bytes = base::from_base64(sent.base64);
  if (!bytes) problems.push_back({ProblemKind::invalid, "attachment.base64", "/base64", {""}});
  if (bytes) {
    auto made = office::check_picture(*bytes, "/base64");
    if (!made) problems.insert(problems.end(), made.error().begin(), made.error().end());
    if (made) asked.made = *std::move(made);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now, OnBulletin on) { return add_picture(tx, actor, now, on, asked); },
      201);
}

Result<Response> word_picture_route(const HouseDesk& desk, const Actor& actor,
                                    const Request& request) {
  ASSIGN_OR_RETURN(const Words asked, http::decode<Words>(request, read_words));
  const PictureId picture{request.id_parameter("picture")};
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return word_picture(tx, actor, now, on, picture, asked.caption, asked.alternative);
  });
}

Result<Response> remove_picture_route(const HouseDesk& desk, const Actor& actor,
                                      const Request& request) {
  const PictureId picture{request.id_parameter("picture")};
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnBulletin on) {
    return remove_picture(tx, actor, now, on, picture);
  });
}

Result<Response> get_picture_route(const HouseDesk& desk, const Actor& actor,
                                   const Request& request) {
  const base::Date day = desk.clock.today();
  const PictureId id{request.id_parameter("picture")};
  const std::string size = request.parameters.find("size")->second;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Bulletin bulletin,
                     seen_bulletin(tx, actor, day, {request.id_parameter("bulletin")}));
    const auto at = std::find_if(bulletin.pictures.begin(), bulletin.pictures.end(),
                                 [&](const Picture& one) { return one.id == id; });
    if (at == bulletin.pictures.end() || (size != "full" && size != "thumbnail")) {
      return base::refuse(ProblemKind::not_found, "picture.not_found");
    }
    const Copy& copy = size == "full" ? at->full : at->thumbnail;
    Response response;
    response.content_type = "image/jpeg";
    response.body =
        registry::content_of(tx, registry::find_attachment(tx, copy.attachment).value());
    return response;
  });
}

}  // namespace publish
