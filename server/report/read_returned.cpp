#include "report/read_returned.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/decimal.h"
#include "base/text.h"
#include "office/cell_values.h"
#include "report/given_cells.h"
#include "report/returned_figure.h"
#include "report/returned_table.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 4> kVerdicts{"same", "new", "doubtful", "refused"};
constexpr std::size_t kLongestRemark = 1000;  // as one typed on the page
constexpr std::size_t kMostTold = 200;        // of one kind of row

bool says(const Given& given, FactState state, const std::optional<std::int64_t>& amount) {
  return given.state == state && given.amount == amount;
}

/// As people see it; most texts come back as they were, which is quickly told.
bool is_same_name(const std::string& one, const std::string& other) {
  return one == other || base::same_name_key(one) == base::same_name_key(other);
}

/// "actual" of "Thực hiện"; "" for what names no kind.
std::string kind_named(const std::string& text) {
  if (text == "Thực hiện") return "actual";
  const std::string folded = base::fold(text);
  if (folded == "thuc hien" || folded == "actual") return "actual";
  if (folded == "uoc" || folded == "uoc thuc hien" || folded == "estimate") return "estimate";
  return "";
}

class Reader {
 public:
  Reader(ReturnedTable table, const WorkbookIdentity& identity, const ReportForm& expected,
         std::map<std::string, Given> given)
      : table_(std::move(table)), expected_(expected), given_(std::move(given)) {
    made_.identity = identity;
  }

  Reading read() {
    tell_of_identity();
    find_rows();
    const auto& cells = expected_.sheet.cells;
    for (std::size_t i = 0; i < cells.size(); ++i) made_.cells.push_back(cell(i));
    return std::move(made_);
  }

 private:
  void tell(const char* code, std::vector<std::string> args, const std::string& place = "") {
    made_.told.push_back({ProblemKind::invalid, code, place, std::move(args)});
  }

  void tell_of_identity() {
    const std::int64_t now = expected_.sheet.report.revision;
    if (made_.identity.revision != now)
      tell("workbook.older", {std::to_string(made_.identity.revision), std::to_string(now)});
    if (made_.identity.form != fingerprint(form_lines(expected_.sheet)))
      tell("workbook.form_changed", {});
    if (given_.empty()) tell("workbook.no_given", {});
    if (table_.sheet->is_hidden) tell("workbook.hidden_sheet", {table_.sheet->name});
  }

