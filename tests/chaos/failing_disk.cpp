// failing_disk FOLDER SEED STRIDE honest|careless|silent: a workload on the store is run again and
// again; in each run the n-th open, read, write, sync, truncate, remove or growth of the shared
// index fails, with EIO or ENOSPC, once or from then on until the disk is healed, for every
// STRIDE-th n until a run meets no failure. No run may answer wrongly, lose what it acknowledged or
// need to be opened anew. After a failed sync the disk has lost what the sync was for. The verdict
// is printed, a word and a value a line.
//
// careless clients take a refusal for a yes and must be seen to be wrong; a silent disk does not
// say that a sync failed and must be seen to lose acts: otherwise the runs prove nothing.

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <mutex>
#include <thread>

#include "disk.h"
#include "judge.h"
#include "ledger.h"
#include "power.h"

namespace chaos {
namespace {

constexpr int kSittings = 2;
constexpr int kActs = 24;           // of all clients together, in one sitting
constexpr int kRefusalsToHeal = 3;  // a lasting fault is mended after so many
constexpr int kMostTries = 12;
constexpr int kImagesPerRun = 3;
constexpr int kImagesOfAFailedSync = 20;  // what a sync was for is lost: looked at from all sides
constexpr std::int64_t kMostCalls = 100'000;

struct Trial {
  Call call;
  int error;
  bool lasting;
  int clients;
  std::int64_t at;
  bool careless;

  std::string words() const {
    return std::string(name_of(call)) + " " + std::to_string(at) + " fails" +
           (lasting ? " and all after it" : "") + " with " + (error == EIO ? "EIO" : "ENOSPC") +
           ", " + std::to_string(clients) + " clients: ";
  }
};

struct Outcome {
  Verdict verdict;
  std::int64_t runs = 0;
  std::int64_t failures = 0;   ///< calls that failed
  std::int64_t refused = 0;    ///< acts, readings and openings the store refused because of them
  std::int64_t disk_full = 0;  ///< of them, those said to be for want of room
  std::int64_t wrong = 0;      ///< answers that were not what was acknowledged
  std::int64_t stubborn = 0;   ///< refusals while the disk was sound
};

/// One run of the workload.
class Run {
 public:
  Run(const Trial& trial, const std::filesystem::path& folder, Chance& chance, Outcome& outcome)
      : trial_(trial),
        folder_(folder),
        chance_(chance),
        outcome_(outcome),
        ledger_(chance(), trial.clients),
        acknowledged_(static_cast<std::size_t>(trial.clients), 0) {}

  /// False when nothing failed: the workload has fewer calls than that.
  bool happens() {
    std::filesystem::remove_all(folder_ / "live");
    Disk::only().record(true);
    Disk::only().fail(trial_.call, trial_.error, trial_.at, trial_.lasting);
    for (int sitting = 0; sitting < kSittings; ++sitting) sit(sitting);
    const std::int64_t failures = Disk::only().failures();
    Disk::only().heal();
    Disk::only().record(false);
    const auto events = Disk::only().take();
    if (failures == 0) return false;
    outcome_.failures += failures;
    ++outcome_.runs;
    for (const std::int64_t acts : acknowledged_) outcome_.verdict.acknowledged += acts;
    look_at_what_is_left();
    cut_the_power(events);
    return true;
  }

 private:
  void blame(std::int64_t& count, const std::string& words) {
    const std::scoped_lock lock(mutex_);
    outcome_.verdict.blame(count, 1, trial_.words() + words);
  }

  /// Tries until it is done. A refusal is in order only while the disk fails.
  void persist(const char* doing, const std::function<void()>& deed,
               const std::function<void()>& after_refusal = {}) {
    for (int tries = 0; tries < kMostTries; ++tries) {
      const std::int64_t before = Disk::only().failures();
      try {
        return deed();
      } catch (const store::Failure& failure) {
        if (Disk::only().failures() == before) {
          blame(outcome_.stubborn, std::string(doing) + ": " + failure.what());
        }
        count_refusal(dynamic_cast<const store::DiskFull*>(&failure) != nullptr);
      }
      if (after_refusal) after_refusal();
    }
    blame(outcome_.stubborn, std::string(doing) + " was never done");
  }

  void count_refusal(bool is_full) {
    const std::scoped_lock lock(mutex_);
    ++outcome_.refused;
    if (is_full) ++outcome_.disk_full;
    if (++refusals_ >= kRefusalsToHeal) Disk::only().heal();
  }

  void sit(int sitting) {
    std::unique_ptr<store::Db> db;
    persist("opening", [&] { db = store::open_sqlite(folder_ / "live", {.readers = 2}); });
    if (!db) return;
    if (sitting == 0) persist("the tables", [&] { Ledger::make(*db); });
    persist("setting up", [&] {
      db->write([](store::Tx& tx) { tx.script({"often", "pragma wal_autocheckpoint=8"}); });
    });
    {
      std::vector<std::jthread> clients;
      for (int client = 0; client < trial_.clients; ++client) {
        clients.emplace_back([&, client] { work(*db, client); });
      }
    }
    persist("reading all", [&] {
      if (const auto words = ledger_.disagreement(*db, acknowledged_); !words.empty()) {
        blame(outcome_.wrong, "at the end of a sitting " + words);
      }
    });
  }

