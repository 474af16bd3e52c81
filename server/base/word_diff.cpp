#include "base/word_diff.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <span>

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

/// The shortest way from one row of numbers to another, in linear space: Myers, "An O(ND)
/// difference algorithm and its variations" (1986), section 4b. (Debian's dtl does not compile with
/// clang.)
class Shortest {
 public:
  using Row = std::span<const int>;
  /// Told in order: (kind, how many numbers).
  using Tell = std::function<void(Kind, std::size_t)>;

  explicit Shortest(Tell tell) : tell_(std::move(tell)) {}

  void between(Row before, Row after) {
    const std::size_t begin = same_at_begin(before, after);
    if (begin > 0) tell_(Kind::same, begin);
    before = before.subspan(begin);
    after = after.subspan(begin);
    const std::size_t end = same_at_end(before, after);
    before = before.first(before.size() - end);
    after = after.first(after.size() - end);
    if (before.empty() || after.empty()) {
      if (!before.empty()) tell_(Kind::removed, before.size());
      if (!after.empty()) tell_(Kind::added, after.size());
    } else {
      // Two changes at least are left, so each half has one and is smaller than the whole.
      const Snake middle = middle_of(before, after);
      between(before.first(middle.x), after.first(middle.y));
      if (middle.size > 0) tell_(Kind::same, middle.size);
      between(before.subspan(middle.x + middle.size), after.subspan(middle.y + middle.size));
    }
    if (end > 0) tell_(Kind::same, end);
  }

 private:
  /// A run of equal numbers in the middle of a shortest way, from (x, y) on; may be empty.
  struct Snake {
    std::size_t x = 0, y = 0, size = 0;
  };
  static constexpr int kNone = std::numeric_limits<int>::min() / 2;

  static std::size_t same_at_begin(Row a, Row b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  }
  static std::size_t same_at_end(Row a, Row b) {
    std::size_t size = 0;
    while (size < std::min(a.size(), b.size()) && a[a.size() - 1 - size] == b[b.size() - 1 - size])
      ++size;
    return size;
  }

  /// The furthest x on diagonal k (x - y) that one more change reaches from its neighbours.
  static int reach(const std::vector<int>& furthest, int middle, int k, int most_x, int most_y) {
    const auto at = [&](int diagonal) {
      return furthest[static_cast<std::size_t>(middle + diagonal)];
    };
    const int by_removal = at(k - 1) + 1 <= most_x ? at(k - 1) + 1 : kNone;
    const int by_addition = at(k + 1) - k <= most_y ? at(k + 1) : kNone;
    return std::max(by_removal, by_addition);
  }

  static Snake middle_of(Row a, Row b) {
    const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
    const int delta = n - m, most = (n + m + 1) / 2, middle = most + 1;
    std::vector<int> forward(static_cast<std::size_t>(2 * middle + 1), kNone), back = forward;
    const auto slot = [&](int k) { return static_cast<std::size_t>(middle + k); };
    const auto number = [](Row row, int at) { return row[static_cast<std::size_t>(at)]; };
    forward[slot(1)] = back[slot(1)] = 0;
    for (int d = 0; d <= most; ++d) {
      for (int k = -d; k <= d; k += 2) {
        const int from = reach(forward, middle, k, n, m);
        int x = from;
        while (x >= 0 && x < n && x - k < m && number(a, x) == number(b, x - k)) ++x;
        forward[slot(k)] = x;
        const int other = delta - k;
        if (x < 0 || delta % 2 == 0 || other < -(d - 1) || other > d - 1) continue;
        if (x + back[slot(other)] >= n) return snake(from, from - k, x - from);
      }
      for (int k = -d; k <= d; k += 2) {
        const int from = reach(back, middle, k, n, m);
        int x = from;
        while (x >= 0 && x < n && x - k < m && number(a, n - 1 - x) == number(b, m - 1 - (x - k)))
          ++x;
        back[slot(k)] = x;
        const int other = delta - k;
        if (x < 0 || delta % 2 != 0 || other < -d || other > d) continue;
        if (x + forward[slot(other)] >= n) return snake(n - x, m - (x - k), x - from);
      }
    }
    return {};  // never: two rows meet after at most n + m changes
  }
  static Snake snake(int x, int y, int size) {
    return {static_cast<std::size_t>(x), static_cast<std::size_t>(y),
            static_cast<std::size_t>(size)};
  }

  Tell tell_;
};

std::vector<Step> steps_between(const Words& before, const Words& after) {
  std::vector<Step> made;
  std::size_t old_at = 0, new_at = 0;
  const auto tell = [&](Kind kind, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      made.push_back({kind, kind == Kind::added ? after[new_at] : before[old_at]});
      if (kind != Kind::added) ++old_at;
      if (kind != Kind::removed) ++new_at;
    }
  };
  if (before.size() + after.size() > kMostWords) {
    tell(Kind::removed, before.size());
    tell(Kind::added, after.size());
    return made;
  }
  std::map<std::string_view, int> numbers;
  const auto numbered = [&](const Words& words) {
    std::vector<int> all;
    for (const auto word : words)
      all.push_back(numbers.emplace(word, static_cast<int>(numbers.size())).first->second);
    return all;
  };
  const std::vector<int> olds = numbered(before), news = numbered(after);
  Shortest(tell).between(olds, news);
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
