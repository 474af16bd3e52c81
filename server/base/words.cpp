#include "base/words.h"

#include <algorithm>
#include <charconv>

#include "base/catalogue.h"
#include "base/date.h"

namespace base {
namespace {

/// A day as the language writes it: "2021-07-01" is 1/7/2021 in Vietnamese.
std::string shown(const std::string& arg, Language language) {
  if (language != Language::vi) return arg;
  const auto day = Date::parse(arg);
  return day ? day->vietnamese() : arg;
}

/// Puts each argument in the place of its {n}; a place without an argument stays as it is.
std::string filled(std::string_view sentence, const std::vector<std::string>& args,
                   Language language) {
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
      text.append(shown(args[place], language));
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
  return filled(language == Language::vi ? found->vi : found->en, problem.args, language);
}

std::vector<std::string_view> known_codes() {
  std::vector<std::string_view> codes;
  for (const Entry& entry : catalogue()) codes.push_back(entry.code);
  return codes;
}

}  // namespace base
