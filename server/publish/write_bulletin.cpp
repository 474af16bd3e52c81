#include "base/base64.h"
#include "base/hash.h"
#include "org/authority.h"
#include "publish/bulletin_store.h"
#include "publish/change_bulletin.h"
#include "registry/attachment.h"

namespace publish {
namespace {

using base::ProblemKind;

Copy kept(store::Tx& tx, const auth::Actor& actor, Now now, const Bulletin& bulletin,
          const office::MadePicture& made) {
  const std::string hash = base::sha256_hex(made.jpeg).substr(0, 40);
  const auto attachment = registry::attach(tx, actor, now.at, object_of(bulletin.id), bulletin.unit,
                                           hash + ".jpg", base::to_base64(made.jpeg));
  return {hash, made.width, made.height, attachment.value().id};
}

Picture* picture_in(Bulletin& bulletin, PictureId id) {
  for (Picture& one : bulletin.pictures) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

}  // namespace

base::Result<void> write_words(const WrittenBulletin& written, Bulletin& bulletin) {
  const Bulletin& asked = written.bulletin;
  bulletin.title = asked.title, bulletin.lead = asked.lead;
  bulletin.dated_on = asked.dated_on, bulletin.category = asked.category;
  bulletin.source = asked.source, bulletin.is_illustrative = asked.is_illustrative;
  bulletin.body = asked.body, bulletin.figures = asked.figures;
  base::Problems problems = faults_of_words(bulletin);
  problems.insert(problems.end(), written.problems.begin(), written.problems.end());
  if (!problems.empty()) return base::refuse(std::move(problems));
  return {};
}

base::Result<BulletinId> create_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                         const WrittenBulletin& asked) {
  const org::UnitId unit = asked.bulletin.unit;
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::enter, unit, now.day));
  Bulletin bulletin;
  bulletin.unit = unit;
  RETURN_IF_REFUSED(write_words(asked, bulletin));
  bulletin.id = bulletin_store::add(tx, bulletin, actor, now.at);
  bulletin_store::add_hand(tx, bulletin.id, actor.account());
  record(tx, actor, now, bulletin, "created");
  return bulletin.id;
}

base::Result<void> replace_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                    const WrittenBulletin& asked) {
  return change_bulletin(tx, actor, now, on, {Deed::write, "written", [&](Bulletin& bulletin) {
                                                return write_words(asked, bulletin);
                                              }});
}

base::Result<void> add_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                               const AskedPicture& asked) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    base::Problems problems = faults_of_picture(asked.caption, asked.alternative);
    if (bulletin.pictures.size() >= kMostPictures) {
      problems.push_back(
          {ProblemKind::conflict, "picture.too_many", "", {std::to_string(kMostPictures)}});
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    Picture picture;
    picture.caption = asked.caption, picture.alternative = asked.alternative;
    picture.full = kept(tx, actor, now, bulletin, asked.made.full);
    picture.thumbnail = kept(tx, actor, now, bulletin, asked.made.thumbnail);
    bulletin_store::add_picture(tx, bulletin.id, picture);
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::write, "picture_added", rule});
}

base::Result<void> word_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                PictureId id, const std::string& caption,
                                const std::string& alternative) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    Picture* const picture = picture_in(bulletin, id);
    if (picture == nullptr) return base::refuse(ProblemKind::not_found, "picture.not_found");
    if (auto problems = faults_of_picture(caption, alternative); !problems.empty()) {
      return base::refuse(std::move(problems));
    }
    picture->caption = caption, picture->alternative = alternative;
    bulletin_store::save_picture(tx, *picture);
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::write, "picture_worded", rule});
}

base::Result<void> remove_picture(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                  PictureId id) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    if (picture_in(bulletin, id) == nullptr) {
      return base::refuse(ProblemKind::not_found, "picture.not_found");
    }
    bulletin_store::remove_picture(tx, id);
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::write, "picture_removed", rule});
}

}  // namespace publish