  /// Which rows tell which cell; told: rows that are none of ours, rows that are not there, rows
  /// that stand in another order.
  void find_rows() {
    const auto& cells = expected_.sheet.cells;
    rows_.resize(cells.size());
    std::map<std::string, std::size_t> by_key;
    std::map<std::string, std::vector<std::size_t>> by_code;
    std::map<std::string, std::string> by_spelling;  // "f05" → "F05"
    for (std::size_t i = 0; i < cells.size(); ++i) {
      by_key.emplace(cell_key(cells[i].indicator.code, kind_of(cells[i])), i);
      by_code[cells[i].indicator.code].push_back(i);
    }
    std::size_t last = 0;
    bool is_moved = false;
    std::size_t unknown = 0;
    for (const ReturnedTable::Row& row : table_.rows) {
      std::string code = row.code;
      if (!by_code.contains(code)) {
        if (by_spelling.empty()) {  // seldom wanted, and folding takes time
          for (const auto& [exact, at] : by_code) by_spelling.emplace(base::fold(exact), exact);
        }
        const auto spelled = by_spelling.find(base::fold(code));
        if (spelled != by_spelling.end()) code = spelled->second;
      }
      const auto at = by_key.find(cell_key(code, kind_named(row.kind)));
      const auto only = by_code.find(code);
      std::optional<std::size_t> found;
      if (at != by_key.end()) {
        found = at->second;
      } else if (row.kind.empty() && only != by_code.end() && only->second.size() == 1) {
        found = only->second.front();  // the column of kinds was deleted
      }
      if (!found) {
        if (++unknown <= kMostTold)
          tell(row.code.empty() ? "workbook.row_without_code" : "workbook.row_unknown",
               {office_text(row.code.empty() ? row.name : row.code)},
               "row " + std::to_string(row.number));
        continue;
      }
      is_moved = is_moved || *found < last;
      last = *found;
      rows_[*found].push_back(&row);
    }
    if (is_moved) tell("workbook.rows_moved", {});
    std::size_t missing = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (rows_[i].empty() && ++missing <= kMostTold)
        tell("workbook.row_missing", {cells[i].indicator.code, cells[i].indicator.name});
    }
  }

  static std::string office_text(const std::string& text) {
    return text.size() <= 120 ? text : text.substr(0, text.find_last_of(' ', 120)) + "…";
  }

  std::string place_of(const ReturnedTable::Row& row) const {
    return office::column_letters(table_.column(workbook_head::kFigure)) +
           std::to_string(row.number);
  }

  Given given_of(std::size_t i) const {
    const Cell& cell = expected_.sheet.cells[i];
    const auto at = given_.find(cell_key(cell.indicator.code, kind_of(cell)));
    return at != given_.end() ? at->second
                              : Given{cell.fact.state, cell.fact.amount, cell.fact.remark};
  }

  std::string shown(std::size_t i, FactState state,
                    const std::optional<std::int64_t>& amount) const {
    const std::string words =
        shown_fact(state, amount, expected_.sheet.cells[i].indicator.decimals);
    return words.empty() ? "–" : words;
  }

  CellReading cell(std::size_t i) const {
    const Fact& now = expected_.sheet.cells[i].fact;
    CellReading made;
    made.state = now.state;
    made.amount = now.amount;
    if (rows_[i].empty()) return made;
    const ReturnedTable::Row& row = *rows_[i].front();
    made.place = place_of(row);
    const office::Workbook::Cell* stood = table_.figure(row);
    if (stood != nullptr) made.shown = office_text(stood->text);
    ReturnedFigure read = returned_figure(stood, expected_.sheet.cells[i].indicator, made.place);
    if (rows_[i].size() > 1) twice(i, read);
    figure(i, std::move(read), made);
    remark(i, row, made);
    return made;
  }

  /// The same code on several rows: each reading is shown, none is taken unasked.
  void twice(std::size_t i, ReturnedFigure& read) const {
    std::string places;
    std::set<std::int64_t> amounts(read.readings.begin(), read.readings.end());
    bool differ = false;
    for (const ReturnedTable::Row* row : rows_[i]) {
      places += (places.empty() ? "" : ", ") + place_of(*row);
      const ReturnedFigure other =
          returned_figure(table_.figure(*row), expected_.sheet.cells[i].indicator, place_of(*row));
      differ = differ || other.state != read.state || other.amount != read.amount;
      if (other.amount) amounts.insert(*other.amount);
    }
    read.doubts.push_back({ProblemKind::invalid,
                           "workbook.code_twice",
                           place_of(*rows_[i].front()),
                           {expected_.sheet.cells[i].indicator.code, places}});
    if (!differ) return;
    read.state.reset();
    read.amount.reset();
    read.readings.assign(amounts.begin(), amounts.end());
  }

  void figure(std::size_t i, ReturnedFigure read, CellReading& made) const {
    const Fact& now = expected_.sheet.cells[i].fact;
    const Given given = given_of(i);
    if (read.state && read.refusals.empty()) {
      if (*read.state == now.state && read.amount == now.amount) return;  // says what stands
      if (says(given, *read.state, read.amount)) {  // untouched, while others changed it
        made.reasons.push_back(
            {ProblemKind::invalid,
             "workbook.changed_since",
             made.place,
             {shown(i, given.state, given.amount), shown(i, now.state, now.amount)}});
        return;
      }
      made.state = *read.state;
      made.amount = read.amount;
    }
    made.readings = std::move(read.readings);
    const ReturnedTable::Row& row = *rows_[i].front();
    doubt_the_place(i, row, read.doubts);
    if (read.state == FactState::blank && now.state != FactState::blank)
      doubt(read.doubts, "workbook.emptied", made.place, {shown(i, now.state, now.amount)});
    if (!says(given, now.state, now.amount)) {
      doubt(read.doubts, "workbook.both_changed", made.place,
            {shown(i, given.state, given.amount), shown(i, now.state, now.amount)});
    }
    refuse_the_closed(i, made.place, read.refusals);
    settle(made, std::move(read.doubts), std::move(read.refusals));
  }

  static void doubt(base::Problems& doubts, const char* code, const std::string& place,
                    std::vector<std::string> args) {
    doubts.push_back({ProblemKind::invalid, code, place, std::move(args)});
  }

  /// What makes one doubt that the figure is the one of this row.
  void doubt_the_place(std::size_t i, const ReturnedTable::Row& row, base::Problems& doubts) const {
    const direct::Indicator& indicator = expected_.sheet.cells[i].indicator;
    const std::string place = place_of(row);
    const std::uint32_t column = table_.column(workbook_head::kFigure);
    if (table_.sheet->is_merged(row.number, column)) doubt(doubts, "workbook.merged", place, {});
    if (row.is_hidden) doubt(doubts, "workbook.hidden_row", place, {std::to_string(row.number)});
    if (table_.sheet->hides_column(column)) doubt(doubts, "workbook.hidden_column", place, {});
    if (table_.sheet->is_hidden)
      doubt(doubts, "workbook.hidden_sheet", place, {table_.sheet->name});
    if (table_.column(workbook_head::kName) != 0 && !is_same_name(row.name, indicator.name))
      doubt(doubts, "workbook.name_differs", place, {office_text(row.name), indicator.name});
    if (table_.column(workbook_head::kMeasure) != 0 &&
        !is_same_name(row.measure, indicator.measure_unit))
      doubt(doubts, "workbook.unit_differs", place,
            {office_text(row.measure), indicator.measure_unit});
  }

  void refuse_the_closed(std::size_t i, const std::string& place, base::Problems& refusals) const {
    const auto allowed = may_edit(expected_.sheet.report, expected_.sheet.cells[i].fact, place);
    if (!allowed) refusals.insert(refusals.end(), allowed.error().begin(), allowed.error().end());
  }

  static void settle(CellReading& made, base::Problems doubts, base::Problems refusals) {
    if (!refusals.empty()) {
      made.verdict = Verdict::refused;
    } else if (!doubts.empty()) {
      made.verdict = std::max(made.verdict, Verdict::doubtful);
    } else {
      made.verdict = std::max(made.verdict, Verdict::fresh);
    }
    made.reasons.insert(made.reasons.end(), refusals.begin(), refusals.end());
    made.reasons.insert(made.reasons.end(), doubts.begin(), doubts.end());
  }

  void remark(std::size_t i, const ReturnedTable::Row& row, CellReading& made) const {
    const std::uint32_t column = table_.column(workbook_head::kRemark);
    if (column == 0) return;
    const Fact& now = expected_.sheet.cells[i].fact;
    const office::Workbook::Cell* cell = table_.remark(row);
    const std::string said = cell == nullptr ? std::string() : cell->text;
    if (said == now.remark) return;
    const std::string key = base::tidy(said);
    const std::string given = base::tidy(given_of(i).remark);
    if (key == base::tidy(now.remark) || key == given) return;
    const std::string place = office::column_letters(column) + std::to_string(row.number);
    base::Problems doubts, refusals;
    made.remark = said;
    if (cell != nullptr && cell->is_formula) doubt(doubts, "workbook.formula", place, {said});
    if (table_.sheet->is_merged(row.number, column)) doubt(doubts, "workbook.merged", place, {});
    if (given != base::tidy(now.remark))
      doubt(doubts, "workbook.remark_changed", place, {now.remark});
    if (said.empty()) doubt(doubts, "workbook.remark_emptied", place, {now.remark});
    if (base::length(said) > kLongestRemark)
      doubt(refusals, "workbook.remark_long", place, {std::to_string(kLongestRemark)});
    if (made.verdict == Verdict::same) refuse_the_closed(i, place, refusals);
    settle(made, std::move(doubts), std::move(refusals));
  }

  ReturnedTable table_;
  const ReportForm& expected_;
  std::map<std::string, Given> given_;
  std::vector<std::vector<const ReturnedTable::Row*>> rows_;  // by cell
  Reading made_;
};

}  // namespace

