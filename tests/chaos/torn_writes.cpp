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
#include <iostream>
#include <thread>

#include "disk.h"
#include "judge.h"
#include "ledger.h"
#include "power.h"

namespace chaos {
namespace {

constexpr int kClients = 8;
constexpr int kSittings = 3;
constexpr int kActsPerSitting = 50;

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

void judge_round(const std::vector<Event>& events, std::int64_t images, Chance& chance, Judge judge,
                 Verdict& verdict) {
  std::vector<std::size_t> cuts;
  for (std::int64_t i = 0; i < images; ++i) cuts.push_back(draw(chance, events.size() + 1));
  std::ranges::sort(cuts);
  Power power(chance);
  Known known(kClients);
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
  verdict.print(std::cout);
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
