#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace base {

enum class Language { vi, en };

/// The sentence for a problem: what is wrong and what to do, with {0}, {1} … filled from its args.
/// Made at build time from every folder's `problems.json`. An unknown code is a bug and says so.
std::string words(const Problem& problem, Language language);

/// Every code in the catalogue, sorted.
std::vector<std::string_view> known_codes();

}  // namespace base
