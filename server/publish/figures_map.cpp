#include "publish/figures_map.h"

#include <algorithm>
#include <map>

#include "base/decimal.h"
#include "base/text.h"

namespace publish::page {
namespace {

constexpr int kLetter = 16, kLine = 30;  // of what is written on the map, in its units

std::string shape_id(std::size_t at) { return "o" + std::to_string(at); }
std::string shade_class(std::size_t at) { return "b" + std::to_string(at + 1); }
std::string range_of(const Shade& shade, int decimals) {
  const std::string least = base::vietnamese_figure(shade.least, decimals);
  return shade.least == shade.most ? least
                                   : least + " – " + base::vietnamese_figure(shade.most, decimals);
}

/// A shape's unit with its figure.
struct Placed {
  std::string name;
  std::optional<std::int64_t> amount;

  std::string words(int decimals) const {
    return amount ? base::vietnamese_figure(*amount, decimals) : "chưa có số liệu";
  }
};

std::vector<Placed> placed(const OpenTable& table, const OpenMap& map, std::size_t column) {
  std::map<std::string, const OpenTable::Row*> rows;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    rows.emplace(table.rows[r].code, &table.rows[r]);
  }
  std::vector<Placed> made;
  for (const OpenMap::Shape& one : map.shapes) {
    const auto row = rows.find(one.code);
    if (row == rows.end()) {
      made.push_back({one.code, {}});
    } else {
      made.push_back({row->second->name, row->second->cells[column].amount});
    }
  }
  return made;
}

std::string shade_of(const Placed& one, const std::vector<Shade>& shades) {
  if (!one.amount) return "b0";
  const auto at =
      std::ranges::find_if(shades, [&](const Shade& shade) { return *one.amount <= shade.most; });
  return shade_class(static_cast<std::size_t>(at - shades.begin()));
}

/// The figure where it fits into the shape, and the unit's name above it where that fits too.
void label(Markup& m, const OpenMap::Shape& shape, const Placed& one, int decimals,
           const std::string& shade) {
  const auto fits = [&](const std::string& words) {
    return static_cast<int>(base::length(words)) * kLetter <= shape.room;
  };
  const std::string figure = one.words(decimals);
  if (!one.amount || !fits(figure)) return;
  const std::string x = std::to_string(shape.x);
  const bool is_named = fits(one.name);
  m.element("text", {{"class", "on-" + shade}}, [&] {
    if (is_named)
      m.element("tspan", {{"class", "name"}, {"x", x}, {"y", std::to_string(shape.y - 6)}},
                one.name);
    const int down = is_named ? kLine : kLine / 3;
    m.element("tspan", {{"class", "sum"}, {"x", x}, {"y", std::to_string(shape.y + down)}}, figure);
  });
}

void legend(Markup& m, const std::vector<Shade>& shades, int decimals, bool has_blank) {
  m.element("ul", {{"class", "legend"}}, [&] {
    const auto entry = [&](const std::string& shade, const std::string& words) {
      m.element("li", {}, [&] {
        m.element("svg", {{"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}},
                  [&] { m.empty("rect", {{"class", shade}, {"width", "16"}, {"height", "16"}}); });
        m.text(words);
      });
    };
    for (std::size_t s = 0; s < shades.size(); ++s) {
      entry(shade_class(s), range_of(shades[s], decimals));
    }
    if (has_blank) entry("b0", "chưa có số liệu");
  });
}

}  // namespace

std::vector<Shade> shades_of(const std::vector<std::int64_t>& amounts) {
  if (amounts.empty()) return {};
  const auto [least, most] = std::ranges::minmax(amounts);
  const base::Wide wide = base::Wide{most} - least + 1;  // whole numbers there are
  std::vector<Shade> made;
  base::Wide from = least;
  for (std::size_t s = 1; s <= kShades; ++s) {
    const base::Wide next = least + wide * static_cast<std::int64_t>(s) / std::int64_t{kShades};
    if (next == from) continue;
    made.push_back({static_cast<std::int64_t>(from), static_cast<std::int64_t>(next - 1)});
    from = next;
  }
  return made;
}

void outlines(Markup& m, const OpenMap& map) {
  m.element("svg", {{"class", "outlines"}, {"aria-hidden", "true"}}, [&] {
    m.element("defs", {}, [&] {
      for (std::size_t s = 0; s < map.shapes.size(); ++s) {
        m.empty("path", {{"id", shape_id(s)}, {"d", map.shapes[s].path}});
      }
    });
  });
}

void map_of(Markup& m, const OpenTable& table, const OpenMap& map, std::size_t column) {
  const OpenTable::Column& of = table.columns[column];
  const std::vector<Placed> places = placed(table, map, column);
  std::vector<std::int64_t> amounts;
  for (const Placed& one : places) {
    if (one.amount) amounts.push_back(*one.amount);
  }
  if (amounts.size() < 2) return;
  const std::vector<Shade> shades = shades_of(amounts);
  m.element("figure", {}, [&] {
    m.element("figcaption", {}, with_measure(of.name, of.measure_unit) + ", trên bản đồ");
    const std::string view = "0 0 " + std::to_string(map.width) + " " + std::to_string(map.height);
    m.element("svg",
              {{"class", "map"},
               {"role", "img"},
               {"viewBox", view},
               {"aria-label", "Bản đồ: " + of.name + " theo đơn vị. Số liệu ở bảng trên."}},
              [&] {
                for (std::size_t s = 0; s < places.size(); ++s) {
                  const std::string name = places[s].name + ": " + places[s].words(of.decimals);
                  m.element("use",
                            {{"href", "#" + shape_id(s)}, {"class", shade_of(places[s], shades)}},
                            [&] { m.element("title", {}, name); });
                }
                for (std::size_t s = 0; s < places.size(); ++s) {
                  label(m, map.shapes[s], places[s], of.decimals, shade_of(places[s], shades));
                }
              });
    legend(m, shades, of.decimals, amounts.size() < places.size());
  });
}

void map_note(Markup& m, const OpenTable& table, const OpenMap& map) {
  const std::size_t units = table.rows.empty() ? 0 : table.rows.size() - 1;
  std::string words = "Bản đồ: địa giới ngày " + table.on.vietnamese();
  if (map.shapes.size() < units) {
    words += ", biết của " + std::to_string(map.shapes.size()) + " trong " + std::to_string(units) +
             " đơn vị";
  }
  for (std::size_t s = 0; s < map.sources.size(); ++s) {
    words += (s == 0 ? ". Nguồn: " : "; ") + map.sources[s];
  }
  m.element("p", {{"class", "quiet"}}, words + ".");
}

}  // namespace publish::page
