#include "report/form_reading.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/decimal.h"
#include "office/cell_values.h"
#include "office/legacy_text.h"
#include "office/xml_text.h"
#include "report/form_checks.h"
#include "report/form_head.h"
#include "report/form_measure.h"
#include "report/form_rows.h"
#include "report/form_words.h"

namespace report {
namespace {

using base::ProblemKind;
using Cell = office::Workbook::Cell;

constexpr std::size_t kMostOfOneCode = 20;
constexpr std::size_t kMostRows = 50'000;
constexpr int kRatioDecimals = 2;

/// "130-142, 144" of rows in order.
std::string runs_of(const std::vector<std::uint32_t>& rows) {
  std::string made;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
    made += (made.empty() ? "" : ", ") + std::to_string(rows[i]);
    if (end - i > 1) made += "-" + std::to_string(rows[end - 1]);
    i = end;
  }
  return made;
}

std::string brief(const std::string& text) { return office::first_units(text, 60); }

class FormReader {
 public:
  FormReader(const office::Workbook& book, const Form& form, FormMapping mapping)
      : form_(form), words_(form) {
    reading_.mapping = std::move(mapping);
    sheet_ = &*std::find_if(book.sheets.begin(), book.sheets.end(), [&](const auto& sheet) {
      return sheet.name == reading_.mapping.sheet;
    });
    power_ = power_between(measure_named(reading_.mapping.measure).value(),
                           measure_named(form.measure).value())
                 .value();
    for (const MappedRow& row : reading_.mapping.rows) decided_.emplace(row.row, row.kind);
  }

  base::Result<FormReading> read() {
    const FormMapping& mapping = reading_.mapping;
    for (const auto& row : sheet_->rows) {
      if (row.number > mapping.body_last && names_figures(row)) outside_.push_back(row.number);
      if (row.number < mapping.body_first || row.number > mapping.body_last) continue;
      if (reading_.rows.size() == kMostRows)
        return base::refuse(ProblemKind::too_large, "form.too_many_rows", "sheet " + sheet_->name,
                            {std::to_string(kMostRows)});
      take(row);
    }
    if (reading_.rows.empty())
      return base::refuse(ProblemKind::invalid, "form.no_rows", "sheet " + sheet_->name);
    if (reading_.total() == nullptr) doubt("form.no_total", "sheet " + sheet_->name);
    tell_rows("form.hidden_rows", hidden_);
    tell_rows("form.part_rows", parts_);
    tell_rows("form.numbering", out_of_order_);
    tell_rows("form.rows_outside", outside_);
    name_groups();
    find_left_columns();
    return std::move(reading_);
  }

 private:
  void doubt(const std::string& code, std::string field, std::vector<std::string> args = {}) {
    reading_.doubts.push_back({ProblemKind::invalid, code, std::move(field), std::move(args)});
  }

  void tell_rows(const std::string& code, const std::vector<std::uint32_t>& rows) {
    if (!rows.empty()) doubt(code, "sheet " + sheet_->name, {runs_of(rows)});
  }

  std::string text(std::uint32_t row, std::uint32_t column) const {
    const Cell* cell = column == 0 ? nullptr : sheet_->at(row, column);
    return cell == nullptr ? "" : cell->text;
  }

  bool names_figures(const office::Workbook::Row& row) const {
    if (text(row.number, reading_.mapping.name_column).empty()) return false;
    return std::any_of(
        reading_.mapping.columns.begin(), reading_.mapping.columns.end(),
        [&](const MappedColumn& one) {
          return std::any_of(one.columns.begin(), one.columns.end(), [&](std::uint32_t column) {
            const Cell* cell = sheet_->at(row.number, column);
            return cell != nullptr && cell->kind == office::Workbook::Kind::number;
          });
        });
  }

  void take(const office::Workbook::Row& row) {
    const FormMapping& mapping = reading_.mapping;
    FormRow made;
    made.row = row.number;
    made.ordinal = text(row.number, mapping.ordinal_column);
    made.name = text(row.number, mapping.name_column);
    std::replace(made.name.begin(), made.name.end(), '\n', ' ');
    const auto decided = decided_.find(row.number);
    if (decided != decided_.end() && decided->second == RowKind::ignored) return;
    const std::size_t doubts = reading_.doubts.size();
    const bool has_figure = read_amounts(made);
    const std::size_t of_amounts = reading_.doubts.size();
    if (!place(made, has_figure)) {  // then its figures are nobody's doubt
      const auto from = reading_.doubts.begin();
      reading_.doubts.erase(from + static_cast<std::ptrdiff_t>(doubts),
                            from + static_cast<std::ptrdiff_t>(of_amounts));
      return;
    }
    if (decided != decided_.end()) made.kind = decided->second;
    if (made.kind == RowKind::part) parts_.push_back(made.row);
    if (row.is_hidden) hidden_.push_back(made.row);
    reading_.rows.push_back(std::move(made));
  }