std::string_view name(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }

std::size_t Reading::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(),
                    [&](const CellReading& cell) { return cell.verdict == verdict; }));
}

office::XlsxLimits returned_limits() {
  office::XlsxLimits limits;
  limits.zip.most_inflated = 24U * 1024 * 1024;
  limits.most_columns = 512;
  limits.most_cells = 200'000;
  limits.most_strings = 200'000;
  limits.most_text_bytes = 16U * 1024 * 1024;
  return limits;
}

base::Result<Reading> read_returned(const office::Workbook& workbook,
                                    const WorkbookIdentity& identity, const ReportForm& expected) {
  RETURN_IF_REFUSED(belongs_to(identity, expected));
  ASSIGN_OR_RETURN(ReturnedTable table, returned_table(workbook));
  ASSIGN_OR_RETURN(auto given, given_cells(workbook, identity, expected.sheet));
  Reading reading = Reader(std::move(table), identity, expected, std::move(given)).read();
  for (const std::string& code : workbook.doubts) {
    if (code == "xlsx.macros" || code == "xlsx.external_links" || code == "xlsx.covered_cells")
      reading.told.push_back({ProblemKind::invalid, code, "", {}});
  }
  return reading;
}

std::vector<Entry> fresh_entries(const Reading& reading, const ReportForm& form) {
  std::vector<Entry> made;
  for (std::size_t i = 0; i < reading.cells.size(); ++i) {
    const CellReading& cell = reading.cells[i];
    if (cell.verdict != Verdict::fresh) continue;
    const direct::Indicator& indicator = form.sheet.cells[i].indicator;
    Entry entry;
    entry.indicator = indicator.code;
    entry.state = cell.state;
    if (cell.amount) entry.figure = base::canonical_figure(*cell.amount, indicator.decimals);
    entry.remark = cell.remark;
    entry.pointer = "/cells/" + std::to_string(i);
    entry.kind = form.sheet.cells[i].fact.kind;
    made.push_back(std::move(entry));
  }
  return made;
}

}  // namespace report
