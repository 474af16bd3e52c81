#include "report/form_rows.h"

#include <algorithm>

#include "base/text.h"

namespace report {
namespace {

using Style = Ordinal::Style;

constexpr std::string_view kLoose = " .):-\t\n(";

std::string bare(std::string_view text) {
  const std::size_t from = std::min(text.find_first_not_of(kLoose), text.size());
  const std::size_t last = text.find_last_not_of(kLoose);
  return last == std::string_view::npos ? "" : std::string(text.substr(from, last + 1 - from));
}

int roman_value(std::string_view text) {
  int value = 0;
  int before = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    const int here = text[i] == 'I'   ? 1
                     : text[i] == 'V' ? 5
                     : text[i] == 'X' ? 10
                     : text[i] == 'L' ? 50
                                      : 0;
    if (here == 0) return 0;
    value += here < before ? -here : here;
    before = std::max(before, here);
  }
  return value;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<Ordinal> dotted(std::string_view text) {
  Ordinal made{Style::arabic, -1, 0};
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    const std::string_view piece = text.substr(from, dot - from);
    const bool is_head =
        from == 0 && dot < text.size() &&
        (roman_value(piece) > 0 || (piece.size() == 1 && piece[0] >= 'A' && piece[0] <= 'Z'));
    if (!is_digits(piece) && !is_head) return {};
    ++made.depth;
    made.value = is_head ? 0 : std::stoi(std::string(piece));
    from = dot + 1;
  }
  if (made.depth > 0) made.style = Style::dotted;
  return {made};
}

bool is_same_kind(const Ordinal& a, const Ordinal& b) {
  return a.style == b.style && a.depth == b.depth;
}

/// After D stands Đ in some lists.
bool follows(const Ordinal& last, const Ordinal& next) {
  if (!is_same_kind(last, next)) return false;
  if (next.style == Style::dash) return true;
  return next.value == last.value + 1;
}

}  // namespace

std::vector<Ordinal> ordinals_of(std::string_view text) {
  const std::string word = bare(text);
  if (word.empty()) {
    const bool is_dash = text.find_first_of("-+*") != std::string_view::npos && text.size() <= 3;
    return is_dash ? std::vector<Ordinal>{{Style::dash, 0, 0}} : std::vector<Ordinal>{};
  }
  if (word == "+" || word == "*" || word == "–") return {{Style::dash, 0, 0}};
  std::vector<Ordinal> made;
  if (word.size() <= 8) {
    if (const int roman = roman_value(word); roman > 0) made.push_back({Style::roman, 0, roman});
  }
  if (word == "Đ") made.push_back({Style::letter, 0, 5});
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z')
    made.push_back({Style::letter, 0, word[0] - 'A' + 1});
  if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z')
    made.push_back({Style::small_letter, 0, word[0] - 'a' + 1});
  if (word.size() <= 16) {
    const auto numbers = dotted(word);
    made.insert(made.end(), numbers.begin(), numbers.end());
  }
  return made;
}

Levels::Found Levels::take(std::size_t level, const Ordinal& ordinal, bool follows) {
  open_.resize(level);
  open_.push_back(ordinal);
  return {static_cast<int>(level), follows};
}

Levels::Found Levels::next(const std::vector<Ordinal>& candidates) {
  for (std::size_t level = open_.size(); level-- > 0;) {
    for (const Ordinal& one : candidates) {
      if (follows(open_[level], one)) return take(level, one, true);
    }
  }
  const auto is_open = [&](const Ordinal& one) {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Ordinal& last) { return is_same_kind(last, one); });
  };
  for (const Ordinal& one : candidates) {
    if ((one.value <= 1) && !is_open(one)) return take(open_.size(), one, true);
  }
  for (std::size_t level = open_.size(); level-- > 0;) {
    for (const Ordinal& one : candidates) {
      if (is_same_kind(open_[level], one)) return take(level, one, false);
    }
  }
  return take(open_.size(), candidates.front(), open_.empty());
}

bool is_part_name(std::string_view name) {
  if (name.starts_with("-") || name.starts_with("+") || name.starts_with("*") ||
      name.starts_with("–"))
    return true;
  const std::string folded = base::fold(name);
  return folded.starts_with("trong do") || folded.starts_with("tr.do") ||
         folded.starts_with("tr. do") || folded.starts_with("bao gom");
}

}  // namespace report
