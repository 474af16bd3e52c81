#include "office/read_sheet.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "office/clean_text.h"
#include "office/merged_cells.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::ProblemKind;
using Kind = Workbook::Kind;

constexpr std::size_t kShownUnits = 40;

bool is_true(const std::optional<std::string>& flag) { return flag == "1" || flag == "true"; }

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string cell_name(std::size_t row, std::size_t column) {
  return column_letters(column) + std::to_string(row);
}

std::string name_of(const Workbook::Range& range) {
  return cell_name(range.first_row, range.first_column) + ":" +
         cell_name(range.last_row, range.last_column);
}

/// A cell as it is stored: <c r="B4" s="1" t="s"><f>…</f><v>0</v></c>, 18.3.1.4.
struct StoredCell {
  Reference at;
  std::string type;
  CellStyle style;
  bool has_formula = false;
  bool has_value = false;
  bool is_too_long = false;
  std::string value;
};

class SheetReader {
 public:
  SheetReader(XmlReader xml, SheetContext& context, Workbook::Sheet& sheet)
      : xml_(std::move(xml)), context_(context), sheet_(sheet) {}

  bool read() {
    if (xml_.next_child(0) && xml_.name() != "worksheet") {
      fault("xlsx.wrong_type", "", {std::string(xml_.name())});
      return true;
    }
    const std::size_t root = xml_.depth();
    while (!is_full_ && root > 0 && xml_.next_child(root)) {
      if (xml_.name() == "sheetData") {
        rows();
      } else if (xml_.name() == "mergeCells") {
        merged_ranges();
      } else if (xml_.name() == "cols") {
        hidden_columns();
      }
    }
    if (is_full_) return false;
    if (auto refusal = xml_.finish()) {
      const bool is_limit = refusal->kind == ProblemKind::too_large;
      context_.problems.push_back(*std::move(refusal));
      return !is_limit;
    }
    bool has_hidden = false;
    if (const auto overlapping = hide_covered(sheet_, has_hidden)) {
      const std::string name = name_of(*overlapping);
      fault("xlsx.bad_reference", ", range " + name, {name});
    }
    if (has_hidden) doubts_.insert("xlsx.covered_cells");
    sheet_.doubts.assign(doubts_.begin(), doubts_.end());
    return true;
  }

 private:
  void fault(const char* code, const std::string& where, std::vector<std::string> args) {
    for (std::string& arg : args) arg = first_units(arg, kShownUnits);
    context_.problems.push_back(
        {ProblemKind::invalid, code, "sheet " + sheet_.name + where, std::move(args)});
    is_full_ = is_full_ || context_.problems.size() >= kMostProblems;
  }

  void fault_at(const char* code, const Reference& at, std::vector<std::string> args) {
    fault(code, ", cell " + cell_name(at.row, at.column), std::move(args));
  }

  void too_many(const char* code, std::size_t most) {
    context_.problems.push_back(
        {ProblemKind::too_large, code, "sheet " + sheet_.name, {std::to_string(most)}});
    is_full_ = true;
  }

  void rows() {
    const std::size_t data = xml_.depth();
    while (!is_full_ && xml_.next_child(data)) {
      if (xml_.name() == "row") row();
    }
  }

  void row() {
    const std::size_t depth = xml_.depth();
    const auto named = xml_.attribute("r");
    const std::size_t number = named ? number_of(*named).value_or(0) : row_ + 1;
    if (number <= row_ || number > kLastRow) {
      const std::string name = named.value_or(std::to_string(number));
      fault(number != 0 && number == row_ ? "xlsx.duplicate_cell" : "xlsx.bad_reference",
            ", row " + first_units(name, kShownUnits), {name});
      return;
    }
    row_ = number;
    column_ = 0;
    if (row_ > context_.limits.most_rows)
      return too_many("xlsx.too_many_rows", context_.limits.most_rows);
    is_row_hidden_ = is_true(xml_.attribute("hidden"));
    const std::size_t taken = context_.cells;
    while (!is_full_ && xml_.next_child(depth)) {
      if (xml_.name() == "c") cell();
    }
    if (is_row_hidden_ && context_.cells > taken) doubts_.insert("xlsx.hidden_rows");
  }

