#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "ledger.h"
#include "power.h"

namespace chaos {

/// What was seen, counted.
struct Verdict {
  std::int64_t acknowledged = 0;
  std::int64_t images = 0;
  std::int64_t cut_again = 0;  ///< of the images, while the store was mending another
  std::int64_t went_on = 0;    ///< where another act was written and kept
  std::int64_t lost = 0;       ///< acknowledged acts that are not there
  std::int64_t unsent = 0;     ///< acts that are there and nobody sent
  std::int64_t halved = 0;     ///< images with a part of an act
  std::int64_t unsound = 0;    ///< images the store cannot open, or finds faults in
  std::string first;           ///< what was wrong first, in words

  void blame(std::int64_t& count, std::int64_t by, const std::string& words);
  /// A word and a value a line.
  void print(std::ostream& out) const;
};

/// What the clients know at one moment.
struct Known {
  explicit Known(int clients)
      : begun(static_cast<std::size_t>(clients), 0), acknowledged(begun.size(), 0) {}
  void take(const Event& event);

  std::vector<std::int64_t> begun;
  std::vector<std::int64_t> acknowledged;
};

/// Lays images out in a folder, opens them by the store and holds them against what is known.
class Judge {
 public:
  Judge(const Ledger& ledger, std::filesystem::path folder, Chance& chance, Verdict& verdict)
      : ledger_(ledger), folder_(std::move(folder)), chance_(chance), verdict_(verdict) {}

  /// Of ten images one is written on, and with `may_cut_again` one is cut a second time.
  void judge(const Image& image, const Known& known, bool may_cut_again);

 private:
  void lay_out(const Image& image);
  void look(const Known& known, bool goes_on);
  void go_on(std::unique_ptr<store::Db> db, std::vector<std::int64_t> counts);
  void cut_again(const Image& image, const Known& known);

  const Ledger& ledger_;
  std::filesystem::path folder_;
  Chance& chance_;
  Verdict& verdict_;
};

}  // namespace chaos
