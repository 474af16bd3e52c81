#include "office/csv.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace office {
namespace {

using base::ProblemKind;

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kNbsp = "\xC2\xA0";

struct RawRow {
  std::vector<std::string> cells;
  std::size_t line = 1;
};

/// Splits bytes into rows of raw cells; notes where a quote never closes.
class Scanner {
 public:
  Scanner(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {}

  bool next(RawRow& row) {
    row.cells.clear();
    if (at_ >= bytes_.size()) return false;
    row.line = line_;
    for (;;) {
      row.cells.push_back(cell());
      if (at_ >= bytes_.size()) return true;
      if (bytes_[at_] == separator_) {
        ++at_;
        if (at_ >= bytes_.size()) row.cells.emplace_back();
        continue;
      }
      end_of_line();
      return true;
    }
  }

  bool has_open_quote() const { return open_quote_; }
  bool has_bare_cr() const { return bare_cr_; }

 private:
  std::string cell() {
    std::string text;
    if (at_ < bytes_.size() && bytes_[at_] == '"') {
      ++at_;
      quoted(text);
    }
    while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n' && bytes_[at_] != '\r') {
      text += bytes_[at_++];
    }
    return text;
  }

  void quoted(std::string& text) {
    for (; at_ < bytes_.size(); ++at_) {
      if (bytes_[at_] == '\n') ++line_;
      if (bytes_[at_] != '"') {
        text += bytes_[at_];
      } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
        text += bytes_[at_++];
      } else {
        ++at_;
        return;
      }
    }
    open_quote_ = true;
  }

  void end_of_line() {
    if (bytes_[at_] == '\r') {
      ++at_;
      if (at_ < bytes_.size() && bytes_[at_] == '\n') {
        ++at_;
      } else {
        bare_cr_ = true;
      }
    } else {
      ++at_;
    }
    ++line_;
  }

  std::string_view bytes_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool open_quote_ = false;
  bool bare_cr_ = false;
};

/// Of comma, semicolon and tab, the one that splits the header into most columns.
char separator_of(std::string_view bytes) {
  const std::string_view header = bytes.substr(0, bytes.find_first_of("\r\n"));
  char best = ',';
  for (const char candidate : {',', ';', '\t'}) {
    if (std::count(header.begin(), header.end(), candidate) > std::count(header.begin(), header.end(), best)) {
      best = candidate;
    }
  }
  return best;
}

/// NFC and outer blanks off; what was mended is noted.
std::string clean(const std::string& cell, std::set<std::string>& doubts) {
  if (std::all_of(cell.begin(), cell.end(), [](char c) { return c > ' ' && c < 127; })) return cell;
  std::string text = base::nfc(cell);
  if (text != cell) doubts.insert("csv.nfd");
  if (text.find(kNbsp) != std::string::npos) doubts.insert("csv.nbsp");
  for (bool changed = true; changed && !text.empty();) {
    changed = false;
    for (const std::string_view blank : {std::string_view(" "), std::string_view("\t"), std::string_view("\n"),
                                         std::string_view("\r"), kNbsp}) {
      if (text.starts_with(blank)) text.erase(0, blank.size()), changed = true;
      if (text.ends_with(blank)) text.erase(text.size() - blank.size()), changed = true;
    }
  }
  return text;
}

bool is_blank(const RawRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

std::string place(std::size_t line) { return "line " + std::to_string(line); }

void check_header(const CsvTable& table, base::Problems& problems) {
  std::set<std::string> seen;
  for (const std::string& column : table.columns) {
    if (!seen.insert(column).second) {
      problems.push_back({ProblemKind::invalid, "csv.duplicate_column", place(1), {column}});
    }
  }
}

bool is_number(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (!(c == '-' && i == 0) && c != '.' && c != ',') {
      return false;
    }
  }
  return digits > 0;
}

std::string quoted_cell(const std::string& cell) {
  std::string text = "\"";
  // A spreadsheet runs what begins like a formula (OWASP ASVS 5, 1.2.10); numbers stay numbers.
  static constexpr std::string_view kStarts = "=+-@\t\r";
  if (!cell.empty() && kStarts.find(cell.front()) != std::string_view::npos && !is_number(cell)) text += '\'';
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
  const auto at = std::find(columns.begin(), columns.end(), name);
  return at == columns.end() ? std::string::npos : static_cast<std::size_t>(at - columns.begin());
}

base::Result<CsvTable> read_csv(std::string_view bytes, std::size_t most_rows) {
  CsvTable table;
  std::set<std::string> doubts;
  if (bytes.starts_with(kBom)) {
    bytes.remove_prefix(kBom.size());
    doubts.insert("csv.bom");
  }
  if (!base::is_utf8(bytes)) {
    std::size_t line = 1;
    std::size_t from = 0;
    while (from < bytes.size()) {  // the first line that is not
      const std::size_t end = std::min(bytes.find('\n', from), bytes.size());
      if (!base::is_utf8(bytes.substr(from, end - from))) break;
      from = end + 1;
      ++line;
    }
    return base::refuse(ProblemKind::invalid, "csv.not_utf8", place(line));
  }
  Scanner scanner(bytes, separator_of(bytes));
  RawRow row;
  base::Problems problems;
  while (scanner.next(row)) {
    if (is_blank(row)) continue;
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) cells.push_back(clean(cell, doubts));
    if (table.columns.empty()) {
      for (std::string& cell : cells) {
        std::transform(cell.begin(), cell.end(), cell.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        table.columns.push_back(std::move(cell));
      }
      check_header(table, problems);
    } else if (cells.size() != table.columns.size()) {
      problems.push_back({ProblemKind::invalid, "csv.row_width", place(row.line),
                          {std::to_string(cells.size()), std::to_string(table.columns.size())}});
    } else if (table.rows.size() >= most_rows) {
      return base::refuse(ProblemKind::too_large, "csv.too_large", place(row.line), {std::to_string(most_rows)});
    } else {
      table.rows.push_back(std::move(cells));
      table.lines.push_back(row.line);
    }
  }
  if (scanner.has_open_quote()) problems.push_back({ProblemKind::invalid, "csv.open_quote", place(row.line), {}});
  if (table.columns.empty()) problems.push_back({ProblemKind::invalid, "csv.empty", place(1), {}});
  if (scanner.has_bare_cr()) doubts.insert("csv.bare_cr");
  if (!problems.empty()) return base::refuse(std::move(problems));
  table.doubts.assign(doubts.begin(), doubts.end());
  return table;
}

std::string write_csv(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::string bytes(kBom);
  const auto add = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) bytes += ',';
      bytes += quoted_cell(cells[i]);
    }
    bytes += "\r\n";
  };
  add(columns);
  for (const auto& row : rows) add(row);
  return bytes;
}

}  // namespace office
