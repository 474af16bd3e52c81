#include "judge.h"

#include <fstream>

#include "disk.h"

namespace chaos {
namespace {

constexpr std::size_t kSharedBytes = 32768;

}  // namespace

void Verdict::blame(std::int64_t& count, std::int64_t by, const std::string& words) {
  count += by;
  if (first.empty()) first = words;
}

void Verdict::print(std::ostream& out) const {
  out << "acknowledged " << acknowledged << "\nimages " << images << "\ncut_again " << cut_again
      << "\nwent_on " << went_on << "\nlost " << lost << "\nunsent " << unsent << "\nhalved "
      << halved << "\nunsound " << unsound << "\nfirst " << first << "\n";
}

void Known::take(const Event& event) {
  const auto client = static_cast<std::size_t>(event.client);
  if (event.kind == Event::Kind::begun) begun[client] = event.offset;
  if (event.kind == Event::Kind::acknowledged) acknowledged[client] = event.offset;
}

void Judge::judge(const Image& image, const Known& known, bool may_cut_again) {
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

void Judge::lay_out(const Image& image) {
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

void Judge::look(const Known& known, bool goes_on) {
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

void Judge::go_on(std::unique_ptr<store::Db> db, std::vector<std::int64_t> counts) {
  ledger_.act(*db, 0, ++counts[0]);
  db.reset();
  db = store::open_sqlite(folder_);
  if (const auto words = ledger_.disagreement(*db, counts); !words.empty()) {
    return verdict_.blame(verdict_.halved, 1, "after going on: " + words);
  }
  ++verdict_.went_on;
}

/// The power goes a second time, while the store mends what the first left.
void Judge::cut_again(const Image& image, const Known& known) {
  const std::vector<Event> events = Disk::only().take();
  Power power(chance_, image);
  const std::size_t upto = draw(chance_, events.size() + 1);
  for (std::size_t i = 0; i < upto; ++i) power.take(events[i]);
  ++verdict_.cut_again;
  judge(power.cut(draw(chance_, 2) != 0 ? 512 : 4096), known, false);
}

}  // namespace chaos