  /// Kind, level and what it stands under; false for what is no row of the form.
  bool place(FormRow& row, bool has_figure) {
    const auto ordinals = ordinals_of(row.ordinal);
    const bool is_total = ordinals.empty() && words_.likeness(row.name, form_.total_names) >= 90;
    if (is_total) return place_total(row);
    if (row.name.empty()) {
      const bool says_something =
          has_figure && std::any_of(row.amounts.begin(), row.amounts.end(),
                                    [](const auto& amount) { return amount.value_or(0) != 0; });
      if (says_something)
        doubt("form.row_without_name",
              "sheet " + sheet_->name + ", row " + std::to_string(row.row));
      return false;
    }
    if (ordinals.empty() && !has_figure) return false;
    if (ordinals.empty()) return place_unnumbered(row);
    const Levels::Found found = levels_.next(ordinals);
    if (!found.follows) out_of_order_.push_back(row.row);
    set_level(row, found.level);
    return true;
  }

  bool place_total(FormRow& row) {
    if (reading_.total() != nullptr) {
      doubt("form.second_total", place_of(sheet_->name, row.row, reading_.mapping.name_column),
            {row.name});
      return false;
    }
    row.kind = RowKind::total;
    row.level = -1;
    return true;
  }

  bool place_unnumbered(FormRow& row) {
    if (is_part_name(row.name) && !reading_.rows.empty()) {
      row.kind = RowKind::part;
      row.level = levels_.beside() + 1;
      row.under = last_at_.empty() ? 0 : last_at_.back();
      return true;
    }
    if (reading_.mapping.ordinal_column != 0)
      doubt("form.row_without_ordinal",
            place_of(sheet_->name, row.row, reading_.mapping.name_column), {row.name});
    set_level(row, levels_.beside());
    return true;
  }

  void set_level(FormRow& row, int level) {
    row.level = level;
    row.kind = level == 0 ? RowKind::group : RowKind::detail;
    last_at_.resize(static_cast<std::size_t>(level) + 1);
    last_at_.back() = reading_.rows.size();
    if (level > 0) row.under = last_at_[static_cast<std::size_t>(level) - 1];
  }

  /// Whether anything stands in the row's columns.
  bool read_amounts(FormRow& row) {
    bool has_any = false;
    row.amounts.resize(form_.columns.size());
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
      const FormColumn& wanted = form_.columns[i];
      const bool is_ratio = wanted.kind == FormColumn::Kind::ratio;
      for (const std::uint32_t column : reading_.mapping.columns[i].columns) {
        const Cell* cell = sheet_->at(row.row, column);
        if (cell == nullptr) continue;
        const int power = !is_ratio ? power_ : cell->is_percent ? 2 : 0;
        FormFigure figure = figure_of(*cell, is_ratio ? kRatioDecimals : form_.decimals, power,
                                      reading_.mapping.decimal_comma);
        if (is_ratio && figure.doubt == "form.rounded") figure.doubt.clear();
        if (!is_ratio && cell->is_percent && figure.doubt.empty())
          figure.doubt = "form.percent_cell";
        if (!is_ratio && figure.amount.value_or(0) < 0 && figure.doubt.empty())
          figure.doubt = "form.negative";
        if (!figure.doubt.empty())
          doubt(figure.doubt, place_of(sheet_->name, row.row, column), {brief(cell->text)});
        has_any = has_any || figure.amount || !figure.doubt.empty();
        if (!figure.amount) continue;
        const auto sum = base::narrow(base::Wide{row.amounts[i].value_or(0)} + *figure.amount);
        if (!sum) {
          doubt("form.out_of_range", place_of(sheet_->name, row.row, column), {brief(cell->text)});
          continue;
        }
        row.amounts[i] = sum;
      }
    }
    return has_any;
  }

  void name_groups() {
    constexpr int kAlike = 60;
    std::set<std::string> given;
    for (FormRow& row : reading_.rows) {
      if (row.kind != RowKind::group) continue;
      int best = kAlike - 1;
      for (const FormGroup& group : form_.groups) {
        const int score = words_.section_likeness(row.name, group.names);
        if (score <= best || given.contains(group.code)) continue;
        best = score;
        row.group = group.code;
      }
      if (!row.group.empty()) given.insert(row.group);
      if (!form_.groups.empty() && row.group.empty())
        doubt("form.other_group", place_of(sheet_->name, row.row, reading_.mapping.name_column),
              {row.name});
    }
  }

  void find_left_columns() {
    std::set<std::uint32_t> known{reading_.mapping.ordinal_column, reading_.mapping.name_column};
    for (const MappedColumn& column : reading_.mapping.columns)
      known.insert(column.columns.begin(), column.columns.end());
    std::map<std::uint32_t, std::size_t> figures;
    for (const FormRow& row : reading_.rows) {
      const auto stored = std::lower_bound(
          sheet_->rows.begin(), sheet_->rows.end(), row.row,
          [](const auto& one, std::uint32_t number) { return one.number < number; });
      for (const Cell& cell : stored->cells) {
        const bool is_figure = cell.kind == office::Workbook::Kind::number && cell.text != "0";
        if (is_figure && !known.contains(cell.column)) ++figures[cell.column];
      }
    }
    const FormSheet sheet(*sheet_);
    for (const auto& [column, count] : figures) {
      const auto heads =
          sheet.heads_over(column, reading_.mapping.head_first, reading_.mapping.head_last);
      LeftColumn left{column, "", count, {}};
      for (const std::string& one : heads) left.head += (left.head.empty() ? "" : " / ") + one;
      std::replace(left.head.begin(), left.head.end(), '\n', ' ');
      if (!heads.empty() && !is_of_ratios(heads)) read_left(left);
      reading_.left.push_back(std::move(left));
    }
  }