  void cell() {
    const std::size_t depth = xml_.depth();
    StoredCell stored;
    const auto named = xml_.attribute("r");
    if (!place(named, stored.at)) return;
    column_ = stored.at.column;
    stored.type = xml_.attribute("t").value_or("n");
    const auto style = xml_.attribute("s");
    const auto number = style ? number_of(*style) : std::optional<std::size_t>(0);
    if (number && *number < context_.styles.size()) {
      stored.style = context_.styles[*number];
    } else if (style && (!number || context_.has_styles)) {
      fault_at("xlsx.bad_cell", stored.at, {"s=" + *style});
      return;
    }
    while (xml_.next_child(depth)) {
      if (xml_.name() == "f") {
        stored.has_formula = true;
      } else if (xml_.name() == "v") {
        stored.has_value = true;
        stored.value = xml_.text(context_.limits.most_units, stored.is_too_long);
      } else if (xml_.name() == "is") {
        stored.has_value = true;
        stored.value = rich_text(xml_, context_.limits.most_units, stored.is_too_long);
      }
    }
    if (xml_.is_sound()) take(stored);  // else half a value may be all there was
  }

  /// A cell that does not say where it is stands after the one before it.
  bool place(const std::optional<std::string>& named, Reference& at) {
    if (!named) {
      at = {row_, column_ + 1};
      if (at.column <= kLastColumn) return true;
    } else if (const auto found = reference_of(*named)) {
      at = *found;
      if (at.row == row_ && at.column > column_) return true;
      if (at.row == row_ && at.column == column_) {
        fault_at("xlsx.duplicate_cell", at, {*named});
        return false;
      }
    }
    const std::string name = named.value_or(std::to_string(row_));
    fault("xlsx.bad_reference", (named ? ", cell " : ", row ") + first_units(name, kShownUnits),
          {name});
    return false;
  }

  void take(StoredCell& stored) {
    Workbook::Cell cell;
    cell.column = static_cast<std::uint32_t>(stored.at.column);
    cell.is_formula = stored.has_formula;
    cell.font = stored.style.font;
    const bool has_text = !stored.value.empty() || stored.is_too_long;
    if (has_text && !value(stored, cell)) return;
    if (stored.has_formula && !has_text && (stored.type == "n" || !stored.has_value))
      doubts_.insert("xlsx.formula_without_value");
    if (cell.text.empty()) {
      cell.kind = Kind::empty;
      if (!cell.is_formula) return;
    }
    const XlsxLimits& limits = context_.limits;
    if (cell.column > limits.most_columns)
      return too_many("xlsx.too_many_columns", limits.most_columns);
    if (++context_.cells > limits.most_cells)
      return too_many("xlsx.too_many_cells", limits.most_cells);
    if (sheet_.rows.empty() || sheet_.rows.back().number != row_)
      sheet_.rows.push_back({static_cast<std::uint32_t>(row_), is_row_hidden_, {}});
    sheet_.rows.back().cells.push_back(std::move(cell));
  }

  /// By the cell's type, 18.18.11; false when there is a fault, which is then told.
  bool value(const StoredCell& stored, Workbook::Cell& cell) {
    if (stored.is_too_long) return too_long(stored.at);
    const std::string& type = stored.type;
    if (type == "n") return number(stored, cell);
    if (type == "s") return shared_text(stored, cell);
    if (type == "str" || type == "inlineStr") return text(stored.value, cell);
    if (type == "b") {
      cell.kind = Kind::boolean;
      cell.text = is_true(stored.value) ? "TRUE" : "FALSE";
      if (cell.text == "TRUE" || stored.value == "0" || stored.value == "false") return true;
    } else if (type == "e") {
      cell.kind = Kind::error;
      doubts_.insert("xlsx.error_cells");
      if (stored.value.starts_with('#')) return text(stored.value, cell);
    } else if (type == "d") {
      cell.kind = Kind::date;
      cell.text = moment_of_iso(stored.value).value_or("");
      if (!cell.text.empty()) return true;
    }
    fault_at("xlsx.bad_cell", stored.at, {"t=" + type + ", v=" + stored.value});
    return false;
  }

