#pragma once

#include <cstdint>
#include <vector>

namespace direct {

/// Parts of an amount that add to it exactly, in proportion to `keys` (population, members; none
/// negative): rounded down, the rest to the largest remainders, the earlier first among equals.
/// Equal keys give equal parts but for the rest. Empty when the keys add to nothing.
std::vector<std::int64_t> divided_by(std::int64_t amount, const std::vector<std::int64_t>& keys);

}  // namespace direct
