#include "base/words.h"

#include <algorithm>
#include <charconv>

#include "base/catalogue.h"

namespace base {
namespace {

/// Puts each argument in the place of its {n}; a place without an argument stays as it is.
std::string filled(std::string_view sentence, const std::vector<std::string>& args) {
  std::string text;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    text.append(sentence.substr(0, open));
    if (open == std::string_view::npos) break;
    sentence.remove_prefix(open);
    std::size_t place = 0;
    const char* const end = sentence.data() + sentence.size();
    const auto [stop, error] = std::from_chars(sentence.data() + 1, end, place);
    if (error == std::errc{} && stop != end && *stop == '}' && place < args.size()) {
      text.append(args[place]);
      sentence.remove_prefix(static_cast<std::size_t>(stop - sentence.data()) + 1);
    } else {
      text.push_back('{');
      sentence.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace

std::string words(const Problem& problem, Language language) {
  const auto entries = catalogue();
  const auto found = std::ranges::lower_bound(entries, problem.code, {}, &Entry::code);
  if (found == entries.end() || found->code != problem.code) {
    return "unknown problem: " + problem.code;
  }
  return filled(language == Language::vi ? found->vi : found->en, problem.args);
}

std::vector<std::string_view> known_codes() {
  std::vector<std::string_view> codes;
  for (const Entry& entry : catalogue()) codes.push_back(entry.code);
  return codes;
}

}  // namespace base
