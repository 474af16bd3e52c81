#pragma once

#include <random>
#include <set>
#include <string>

#include "org/reorganisation.h"

namespace org::testing {

/// Draws changes that fit the tree of a day, and some that do not.
class Draw {
 public:
  Draw(std::uint32_t seed, const Snapshot& snapshot) : random_(seed), now_(snapshot) {}

  Plan plan(base::Date on, int changes) {
    Plan made;
    made.title = "Ngẫu nhiên";
    made.document = "1/NQ";
    made.on = on;
    for (int i = 0; i < changes; ++i) add(made);
    return made;
  }

 private:
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }

  const Standing* commune() {
    for (int tries = 0; tries < 50; ++tries) {
      const Standing& unit = now_.units[below(now_.units.size())];
      if (unit.level == 3 && used_.insert(unit.code).second) return &unit;
    }
    return nullptr;
  }
  const Standing* district() {
    std::vector<const Standing*> districts;
    for (const Standing& unit : now_.units) {
      if (unit.level == 2) districts.push_back(&unit);
    }
    return districts[below(districts.size())];
  }
  std::string parent_of(const Standing& unit) const {
    return now_.with_id(unit.in(kGovernment)->parent)->code;
  }
  std::string fresh_code() { return "N" + std::to_string(random_() % 1'000'000'000); }

  void add(Plan& made) {
    Change change;
    const Standing* unit = commune();
    if (!unit) return;
    change.from = {unit->code};
    switch (below(11)) {
      case 0:
        change.kind = ChangeKind::rename;
        change.name_after = "Xã tên " + std::to_string(random_() % 1000);
        break;
      case 1:
        change.kind = ChangeKind::recode;
        change.to = {fresh_code()};
        break;
      case 2: {
        change.kind = ChangeKind::reparent;
        change.parent_after = district()->code;
        break;
      }
      case 3: {
        change.kind = ChangeKind::merge;
        if (const Standing* other = commune()) change.from.push_back(other->code);
        // As in 2025: the new unit bears the code of an old one.
        change.to = {change.from.back()};
        made.units.push_back({change.to[0], "Xã mới", "Xã", parent_of(*unit), 3});
        break;
      }
      case 4: {
        change.kind = ChangeKind::split;
        change.basis = Basis::population;
        const std::string code = fresh_code();
        made.units.push_back({code, "Xã tách", "Xã", parent_of(*unit), 3});
        change.to = {unit->code, code};
        const auto part = static_cast<std::int64_t>(below(1000));
        change.shares = {{unit->code, part, 1000}, {code, 1000 - part, 1000}};
        break;
      }
      case 5:
        change.kind = ChangeKind::merge;
        if (const Standing* other = commune()) change.to = {other->code};
        break;
      case 6: {
        // Divided among a new unit and one that stands, and no more itself.
        change.kind = ChangeKind::split;
        const std::string code = fresh_code();
        made.units.push_back({code, "Xã nhận phần", "Xã", parent_of(*unit), 3});
        change.to = {code};
        if (const Standing* other = commune()) change.to.push_back(other->code);
        change.basis = Basis::area;
        for (const std::string& to : change.to) {
          change.shares.push_back({to, 1, static_cast<std::int64_t>(change.to.size())});
        }
        break;
      }
      case 7:
        change.kind = ChangeKind::end;
        if (const Standing* other = commune()) change.to = {other->code};
        if (change.to.empty()) return;  // its figures would go up to its superior
        break;
      default: {
        change.kind = ChangeKind::create;
        change.from = {};
        change.to = {fresh_code()};
        made.units.push_back({change.to[0], "Xã lập", "Xã", district()->code, 3});
      }
    }
    made.changes.push_back(change);
  }

  std::mt19937 random_;
  const Snapshot& now_;
  std::set<std::string> used_;
};

}  // namespace org::testing
