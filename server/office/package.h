#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace office {

/// A zip of parts, made in memory; the same parts give the same bytes (no times of the clock in
/// it).
class Package {
 public:
  void add(std::string name, std::string bytes) {
    parts_.emplace_back(std::move(name), std::move(bytes));
  }
  /// Throws std::runtime_error when the library reports any fault.
  std::string bytes() const;

 private:
  std::vector<std::pair<std::string, std::string>> parts_;
};

/// A part of a zip in memory, at most `most` bytes inflated; empty when there is none of that name.
std::string part_of(std::string_view zip, const std::string& name,
                    std::size_t most = 64 * 1024 * 1024);

}  // namespace office
