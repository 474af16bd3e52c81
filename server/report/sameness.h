#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How alike texts are, pure and always answering the same.
namespace report {

/// How far one text is the other again.
enum class Sameness {
  none,
  figures,  ///< but for dates and numbers
  dates,    ///< but for days, months, quarters and years
  words     ///< but for case, spaces, marks and stops
};
std::string_view name(Sameness sameness);

/// How far the two say the same; empty texts are `none`. A bound figure is one word whatever it
/// shows, and its period is a date.
Sameness sameness(std::string_view a, std::string_view b);

/// True when nothing but dates differs; with `numbers` neither figures need to be the same.
bool same_but_for_dates(std::string_view a, std::string_view b, bool numbers = false);

/// How much of `text` stands in `other` too: the share of its runs of three words (dates and
/// figures aside), 0..100.
int likeness(std::string_view text, std::string_view other);

/// Texts that say nearly the same: `members` counts from 0 in the order given; the first is the
/// representative, which every other is like.
struct Similar {
  std::vector<std::size_t> members;
};

/// Groups of texts whose sets of three-word runs overlap (Jaccard) in at least `percent` of a
/// hundred with their group's first; every text is in exactly one group, alone when like no other.
/// Groups come in the order of their first. Dates and figures are left aside. O(n) lookups: only
/// groups that share a rare run are compared.
std::vector<Similar> similar_groups(const std::vector<std::string>& texts, int percent = 60);

}  // namespace report
