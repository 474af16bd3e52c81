#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "office/profile.h"
#include "org/unit.h"
#include "store/db.h"

namespace registry {

/// One version of a unit's template for a kind of paper in a profile.
struct StoredTemplate {
  std::int64_t id = 0;
  org::UnitId unit;
  std::string kind;  ///< "BC"
  office::Profile profile = office::Profile::party_36_2018;
  std::int64_t version = 0;                ///< from 1
  std::optional<std::int64_t> attachment;  ///< none: removed, the program's own serves
  base::Instant recorded_at;
  std::string recorded_by;
};

}  // namespace registry

/// All SQL of templates.
namespace registry::template_store {

/// Newest first, at most `most`.
std::vector<StoredTemplate> versions(store::Tx& tx, org::UnitId unit, const std::string& kind,
                                     office::Profile profile, int most = 50);
/// The number of the newest version; 0 when there is none.
std::int64_t newest(store::Tx& tx, org::UnitId unit, const std::string& kind,
                    office::Profile profile);
/// Its id; the file is bound afterwards, since it says whose it is.
std::int64_t add(store::Tx& tx, const StoredTemplate& version);
void bind(store::Tx& tx, std::int64_t id, std::int64_t attachment);

}  // namespace registry::template_store
