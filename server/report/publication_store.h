#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "org/authority.h"
#include "report/publication.h"
#include "store/db.h"

namespace report {

/// What is known of a publication beside its content.
struct Publication {
  PublicationId id;
  org::UnitId unit;
  RequestId request;  ///< zero when of a question
  std::int64_t version = 1;
  PublicationId replaces, replaced_by;  ///< zero for none
  std::string reason;                   ///< of a correction
  std::string title, period;
  bool is_illustrative = false;
  std::string sha256;  ///< of the frozen text
  std::string by;
  base::Instant at;
};

}  // namespace report

/// All SQL of publications, and of the cells they rest on.
namespace report::publication_store {

/// Written once; nothing changes it.
PublicationId add(store::Tx& tx, const Publication& publication, const std::string& frozen,
                  auth::AccountId account);
std::optional<Publication> find(store::Tx& tx, PublicationId id);
/// The bytes that were frozen.
std::string frozen(store::Tx& tx, PublicationId id);
/// The newest version of what was published of a request.
std::optional<Publication> newest_of(store::Tx& tx, RequestId request);

struct Wanted {
  std::optional<org::UnitId> unit;
  std::optional<RequestId> request;
  std::int64_t after = 0;  ///< id before which to go on
  int limit = 50;
};
/// Newest first, of units in scope.
std::vector<Publication> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted);

using TakeCell = std::function<void(PublishedCell)>;
/// The actual facts of one indicator and period, with their last hands; the code is not filled in.
void cells_of_indicator(store::Tx& tx, direct::IndicatorId indicator, const std::string& period,
                        const TakeCell& take);
void cells_of_unit(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                   const std::string& period, const TakeCell& take);

}  // namespace report::publication_store
