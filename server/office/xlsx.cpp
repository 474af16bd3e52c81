#include "office/xlsx.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/decimal.h"
#include "office/xlsx_parts.h"

namespace office {
namespace {

class Writer {
 public:
  explicit Writer(lxw_workbook* book) : book_(book) {
    title_ = plain_format(book_, false, false);
    format_set_bold(title_);
    format_set_font_size(title_, 13);
    note_ = plain_format(book_, false, false);
    format_set_italic(note_);
    header_ = plain_format(book_, true, true);
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_CENTER);
    format_set_bg_color(header_, 0xDDE7F0);
  }

  void write(const Sheet& sheet) {
    lxw_worksheet* page = workbook_add_worksheet(book_, sheet_name(sheet.name, names_).c_str());
    if (page == nullptr) throw std::runtime_error("xlsx: sheet name refused");
    lxw_row_t row = 0;
    if (!sheet.title.empty()) write_text(page, row++, 0, sheet.title, title_);
    for (const std::string& note : sheet.notes) write_text(page, row++, 0, note, note_);
    if (row > 0) ++row;
    const lxw_row_t header_row = row;
    std::size_t header_lines = 1;
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      const double width = width_of(sheet, c);
      must(worksheet_set_column(page, column, column, width, nullptr), "column");
      write_text(page, header_row, column, sheet.columns[c], header_);
      header_lines = std::max(header_lines, lines_of(sheet.columns[c], width));
    }
    make_room(page, header_row, header_lines);
    rows(page, header_row + 1, sheet);
    worksheet_freeze_panes(page, header_row + 1, 0);
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9);  // A4
    worksheet_fit_to_pages(page, 1, 0);
    must(worksheet_set_footer(page, "&C&\"Times New Roman,Regular\"&10&P/&N"), "footer");
    must(worksheet_repeat_rows(page, header_row, header_row), "repeated header");
  }

 private:
  static double width_of(const Sheet& sheet, std::size_t c) {
    return c < sheet.widths.size() ? sheet.widths[c] : 16;
  }

  void rows(lxw_worksheet* page, lxw_row_t first, const Sheet& sheet) {
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
      const auto row = first + static_cast<lxw_row_t>(r);
      const bool is_total = r < sheet.is_total.size() && sheet.is_total[r];
      std::size_t lines = 1;
      for (std::size_t c = 0; c < sheet.rows[r].size(); ++c) {
        const Cell& value = sheet.rows[r][c];
        cell(page, row, static_cast<lxw_col_t>(c), value, is_total);
        if (const auto* words = std::get_if<std::string>(&value)) {
          lines = std::max(lines, lines_of(*words, width_of(sheet, c)));
        }
      }
      make_room(page, row, lines);
    }
  }

  lxw_format* body(int decimals, bool bold) {
    const auto key = std::pair(decimals, bold);
    if (const auto at = bodies_.find(key); at != bodies_.end()) return at->second;
    lxw_format* made = plain_format(book_, true, decimals < 0);
    if (bold) format_set_bold(made);
    if (decimals >= 0) {
      format_set_num_format(made, number_format(decimals).c_str());
    }
    return bodies_.emplace(key, made).first->second;
  }

  void cell(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const Cell& value, bool bold) {
    if (const auto* figure = std::get_if<Figure>(&value)) {
      if (!fits_a_double(*figure)) {
        write_text(page, row, column, base::vietnamese_figure(figure->amount, figure->decimals),
                   body(-1, bold));
        return;
      }
      must(worksheet_write_number(page, row, column, as_double(*figure),
                                  body(figure->decimals, bold)),
           "figure");
      return;
    }
    const auto* words = std::get_if<std::string>(&value);
    // Stored as a shared string, which no spreadsheet evaluates, whatever it begins with.
    write_text(page, row, column, words == nullptr ? std::string() : *words, body(-1, bold));
  }

  lxw_workbook* book_;
  lxw_format* title_;
  lxw_format* note_;
  lxw_format* header_;
  std::map<std::pair<int, bool>, lxw_format*> bodies_;
  std::set<std::string> names_{"history"};  // a name Excel keeps for itself
};

}  // namespace

std::string write_xlsx(const std::vector<Sheet>& sheets) {
  if (sheets.empty()) throw std::invalid_argument("xlsx: no sheet");
  return workbook_bytes([&](lxw_workbook* book) {
    Writer writer(book);
    for (const Sheet& sheet : sheets) writer.write(sheet);
  });
}

}  // namespace office
