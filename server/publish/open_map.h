#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "org/boundary_store.h"

/// Where the units of opened figures lie: outlines as drawn on paper, frozen when they are opened.
namespace publish {

/// A drawing in whole units, y downward, at most kMapWidth wide and kMapHeight high.
struct OpenMap {
  struct Shape {
    std::string code;  ///< of the unit
    std::string path;  ///< as SVG writes it
    int x = 0, y = 0;  ///< where a figure is written: inside of it
    int room = 0;      ///< how wide a figure may be there
    friend bool operator==(const Shape&, const Shape&) = default;
  };
  int width = 0, height = 0;
  std::vector<Shape> shapes;         ///< large ones first, so that small ones lie on top
  std::vector<std::string> sources;  ///< who drew the boundaries

  bool is_empty() const { return shapes.empty(); }
  friend bool operator==(const OpenMap&, const OpenMap&) = default;
};

constexpr int kMapWidth = 1440, kMapHeight = 1240;

/// Draws the boundaries of the units that have a code here; the keys are ids of units. Degrees are
/// flattened with the cosine of the middle latitude. A geometry that is no area is left out; fewer
/// than two shapes are no map.
OpenMap drawn(const std::vector<org::boundary_store::Boundary>& boundaries,
              const std::map<std::int64_t, std::string>& codes);
/// As it is kept; empty for no map.
std::string map_text(const OpenMap& map);
OpenMap open_map_of(const std::string& text);

}  // namespace publish