  bool is_of_ratios(const std::vector<std::string>& heads) const {
    constexpr int kAlike = 75;
    const bool has_sign = std::any_of(heads.begin(), heads.end(), [](const std::string& head) {
      return head.find('%') != std::string::npos;
    });
    return has_sign ||
           std::any_of(form_.columns.begin(), form_.columns.end(), [&](const auto& one) {
             return one.kind == FormColumn::Kind::ratio &&
                    words_.section_likeness(heads.front(), one.sections) >= kAlike;
           });
  }

  void read_left(LeftColumn& left) {
    constexpr std::size_t kMostRead = 60;
    if (reading_.left.size() >= kMostRead) return;
    for (const FormRow& row : reading_.rows) {
      const Cell* cell = sheet_->at(row.row, left.column);
      left.amounts.push_back(
          cell == nullptr || cell->is_percent
              ? std::nullopt
              : figure_of(*cell, form_.decimals, power_, reading_.mapping.decimal_comma).amount);
    }
  }

  const Form& form_;
  FormWords words_;
  const office::Workbook::Sheet* sheet_ = nullptr;
  int power_ = 0;
  FormReading reading_;
  std::map<std::uint32_t, RowKind> decided_;
  Levels levels_;
  std::vector<std::size_t> last_at_;  // by level, the last row's place
  std::vector<std::uint32_t> hidden_, parts_, out_of_order_, outside_;
};

/// The first twenty of each code, then how many more.
base::Problems few_of_each(const base::Problems& doubts) {
  std::map<std::string, std::size_t> count;
  base::Problems kept;
  for (const base::Problem& doubt : doubts) {
    if (++count[doubt.code] <= kMostOfOneCode) kept.push_back(doubt);
  }
  for (const auto& [code, number] : count) {
    if (number > kMostOfOneCode)
      kept.push_back(
          {ProblemKind::invalid, "form.more", "", {std::to_string(number - kMostOfOneCode), code}});
  }
  return kept;
}

void tell_legacy(const std::vector<office::LegacyCell>& legacy, base::Problems& doubts) {
  std::size_t taken = 0;
  for (const office::LegacyCell& cell : legacy) {
    if (cell.is_taken) ++taken;
    if (cell.is_taken && cell.reading.is_whole) continue;
    doubts.push_back({ProblemKind::invalid,
                      "form.not_read_text",
                      place_of(cell.sheet, cell.row, cell.column),
                      {brief(cell.before), brief(cell.reading.text)}});
  }
  if (taken > 0)
    doubts.push_back({ProblemKind::invalid,
                      "form.legacy",
                      "sheet " + legacy.front().sheet,
                      {std::to_string(taken), brief(legacy.front().before),
                       brief(legacy.front().reading.text)}});
}

}  // namespace

base::Result<FormReading> read_form(office::Workbook book, const Form& form,
                                    const AskedMapping& asked) {
  std::vector<office::LegacyCell> legacy =
      office::take_legacy_text(book, asked.legacy.value_or(office::LegacyTaking::sure));
  base::Problems doubts;
  for (const std::string& code : book.doubts)
    doubts.push_back({ProblemKind::invalid, code, "", {}});
  ASSIGN_OR_RETURN(FormMapping mapping, propose_mapping(book, form, asked, doubts));
  std::erase_if(legacy,
                [&](const office::LegacyCell& cell) { return cell.sheet != mapping.sheet; });
  if (!legacy.empty()) tell_legacy(legacy, doubts);
  ASSIGN_OR_RETURN(FormReading reading, FormReader(book, form, std::move(mapping)).read());
  reading.legacy = std::move(legacy);
  doubts.insert(doubts.end(), reading.doubts.begin(), reading.doubts.end());
  reading.differences = form_differences(reading, form, doubts);
  reading.doubts = few_of_each(doubts);
  return reading;
}

base::Result<FormReading> read_form_file(std::string_view bytes, std::string_view file_name,
                                         const Form& form, const AskedMapping& asked) {
  ASSIGN_OR_RETURN(office::Workbook book, office::read_xlsx(bytes));
  ASSIGN_OR_RETURN(FormReading reading, read_form(std::move(book), form, asked));
  if (std::string code = office::doubt_of_name(file_name); !code.empty())
    reading.doubts.insert(reading.doubts.begin(), {ProblemKind::invalid, std::move(code), "", {}});
  return reading;
}

}  // namespace report
