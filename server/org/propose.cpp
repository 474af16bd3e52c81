#include "org/propose.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/decimal.h"
#include "base/text.h"

namespace org {
namespace {

using base::ProblemKind;

enum class Tier { province, district, commune, other };

Tier tier_of(const std::string& kind, std::optional<std::int64_t> level) {
  const std::string key = base::fold(kind);
  if (key == "tinh" || key.starts_with("thanh pho tr") || (level == 1 && key == "thanh pho")) {
    return Tier::province;
  }
  if (key == "quan" || key == "huyen" || key == "thi xa" || key == "thanh pho") {
    return Tier::district;
  }
  if (key == "xa" || key == "phuong" || key == "thi tran" || key == "dac khu") return Tier::commune;
  return Tier::other;
}

/// Official codes have 2, 3 and 5 digits; spreadsheets eat the zeros before.
std::string full_code(const std::string& code, Tier tier) {
  if (tier == Tier::other || code.empty() ||
      !std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return code;
  }
  const std::size_t width = tier == Tier::province ? 2 : tier == Tier::district ? 3 : 5;
  return code.size() >= width ? code : std::string(width - code.size(), '0') + code;
}

/// The name without its kind, in one spelling: "Xã Hoà Bình" and "xã hòa  bình" are the same.
std::string bare_key(const std::string& name) {
  static const std::array<std::string, 9> kKinds{
      base::same_name_key("Thành phố"), base::same_name_key("Thị xã"),
      base::same_name_key("Thị trấn"),  base::same_name_key("Tỉnh"),
      base::same_name_key("Quận"),      base::same_name_key("Huyện"),
      base::same_name_key("Phường"),    base::same_name_key("Xã"),
      base::same_name_key("Đặc khu")};
  std::string key = base::same_name_key(base::tidy(name));
  for (const std::string& kind : kKinds) {
    if (key.starts_with(kind + " ")) return key.substr(kind.size() + 1);
  }
  return key;
}

bool same_kind(const std::string& a, const std::string& b, std::optional<std::int64_t> level) {
  if (base::same_name_key(a) == base::same_name_key(b) || a.empty() || b.empty()) return true;
  // One source says of what the city is the capital, the other does not.
  return level == 1 && tier_of(a, 1) == Tier::province && tier_of(b, 1) == Tier::province &&
         base::fold(a).starts_with("thanh pho") && base::fold(b).starts_with("thanh pho");
}

class Proposer {
 public:
  Proposer(const Snapshot& tree, const Eve& eve, const Sources& sources, const std::string& line)
      : tree_(tree), eve_(eve), catalogue_(sources.catalogue), sources_(sources), line_(line) {}

