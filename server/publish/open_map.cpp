#include "publish/open_map.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>
#include <numbers>

#include "http/json.h"

namespace publish {
namespace {

namespace bg = boost::geometry;
using http::json::array;
using http::json::object;
using http::json::value;
using Point = bg::model::d2::point_xy<double>;
using Box = bg::model::box<Point>;
using Part = bg::model::polygon<Point>;
using Area = bg::model::multi_polygon<Part>;

constexpr double kMargin = 8, kDetail = 0.7;  // of a drawing's unit; half of it is a screen's dot

Part part_of(const array& rings) {
  Part made;
  for (std::size_t r = 0; r < rings.size(); ++r) {
    if (r > 0) made.inners().emplace_back();
    auto& ring = r == 0 ? made.outer() : made.inners().back();
    for (const value& one : rings[r].as_array()) {
      const array& pair = one.as_array();
      ring.emplace_back(pair.at(0).to_number<double>(), pair.at(1).to_number<double>());
    }
  }
  return made;
}

/// The geometry was looked over when it was imported: a Polygon or a MultiPolygon.
Area area_of(const std::string& geometry) {
  const value parsed = http::json::parse(geometry);
  const object& from = parsed.as_object();
  const array& coordinates = from.at("coordinates").as_array();
  Area made;
  if (from.at("type").as_string() == "Polygon") {
    made.push_back(part_of(coordinates));
  } else {
    for (const value& one : coordinates) made.push_back(part_of(one.as_array()));
  }
  return made;
}

/// From degrees to the paper.
struct Paper {
  double west = 0, north = 0, across = 1, down = 1;  ///< units of the drawing to a degree
  int width = 0, height = 0;

  explicit Paper(const Box& degrees) {
    west = degrees.min_corner().x(), north = degrees.max_corner().y();
    const double middle = (degrees.min_corner().y() + north) / 2;
    const double flat = std::cos(middle * std::numbers::pi / 180);
    const double wide = (degrees.max_corner().x() - west) * flat;
    const double high = north - degrees.min_corner().y();
    down = std::min((kMapWidth - 2 * kMargin) / wide, (kMapHeight - 2 * kMargin) / high);
    across = down * flat;
    width = static_cast<int>(std::ceil(wide * down + 2 * kMargin));
    height = static_cast<int>(std::ceil(high * down + 2 * kMargin));
  }
  Area operator()(Area area) const {
    bg::for_each_point(area, [&](Point& point) {
      point = {(point.x() - west) * across + kMargin, (north - point.y()) * down + kMargin};
    });
    bg::correct(area);
    return area;
  }
};

template <class Ring>
std::string path_of(const Ring& ring) {
  std::string made, last;
  std::size_t count = 0;
  for (const Point& point : ring) {
    std::string next =
        std::to_string(std::lround(point.x())) + " " + std::to_string(std::lround(point.y()));
    if (next == last) continue;
    made += (made.empty() ? "M" : "L") + next;
    last = std::move(next);
    ++count;
  }
  return count < 3 ? "" : made + "Z";
}

std::string path_of(const Area& area) {
  std::string made;
  for (const Part& part : area) {
    made += path_of(part.outer());
    for (const auto& inner : part.inners()) made += path_of(inner);
  }
  return made;
}

/// The widest stretch inside of the part at the point's height. Counts crossings, so that outlines
/// that cross themselves have an answer too.
std::pair<double, double> widest_stretch(const Part& part, const Point& at) {
  std::vector<double> cuts;
  const auto cut = [&](const auto& ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point &a = ring[i], &b = ring[i + 1];
      if ((a.y() > at.y()) == (b.y() > at.y())) continue;
      cuts.push_back(a.x() + (at.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
    }
  };
  cut(part.outer());
  for (const auto& inner : part.inners()) cut(inner);
  std::ranges::sort(cuts);
  std::pair<double, double> widest{at.x(), at.x()};
  for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
    if (cuts[i + 1] - cuts[i] > widest.second - widest.first) widest = {cuts[i], cuts[i + 1]};
  }
  return widest;
}

/// In the middle of the widest stretch at the height of the largest part's centre of gravity.
void place_figure(const Area& area, OpenMap::Shape& shape) {
  const Part& largest = *std::max_element(
      area.begin(), area.end(),
      [](const Part& left, const Part& right) { return bg::area(left) < bg::area(right); });
  Point centre(0, 0);
  bg::centroid(largest, centre);
  const auto [from, to] = widest_stretch(largest, centre);
  shape.x = static_cast<int>(std::lround((from + to) / 2));
  shape.y = static_cast<int>(std::lround(centre.y()));
  shape.room = static_cast<int>(to - from);
}

}  // namespace

OpenMap drawn(const std::vector<org::boundary_store::Boundary>& boundaries,
              const std::map<std::int64_t, std::string>& codes) {
  struct Known {
    std::string code;
    Area area;
  };
  std::vector<Known> known;
  OpenMap made;
  Box around = bg::make_inverse<Box>();
  for (const auto& one : boundaries) {
    const auto code = codes.find(one.unit.id.value);
    if (code == codes.end()) continue;
    Known next{code->second, area_of(one.geometry)};
    bg::correct(next.area);
    if (bg::is_empty(next.area) || bg::area(next.area) <= 0) continue;
    bg::expand(around, bg::return_envelope<Box>(next.area));
    known.push_back(std::move(next));
    if (!one.source.empty() && std::ranges::find(made.sources, one.source) == made.sources.end()) {
      made.sources.push_back(one.source);
    }
  }
  if (known.size() < 2) return {};
  const Paper paper(around);
  for (Known& one : known) one.area = paper(std::move(one.area));
  std::ranges::stable_sort(known, std::greater(),
                           [](const Known& one) { return bg::area(one.area); });
  for (const Known& one : known) {
    Area plain;
    bg::simplify(one.area, plain, kDetail);
    OpenMap::Shape shape{one.code, path_of(plain), 0, 0, 0};
    if (shape.path.empty()) continue;  // smaller than a dot
    place_figure(one.area, shape);
    made.shapes.push_back(std::move(shape));
  }
  made.width = paper.width, made.height = paper.height;
  return made.shapes.size() < 2 ? OpenMap{} : made;
}

std::string map_text(const OpenMap& map) {
  if (map.is_empty()) return "";
  array shapes, sources;
  for (const OpenMap::Shape& one : map.shapes) {
    shapes.push_back(object{
        {"code", one.code}, {"path", one.path}, {"x", one.x}, {"y", one.y}, {"room", one.room}});
  }
  for (const std::string& one : map.sources) sources.push_back(value(one));
  return http::json::serialize(object{{"width", map.width},
                                      {"height", map.height},
                                      {"shapes", std::move(shapes)},
                                      {"sources", std::move(sources)}});
}

OpenMap open_map_of(const std::string& text) {
  if (text.empty()) return {};
  const value parsed = http::json::parse(text);
  const object& from = parsed.as_object();
  const auto number = [](const object& of, std::string_view key) {
    return static_cast<int>(of.at(key).as_int64());
  };
  OpenMap made;
  made.width = number(from, "width"), made.height = number(from, "height");
  for (const value& one : from.at("shapes").as_array()) {
    const object& of = one.as_object();
    made.shapes.push_back({std::string(of.at("code").as_string()),
                           std::string(of.at("path").as_string()), number(of, "x"), number(of, "y"),
                           number(of, "room")});
  }
  for (const value& one : from.at("sources").as_array()) {
    made.sources.emplace_back(one.as_string());
  }
  return made;
}

}  // namespace publish
