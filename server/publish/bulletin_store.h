#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "org/authority.h"
#include "publish/bulletin.h"
#include "store/db.h"

/// All SQL of bulletins as the house sees them; what everybody sees is public_store's.
namespace publish::bulletin_store {

BulletinId add(store::Tx& tx, const Bulletin& bulletin, const auth::Actor& actor, base::Instant at);
/// All of it but its pictures; false when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, const Bulletin& bulletin);
std::optional<org::UnitId> unit_of(store::Tx& tx, BulletinId id);
std::optional<Bulletin> find(store::Tx& tx, BulletinId id);

struct Wanted {
  std::optional<org::UnitId> unit;
  std::optional<State> state;
  std::string category;     ///< code; empty for all
  std::int64_t before = 0;  ///< id before which to go on
  int limit = 50;
};
/// Newest first, of units in scope, without body, pictures and figures.
std::vector<Bulletin> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

/// The account wrote on it.
void add_hand(store::Tx& tx, BulletinId id, auth::AccountId account);
bool is_hand(store::Tx& tx, BulletinId id, auth::AccountId account);

PictureId add_picture(store::Tx& tx, BulletinId id, const Picture& picture);
void save_picture(store::Tx& tx, const Picture& picture);
void remove_picture(store::Tx& tx, PictureId id);

/// The first free one of "slug", "slug-2", "slug-3" …
std::string free_slug(store::Tx& tx, const std::string& slug);

}  // namespace publish::bulletin_store
