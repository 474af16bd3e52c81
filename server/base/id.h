#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace base {

/// A row's identity, given by the database and never reused. The tag keeps a UnitId from being
/// passed where a RequestId is wanted. Zero means "none yet".
template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const noexcept { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
