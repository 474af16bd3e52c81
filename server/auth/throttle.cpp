#include "auth/throttle.h"

#include <algorithm>

#include "base/text.h"

namespace auth {
namespace {

constexpr int kFreeMisses = 3;
constexpr int kMostInFlight = 8;  // else many tries at once would all pass before the first miss
constexpr std::int64_t kLongestWait = 60;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kMostLogins = 10'000;

}  // namespace

std::string throttle_key(const std::string& login) {
  return base::is_utf8(login) ? base::fold(login) : std::string();
}

std::optional<std::int64_t> Throttle::begin(const std::string& login, base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (tries_.size() >= kMostLogins) forget_old(now);
  Tries& tries = tries_[login];
  if (tries.misses >= kFreeMisses && now < tries.not_before) {
    return (tries.not_before.microseconds - now.microseconds + kSecond - 1) / kSecond;
  }
  const int most = tries.misses >= kFreeMisses ? 1 : kMostInFlight;
  if (tries.in_flight >= most) return 1;
  ++tries.in_flight;
  return std::nullopt;
}

void Throttle::hit(const std::string& login) {
  const std::lock_guard lock(mutex_);
  Tries& tries = tries_[login];
  tries.misses = 0;
  if (--tries.in_flight <= 0) tries_.erase(login);
}

void Throttle::miss(const std::string& login, base::Instant now) {
  const std::lock_guard lock(mutex_);
  Tries& tries = tries_[login];
  --tries.in_flight;
  ++tries.misses;
  std::int64_t wait = 0;
  if (tries.misses >= kFreeMisses) {
    wait = std::min(kLongestWait, std::int64_t{1} << std::min(tries.misses - kFreeMisses, 6));
  }
  tries.not_before = base::Instant{now.microseconds + wait * kSecond};
}

void Throttle::undecided(const std::string& login) {
  const std::lock_guard lock(mutex_);
  --tries_[login].in_flight;
}

void Throttle::forget_old(base::Instant now) {
  std::erase_if(tries_, [&](const auto& entry) {
    return entry.second.in_flight == 0 && entry.second.not_before < now;
  });
}

}  // namespace auth
