#include "report/sameness.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "report/figure_mark.h"

namespace report {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view kDate = "\x01", kNumber = "\x02";

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_year(std::string_view word) {
  return is_number(word) && word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
}
bool is_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words that make a date of what follows, written as `words_of` writes them.
struct DateWords {
  static std::string key(std::string_view word) { return base::same_name_key(word); }
  const std::string day = key("ngày"), month = key("tháng"), quarter = key("quý"),
                    period = key("kỳ"), week = key("tuần"), year = key("năm"), first = key("đầu"),
                    last = key("cuối"), ten = key("mười"), one = key("một"), two = key("hai");
  const std::array<std::string, 13> months{
      key("giêng"), key("hai"),  key("ba"),   key("tư"),   key("năm"), key("sáu"), key("bảy"),
      key("tám"),   key("chín"), key("mười"), key("chạp"), key("một"), key("bốn")};
  const std::array<std::string, 4> quarters{"i", "ii", "iii", "iv"};
};
const DateWords& date_words() {
  static const DateWords kWords;
  return kWords;
}

/// Words in lower case with their tones placed one way; each is folded once, for the words of many
/// texts are mostly the same.
class Folder {
 public:
  /// Several when a blank other than a plain one was inside.
  void fold(std::string_view word, Words& into) {
    auto known = folded_.find(word);
    if (known == folded_.end())
      known = folded_.emplace(std::string(word), base::same_name_key(word)).first;
    std::string_view rest = known->second;
    for (std::size_t blank = rest.find(' '); blank != std::string_view::npos;
         blank = rest.find(' ')) {
      into.emplace_back(rest.substr(0, blank));
      rest.remove_prefix(blank + 1);
    }
    if (!rest.empty()) into.emplace_back(rest);
  }

 private:
  std::map<std::string, std::string, std::less<>> folded_;
};

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// A bound figure is one word without its period; between the parts of "14/4/2022" stands a "/" so
/// that it can be told from three numbers.
Words words_of(std::string_view text, Folder& folder) {
  Words made;
  for (const TextPart& part : parts_of(text)) {
    if (part.mark) {
      FigureMark mark = *part.mark;
      mark.period.clear();
      made.push_back(mark.text());
      continue;
    }
    const std::string_view plain = part.text;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= plain.size(); ++i) {
      if (i < plain.size() && is_letter(plain[i])) continue;
      if (i > begin) folder.fold(plain.substr(begin, i - begin), made);
      begin = i + 1;
      if (i == 0 || !is_digit_at(plain, i - 1) || !is_digit_at(plain, i + 1)) continue;
      if (plain[i] == '/' || plain[i] == '-') made.emplace_back("/");
      if (plain[i] == '.' || plain[i] == ',') made.emplace_back(",");
    }
  }
  return made;
}

/// "14/4", "14/4/2022", "4/2022" from `at` on; but 12/29 is a fraction of two figures unless a day
/// is spoken of.
std::size_t numeric_date_at(const Words& words, std::size_t at) {
  const auto number = [&](std::size_t i) -> std::string_view {
    return at + i < words.size() && is_number(words[at + i]) ? std::string_view(words[at + i])
                                                             : std::string_view();
  };
  const auto slash = [&](std::size_t i) { return at + i < words.size() && words[at + i] == "/"; };
  if (number(0).empty() || !slash(1) || number(2).empty()) return 0;
  if (slash(3) && is_year(number(4))) return 5;
  if (is_year(number(2))) return 3;
  const bool is_day = at > 0 && words[at - 1] == date_words().day;
  return is_day && number(0).size() <= 2 && number(2).size() <= 2 ? 3 : 0;
}

