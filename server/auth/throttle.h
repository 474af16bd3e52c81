#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/date.h"

namespace auth {

/// What a login is counted under: as people may write it.
std::string throttle_key(const std::string& login);

/// Slows down guessing at one login: after three misses 1, 2, 4 … 60 seconds. It never locks for
/// good, so a stranger cannot lock a person out. In memory: a restart forgives.
class Throttle {
 public:
  /// Seconds to wait before `login` may be tried, or none: then the try has begun.
  std::optional<std::int64_t> begin(const std::string& login, base::Instant now);
  /// How the try that has begun came out.
  void hit(const std::string& login);
  void miss(const std::string& login, base::Instant now);
  void undecided(const std::string& login);

 private:
  struct Tries {
    int misses = 0;
    int in_flight = 0;
    base::Instant not_before;
  };
  void forget_old(base::Instant now);

  std::mutex mutex_;
  std::unordered_map<std::string, Tries> tries_;
};

}  // namespace auth
