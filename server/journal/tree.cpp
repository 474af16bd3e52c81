#include "journal/tree.h"

#include <bit>
#include <stdexcept>
#include <string>

namespace journal {
namespace {

/// The largest power of two below `count`, which is at least 2: RFC 6962 divides there.
std::int64_t half_of(std::int64_t count) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(count - 1)));
}

Digest root_between(std::int64_t begin, std::int64_t count, const Subtree& subtree) {
  if (std::has_single_bit(static_cast<std::uint64_t>(count))) {
    const int level = std::countr_zero(static_cast<std::uint64_t>(count));
    return subtree(level, begin >> level);
  }
  const std::int64_t half = half_of(count);
  return node(root_between(begin, half, subtree),
              root_between(begin + half, count - half, subtree));
}

}  // namespace

Digest node(const Digest& left, const Digest& right) {
  std::string bytes(1, '\1');
  bytes.append(left.begin(), left.end());
  bytes.append(right.begin(), right.end());
  return base::sha256(bytes);
}

Digest root(std::int64_t size, const Subtree& subtree) {
  return size == 0 ? base::sha256("") : root_between(0, size, subtree);
}

std::vector<Digest> audit_path(std::int64_t index, std::int64_t size, const Subtree& subtree) {
  if (index < 0 || index >= size) throw std::logic_error("a leaf outside of its tree");
  std::vector<Digest> downwards;
  std::int64_t begin = 0;
  for (std::int64_t count = size; count > 1;) {
    const std::int64_t half = half_of(count);
    if (index - begin < half) {
      downwards.push_back(root_between(begin + half, count - half, subtree));
      count = half;
    } else {
      downwards.push_back(root_between(begin, half, subtree));
      begin += half;
      count -= half;
    }
  }
  return {downwards.rbegin(), downwards.rend()};
}

std::optional<Digest> root_of_path(const Digest& leaf, std::int64_t index, std::int64_t size,
                                   std::span<const Digest> path) {
  if (index < 0 || index >= size) return std::nullopt;
  if (size == 1) return path.empty() ? std::optional(leaf) : std::nullopt;
  if (path.empty()) return std::nullopt;
  const std::int64_t half = half_of(size);
  const auto below = path.first(path.size() - 1);
  if (index < half) {
    const auto left = root_of_path(leaf, index, half, below);
    return left ? std::optional(node(*left, path.back())) : std::nullopt;
  }
  const auto right = root_of_path(leaf, index - half, size - half, below);
  return right ? std::optional(node(path.back(), *right)) : std::nullopt;
}

void Frontier::add(
    const Digest& leaf,
    const std::function<void(int level, std::int64_t position, const Digest&)>& complete) {
  Digest grown = leaf;
  std::int64_t rest = size_++;
  for (int level = 1; (rest & 1) != 0; ++level) {
    grown = node(peaks_.back(), grown);
    peaks_.pop_back();
    rest >>= 1;
    if (complete) complete(level, rest, grown);
  }
  peaks_.push_back(grown);
}

Digest Frontier::root() const {
  if (peaks_.empty()) return base::sha256("");
  Digest whole = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i > 0; --i) whole = node(peaks_[i - 1], whole);
  return whole;
}

}  // namespace journal
