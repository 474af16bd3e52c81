#include "publish/change_bulletin.h"

#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "publish/bulletin_store.h"

namespace publish {

using base::ProblemKind;

Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Bulletin& bulletin) {
  const auto may = [&](org::Act act) {
    return org::allows(tx, actor, act, bulletin.unit, day).has_value();
  };
  return {may(org::Act::enter), may(org::Act::decide),
          bulletin_store::is_hand(tx, bulletin.id, actor.account())};
}

base::Result<Bulletin> seen_bulletin(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     BulletinId id) {
  if (!org::sees(tx, actor, bulletin_store::unit_of(tx, id), day)) {
    return base::refuse(ProblemKind::not_found, "bulletin.not_found");
  }
  return bulletin_store::find(tx, id).value();
}

base::Result<void> change_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                   const BulletinChange& change) {
  ASSIGN_OR_RETURN(Bulletin bulletin, seen_bulletin(tx, actor, now.day, on.bulletin));
  const auto state = after(bulletin.state, change.deed, parts_of(tx, actor, now.day, bulletin));
  const bool is_yours = state || state.error().front().kind != ProblemKind::forbidden;
  if (is_yours && bulletin.revision != on.revision) {
    return base::refuse(ProblemKind::changed, "bulletin.changed", "",
                        {std::to_string(on.revision), std::to_string(bulletin.revision)});
  }
  RETURN_IF_REFUSED(state);
  bulletin.state = *state;
  RETURN_IF_REFUSED(change.rule(bulletin));
  if (!bulletin_store::save(tx, bulletin)) {
    return base::refuse(ProblemKind::changed, "bulletin.changed", "",
                        {std::to_string(on.revision), ""});
  }
  if (change.deed == Deed::write) bulletin_store::add_hand(tx, bulletin.id, actor.account());
  record(tx, actor, now, bulletin, change.act);
  return {};
}

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Bulletin& bulletin,
            const std::string& act) {
  http::json::object detail;
  if (bulletin.state == State::published) {
    detail["slug"] = bulletin.slug;
    detail["shown_at"] = bulletin.shown_at->text();
  }
  if (bulletin.state == State::withdrawn) detail["reason"] = bulletin.withdrawn.reason;
  journal::record(tx, actor, now.at,
                  {"bulletin." + act, object_of(bulletin.id), bulletin.unit.value,
                   http::json::serialize(detail)});
}

}  // namespace publish