  bool number(const StoredCell& stored, Workbook::Cell& cell) {
    auto canonical = canonical_number(stored.value);
    if (!canonical) {
      fault_at("xlsx.bad_number", stored.at, {stored.value});
      return false;
    }
    if (!weigh(canonical->size())) return false;
    cell.kind = Kind::number;
    cell.text = *std::move(canonical);
    cell.is_percent = stored.style.shown == Shown::percent;
    if (cell.is_percent) doubts_.insert("xlsx.percent");
    if (stored.style.shown == Shown::number || cell.is_percent) return true;
    if (auto moment = moment_of(cell.text, stored.style.shown, context_.from_1904)) {
      cell.kind = Kind::date;
      cell.text = *std::move(moment);
    } else {
      doubts_.insert("xlsx.not_a_date");
    }
    return true;
  }

  bool shared_text(const StoredCell& stored, Workbook::Cell& cell) {
    const auto index = number_of(stored.value);
    if (!index || *index >= context_.strings.size()) {
      fault_at("xlsx.bad_cell", stored.at, {"t=s, v=" + stored.value});
      return false;
    }
    if (context_.strings.is_too_long(*index)) return too_long(stored.at);
    const std::string_view shared = context_.strings.text(*index);
    return weigh(shared.size()) && text(shared, cell);
  }

  bool text(std::string_view raw, Workbook::Cell& cell) {
    if (cell.kind != Kind::error) cell.kind = Kind::text;
    cell.text = clean_text(plain_text(raw), doubts_);
    return true;
  }

  /// Few bytes can ask for much text: one that is shared, or "1E300".
  bool weigh(std::size_t bytes) {
    context_.text_bytes += bytes;
    const std::size_t most = context_.limits.most_text_bytes;
    if (context_.text_bytes > most) too_many("xlsx.too_much_text", most / 1024 / 1024);
    return context_.text_bytes <= most;
  }

  bool too_long(const Reference& at) {
    fault_at("xlsx.cell_too_long", at, {std::to_string(context_.limits.most_units)});
    return false;
  }

  /// <col min="18" max="24" hidden="1"/>, 18.3.1.13. How columns look is nobody's figure: what is
  /// no range is passed over.
  void hidden_columns() {
    const std::size_t depth = xml_.depth();
    while (xml_.next_child(depth) && sheet_.hidden_columns.size() < kLastColumn) {
      if (xml_.name() != "col" || !is_true(xml_.attribute("hidden"))) continue;
      const auto first = number_of(xml_.attribute("min").value_or(""));
      const auto last = number_of(xml_.attribute("max").value_or(""));
      if (!first || !last || *first == 0 || *first > *last || *first > kLastColumn) continue;
      sheet_.hidden_columns.push_back({static_cast<std::uint32_t>(*first),
                                       static_cast<std::uint32_t>(std::min(*last, kLastColumn))});
    }
  }

  void merged_ranges() {
    const std::size_t depth = xml_.depth();
    while (!is_full_ && xml_.next_child(depth)) {
      if (xml_.name() != "mergeCell") continue;
      const std::string name = xml_.attribute("ref").value_or("");
      const std::size_t colon = std::min(name.find(':'), name.size());
      const auto first = reference_of(std::string_view(name).substr(0, colon));
      const auto last =
          colon == name.size() ? first : reference_of(std::string_view(name).substr(colon + 1));
      if (!first || !last || first->row > last->row || first->column > last->column) {
        fault("xlsx.bad_reference", ", range " + first_units(name, kShownUnits), {name});
      } else if (++context_.cells > context_.limits.most_cells) {
        too_many("xlsx.too_many_cells", context_.limits.most_cells);
      } else {
        sheet_.merged.push_back(
            {static_cast<std::uint32_t>(first->row), static_cast<std::uint32_t>(first->column),
             static_cast<std::uint32_t>(last->row), static_cast<std::uint32_t>(last->column)});
      }
    }
  }

  XmlReader xml_;
  SheetContext& context_;
  Workbook::Sheet& sheet_;
  std::set<std::string> doubts_;
  std::size_t row_ = 0;         // the last one met
  std::size_t column_ = 0;      // likewise, in that row
  bool is_row_hidden_ = false;  // that row
  bool is_full_ = false;        // a limit is reached, or the problems are a thousand
};

}  // namespace

bool read_sheet(XmlReader xml, SheetContext& context, Workbook::Sheet& sheet) {
  return SheetReader(std::move(xml), context, sheet).read();
}

}  // namespace office