  Proposal propose() {
    made_.plan.on = tree_.day;
    made_.plan.line = line_;
    know_both();
    if (!sources_.mappings.empty()) read_mappings();
    drop_stale();
    decide();
    for (std::size_t s = 0; s < tree_.units.size(); ++s) check_shares(s);
    for (std::size_t c = 0; c < catalogue_.units.size(); ++c) settle(c);
    for (std::size_t s = 0; s < tree_.units.size(); ++s) {
      if (targets_[s].size() > 1) divide(s);
    }
    end_the_rest();
    made_.doubts.insert(made_.doubts.end(), catalogue_.doubts.begin(), catalogue_.doubts.end());
    return std::move(made_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const Standing::Place* place(std::size_t s) const { return tree_.units[s].in(line_); }
  Tier tier(std::size_t s) const {
    const Standing& unit = tree_.units[s];
    const Standing::Place* at = place(s);
    return tier_of(unit.kind, unit.level          ? unit.level
                              : at && !at->parent ? std::optional<std::int64_t>(1)
                                                  : std::nullopt);
  }
  std::string code_of(std::size_t c) const {
    const CatalogueUnit& unit = catalogue_.units[c];
    const std::string full = full_code(unit.code, tier_of(unit.kind, unit.level));
    const std::size_t s = continues_[c];
    if (s != kNone && full_code(tree_.units[s].code, tier(s)) == full) return tree_.units[s].code;
    return full;
  }

  void know_both() {
    const std::size_t n = tree_.units.size(), m = catalogue_.units.size();
    targets_.resize(n);
    by_mapping_.resize(n);
    doubts_.resize(n);
    followed_.assign(n, kNone);
    sources_of_.resize(m);
    continues_.assign(m, kNone);
    parent_of_.assign(m, kNone);
    for (std::size_t s = 0; s < n; ++s) {
      if (!place(s)) continue;
      standing_.emplace(full_code(tree_.units[s].code, tier(s)), s);
    }
    for (const Standing& unit : eve_.tree.units) {
      const Standing::Place* at = unit.in(line_);
      if (!at) continue;
      const auto level = unit.level || at->parent ? unit.level : std::optional<std::int64_t>(1);
      before_.emplace(full_code(unit.code, tier_of(unit.kind, level)), unit.id);
    }
    for (std::size_t c = 0; c < m; ++c) {
      const CatalogueUnit& unit = catalogue_.units[c];
      listed_.emplace(full_code(unit.code, tier_of(unit.kind, unit.level)), c);
    }
    for (std::size_t c = 0; c < m; ++c) {
      const std::string& code = catalogue_.units[c].parent_code;
      if (code.empty()) continue;
      for (const Tier tier : {Tier::province, Tier::district, Tier::commune}) {
        const auto parent = listed_.find(full_code(code, tier));
        if (parent != listed_.end() && parent->second != c) {
          parent_of_[c] = parent->second;
          break;
        }
      }
    }
  }

  static Tier tier_from(int level) {
    return level == 1 ? Tier::province : level == 2 ? Tier::district : Tier::commune;
  }

  std::size_t province_of(std::size_t c) const {
    while (parent_of_[c] != kNone) c = parent_of_[c];
    return c;
  }

  /// The catalogue's unit a link goes to; by its name in the same province when the code is
  /// unknown.
  std::size_t target_of(const MappingLink& link, base::Problems& doubts) const {
    const Tier tier = link.from_level == 1 ? Tier::province : Tier::commune;
    const auto at = listed_.find(full_code(link.to_code, tier));
    if (at != listed_.end()) return at->second;
    std::size_t found = kNone;
    for (std::size_t c = 0; c < catalogue_.units.size(); ++c) {
      const CatalogueUnit& unit = catalogue_.units[c];
      if (base::same_name_key(unit.name) != base::same_name_key(link.to_name)) continue;
      if (!link.to_parent_code.empty() && parent_of_[c] != kNone &&
          full_code(catalogue_.units[province_of(c)].code, Tier::province) !=
              full_code(link.to_parent_code, Tier::province)) {
        continue;
      }
      if (found != kNone) return kNone;  // two of that name: nobody can tell
      found = c;
    }
    if (found != kNone) {
      doubts.push_back({ProblemKind::invalid,
                        "catalogue.doubt_code",
                        link.place,
                        {link.to_code, link.to_name, catalogue_.units[found].code}});
    }
    return found;
  }

  void read_mappings() {
    for (std::size_t file = 0; file < sources_.mappings.size(); ++file) {
      std::vector<std::set<std::size_t>> said(tree_.units.size());
      std::map<std::string, std::pair<std::size_t, base::Problems>> known;  // by target code + name
      for (const MappingLink& link : sources_.mappings[file].links) {
        const auto from = before_.find(full_code(link.from_code, tier_from(link.from_level)));
        if (from == before_.end()) {
          if (file == 0) refuse("catalogue.mapping_from", link, link.from_code, link.from_name);
          continue;
        }
        const auto still = tree_.by_id.find(from->second);
        if (still == tree_.by_id.end() || eve_.gone_over.contains(from->second)) continue;
        const std::size_t s = still->second;
        const auto [at, is_new] =
            known.try_emplace(std::to_string(link.from_level) + " " + link.to_code + " " +
                              link.to_name + " " + link.to_parent_code);
        if (is_new) at->second.first = target_of(link, at->second.second);
        const std::size_t c = at->second.first;
        if (c == kNone) {
          if (file > 0) continue;
          refuse("catalogue.mapping_to", link, link.to_code, link.to_name);
          by_mapping_[s] = true;  // where it went is not known: it is not said to have ended
          continue;
        }
        said[s].insert(c);
        if (file > 0) continue;
        by_mapping_[s] = true;
        for (const base::Problem& doubt : at->second.second) doubts_[s].push_back(doubt);
        if (!link.from_name.empty() &&
            bare_folded(link.from_name) != bare_folded(tree_.units[s].name)) {
          doubts_[s].push_back({ProblemKind::invalid,
                                "catalogue.doubt_name",
                                link.place,
                                {tree_.units[s].code, tree_.units[s].name, link.from_name}});
        }
        targets_[s].push_back({c, link.numerator, link.denominator, link.place});
        sources_of_[c].push_back(s);
      }
      if (file > 0) compare_mapping(said);
      made_.doubts.insert(made_.doubts.end(), sources_.mappings[file].doubts.begin(),
                          sources_.mappings[file].doubts.end());
    }
  }

  static std::string bare_folded(const std::string& name) { return base::fold(bare_key(name)); }

  void refuse(const char* code, const MappingLink& link, const std::string& unit,
              const std::string& name) {
    made_.refused.push_back(
        {ProblemKind::invalid, code, link.place, {unit, name, tree_.day.text()}});
  }

  /// Where a further source says otherwise, it is shown with the change.
  void compare_mapping(const std::vector<std::set<std::size_t>>& said) {
    for (std::size_t s = 0; s < said.size(); ++s) {
      if (said[s].empty() || !by_mapping_[s]) continue;
      std::set<std::size_t> mine;
      for (const Target& target : targets_[s]) mine.insert(target.unit);
      if (mine == said[s]) continue;
      doubts_[s].push_back(
          {ProblemKind::invalid,
           "catalogue.doubt_sources",
           "",
           {tree_.units[s].code, tree_.units[s].name, names_of(mine), names_of(said[s])}});
    }
  }

  std::string names_of(const std::set<std::size_t>& units) const {
    std::string made;
    for (const std::size_t c : units) {
      made += (made.empty() ? "" : ", ") + catalogue_.units[c].name;
    }
    return made;
  }

  /// The catalogue's unit that is the standing one to the letter: code and name.
  std::size_t twin_of(std::size_t s) const {
    const auto listed = listed_.find(full_code(tree_.units[s].code, tier(s)));
    if (listed == listed_.end()) return kNone;
    const bool same =
        bare_key(tree_.units[s].name) == bare_key(catalogue_.units[listed->second].name);
    return same ? listed->second : kNone;
  }

  /// A mapping that sends every one of a unit's figures elsewhere, while the catalogue lists the
  /// unit as it stands, speaks of another day: what it says is passed over, and told.
  void drop_stale() {
    for (std::size_t s = 0; s < tree_.units.size(); ++s) {
      if (targets_[s].empty()) continue;
      const std::size_t twin = twin_of(s);
      if (twin == kNone || std::any_of(targets_[s].begin(), targets_[s].end(),
                                       [&](const Target& one) { return one.unit == twin; })) {
        continue;
      }
      for (const Target& target : targets_[s]) std::erase(sources_of_[target.unit], s);
      made_.doubts.push_back({ProblemKind::invalid,
                              "catalogue.doubt_stale",
                              "",
                              {tree_.units[s].code, tree_.units[s].name,
                               catalogue_.units[targets_[s].front().unit].name}});
      targets_[s].clear();
      by_mapping_[s] = false;
    }
  }

  /// Which standing unit each of the catalogue goes on as.
  void decide() {
    for (std::size_t s = 0; s < tree_.units.size(); ++s) {
      if (!place(s) || by_mapping_[s]) continue;
      if (const std::size_t twin = twin_of(s); twin != kNone && continues_[twin] == kNone) {
        follow(s, twin);
      }
    }
    for (std::size_t c = 0; c < catalogue_.units.size(); ++c) {
      if (continues_[c] == kNone && sources_of_[c].size() == 1 &&
          targets_[sources_of_[c][0]].size() == 1) {
        follow(sources_of_[c][0], c);
      }
    }
    for (std::size_t c = 0; c < catalogue_.units.size(); ++c) {
      if (continues_[c] != kNone || !sources_of_[c].empty()) continue;
      const CatalogueUnit& unit = catalogue_.units[c];
      const auto same = standing_.find(full_code(unit.code, tier_of(unit.kind, unit.level)));
      if (same != standing_.end() && !by_mapping_[same->second] &&
          followed_[same->second] == kNone) {
        follow(same->second, c);
      }
    }
    std::multimap<std::string, std::size_t> left;
    for (std::size_t s = 0; s < tree_.units.size(); ++s) {
      if (place(s) && followed_[s] == kNone && !by_mapping_[s] && !has_standing_below(s)) {
        left.emplace(bare_key(tree_.units[s].name), s);
      }
    }
    for (std::size_t c = 0; c < catalogue_.units.size(); ++c) {
      if (continues_[c] != kNone || !sources_of_[c].empty()) continue;
      const auto [first, last] = left.equal_range(bare_key(catalogue_.units[c].name));
      std::size_t found = kNone, count = 0;
      for (auto at = first; at != last; ++at) {
        if (followed_[at->second] != kNone || !under_same_top(at->second, c)) continue;
        found = at->second;
        ++count;
      }
      if (count != 1) continue;
      follow(found, c);
      doubts_[found].push_back({ProblemKind::invalid,
                                "catalogue.doubt_by_name",
                                catalogue_.units[c].place,
                                {tree_.units[found].code, tree_.units[found].name,
                                 catalogue_.units[c].code, catalogue_.units[c].name}});
    }
  }

  void follow(std::size_t s, std::size_t c) {
    continues_[c] = s;
    followed_[s] = c;
  }

  bool has_standing_below(std::size_t s) {
    if (parents_.empty()) {
      for (const Standing& unit : tree_.units) {
        const Standing::Place* at = unit.in(line_);
        if (at && at->parent) parents_.insert(at->parent);
      }
    }
    return parents_.contains(tree_.units[s].id);
  }

  /// Does the standing unit's topmost superior become the top of the catalogue's unit?
  bool under_same_top(std::size_t s, std::size_t c) const {
    std::size_t top = s;
    for (int depth = 0; depth < 16; ++depth) {
      const Standing::Place* at = place(top);
      if (!at || !at->parent) break;
      const auto parent = tree_.by_id.find(at->parent);
      if (parent == tree_.by_id.end() || tier(parent->second) == Tier::other) break;
      top = parent->second;
    }
    const std::size_t province = province_of(c);
    if (continues_[province] == top) return true;
    return std::any_of(targets_[top].begin(), targets_[top].end(),
                       [&](const Target& target) { return target.unit == province; });
  }

  Change& change(ChangeKind kind, std::vector<std::string> from, std::vector<std::string> to) {
    Change made;
    made.kind = kind;
    made.from = std::move(from);
    made.to = std::move(to);
    made_.plan.changes.push_back(std::move(made));
    return made_.plan.changes.back();
  }

  void settle(std::size_t c) {
    if (continues_[c] != kNone) {
      compare(continues_[c], c);
      return merge_into(c);
    }
    const CatalogueUnit& unit = catalogue_.units[c];
    PlannedUnit planned{code_of(c), unit.name, unit.kind, parent_code(c), level_of(c)};
    made_.plan.units.push_back(std::move(planned));
    if (sources_of_[c].empty()) {
      Change& made = change(ChangeKind::create, {}, {code_of(c)});
      made.name_after = unit.name;
      if (!sources_.mappings.empty()) {
        made.doubts.push_back(
            {ProblemKind::invalid, "catalogue.doubt_created", unit.place, {code_of(c), unit.name}});
      }
      return;
    }
    merge_into(c);
  }

  /// What goes whole to the catalogue's unit, other than the one that goes on as it.
  void merge_into(std::size_t c) {
    std::vector<std::string> from;
    std::string before;
    base::Problems doubts;
    for (const std::size_t s : sources_of_[c]) {
      if (targets_[s].size() != 1 || s == continues_[c]) continue;
      from.push_back(tree_.units[s].code);
      before += (before.empty() ? "" : ", ") + tree_.units[s].name;
      for (const base::Problem& doubt : doubts_[s]) {
        const bool told = std::any_of(doubts.begin(), doubts.end(), [&](const base::Problem& one) {
          return one.code == doubt.code && one.args == doubt.args;
        });
        if (!told) doubts.push_back(doubt);
      }
    }
    if (from.empty()) return;  // made of parts alone: by the divisions
    Change& made = change(ChangeKind::merge, std::move(from), {code_of(c)});
    made.name_before = before;
    made.name_after = catalogue_.units[c].name;
    made.doubts = std::move(doubts);
  }

  std::optional<std::int64_t> level_of(std::size_t c) const {
    if (catalogue_.units[c].level) return catalogue_.units[c].level;
    std::int64_t level = 1;
    for (std::size_t at = c; parent_of_[at] != kNone; at = parent_of_[at]) ++level;
    return level;
  }

  /// The code of the unit it stands under afterwards. What tops the catalogue stays where its
  /// predecessors stood.
  std::string parent_code(std::size_t c) const {
    if (parent_of_[c] != kNone) return code_of(parent_of_[c]);
    const std::size_t s = continues_[c] != kNone    ? continues_[c]
                          : !sources_of_[c].empty() ? sources_of_[c][0]
                                                    : kNone;
    if (s != kNone) {
      const Standing::Place* at = place(s);
      return at && at->parent ? tree_.with_id(at->parent)->code : "";
    }
    std::set<UnitId> above;
    for (std::size_t other = 0; other < tree_.units.size(); ++other) {
      const Standing::Place* at = place(other);
      if (at && tier(other) == Tier::province) above.insert(at->parent);
    }
    return above.size() == 1 && *above.begin() ? tree_.with_id(*above.begin())->code : "";
  }

  /// A unit that goes on: what the catalogue says otherwise of it.
  void compare(std::size_t s, std::size_t c) {
    const Standing& unit = tree_.units[s];
    const CatalogueUnit& listed = catalogue_.units[c];
    const std::size_t first = made_.plan.changes.size();
    const bool other_kind = !same_kind(unit.kind, listed.kind, unit.level);
    const bool other_name = bare_key(unit.name) != bare_key(listed.name);
    if (other_name) {
      Change& made = change(ChangeKind::rename, {unit.code}, {code_of(c)});
      made.name_before = unit.name;
      made.name_after = listed.name;
      if (bare_folded(unit.name) == bare_folded(listed.name)) {
        made.doubts.push_back({ProblemKind::invalid,
                               "catalogue.doubt_marks",
                               listed.place,
                               {unit.name, listed.name}});
      } else if (!by_mapping_[s]) {
        made.doubts.push_back({ProblemKind::invalid,
                               "catalogue.doubt_other_name",
                               listed.place,
                               {unit.code, unit.name, listed.name}});
      }
    }
    if (other_kind) {
      Change& made = change(ChangeKind::rekind, {unit.code}, {code_of(c)});
      made.name_before = unit.name;
      made.name_after = listed.name;
      made.kind_after = listed.kind;
    }
    if (code_of(c) != unit.code) {
      Change& made = change(ChangeKind::recode, {unit.code}, {code_of(c)});
      made.name_before = made.name_after = unit.name;
    }
    if (moves(s, c)) {
      Change& made = change(ChangeKind::reparent, {unit.code}, {code_of(c)});
      made.name_before = made.name_after = unit.name;
      made.parent_after = code_of(parent_of_[c]);
      made.level_after = level_of(c);
    }
    if (doubts_[s].empty()) return;
    auto& changes = made_.plan.changes;
    auto& told = first < changes.size() ? changes[first].doubts : made_.doubts;
    told.insert(told.end(), doubts_[s].begin(), doubts_[s].end());
  }

  bool moves(std::size_t s, std::size_t c) const {
    if (parent_of_[c] == kNone) return false;
    const Standing::Place* at = place(s);
    const std::size_t above = continues_[parent_of_[c]];
    return above == kNone || !at || tree_.units[above].id != at->parent;
  }

  /// The parts of a unit over one whole: as stated; what one target is not given is the rest, what
  /// several are not given is divided equally among them, and doubted. None when they cannot add
  /// to 1.
  std::optional<std::vector<PlannedShare>> shares_of(std::size_t s, bool& is_known) const {
    constexpr base::Wide kMostParts = 1'000'000'000'000;
    base::Wide whole = 1, given = 0;
    std::int64_t open = 0;
    for (const Target& target : targets_[s]) {
      if (!target.numerator) {
        ++open;
        continue;
      }
      whole = whole / std::gcd(static_cast<std::int64_t>(whole), *target.denominator) *
              *target.denominator;
      if (whole > kMostParts) return std::nullopt;
    }
    for (const Target& target : targets_[s]) {
      if (target.numerator) given += *target.numerator * (whole / *target.denominator);
    }
    if (given > whole || (open == 0 && given != whole)) return std::nullopt;
    is_known = open <= 1;
    // The rest is divided among the open ones: the whole is cut finer until it can be.
    const base::Wide finer = std::max<std::int64_t>(open, 1), rest = (whole - given) * finer;
    std::vector<PlannedShare> shares;
    for (const Target& target : targets_[s]) {
      const base::Wide part = target.numerator
                                  ? *target.numerator * (whole / *target.denominator) * finer
                                  : rest / finer;
      shares.push_back({code_of(target.unit), static_cast<std::int64_t>(part),
                        static_cast<std::int64_t>(whole * finer)});
    }
    return shares;
  }

  void check_shares(std::size_t s) {
    bool is_known = true;
    if (targets_[s].empty() || shares_of(s, is_known)) return;
    std::string told;
    for (const Target& target : targets_[s]) {
      told += (told.empty() ? "" : " + ") +
              (target.numerator
                   ? std::to_string(*target.numerator) + "/" + std::to_string(*target.denominator)
                   : std::string("?"));
    }
    made_.refused.push_back({ProblemKind::invalid,
                             "catalogue.shares",
                             targets_[s].front().place,
                             {tree_.units[s].code, tree_.units[s].name, told}});
  }

  void divide(std::size_t s) {
    const Standing& unit = tree_.units[s];
    bool is_known = true;
    const auto shares = shares_of(s, is_known);
    if (!shares) return;  // refused before
    Change& made = change(ChangeKind::split, {unit.code}, {});
    made.name_before = unit.name;
    made.shares = *shares;
    const bool stated =
        std::any_of(targets_[s].begin(), targets_[s].end(),
                    [](const Target& target) { return target.numerator.has_value(); });
    made.basis = stated ? Basis::stated : Basis::equal;
    for (const Target& target : targets_[s]) {
      made.to.push_back(code_of(target.unit));
      made.name_after += (made.name_after.empty() ? "" : ", ") + catalogue_.units[target.unit].name;
    }
    made.doubts = doubts_[s];
    if (!is_known) {
      made.doubts.push_back({ProblemKind::invalid,
                             "catalogue.doubt_share",
                             "",
                             {unit.code, unit.name, std::to_string(made.to.size())}});
    }
  }

  /// What stands and is neither listed nor mapped is gone, when the catalogue tells of its kind.
  void end_the_rest() {
    for (std::size_t s = 0; s < tree_.units.size(); ++s) {
      const Tier kind = tier(s);
      if (!place(s) || followed_[s] != kNone || !targets_[s].empty() || kind == Tier::other) {
        continue;
      }
      if (by_mapping_[s] || (kind == Tier::commune && !catalogue_.is_whole)) continue;
      Change& made = change(ChangeKind::end, {tree_.units[s].code}, {});
      made.name_before = tree_.units[s].name;
      made.doubts = doubts_[s];
      // A level that ends says so by the units that leave it; one that has none under it does not.
      if (kind == Tier::commune || !has_standing_below(s)) {
        made.doubts.push_back({ProblemKind::invalid,
                               "catalogue.doubt_ended",
                               "",
                               {tree_.units[s].code, tree_.units[s].name}});
      }
    }
  }

  struct Target {
    std::size_t unit;
    std::optional<std::int64_t> numerator, denominator;
    std::string place;
  };

  const Snapshot& tree_;
  const Eve& eve_;
  const Catalogue& catalogue_;
  const Sources& sources_;
  const std::string& line_;
  std::unordered_map<std::string, std::size_t> standing_, listed_;  // by full code
  std::unordered_map<std::string, UnitId> before_;                  // likewise, of the day before
  std::vector<std::size_t> parent_of_;                              // in the catalogue
  std::vector<std::vector<Target>> targets_;                        // per standing unit
  std::vector<std::vector<std::size_t>> sources_of_;                // per catalogue unit
  std::vector<bool> by_mapping_;
  std::vector<base::Problems> doubts_;  // per standing unit
  std::vector<std::size_t> followed_;   // per standing unit: it goes on as
  std::vector<std::size_t> continues_;  // per catalogue unit: it was
  std::set<UnitId> parents_;
  Proposal made_;
};

/// The catalogue's unit with the code, and all under it.
Catalogue branch_of(const Catalogue& whole, const std::string& code) {
  Catalogue made;
  made.is_whole = whole.is_whole;
  made.doubts = whole.doubts;
  std::set<std::string> in;
  for (const CatalogueUnit& unit : whole.units) {
    const bool is_top = full_code(unit.code, tier_of(unit.kind, unit.level)) == code;
    if (!is_top && !in.contains(unit.parent_code)) continue;
    in.insert(unit.code);
    made.units.push_back(unit);
    if (is_top) made.units.back().parent_code.clear();
  }
  return made;
}

}  // namespace

base::Result<void> keep_under(UnitId owner, const std::vector<UnitId>& own, Snapshot& tree,
                              Eve& eve, Sources& sources, const std::string& line) {
  const Standing* top = tree.with_id(owner);
  const std::string code =
      top ? full_code(top->code, tier_of(top->kind, top->level)) : std::string();
  Catalogue branch = branch_of(sources.catalogue, code);
  // A country that stands above everything that is listed answers for all of it.
  const bool is_country = top && tier_of(top->kind, top->level) == Tier::other;
  if (!branch.units.empty() || !is_country) sources.catalogue = std::move(branch);
  if (!top || sources.catalogue.units.empty()) {
    return base::refuse(ProblemKind::invalid, "catalogue.owner_missing", "/unit",
                        {top ? top->code : "", top ? top->name : "", tree.day.text()});
  }
  for (Snapshot* snapshot : {&tree, &eve.tree}) {
    std::erase_if(snapshot->units, [&](const Standing& unit) {
      return !std::binary_search(own.begin(), own.end(), unit.id);
    });
    snapshot->index();
  }
  for (Standing::Place& place : tree.units[tree.by_id.at(owner)].places) {
    if (place.line == line) place.parent = {};
  }
  std::set<std::string> standing, listed;
  for (const Standing& unit : eve.tree.units) {
    standing.insert(full_code(unit.code, tier_of(unit.kind, unit.level)));
  }
  for (const CatalogueUnit& unit : sources.catalogue.units) {
    listed.insert(full_code(unit.code, tier_of(unit.kind, unit.level)));
  }
  for (Mapping& mapping : sources.mappings) {
    std::erase_if(mapping.links, [&](const MappingLink& link) {
      const auto padded = [&](const std::string& text) {
        const Tier tier = link.from_level == 1   ? Tier::province
                          : link.from_level == 2 ? Tier::district
                                                 : Tier::commune;
        return full_code(text, tier);
      };
      return !standing.contains(padded(link.from_code)) && !listed.contains(padded(link.to_code));
    });
  }
  return {};
}

Proposal propose(const Snapshot& tree, const Eve& eve, const Sources& sources,
                 const std::string& line) {
  return Proposer(tree, eve, sources, line).propose();
}

}  // namespace org