  void work(store::Db& db, int client) {
    std::int64_t& done = acknowledged_[static_cast<std::size_t>(client)];
    for (int i = 0; i < kActs / trial_.clients; ++i) {
      const std::int64_t number = done + 1;
      Disk::only().note({Event::Kind::begun, {}, number, {}, client, 0});
      bool is_done = false;
      persist(
          "an act",
          [&] {
            if (trial_.careless) return act_carelessly(db, client, number);
            ledger_.act(db, client, number);
            is_done = true;
          },
          [&] { nothing_of_it_is_there(db, client, done); });
      if (!is_done && !trial_.careless) return;
      done = number;
      Disk::only().note({Event::Kind::acknowledged, {}, number, {}, client, 0});
    }
  }

  void act_carelessly(store::Db& db, int client, std::int64_t number) {
    try {
      ledger_.act(db, client, number);
    } catch (const store::Failure& failure) {
      count_refusal(false);
    }
  }

  void nothing_of_it_is_there(store::Db& db, int client, std::int64_t done) {
    persist("reading", [&] {
      const auto held = ledger_.counted(db)[static_cast<std::size_t>(client)];
      if (held != done) {
        blame(outcome_.wrong, "after a refusal " + std::to_string(held) + " acts are there, not " +
                                  std::to_string(done));
      }
    });
  }

  void look_at_what_is_left() {
    try {
      const auto db = store::open_sqlite(folder_ / "live");
      if (const auto faults = db->faults(); !faults.empty()) {
        blame(outcome_.verdict.unsound, faults.front());
      }
      if (const auto words = ledger_.disagreement(*db, acknowledged_); !words.empty()) {
        blame(outcome_.wrong, "opened anew " + words);
      }
    } catch (const std::exception& failure) {
      blame(outcome_.verdict.unsound, failure.what());
    }
  }

  void cut_the_power(const std::vector<Event>& events) {
    std::vector<std::size_t> cuts;
    const int images = trial_.call == Call::sync ? kImagesOfAFailedSync : kImagesPerRun;
    for (int i = 0; i < images; ++i) cuts.push_back(draw(chance_, events.size() + 1));
    std::ranges::sort(cuts);
    Judge judge(ledger_, folder_ / "image", chance_, outcome_.verdict);
    Power power(chance_);
    Known known(trial_.clients);
    std::size_t happened = 0;
    for (const std::size_t cut : cuts) {
      for (; happened < cut; ++happened) {
        power.take(events[happened]);
        known.take(events[happened]);
      }
      const bool had_words = !outcome_.verdict.first.empty();
      judge.judge(power.cut(draw(chance_, 2) != 0 ? 512 : 4096), known, false);
      if (!had_words && !outcome_.verdict.first.empty()) {
        outcome_.verdict.first = trial_.words() + "after a power cut " + outcome_.verdict.first;
      }
    }
  }

  const Trial& trial_;
  std::filesystem::path folder_;
  Chance& chance_;
  Outcome& outcome_;
  Ledger ledger_;
  std::vector<std::int64_t> acknowledged_;
  std::mutex mutex_;
  int refusals_ = 0;
};

/// Calls that are few are failed more often.
std::int64_t stride_of(Call call, std::int64_t stride) {
  switch (call) {
    case Call::read:
    case Call::write:
    case Call::sync:
      return stride;
    case Call::open:
    case Call::truncate:
      return std::max<std::int64_t>(1, stride / 5);
    case Call::remove:
    case Call::share:
      break;
  }
  return 1;
}

/// Every STRIDE-th call of a kind fails in turn; gives how many runs that took.
std::int64_t every_nth(Trial trial, std::int64_t stride, const std::filesystem::path& folder,
                       Chance& chance, Outcome& outcome) {
  std::int64_t runs = 0;
  const auto start = static_cast<std::int64_t>(draw(chance, static_cast<std::size_t>(stride)));
  for (trial.at = 1 + start; trial.at < kMostCalls; trial.at += stride, ++runs) {
    if (!Run(trial, folder, chance, outcome).happens()) break;
  }
  return runs;
}

int run(const std::filesystem::path& folder, std::uint64_t seed, std::int64_t stride,
        std::string_view mode) {
  Outcome outcome;
  Chance chance(seed);
  Disk::only().hide_failed_syncs(mode == "silent");
  for (const Call call : kCalls) {
    const std::int64_t step = stride_of(call, stride);
    std::int64_t runs = 0;
    for (const int error : {EIO, ENOSPC}) {
      for (const bool lasting : {false, true}) {
        for (const int clients : {1, 4}) {
          const Trial trial{call, error, lasting, clients, 0, mode == "careless"};
          runs += every_nth(trial, step, folder, chance, outcome);
        }
      }
    }
    std::cout << name_of(call) << " " << runs << "\n";
  }
  std::cout << "runs " << outcome.runs << "\nfailures " << outcome.failures << "\nrefused "
            << outcome.refused << "\ndisk_full " << outcome.disk_full << "\nwrong " << outcome.wrong
            << "\nstubborn " << outcome.stubborn << "\n";
  outcome.verdict.print(std::cout);
  return 0;
}

}  // namespace
}  // namespace chaos

int main(int count, char** given) {
  if (count != 5) return 2;
  try {
    return chaos::run(given[1], std::strtoull(given[2], nullptr, 10), std::atoll(given[3]),
                      given[4]);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return 1;
  }
}
