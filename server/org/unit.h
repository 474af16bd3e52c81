#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace org {

using UnitId = base::Id<struct UnitTag>;

/// A unit as people point at it on one day.
struct UnitRef {
  UnitId id;
  std::string code;
  std::string name;
};

/// A unit as of one day in one line: its name, code, kind and parent of that day.
struct Unit {
  UnitId id;
  std::string code;
  std::string name;
  std::string kind;
  std::optional<std::int64_t> level;  ///< as the catalogue says; none for units made without one
  std::optional<UnitRef> parent;
  base::Date from;  ///< span of the name, half-open
  base::Date to;

  UnitRef ref() const { return {id, code, name}; }
};

inline constexpr const char* kGovernment = "government";

}  // namespace org
