#include <algorithm>

#include "base/decimal.h"
#include "publish/figures_map.h"

namespace publish::page {
namespace {

constexpr std::size_t kMostRows = 500, kMostBars = 40;
constexpr std::size_t kBarStep = 48;
constexpr std::int64_t kLongestBar = 260;

void bars(Markup& m, const OpenTable& table, std::size_t column) {
  std::int64_t most = 0;
  std::vector<const OpenTable::Row*> rows;
  for (std::size_t r = 1; r < table.rows.size() && rows.size() < kMostBars; ++r) {
    const auto& amount = table.rows[r].cells[column].amount;
    if (!amount) continue;
    if (*amount < 0) return;  // bars begin at nought
    most = std::max(most, *amount);
    rows.push_back(&table.rows[r]);
  }
  if (rows.size() < 2 || most == 0) return;
  const OpenTable::Column& of = table.columns[column];
  m.element("figure", {}, [&] {
    m.element("figcaption", {}, with_measure(of.name, of.measure_unit));
    const std::string height = std::to_string(rows.size() * kBarStep);
    m.element(
        "svg",
        {{"class", "bars"},
         {"role", "img"},
         {"viewBox", "0 0 360 " + height},
         {"aria-label", "Biểu đồ cột: " + of.name + " theo đơn vị. Số liệu ở bảng trên."}},
        [&] {
          for (std::size_t r = 0; r < rows.size(); ++r) {
            const std::int64_t amount = *rows[r]->cells[column].amount;
            const auto width = static_cast<std::int64_t>(base::Wide{amount} * kLongestBar / most);
            const std::size_t top = r * kBarStep;
            m.element("text", {{"x", "0"}, {"y", std::to_string(top + 16)}}, rows[r]->name);
            m.empty("rect", {{"x", "0"},
                             {"y", std::to_string(top + 22)},
                             {"width", std::to_string(width)},
                             {"height", "14"}});
            m.element("text", {{"x", std::to_string(width + 6)}, {"y", std::to_string(top + 34)}},
                      base::vietnamese_figure(amount, of.decimals));
          }
        });
  });
}

void cell_of(Markup& m, const OpenTable::Cell& cell, int decimals) {
  m.element("td", {{"class", "figure"}}, [&] {
    m.text(cell.amount ? base::vietnamese_figure(*cell.amount, decimals) : "–");
    if (cell.counted < cell.expected) {
      m.text(" ");
      m.element("span", {{"class", "quiet"}},
                "(" + std::to_string(cell.counted) + "/" + std::to_string(cell.expected) + ")");
    }
  });
}

void table_of(Markup& m, const OpenTable& table) {
  const std::size_t shown = std::min(table.rows.size(), kMostRows);
  m.element(
      "div",
      {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Bảng số liệu"}},
      [&] {
        m.element("table", {}, [&] {
          m.element("caption", {}, table.title + ", " + period_of(table.period));
          m.element("thead", {}, [&] {
            m.element("tr", {}, [&] {
              m.element("th", {{"scope", "col"}}, "Đơn vị");
              for (const auto& one : table.columns) {
                m.element("th", {{"scope", "col"}, {"class", "figure"}},
                          with_measure(one.name, one.measure_unit));
              }
            });
          });
          m.element("tbody", {}, [&] {
            for (std::size_t r = 0; r < shown; ++r) {
              m.element("tr", {}, [&] {
                m.element("th", {{"scope", "row"}}, table.rows[r].name);
                for (std::size_t c = 0; c < table.columns.size(); ++c) {
                  cell_of(m, table.rows[r].cells[c], table.columns[c].decimals);
                }
              });
            }
          });
        });
      });
  if (shown < table.rows.size()) {
    m.element("p", {{"class", "note"}},
              "Bảng dài: ở đây là " + std::to_string(shown) + " trong " +
                  std::to_string(table.rows.size()) + " đơn vị; tệp tải về có đủ.");
  }
}

}  // namespace

std::string figures(const Frame& frame, const OpenFigures& figures) {
  const OpenTable& table = figures.table;
  const std::string path = figures_path(figures.id);
  const Head head{table.title,
                  table.title + ", " + period_of(table.period) + ", " + table.unit_name, path, ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, table.title);
    m.element("p", {{"class", "quiet"}}, [&] {
      m.text(table.unit_name + " · " + period_of(table.period) + " · bản " +
             std::to_string(table.version) + " · mở lúc ");
      time_of(m, frame, figures.opened_at);
    });
    if (figures.newer) {
      m.element("p", {{"class", "note"}}, [&] {
        m.text("Số liệu này đã được đính chính. ");
        m.element("a", {{"href", figures_path(figures.newer)}}, "Xem bản mới");
      });
    }
    illustrative(m, table.is_illustrative);
    table_of(m, table);
    m.element("p", {{"class", "quiet"}},
              "Trong ngoặc: số ô đã có trên số ô phải có, khi chưa đủ. Cây đơn vị theo ngày " +
                  table.on.vietnamese() + ".");
    if (!figures.map.is_empty()) outlines(m, figures.map);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      bars(m, table, c);
      if (!figures.map.is_empty()) map_of(m, table, figures.map, c);
    }
    if (!figures.map.is_empty()) map_note(m, table, figures.map);
    m.element("section", {{"aria-labelledby", "tai-ve"}}, [&] {
      m.element("h2", {{"id", "tai-ve"}}, "Tải về");
      m.element("ul", {}, [&] {
        m.element("li", {}, [&] { m.element("a", {{"href", path + "/csv"}}, "Bảng CSV"); });
        m.element("li", {}, [&] { m.element("a", {{"href", path + "/json"}}, "Dữ liệu JSON"); });
      });
    });
  });
}

}  // namespace publish::page