/// How many words from `at` on are a date; 0 for none. "Năm" is also five and "kỳ" many things, so
/// a date's words count only beside a number.
std::size_t date_at(const Words& words, std::size_t at) {
  const DateWords& known = date_words();
  const auto word = [&](std::size_t i) -> std::string_view {
    return at + i < words.size() ? std::string_view(words[at + i]) : std::string_view();
  };
  if (const std::size_t size = numeric_date_at(words, at)) return size;
  if (is_year(word(0))) return 1;
  if (word(0) == known.day && numeric_date_at(words, at + 1) > 0)
    return 1 + numeric_date_at(words, at + 1);
  if (word(0) == known.month && numeric_date_at(words, at + 1) > 0)
    return 1 + numeric_date_at(words, at + 1);
  const bool is_small = is_number(word(1)) && word(1).size() <= 2;
  if ((word(0) == known.day || word(0) == known.month || word(0) == known.period ||
       word(0) == known.week || word(0) == known.quarter) &&
      is_small) {
    return 2;
  }
  if (word(0) == known.quarter && is_one_of(known.quarters, word(1))) return 2;
  if (word(0) == known.year && is_year(word(1))) return 2;
  if (word(0) == known.month && word(1) == known.ten &&
      (word(2) == known.one || word(2) == known.two)) {
    return 3;
  }
  if (word(0) == known.month && is_one_of(known.months, word(1))) return 2;
  if (is_number(word(0)) && word(1) == known.month)  // "6 tháng đầu năm"
    return word(2) == known.first || word(2) == known.last ? 3 : 2;
  return 0;
}

/// How many words from `at` on are one number: "1.234,5" is one.
std::size_t number_at(const Words& words, std::size_t at) {
  if (!is_number(words[at])) return 0;
  std::size_t size = 1;
  while (at + size + 1 < words.size() && words[at + size] == "," && is_number(words[at + size + 1]))
    size += 2;
  return size;
}

Words normal(const Words& words, bool without_dates, bool without_numbers) {
  Words made;
  for (std::size_t at = 0; at < words.size();) {
    if (const std::size_t size = without_dates ? date_at(words, at) : 0) {
      if (made.empty() || made.back() != kDate) made.emplace_back(kDate);
      at += size;
    } else if (const std::size_t digits = without_numbers ? number_at(words, at) : 0) {
      made.emplace_back(kNumber);
      at += digits;
    } else {
      made.push_back(words[at++]);
    }
  }
  return made;
}

std::uint64_t hash_of(std::string_view word, std::uint64_t seed) {
  for (const char c : word) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return (seed ^ 0x1FU) * 0x100000001B3ULL;
}

/// The text's runs of three words as sorted hashes; of fewer words, the words as one run.
std::vector<std::uint64_t> runs_of(std::string_view text, Folder& folder) {
  const Words words = normal(words_of(text, folder), true, true);
  std::vector<std::uint64_t> made;
  if (words.empty()) return made;
  constexpr std::size_t kRun = 3;
  const std::size_t size = std::min(kRun, words.size());
  for (std::size_t at = 0; at + size <= words.size(); ++at) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (std::size_t i = 0; i < size; ++i) hash = hash_of(words[at + i], hash);
    made.push_back(hash);
  }
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}

std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t made = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y)
      ++made, ++x, ++y;
    else if (*x < *y)
      ++x;
    else
      ++y;
  }
  return made;
}

/// Finds the group of a text among the first texts of the groups before it. A text as like as
/// asked shares at least one of the rarest runs of both (prefix filter), so only those are indexed.
class Leaders {
 public:
  Leaders(const std::vector<std::vector<std::uint64_t>>& runs, int percent)
      : runs_(runs), percent_(static_cast<std::size_t>(percent)) {
    for (const auto& of_text : runs) {
      for (const std::uint64_t run : of_text) ++frequency_[run];
    }
  }

