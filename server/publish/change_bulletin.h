#pragma once

#include <functional>
#include <string>

#include "publish/service.h"

namespace publish {

Parts parts_of(store::Tx& tx, const auth::Actor& actor, base::Date day, const Bulletin& bulletin);

/// The bulletin when its unit is in sight: "bulletin.not_found" otherwise.
base::Result<Bulletin> seen_bulletin(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                     BulletinId id);

/// The one way a bulletin changes: sight, authority, revision, the course, the rule, one journal
/// leaf. `rule` gets the bulletin in its state after the deed and may change it and write what
/// hangs on it. `act` is what the journal calls it.
struct BulletinChange {
  Deed deed;
  std::string act;
  std::function<base::Result<void>(Bulletin&)> rule;
};
base::Result<void> change_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                   const BulletinChange& change);

/// What is written goes from `written` to `bulletin`; refused as `create_bulletin` says.
base::Result<void> write_words(const WrittenBulletin& written, Bulletin& bulletin);

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Bulletin& bulletin,
            const std::string& act);

}  // namespace publish
