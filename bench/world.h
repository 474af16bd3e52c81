#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "direct/indicator.h"
#include "org/unit.h"
#include "store/db.h"

namespace bench {

/// A data folder of its own, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path database() const { return path_ / "thongsuot.db"; }

 private:
  std::filesystem::path path_;
};

std::unique_ptr<store::Db> open(const Folder& folder);

/// A country of `provinces`, each with districts and communes until there are `communes` in all;
/// returns the top unit and the communes.
struct Country {
  org::UnitId top;
  std::vector<org::UnitId> communes;
};
Country make_country(store::Db& db, int provinces, int districts, int communes);
std::vector<direct::IndicatorId> make_indicators(store::Db& db, int count);

inline double milliseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

template <class Work>
double time_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return milliseconds(std::chrono::steady_clock::now() - start);
}

inline double percentile(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

/// Ends the program when an answer is wrong: a fast wrong answer is worth nothing.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "WRONG ANSWER: %s\n", what);
  std::exit(1);
}

}  // namespace bench
