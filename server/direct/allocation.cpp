#include "direct/allocation.h"

#include <algorithm>
#include <numeric>

#include "base/decimal.h"

namespace direct {

std::vector<std::int64_t> divided_by(std::int64_t amount, const std::vector<std::int64_t>& keys) {
  base::Wide whole = 0;
  for (const std::int64_t key : keys) whole += key;
  if (whole <= 0) return {};
  const base::Wide size = amount < 0 ? -static_cast<base::Wide>(amount) : amount;
  std::vector<std::int64_t> parts;
  std::vector<std::pair<base::Wide, std::size_t>> rests;
  base::Wide given = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const base::Wide share = size * keys[i];
    parts.push_back(static_cast<std::int64_t>(share / whole));
    given += parts.back();
    rests.emplace_back(share % whole, i);
  }
  std::stable_sort(rests.begin(), rests.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t n = 0; given < size; ++n, ++given) ++parts[rests[n].second];
  if (amount < 0) {
    for (std::int64_t& part : parts) part = -part;
  }
  return parts;
}

}  // namespace direct