  /// The index of the leader the text is most like; none: `runs_.size()`.
  std::size_t leader_of(std::size_t text) {
    rarest_ = prefix(text);
    const auto& own = runs_[text];
    std::size_t best = runs_.size(), best_common = 0, best_all = 1;
    tried_.clear();
    for (const std::uint64_t run : rarest_) {
      const auto found = index_.find(run);
      if (found == index_.end()) continue;
      for (const std::size_t leader : found->second) {
        if (std::find(tried_.begin(), tried_.end(), leader) != tried_.end()) continue;
        tried_.push_back(leader);
        const std::size_t both = common(own, runs_[leader]);
        const std::size_t all = own.size() + runs_[leader].size() - both;
        if (both * 100 < percent_ * all) continue;
        const bool better = both * best_all > best_common * all;
        const bool earlier = both * best_all == best_common * all && leader < best;
        if (better || earlier) best = leader, best_common = both, best_all = all;
      }
    }
    return best;
  }

  /// Makes the text last asked about a leader.
  void lead(std::size_t text) {
    for (const std::uint64_t run : rarest_) index_[run].push_back(text);
  }

 private:
  std::vector<std::uint64_t> prefix(std::size_t text) const {
    std::vector<std::pair<std::size_t, std::uint64_t>> ranked;
    ranked.reserve(runs_[text].size());
    for (const std::uint64_t run : runs_[text]) ranked.emplace_back(frequency_.at(run), run);
    const std::size_t least = (ranked.size() * percent_ + 99) / 100;
    const std::size_t size = ranked.empty() ? 0 : ranked.size() - least + 1;
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(size),
                      ranked.end());
    std::vector<std::uint64_t> made;
    for (std::size_t i = 0; i < size; ++i) made.push_back(ranked[i].second);
    return made;
  }

  const std::vector<std::vector<std::uint64_t>>& runs_;
  std::size_t percent_;
  std::unordered_map<std::uint64_t, std::size_t> frequency_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> index_;
  std::vector<std::size_t> tried_;
  std::vector<std::uint64_t> rarest_;  ///< of the text last asked about
};

}  // namespace

std::string_view name(Sameness sameness) {
  static constexpr std::array<std::string_view, 4> kNames{"none", "figures", "dates", "words"};
  return kNames[static_cast<std::size_t>(sameness)];
}

Sameness sameness(std::string_view a, std::string_view b) {
  Folder folder;
  const Words first = words_of(a, folder), second = words_of(b, folder);
  if (first.empty() || second.empty()) return Sameness::none;
  if (first == second) return Sameness::words;
  if (normal(first, true, false) == normal(second, true, false)) return Sameness::dates;
  if (normal(first, true, true) == normal(second, true, true)) return Sameness::figures;
  return Sameness::none;
}

bool same_but_for_dates(std::string_view a, std::string_view b, bool numbers) {
  return sameness(a, b) >= (numbers ? Sameness::figures : Sameness::dates);
}

int likeness(std::string_view text, std::string_view other) {
  Folder folder;
  const auto own = runs_of(text, folder);
  if (own.empty()) return 0;
  return static_cast<int>(common(own, runs_of(other, folder)) * 100 / own.size());
}

std::vector<Similar> similar_groups(const std::vector<std::string>& texts, int percent) {
  // What was copied whole is looked at once.
  Folder folder;
  std::unordered_map<std::string_view, std::size_t> known;
  std::vector<std::size_t> distinct(texts.size());
  std::vector<std::vector<std::uint64_t>> runs;
  for (std::size_t text = 0; text < texts.size(); ++text) {
    const auto [at, is_new] = known.emplace(texts[text], runs.size());
    if (is_new) runs.push_back(runs_of(texts[text], folder));
    distinct[text] = at->second;
  }
  Leaders leaders(runs, std::clamp(percent, 1, 100));
  std::vector<std::size_t> group_of(runs.size());
  std::vector<Similar> made;
  std::size_t grouped = 0;
  for (std::size_t text = 0; text < texts.size(); ++text) {
    const std::size_t one = distinct[text];
    if (one == grouped) {
      const std::size_t leader = leaders.leader_of(one);
      if (leader == runs.size()) {
        leaders.lead(one);
        made.emplace_back();
      }
      group_of[one] = leader == runs.size() ? made.size() - 1 : group_of[leader];
      ++grouped;
    }
    made[group_of[one]].members.push_back(text);
  }
  return made;
}

}  // namespace report
