#include "office/csv.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "office/clean_text.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::ProblemKind;

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kMostProblems = 1000;
constexpr std::size_t kMostColumns = 16'384;  // as Excel; a row is held no wider than one more

struct RawRow {
  std::vector<std::string> cells;
  std::size_t line = 1;
  bool has_quotes = false;
  bool is_too_wide = false;  ///< had more cells than are held
  bool is_loose = false;     ///< a quote ends before its cell does, or never
};

/// Splits bytes into rows of raw cells; notes where a quote never closes.
class Scanner {
 public:
  Scanner(std::string_view bytes, char separator) : bytes_(bytes), separator_(separator) {}

  bool next(RawRow& row) {
    row.cells.clear();
    row.has_quotes = row.is_too_wide = row.is_loose = false;
    if (at_ >= bytes_.size()) return false;
    row.line = line_;
    for (;;) {
      std::string text = cell(row);
      row.is_too_wide = row.cells.size() > kMostColumns;
      if (!row.is_too_wide) row.cells.push_back(std::move(text));
      if (at_ >= bytes_.size()) return true;
      if (bytes_[at_] == separator_) {
        ++at_;
        continue;
      }
      end_of_line();
      return true;
    }
  }

  /// Line of the quote that never closes, or 0.
  std::size_t open_quote() const { return open_quote_; }
  bool has_bare_cr() const { return bare_cr_; }

 private:
  std::string cell(RawRow& row) {
    std::string text;
    const bool is_quoted = at_ < bytes_.size() && bytes_[at_] == '"';
    if (is_quoted) {
      row.has_quotes = true;
      ++at_;
      quoted(text);
    }
    const std::size_t from = at_;
    while (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\n' &&
           bytes_[at_] != '\r') {
      ++at_;
    }
    if (is_quoted && (at_ > from || open_quote_ != 0)) row.is_loose = true;
    return text.append(bytes_.substr(from, at_ - from));
  }

  void quoted(std::string& text) {
    const std::size_t opened = line_;
    for (; at_ < bytes_.size(); ++at_) {
      const bool is_cr = bytes_[at_] == '\r';
      if (bytes_[at_] == '\n' || (is_cr && bytes_.substr(at_ + 1, 1) != "\n")) ++line_;
      if (bytes_[at_] != '"') {
        text += bytes_[at_];
      } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
        text += bytes_[at_++];
      } else {
        ++at_;
        return;
      }
    }
    open_quote_ = opened;
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
  std::size_t open_quote_ = 0;
  bool bare_cr_ = false;
};

/// Of comma, semicolon and tab, the one that splits the header into most columns; one that cuts
/// through a quoted name only when all do.
char separator_of(std::string_view bytes) {
  char best = ',';
  std::pair<bool, std::size_t> most{false, 0};
  for (const char candidate : {',', ';', '\t'}) {
    Scanner scanner(bytes, candidate);
    RawRow row;
    while (scanner.next(row) && row.cells.size() == 1 && row.cells.front().empty()) continue;
    const std::pair found{!row.is_loose, row.cells.size()};
    if (found > most) best = candidate, most = found;
  }
  return best;
}

/// Nothing but separators and blanks; quotes around nothing are somebody's row.
bool is_blank(const RawRow& row) {
  const auto is_empty = [](const std::string& cell) {
    return cell.find_first_not_of(kBlanks) == std::string::npos;
  };
  return !row.has_quotes && !row.is_too_wide &&
         std::all_of(row.cells.begin(), row.cells.end(), is_empty);
}

std::string place(std::size_t line) { return "line " + std::to_string(line); }

/// Takes row after row, and keeps every fault.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : scanner_(bytes, separator_of(bytes)) {
    is_utf8_ = base::is_utf8(bytes);
  }

  void read(std::size_t most_rows) {
    RawRow row;
    while (problems_.size() < kMostProblems && scanner_.next(row)) {
      if (scanner_.open_quote() != 0) {
        fault("csv.open_quote", scanner_.open_quote());  // the rest of the file is inside it
        break;
      }
      if (is_blank(row)) continue;
      if (!is_utf8_ && !std::all_of(row.cells.begin(), row.cells.end(), base::is_utf8)) {
        fault("csv.not_utf8", row.line);
        // What it would say cannot be told, but how wide it is can.
        for (std::string& cell : row.cells) cell.clear();
      }
      if (!has_header_) {
        header(row);
      } else if (++rows_ > most_rows) {
        problems_.push_back({ProblemKind::too_large,
                             "csv.too_large",
                             place(row.line),
                             {std::to_string(most_rows)}});
        break;
      } else {
        take(row);
      }
    }
    if (!has_header_ && problems_.empty()) fault("csv.empty", 1);
  }

  base::Result<CsvTable> result(bool has_bom) {
    if (!problems_.empty()) return base::refuse(std::move(problems_));
    if (has_bom) doubts_.insert("csv.bom");
    if (scanner_.has_bare_cr()) doubts_.insert("csv.bare_cr");
    table_.doubts.assign(doubts_.begin(), doubts_.end());
    return std::move(table_);
  }

 private:
  void fault(const char* code, std::size_t line, std::vector<std::string> args = {}) {
    problems_.push_back({ProblemKind::invalid, code, place(line), std::move(args)});
  }

  void header(RawRow& row) {
    has_header_ = true;
    const bool is_readable = problems_.empty();
    std::set<std::string> seen;
    for (std::string& cell : row.cells) {
      std::string name = column_name(std::move(cell), doubts_);
      if (problems_.size() >= kMostProblems) return;
      if (is_readable && !seen.insert(name).second) fault("csv.duplicate_column", row.line, {name});
      table_.columns.push_back(std::move(name));
    }
  }

  void take(RawRow& row) {
    const std::size_t width = table_.columns.size();
    if (row.cells.size() != width) {
      fault("csv.row_width", row.line, {std::to_string(row.cells.size()), std::to_string(width)});
      return;
    }
    if (!problems_.empty()) return;  // the table is not going to be given
    for (std::string& cell : row.cells) cell = clean_text(std::move(cell), doubts_);
    table_.rows.push_back(std::move(row.cells));
    table_.lines.push_back(row.line);
  }

  Scanner scanner_;
  bool is_utf8_ = true;
  bool has_header_ = false;
  std::size_t rows_ = 0;  // faulty ones too
  CsvTable table_;
  std::set<std::string> doubts_;
  base::Problems problems_;
};

bool is_number(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (!((c == '-' || c == '+') && i == 0) && c != '.' && c != ',') {
      return false;
    }
  }
  return digits > 0;
}

std::string quoted_cell(const std::string& cell) {
  require_utf8(cell);
  std::string text = "\"";
  // A spreadsheet runs what begins like a formula (OWASP ASVS 5, 1.2.10); numbers stay numbers.
  static constexpr std::string_view kStarts = "=+-@\t\r";
  if (!cell.empty() && kStarts.find(cell.front()) != std::string_view::npos && !is_number(cell))
    text += '\'';
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
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {  // UTF-16: no line in it is
    return base::refuse(ProblemKind::invalid, "csv.not_utf8", place(1));
  }
  const bool has_bom = bytes.starts_with(kBom);
  if (has_bom) bytes.remove_prefix(kBom.size());
  Reader reader(bytes);
  reader.read(most_rows);
  return reader.result(has_bom);
}

std::string write_csv(const std::vector<std::string>& columns,
                      const std::vector<std::vector<std::string>>& rows) {
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
