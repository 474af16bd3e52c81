#include "org/import_boundaries.h"

#include <cmath>
#include <cstdio>
#include <set>

#include "http/json.h"

namespace org {
namespace {

namespace json = http::json;
using base::ProblemKind;

/// Degrees with at most six decimals (a decimetre), without needless zeros.
std::string degrees(double value) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.6f", value);
  std::string made(text, static_cast<std::size_t>(length));
  made.erase(made.find_last_not_of('0') + 1);
  if (made.ends_with('.')) made.pop_back();
  return made == "-0" ? "0" : made;
}

/// Appends one ring as text; false when it is none.
bool write_ring(const json::value& value, std::string& text) {
  const json::array* points = value.if_array();
  if (!points || points->size() < 4 || points->front() != points->back()) return false;
  text += '[';
  for (const json::value& one : *points) {
    const json::array* point = one.if_array();
    if (!point || point->size() < 2 || !(*point)[0].is_number() || !(*point)[1].is_number()) {
      return false;
    }
    const auto east = (*point)[0].to_number<double>(), north = (*point)[1].to_number<double>();
    if (!(std::abs(east) <= 180) || !(std::abs(north) <= 90)) return false;
    text += (text.back() == '[' ? "[" : ",[") + degrees(east) + "," + degrees(north) + "]";
  }
  text += ']';
  return true;
}

bool write_polygon(const json::value& value, std::string& text) {
  const json::array* rings = value.if_array();
  if (!rings || rings->empty()) return false;
  text += '[';
  for (const json::value& ring : *rings) {
    if (text.back() != '[') text += ',';
    if (!write_ring(ring, text)) return false;
  }
  text += ']';
  return true;
}

/// The geometry as text of our own making; empty when it is none.
std::string geometry_text(const json::value* geometry) {
  const json::object* object = geometry ? geometry->if_object() : nullptr;
  const json::value* type = object ? object->if_contains("type") : nullptr;
  const json::value* coordinates = object ? object->if_contains("coordinates") : nullptr;
  if (!type || !type->is_string() || !coordinates) return {};
  std::string text;
  if (type->get_string() == "Polygon") {
    text = R"({"type":"Polygon","coordinates":)";
    return write_polygon(*coordinates, text) ? text + "}" : std::string();
  }
  const json::array* polygons = coordinates->if_array();
  if (type->get_string() != "MultiPolygon" || !polygons || polygons->empty()) return {};
  text = R"({"type":"MultiPolygon","coordinates":[)";
  for (const json::value& polygon : *polygons) {
    if (text.back() != '[') text += ',';
    if (!write_polygon(polygon, text)) return {};
  }
  return text + "]}";
}

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_string()) return {};
  const json::string& text = value->get_string();
  return {text.data(), text.size()};
}

std::string code_of(const json::object& feature) {
  const json::value* properties = feature.if_contains("properties");
  if (properties && properties->is_object()) {
    if (auto code = text_of(properties->get_object(), "code"); !code.empty()) return code;
  }
  return text_of(feature, "id");
}

}  // namespace

base::Result<std::vector<BoundaryRow>> read_boundaries(std::string_view bytes) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  const json::value parsed = json::parse({bytes.data(), bytes.size()}, error, {}, options);
  if (error) {
    return base::refuse(ProblemKind::malformed, "boundary.json", "", {error.message()});
  }
  const json::object* top = parsed.if_object();
  const json::value* features = top ? top->if_contains("features") : nullptr;
  if (!features || !features->is_array() || features->get_array().empty()) {
    return base::refuse(ProblemKind::invalid, "boundary.form");
  }
  base::Problems problems;
  std::vector<BoundaryRow> rows;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < features->get_array().size(); ++i) {
    const std::string place = "/features/" + std::to_string(i);
    const auto fault = [&](const char* code, std::vector<std::string> args = {}) {
      problems.push_back({ProblemKind::invalid, code, place, std::move(args)});
    };
    const json::object* feature = features->get_array()[i].if_object();
    if (!feature) {
      fault("boundary.form");
      continue;
    }
    BoundaryRow row{place, code_of(*feature), geometry_text(feature->if_contains("geometry"))};
    if (row.code.empty()) fault("boundary.code_missing");
    if (row.geometry.empty()) fault("boundary.geometry", {row.code});
    if (!row.code.empty() && !seen.insert(row.code).second)
      fault("boundary.code_twice", {row.code});
    rows.push_back(std::move(row));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

}  // namespace org
