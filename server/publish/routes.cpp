#include "publish/routes.h"

#include "office/picture.h"
#include "publish/desk.h"

namespace publish {
namespace {

constexpr std::size_t kPictureLimit = office::kMostPictureBytes / 3 * 4 + 64 * 1024;

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const HouseDesk desk{db, clock};
  const auto with = [desk](Handler* handler) {
    return [desk, handler](const auth::Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
#define ONE "/bulletins/{bulletin}"
#define OPENING "/publications/{publication}/opening"
  return {
      {get, "/bulletins", "listBulletins", with(list_bulletins)},
      {post, "/bulletins", "createBulletin", with(create_bulletin_route)},
      {get, ONE, "getBulletin", with(get_bulletin_route)},
      {put, ONE, "replaceBulletin", with(replace_bulletin_route)},
      {post, ONE "/pictures", "addPicture", with(add_picture_route), kPictureLimit},
      {put, ONE "/pictures/{picture}", "wordPicture", with(word_picture_route)},
      {del, ONE "/pictures/{picture}", "removePicture", with(remove_picture_route)},
      {get, ONE "/pictures/{picture}/{size}", "getPicture", with(get_picture_route)},
      {get, ONE "/preview", "previewBulletin", with(preview_route)},
      {post, ONE "/preview", "previewWords", with(preview_words_route)},
      {put, ONE "/submission", "submitBulletin", with(submit_route)},
      {put, ONE "/return", "sendBackBulletin", with(send_back_route)},
      {put, ONE "/publishing", "publishBulletin", with(publish_route)},
      {put, ONE "/withdrawal", "withdrawBulletin", with(withdraw_route)},
      {put, ONE "/redraft", "redraftBulletin", with(redraft_route)},
      {get, OPENING, "getOpening", with(get_opening)},
      {put, OPENING, "openPublication", with(open_route)},
      {get, OPENING "/preview", "previewOpening", with(preview_opening)},
      {put, OPENING "/withdrawal", "closePublication", with(close_route)},
  };
#undef ONE
#undef OPENING
}

}  // namespace publish
