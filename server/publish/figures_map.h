#pragma once

#include <cstdint>
#include <vector>

#include "publish/page_frame.h"

// Figures on the map, on the page of what is opened.
namespace publish::page {

/// What one shade means: [least, most], both met.
struct Shade {
  std::int64_t least = 0, most = 0;
  friend bool operator==(const Shade&, const Shade&) = default;
};
constexpr std::size_t kShades = 5;

/// Pure: the stretch from the smallest to the largest amount in at most five equal parts, without
/// gap or overlap; fewer where amounts lie closer. None for no amount.
std::vector<Shade> shades_of(const std::vector<std::int64_t>& amounts);

/// The outlines, once to a page; drawn by every map of it.
void outlines(Markup& m, const OpenMap& map);
/// One indicator's figures; nothing where fewer than two units have one.
void map_of(Markup& m, const OpenTable& table, const OpenMap& map, std::size_t column);
/// Which day's boundaries these are, and who drew them.
void map_note(Markup& m, const OpenTable& table, const OpenMap& map);

}  // namespace publish::page
