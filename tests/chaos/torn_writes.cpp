// torn_writes FOLDER SEED ROUNDS IMAGES full|normal|lies: clients write through the store, every
// write and sync below it is written down, and IMAGES times a round the power "goes": what may then
// be on the disk is laid out and opened by the store. The verdict is printed, a word and a value a
// line.
//
// full is what the server uses. normal must be seen to lose acts, and lies (a disk that answers
// syncs and does nothing) too: otherwise the images prove nothing.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "disk.h"
#include "ledger.h"
#include "power.h"

namespace chaos {
namespace {

constexpr int kClients = 8;
constexpr int kSittings = 3;
constexpr int kActsPerSitting = 50;
constexpr std::size_t kSharedBytes = 32768;

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

  void blame(std::int64_t& count, std::int64_t by, const std::string& words) {
    count += by;
    if (first.empty()) first = words;
  }
};

/// What the clients know at one moment.
struct Known {
  std::vector<std::int64_t> begun = std::vector<std::int64_t>(kClients, 0);
  std::vector<std::int64_t> acknowledged = std::vector<std::int64_t>(kClients, 0);

  void take(const Event& event) {
    const auto client = static_cast<std::size_t>(event.client);
    if (event.kind == Event::Kind::begun) begun[client] = event.offset;
    if (event.kind == Event::Kind::acknowledged) acknowledged[client] = event.offset;
  }
};

void work(store::Db& db, const Ledger& ledger, int client, int sitting) {
  for (int i = 1; i <= kActsPerSitting; ++i) {
    const std::int64_t number = sitting * kActsPerSitting + i;
    Disk::only().note({Event::Kind::begun, {}, number, {}, client, 0});
    ledger.act(db, client, number);
    Disk::only().note({Event::Kind::acknowledged, {}, number, {}, client, 0});
    if (i % 10 == 0) ledger.counted(db);  // readers hold the log back as they do in service
  }
}

/// Everything the disk was asked while the clients worked, in several sittings.
std::vector<Event> recorded(const std::filesystem::path& folder, const Ledger& ledger, bool full,
                            int pages_between_checkpoints) {
  const std::string often =
      "pragma wal_autocheckpoint=" + std::to_string(pages_between_checkpoints);
  Disk::only().record(true);
  for (int sitting = 0; sitting < kSittings; ++sitting) {
    const auto db = store::open_sqlite(folder, {.synchronous_full = full});
    if (sitting == 0) Ledger::make(*db);
    db->write([&](store::Tx& tx) { tx.script({"often", often}); });
    std::vector<std::jthread> clients;
    for (int client = 0; client < kClients; ++client) {
      clients.emplace_back([&, client] { work(*db, ledger, client, sitting); });
    }
  }
  Disk::only().record(false);
  return Disk::only().take();
}

/// The images of one round.
class Judge {
 public:
  Judge(const Ledger& ledger, std::filesystem::path folder, Chance& chance, Verdict& verdict)
      : ledger_(ledger), folder_(std::move(folder)), chance_(chance), verdict_(verdict) {}

  void judge(const Image& image, const Known& known, bool may_cut_again) {
    lay_out(image);
    const std::int64_t number = ++verdict_.images;
    const bool cuts_again = may_cut_again && number % 10 == 0;
    Disk::only().record(cuts_again);
    try {
      look(known, number % 10 == 5);
    } catch (const std::exception& failure) {
      verdict_.blame(verdict_.unsound, 1, failure.what());
    }
    Disk::only().record(false);
    if (cuts_again) cut_again(image, known);
  }

 private:
  void lay_out(const Image& image) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const auto& [name, bytes] : image) {
      std::ofstream(folder_ / name, std::ios::binary)
          .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    if (draw(chance_, 2) == 0) return;
    std::string rubbish(kSharedBytes, '\0');  // the shared index is never synced
    for (char& byte : rubbish) byte = static_cast<char>(chance_());
    std::ofstream(folder_ / "thongsuot.db-shm", std::ios::binary) << rubbish;
  }

