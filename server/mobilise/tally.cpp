#include "mobilise/tally.h"

namespace mobilise {

void Tally::add(const Counted& counted) {
  Figure& figure = figures[static_cast<std::size_t>(counted.kind)];
  if (counted.stage == Stage::pledged) {
    figure.pledged += counted.quantity;
    figure.pledges += counted.contributions;
  } else {
    figure.received += counted.quantity;
    figure.receipts += counted.contributions;
  }
}

std::vector<Tally> tally(const std::vector<org::unit_store::Node>& nodes,
                         const std::vector<int>& wanted, const Seats& seats,
                         const std::vector<Counted>& counted) {
  std::map<org::UnitId, int> places;
  for (std::size_t i = 0; i < nodes.size(); ++i) places[nodes[i].id] = static_cast<int>(i);
  std::vector<int> wanted_at(nodes.size(), -1);
  for (std::size_t i = 0; i < wanted.size(); ++i)
    wanted_at[static_cast<std::size_t>(wanted[i])] = static_cast<int>(i);

  std::vector<Tally> made(wanted.size());
  for (const Counted& one : counted) {
    const auto known = seats.find(one.unit);
    const std::vector<org::UnitId> heirs =
        known == seats.end() ? std::vector{one.unit} : known->second;
    std::map<int, std::size_t> heirs_under;  // by index into wanted
    for (const org::UnitId heir : heirs) {
      const auto place = places.find(heir);
      for (int at = place == places.end() ? -1 : place->second; at >= 0;
           at = nodes[static_cast<std::size_t>(at)].parent) {
        const int reached = wanted_at[static_cast<std::size_t>(at)];
        if (reached >= 0) ++heirs_under[reached];
      }
    }
    for (const auto& [reached, under] : heirs_under) {
      Tally& total = made[static_cast<std::size_t>(reached)];
      if (under == heirs.size()) {
        total.add(one);
      } else {
        total.undivided += one.contributions;
      }
    }
  }
  return made;
}

}  // namespace mobilise
