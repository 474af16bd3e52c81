#include "mobilise/contribution.h"

#include "base/text.h"

namespace mobilise {

using base::ProblemKind;

const Telling* Contribution::told_by(org::UnitId body) const {
  for (const Telling& one : bodies)
    if (one.body == body) return &one;
  return nullptr;
}

std::string gift_key(const Contribution& contribution) {
  return std::string(name(contribution.stage)) + "|" + std::string(name(contribution.kind)) + "|" +
         base::fold(contribution.giver);
}

bool may_be_same(const Contribution& kept, const Contribution& told, org::UnitId body,
                 bool is_related) {
  if (kept.is_withdrawn || kept.id == told.id || kept.movement != told.movement) return false;
  if (!is_related || gift_key(kept) != gift_key(told)) return false;
  const bool same_quantity = kept.quantity == told.quantity;
  if (kept.told_by(body)) return same_quantity && kept.on == told.on;
  const auto apart = (kept.on.days() - told.on.days()).count();
  return same_quantity || (apart >= -kNearDays && apart <= kNearDays);
}

base::Problems faults_of(const Contribution& contribution, const Movement& movement,
                         base::Date today) {
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field, std::vector<std::string> args = {}) {
    problems.push_back({ProblemKind::invalid, code, field, std::move(args)});
  };
  if (contribution.on < movement.from || contribution.on >= movement.to) {
    fault("contribution.outside_period", "/on",
          {movement.from.text(), movement.to.plus_days(-1).text()});
  } else if (contribution.on > today) {
    fault("contribution.day_ahead", "/on", {today.text()});
  }
  if (contribution.quantity <= 0 || contribution.quantity > kMostQuantity)
    fault("contribution.quantity", "/quantity", {std::to_string(kMostQuantity)});
  if (contribution.kind == GiftKind::in_kind && contribution.what.empty())
    fault("contribution.what_missing", "/what");
  return problems;
}

std::string object_of(ContributionId id) { return "contribution:" + std::to_string(id.value); }

}  // namespace mobilise
