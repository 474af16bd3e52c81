#include "office/xlsx_parts.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

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

}  // namespace

void must(lxw_error error, const char* what) {
  if (error != LXW_NO_ERROR)
    throw std::runtime_error(std::string("xlsx: ") + what + ": " + lxw_strerror(error));
}

bool fits_a_double(const Figure& figure) {
  const std::int64_t most = figure.decimals == 0 ? kExactWhole : kExactWithDecimals;
  return figure.amount <= most && figure.amount >= -most;
}

double as_double(const Figure& figure) {
  // Excel holds numbers as doubles: the shortest text with these decimals reads back exactly.
  return std::strtod(base::canonical_figure(figure.amount, figure.decimals).c_str(), nullptr);
}

std::string number_format(int decimals) {
  return decimals == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(decimals), '0');
}

std::string sheet_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string name = xml_text(wanted);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = ' ';
  }
  const auto trimmed = [](const std::string& text) {
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

std::size_t lines_of(const std::string& text, double width) {
  const auto held = static_cast<std::size_t>(std::max(width * 0.9, 1.0));
  std::size_t lines = 0;
  std::istringstream pieces(text);
  for (std::string piece; std::getline(pieces, piece);) {
    lines += std::max<std::size_t>((base::length(piece) + held - 1) / held, 1);
  }
  return lines;
}

std::string cell_text(const std::string& value) {
  const std::string text = stored_text(xml_text(value));  // which the library does not do
  std::string held = first_units(text, kLongestCell);
  return held.size() == text.size() ? held : first_units(text, kLongestCell - 1) + "…";
}

void write_text(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const std::string& value,
                lxw_format* with) {
  const std::string safe = cell_text(value);
  if (safe.empty()) {
    must(worksheet_write_blank(page, row, column, with), "blank");
  } else {
    must(worksheet_write_string(page, row, column, safe.c_str(), with), "text");
  }
}

void make_room(lxw_worksheet* page, lxw_row_t row, std::size_t lines) {
  constexpr double kLine = 15;
  constexpr double kTallest = 409;  // that Excel takes
  if (lines < 2) return;
  must(
      worksheet_set_row(page, row, std::min(kLine * static_cast<double>(lines), kTallest), nullptr),
      "row height");
}

lxw_format* plain_format(lxw_workbook* book, bool border, bool wrap) {
  lxw_format* made = workbook_add_format(book);
  if (made == nullptr) throw std::runtime_error("xlsx: no format");
  format_set_font_name(made, "Times New Roman");
  format_set_font_size(made, 11);
  format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
  if (border) format_set_border(made, LXW_BORDER_THIN);
  if (wrap) format_set_text_wrap(made);
  return made;
}

std::string workbook_bytes(const std::function<void(lxw_workbook*)>& write) {
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
    write(book);
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
