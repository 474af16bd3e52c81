#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "mobilise/movement.h"
#include "registry/document.h"

/// What was pledged or received. Counted once, however many bodies report it. Pure.
namespace mobilise {

using ContributionId = base::Id<struct ContributionTag>;

/// What one body said of it.
struct Telling {
  org::UnitId body;
  std::int64_t quantity = 0;
  base::Date on;
  std::string ref;
  std::string actor;
  base::Instant at;
};

struct Contribution {
  ContributionId id;
  MovementId movement;
  org::UnitId unit;  ///< where it counts
  Stage stage = Stage::received;
  GiftKind kind = GiftKind::money;
  std::int64_t quantity = 0;
  std::string what;   ///< in words; of a gift in kind always
  std::string giver;  ///< an organisation's name
  std::optional<org::UnitId> giver_unit;
  base::Date on;
  std::optional<registry::DocumentId> document;
  std::string ref;           ///< number of a receipt or list
  std::string other_reason;  ///< why it is another than those it looks like
  bool is_withdrawn = false;
  std::int64_t revision = 1;
  std::string actor;
  base::Instant at;
  std::vector<Telling> bodies;  ///< the first that told it first

  const Telling* told_by(org::UnitId body) const;
};

inline constexpr std::int64_t kMostQuantity = 10'000'000'000'000;
/// Days within which two bodies may give one gift different dates.
inline constexpr int kNearDays = 7;

/// Gifts that could be the same have the same key: stage, kind and the folded giver.
std::string gift_key(const Contribution& contribution);

/// Is what `body` tells now perhaps what is kept already? The same gift by its key; where it counts
/// the same unit or one under the other (`is_related`); and of another body the same quantity or a
/// day close by, of the same body both the quantity and the day.
bool may_be_same(const Contribution& kept, const Contribution& told, org::UnitId body,
                 bool is_related);

/// "contribution.outside_period" (args: the movement's days), "contribution.day_ahead",
/// "contribution.quantity" (args: the most), "contribution.what_missing".
base::Problems faults_of(const Contribution& contribution, const Movement& movement,
                         base::Date today);

std::string object_of(ContributionId id);

}  // namespace mobilise