  void look(const Known& known, bool goes_on) {
    auto db = store::open_sqlite(folder_);
    if (const auto faults = db->faults(); !faults.empty()) {
      return verdict_.blame(verdict_.unsound, 1, faults.front());
    }
    auto counts = ledger_.counted(*db);
    for (std::size_t client = 0; client < counts.size(); ++client) {
      const auto missing = known.acknowledged[client] - counts[client];
      if (missing > 0) verdict_.blame(verdict_.lost, missing, "an acknowledged act is missing");
      const auto more = counts[client] - known.begun[client];
      if (more > 0) verdict_.blame(verdict_.unsent, more, "an act is there that nobody sent");
    }
    if (const auto words = ledger_.disagreement(*db, counts); !words.empty()) {
      return verdict_.blame(verdict_.halved, 1, words);
    }
    if (goes_on && counts[0] > 0) go_on(std::move(db), std::move(counts));
  }

  void go_on(std::unique_ptr<store::Db> db, std::vector<std::int64_t> counts) {
    ledger_.act(*db, 0, ++counts[0]);
    db.reset();
    db = store::open_sqlite(folder_);
    if (const auto words = ledger_.disagreement(*db, counts); !words.empty()) {
      return verdict_.blame(verdict_.halved, 1, "after going on: " + words);
    }
    ++verdict_.went_on;
  }

  /// The power goes a second time, while the store mends what the first left.
  void cut_again(const Image& image, const Known& known) {
    const std::vector<Event> events = Disk::only().take();
    Power power(chance_, image);
    const std::size_t upto = draw(chance_, events.size() + 1);
    for (std::size_t i = 0; i < upto; ++i) power.take(events[i]);
    ++verdict_.cut_again;
    judge(power.cut(draw(chance_, 2) != 0 ? 512 : 4096), known, false);
  }

  const Ledger& ledger_;
  std::filesystem::path folder_;
  Chance& chance_;
  Verdict& verdict_;
};

void judge_round(const std::vector<Event>& events, std::int64_t images, Chance& chance, Judge judge,
                 Verdict& verdict) {
  std::vector<std::size_t> cuts;
  for (std::int64_t i = 0; i < images; ++i) cuts.push_back(draw(chance, events.size() + 1));
  std::ranges::sort(cuts);
  Power power(chance);
  Known known;
  auto cut = cuts.begin();
  for (std::size_t happened = 0; happened <= events.size(); ++happened) {
    for (; cut != cuts.end() && *cut == happened; ++cut) {
      judge.judge(power.cut(draw(chance, 2) != 0 ? 512 : 4096), known, true);
    }
    if (happened == events.size()) break;
    power.take(events[happened]);
    known.take(events[happened]);
  }
  for (const std::int64_t acts : known.acknowledged) verdict.acknowledged += acts;
}

int run(const std::filesystem::path& folder, std::uint64_t seed, int rounds, std::int64_t images,
        std::string_view mode) {
  constexpr int kPagesBetweenCheckpoints[] = {20, 60, 1000};
  Verdict verdict;
  Chance chance(seed);
  for (int round = 0; round < rounds; ++round) {
    const Ledger ledger(chance(), kClients);
    const auto live = folder / "live";
    std::filesystem::remove_all(live);
    Disk::only().lie(mode == "lies");
    const auto events =
        recorded(live, ledger, mode != "normal", kPagesBetweenCheckpoints[round % 3]);
    Disk::only().lie(false);
    judge_round(events, images, chance, Judge(ledger, folder / "image", chance, verdict), verdict);
  }
  std::cout << "acknowledged " << verdict.acknowledged << "\nimages " << verdict.images
            << "\ncut_again " << verdict.cut_again << "\nwent_on " << verdict.went_on << "\nlost "
            << verdict.lost << "\nunsent " << verdict.unsent << "\nhalved " << verdict.halved
            << "\nunsound " << verdict.unsound << "\nfirst " << verdict.first << "\n";
  return 0;
}

}  // namespace
}  // namespace chaos

int main(int count, char** given) {
  if (count != 6) return 2;
  try {
    return chaos::run(given[1], std::strtoull(given[2], nullptr, 10), std::atoi(given[3]),
                      std::atoll(given[4]), given[5]);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return 1;
  }
}
