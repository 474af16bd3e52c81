#include "office/xlsx.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <unistd.h>

#include "base/decimal.h"
#include "base/text.h"
#include "office/cell_values.h"
#include "office/xml_text.h"

namespace office {
namespace {

constexpr std::size_t kLongestSheetName = 31;
constexpr std::size_t kLongestCell = 32767;
constexpr std::int64_t kExactWhole = 1LL << 53;
constexpr std::int64_t kExactWithDecimals = 1'000'000'000'000'000;  // 15 digits always read back

/// Whether a double, which is all a cell can hold, gives the figure back digit by digit.
bool fits_a_double(const Figure& figure) {
  const std::int64_t most = figure.decimals == 0 ? kExactWhole : kExactWithDecimals;
  return figure.amount <= most && figure.amount >= -most;
}

void must(lxw_error error, const char* what) {
  if (error != LXW_NO_ERROR)
    throw std::runtime_error(std::string("xlsx: ") + what + ": " + lxw_strerror(error));
}

/// Removes the half-written file whatever happens.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "thongsuot-XXXXXX.xlsx").string();
    const int file = mkstemps(pattern.data(), 5);
    if (file < 0) throw std::runtime_error("xlsx: no temporary file");
    close(file);
    path_ = pattern;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A name Excel takes: at most 31 units, none of []:*?/\\, no apostrophe at an end, not "History",
/// and not twice whatever the case. The library answers most others with a null sheet.
std::string sheet_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string name = xml_text(wanted);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = ' ';
  }
  const auto trimmed = [](std::string text) {
    const std::size_t from = text.find_first_not_of(" '");
    if (from == std::string::npos) return std::string();
    return text.substr(from, text.find_last_not_of(" '") + 1 - from);
  };
  name = trimmed(first_units(base::tidy(name), kLongestSheetName));
  if (name.empty()) name = "Biểu";
  const std::string first = name;
  for (int number = 2; !taken.insert(base::same_name_key(name)).second; ++number) {
    const std::string suffix = " (" + std::to_string(number) + ")";
    name = trimmed(first_units(first, kLongestSheetName - suffix.size())) + suffix;
  }
  return name;
}

/// How many lines a wrapped text takes in a column so many characters wide, near enough.
std::size_t lines_of(const std::string& text, double width) {
  const auto held = static_cast<std::size_t>(std::max(width * 0.9, 1.0));
  std::size_t lines = 0;
  std::istringstream pieces(text);
  for (std::string piece; std::getline(pieces, piece);) {
    lines += std::max<std::size_t>((base::length(piece) + held - 1) / held, 1);
  }
  return lines;
}

/// What one cell can hold; a longer text is cut, and shows that it was.
std::string cell_text(const std::string& value) {
  const std::string text = stored_text(xml_text(value));  // which the library does not do
  std::string held = first_units(text, kLongestCell);
  return held.size() == text.size() ? held : first_units(text, kLongestCell - 1) + "…";
}

class Writer {
 public:
  explicit Writer(lxw_workbook* book) : book_(book) {
    title_ = format(false, false);
    format_set_bold(title_);
    format_set_font_size(title_, 13);
    note_ = format(false, false);
    format_set_italic(note_);
    header_ = format(true, true);
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_CENTER);
    format_set_bg_color(header_, 0xDDE7F0);
  }

  void write(const Sheet& sheet) {
    lxw_worksheet* page = workbook_add_worksheet(book_, sheet_name(sheet.name, names_).c_str());
    if (page == nullptr) throw std::runtime_error("xlsx: sheet name refused");
    lxw_row_t row = 0;
    if (!sheet.title.empty()) text(page, row++, 0, sheet.title, title_);
    for (const std::string& note : sheet.notes) text(page, row++, 0, note, note_);
    if (row > 0) ++row;
    const lxw_row_t header_row = row;
    std::size_t header_lines = 1;
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      const double width = width_of(sheet, c);
      must(worksheet_set_column(page, column, column, width, nullptr), "column");
      text(page, header_row, column, sheet.columns[c], header_);
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

  /// The library stores no heights, and not every reader works out those of wrapped texts.
  static void make_room(lxw_worksheet* page, lxw_row_t row, std::size_t lines) {
    constexpr double kLine = 15;
    constexpr double kTallest = 409;  // that Excel takes
    if (lines < 2) return;
    must(worksheet_set_row(page, row, std::min(kLine * static_cast<double>(lines), kTallest),
                           nullptr),
         "row height");
  }

  lxw_format* format(bool border, bool wrap) {
    lxw_format* made = workbook_add_format(book_);
    if (made == nullptr) throw std::runtime_error("xlsx: no format");
    format_set_font_name(made, "Times New Roman");
    format_set_font_size(made, 11);
    format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    if (border) format_set_border(made, LXW_BORDER_THIN);
    if (wrap) format_set_text_wrap(made);
    return made;
  }

  lxw_format* body(int decimals, bool bold) {
    const auto key = std::pair(decimals, bold);
    if (const auto at = bodies_.find(key); at != bodies_.end()) return at->second;
    lxw_format* made = format(true, decimals < 0);
    if (bold) format_set_bold(made);
    if (decimals >= 0) {
      const std::string number =
          decimals == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(decimals), '0');
      format_set_num_format(made, number.c_str());
    }
    return bodies_.emplace(key, made).first->second;
  }

  void text(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const std::string& value,
            lxw_format* with) {
    const std::string safe = cell_text(value);
    if (safe.empty()) {
      must(worksheet_write_blank(page, row, column, with), "blank");
    } else {
      must(worksheet_write_string(page, row, column, safe.c_str(), with), "text");
    }
  }

  void cell(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const Cell& value, bool bold) {
    if (const auto* figure = std::get_if<Figure>(&value)) {
      if (!fits_a_double(*figure)) {
        text(page, row, column, base::vietnamese_figure(figure->amount, figure->decimals),
             body(-1, bold));
        return;
      }
      // Excel holds numbers as doubles: the shortest text with these decimals reads back exactly.
      const double number =
          std::strtod(base::canonical_figure(figure->amount, figure->decimals).c_str(), nullptr);
      must(worksheet_write_number(page, row, column, number, body(figure->decimals, bold)),
           "figure");
      return;
    }
    const auto* words = std::get_if<std::string>(&value);
    // Stored as a shared string, which no spreadsheet evaluates, whatever it begins with.
    text(page, row, column, words == nullptr ? std::string() : *words, body(-1, bold));
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
  const TemporaryFile file;
  std::string folder = std::filesystem::temp_directory_path().string();
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) throw std::runtime_error("xlsx: no workbook");
  lxw_doc_properties properties{};
  properties.created = 1;  // the same bytes for the same figures
  try {
    must(workbook_set_properties(book, &properties), "properties");
    Writer writer(book);
    for (const Sheet& sheet : sheets) writer.write(sheet);
  } catch (...) {
    workbook_close(book);  // frees it; the file is thrown away
    throw;
  }
  must(workbook_close(book), "close");
  std::ifstream made(file.path(), std::ios::binary);
  std::ostringstream bytes;
  bytes << made.rdbuf();
  if (!made || !bytes) throw std::runtime_error("xlsx: cannot read the file back");
  return std::move(bytes).str();
}

}  // namespace office
