#include "report/form_words.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace report {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : base::fold(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '%') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// "VI. Chi …", "1) …", "a. …": without what numbers it.
std::string_view without_number(std::string_view text) {
  const std::size_t end = text.find_first_of(".)");
  if (end == std::string_view::npos || end == 0 || end > 5 || end + 1 == text.size()) return text;
  const std::string_view number = text.substr(0, end);
  const bool is_roman = number.find_first_not_of("IVXLC") == std::string_view::npos;
  const bool is_arabic = number.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_roman && !is_arabic && end != 1) return text;
  return text.substr(end + 1);
}

/// "… (2)": without a note's number.
std::string_view without_note(std::string_view text) {
  const std::size_t open = text.rfind('(');
  if (open == std::string_view::npos) return text;
  const std::string_view inside = text.substr(open + 1);
  const std::size_t close = inside.find(')');
  const bool is_note =
      close != std::string_view::npos && close > 0 && close <= 2 &&
      inside.substr(0, close).find_first_not_of("0123456789*") == std::string_view::npos;
  return is_note ? text.substr(0, open) : text;
}

}  // namespace

FormWords::FormWords(const Form& form) {
  for (const auto& [brief, full] : form.abbreviations)
    abbreviations_.emplace_back(words_of(brief), words_of(full));
}

const std::vector<std::string>& FormWords::of(std::string_view text) const {
  constexpr std::size_t kLongest = 600;
  constexpr std::size_t kMostKnown = 20'000;
  if (text.size() > kLongest) text = "";
  const auto known = known_.find(text);
  if (known != known_.end()) return known->second;
  if (known_.size() == kMostKnown) known_.clear();
  return known_.emplace(std::string(text), read(text)).first->second;
}

std::vector<std::string> FormWords::read(std::string_view text) const {
  const std::vector<std::string> said = words_of(without_note(without_number(text)));
  std::vector<std::string> made;
  for (std::size_t i = 0; i < said.size();) {
    const auto brief =
        std::find_if(abbreviations_.begin(), abbreviations_.end(), [&](const auto& abbreviation) {
          const auto& words = abbreviation.first;
          return !words.empty() && words.size() <= said.size() - i &&
                 std::equal(words.begin(), words.end(),
                            said.begin() + static_cast<std::ptrdiff_t>(i));
        });
    if (brief == abbreviations_.end()) {
      made.push_back(said[i++]);
    } else {
      made.insert(made.end(), brief->second.begin(), brief->second.end());
      i += brief->first.size();
    }
  }
  return made;
}

int FormWords::likeness(std::string_view text, std::string_view wanted) const {
  std::vector<std::string> a = of(text);
  std::vector<std::string> b = of(wanted);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 100;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  const std::size_t score = 200 * common.size() / (a.size() + b.size());
  return static_cast<int>(std::min<std::size_t>(score, 99));  // in another order
}

int FormWords::likeness(std::string_view text, const std::vector<std::string>& wanted) const {
  int best = 0;
  for (const std::string& one : wanted) best = std::max(best, likeness(text, one));
  return best;
}

int FormWords::section_likeness(std::string_view text,
                                const std::vector<std::string>& wanted) const {
  constexpr int kGoesOn = 95;
  int best = likeness(text, wanted);
  const std::vector<std::string> words = of(text);
  for (const std::string& one : wanted) {
    const std::vector<std::string>& begin = of(one);
    if (!begin.empty() && begin.size() < words.size() &&
        std::equal(begin.begin(), begin.end(), words.begin()))
      best = std::max(best, kGoesOn);
  }
  return best;
}

}  // namespace report
