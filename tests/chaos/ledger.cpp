#include "ledger.h"

#include <map>

namespace chaos {
namespace {

constexpr std::int64_t kSlots = 40;
constexpr std::uint64_t kLongest = 2500;

constexpr store::Sql kTables{
    "ledger.tables",
    "create table slot (client integer not null, slot integer not null, act integer not null, "
    "filling text not null, primary key (client, slot)) strict;"
    "create table line (client integer not null, act integer not null, slot integer not null, "
    "primary key (client, act)) strict, without rowid;"
    "create table tally (client integer primary key, acts integer not null) strict"};
constexpr store::Sql kThere{"ledger.there",
                            "select count(*) from sqlite_schema where name = 'tally'"};
constexpr store::Sql kReplace{
    "ledger.replace",
    "insert into slot values (:client, :slot, :act, :filling) on conflict (client, slot) do "
    "update set act = excluded.act, filling = excluded.filling"};
constexpr store::Sql kRemove{"ledger.remove",
                             "delete from slot where client = :client and slot = :slot"};
constexpr store::Sql kLine{"ledger.line", "insert into line values (:client, :act, :slot)"};
constexpr store::Sql kCount{"ledger.count",
                            "insert into tally values (:client, 1) on conflict (client) do update "
                            "set acts = acts + 1"};
constexpr store::Sql kCounted{
    "ledger.counted",
    "select cast(coalesce(max(acts), 0) as bigint) from tally where client = :client"};
constexpr store::Sql kSlotsOf{
    "ledger.slots", "select slot, act, filling from slot where client = :client order by slot"};
constexpr store::Sql kLinesOf{"ledger.lines",
                              "select act, slot from line where client = :client order by act"};

std::uint64_t mixed(std::uint64_t value) {  // splitmix64
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

}  // namespace

Ledger::Effect Ledger::effect(int client, std::int64_t number) const {
  std::uint64_t state = mixed(seed_ ^ mixed(static_cast<std::uint64_t>(client) << 32U ^
                                            static_cast<std::uint64_t>(number)));
  Effect made{static_cast<std::int64_t>(state % kSlots), {}};
  state = mixed(state);
  if (state % 9 == 0) return made;
  made.filling.resize(1 + mixed(state) % kLongest);
  for (char& letter : made.filling) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    letter = static_cast<char>('a' + (state >> 33U) % 26);
  }
  return made;
}

void Ledger::make(store::Db& db) {
  db.write([](store::Tx& tx) { tx.script(kTables); });
}

void Ledger::act(store::Db& db, int client, std::int64_t number) const {
  const Effect made = effect(client, number);
  db.write([&](store::Tx& tx) {
    tx.run(kCount, {{"client", client}});
    if (made.filling.empty()) {
      tx.run(kRemove, {{"client", client}, {"slot", made.slot}});
    } else {
      tx.run(kReplace,
             {{"client", client}, {"slot", made.slot}, {"act", number}, {"filling", made.filling}});
    }
    tx.run(kLine, {{"client", client}, {"act", number}, {"slot", made.slot}});
  });
}

std::vector<std::int64_t> Ledger::counted(store::Db& db) const {
  return db.read([&](store::Tx& tx) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(clients_), 0);
    if (tx.integer(kThere) == 0) return counts;
    for (int client = 0; client < clients_; ++client) {
      counts[static_cast<std::size_t>(client)] = tx.integer(kCounted, {{"client", client}});
    }
    return counts;
  });
}

std::string Ledger::disagreement(store::Tx& tx, int client, std::int64_t count) const {
  std::map<std::int64_t, std::int64_t> slots;
  std::vector<std::int64_t> lines;
  for (std::int64_t number = 1; number <= count; ++number) {
    const Effect made = effect(client, number);
    lines.push_back(made.slot);
    if (made.filling.empty()) {
      slots.erase(made.slot);
    } else {
      slots[made.slot] = number;
    }
  }
  const std::string who = "client " + std::to_string(client) + ": ";
  std::int64_t next = 0;
  std::string fault;
  tx.each(kLinesOf, {{"client", client}}, [&](const store::Row& row) {
    ++next;
    if (row.integer(0) != next || next > count ||
        row.integer(1) != lines[static_cast<std::size_t>(next) - 1]) {
      fault = who + "line " + std::to_string(row.integer(0)) + " is not the one of act " +
              std::to_string(next);
    }
  });
  if (next != count) fault = who + std::to_string(next) + " lines, not " + std::to_string(count);
  tx.each(kSlotsOf, {{"client", client}}, [&](const store::Row& row) {
    const auto found = slots.find(row.integer(0));
    if (found == slots.end() || found->second != row.integer(1) ||
        effect(client, found->second).filling != row.text(2)) {
      fault = who + "row " + std::to_string(row.integer(0)) + " is of another act";
    }
    slots.erase(row.integer(0));
  });
  return !slots.empty() ? who + "row " + std::to_string(slots.begin()->first) + " is missing"
                        : fault;
}

std::string Ledger::disagreement(store::Db& db, const std::vector<std::int64_t>& counts) const {
  return db.read([&](store::Tx& tx) -> std::string {
    for (int client = 0; client < clients_; ++client) {
      const std::int64_t count = counts[static_cast<std::size_t>(client)];
      if (tx.integer(kThere) == 0) {
        if (count > 0) return "there are no tables";
        continue;
      }
      if (tx.integer(kCounted, {{"client", client}}) != count) {
        return "client " + std::to_string(client) + ": not " + std::to_string(count) + " acts";
      }
      if (std::string fault = disagreement(tx, client, count); !fault.empty()) return fault;
    }
    return {};
  });
}

}  // namespace chaos
