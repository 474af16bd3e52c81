#include "base/word_diff.h"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <map>

namespace base {
namespace {

using Kind = Span::Kind;
using Words = std::vector<std::string_view>;

/// Beyond this many differing words the search for the shortest change would take seconds.
constexpr std::size_t kMostWords = 20'000;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// The length of the word at the beginning of `text`: braces, blanks, letters and digits, or one
/// sign.
std::size_t word_at(std::string_view text) {
  if (text.starts_with("{{")) {
    const std::size_t end = text.find("}}");
    if (end != std::string_view::npos) return end + 2;
  }
  std::size_t size = 1;
  if (is_blank(text[0])) {
    while (size < text.size() && is_blank(text[size])) ++size;
    return size;
  }
  if (!is_letter(text[0])) return 1;
  for (; size < text.size(); ++size) {
    const bool joins = (text[size] == '.' || text[size] == ',') && is_digit(text[size - 1]) &&
                       size + 1 < text.size() && is_digit(text[size + 1]);
    if (!is_letter(text[size]) && !joins) break;
  }
  return size;
}

Words words_of(std::string_view text) {
  Words made;
  while (!text.empty()) {
    const std::size_t size = word_at(text);
    made.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return made;
}

/// Joins what is alike; within one change everything removed comes before everything added.
class Spans {
 public:
  void same(std::string_view text) {
    if (text.empty()) return;
    flush();
    if (made_.empty() || made_.back().kind != Kind::same) made_.push_back({Kind::same, ""});
    made_.back().text += text;
  }
  void removed(std::string_view text) { removed_ += text; }
  void added(std::string_view text) { added_ += text; }
  bool in_change() const { return !removed_.empty() || !added_.empty(); }
  std::vector<Span> finish() {
    flush();
    return std::move(made_);
  }

 private:
  void flush() {
    if (!removed_.empty()) made_.push_back({Kind::removed, std::move(removed_)});
    if (!added_.empty()) made_.push_back({Kind::added, std::move(added_)});
    removed_.clear();
    added_.clear();
  }
  std::vector<Span> made_;
  std::string removed_, added_;
};

struct Step {
  Kind kind;
  std::string_view word;
};

std::vector<Step> steps_between(const Words& before, const Words& after) {
  std::vector<Step> made;
  if (before.size() + after.size() > kMostWords || before.empty() || after.empty()) {
    for (const auto word : before) made.push_back({Kind::removed, word});
    for (const auto word : after) made.push_back({Kind::added, word});
    return made;
  }
  std::map<std::string_view, int> numbers;
  const auto numbered = [&](const Words& words) {
    std::vector<int> all;
    for (const auto word : words)
      all.push_back(numbers.emplace(word, static_cast<int>(numbers.size())).first->second);
    return all;
  };
  dtl::Diff<int, std::vector<int>> difference(numbered(before), numbered(after));
  difference.compose();
  std::size_t old_at = 0, new_at = 0;
  for (const auto& [number, info] : difference.getSes().getSequence()) {
    if (info.type == dtl::SES_DELETE) {
      made.push_back({Kind::removed, before[old_at++]});
    } else if (info.type == dtl::SES_ADD) {
      made.push_back({Kind::added, after[new_at++]});
    } else {
      made.push_back({Kind::same, before[old_at++]});
      ++new_at;
    }
  }
  return made;
}

}  // namespace

std::vector<Span> word_difference(std::string_view before, std::string_view after) {
  Words olds = words_of(before), news = words_of(after);
  const auto [old_begin, new_begin] =
      std::mismatch(olds.begin(), olds.end(), news.begin(), news.end());
  const auto [old_rest, new_rest] =
      std::mismatch(olds.rbegin(), std::make_reverse_iterator(old_begin), news.rbegin(),
                    std::make_reverse_iterator(new_begin));
  Spans spans;
  for (auto word = olds.begin(); word != old_begin; ++word) spans.same(*word);
  const std::vector<Step> steps =
      steps_between({old_begin, old_rest.base()}, {new_begin, new_rest.base()});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    // A blank between two changed words belongs to the change: people read it as one.
    const bool joins = step.kind == Kind::same && is_blank(step.word[0]) && spans.in_change() &&
                       i + 1 < steps.size() && steps[i + 1].kind != Kind::same;
    if (step.kind == Kind::same && !joins) spans.same(step.word);
    if (step.kind == Kind::removed || joins) spans.removed(step.word);
    if (step.kind == Kind::added || joins) spans.added(step.word);
  }
  for (auto word = old_rest.base(); word != olds.end(); ++word) spans.same(*word);
  return spans.finish();
}

}  // namespace base
