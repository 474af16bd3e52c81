#include "report/form_consolidation.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/decimal.h"
#include "base/text.h"
#include "office/csv.h"
#include "report/form_checks.h"

namespace report {
namespace {

using base::ProblemKind;

/// Doubts that are told and change nothing of what was read.
bool is_harmless(const std::string& code) {
  static const std::set<std::string> kHarmless{
      "csv.nbsp",         "csv.nfd",          "xlsx.external_links",       "xlsx.macros",
      "xlsx.percent",     "xlsx.hidden_rows", "xlsx.covered_cells",        "xlsx.merged_cells",
      "xlsx.error_cells", "xlsx.not_a_date",  "xlsx.named_otherwise",      "form.legacy",
      "form.part_rows",   "form.other_group", "xlsx.formula_without_value"};
  return kHarmless.contains(code);
}

FormLine line_of(const std::string& group, const std::string& title, const Form& form,
                 std::size_t files) {
  return {group, title,
          std::vector(files, std::vector<std::optional<std::int64_t>>(form.columns.size())),
          std::vector<std::optional<std::int64_t>>(form.columns.size())};
}

void add_up(FormLine& line, const Form& form) {
  for (std::size_t column = 0; column < form.columns.size(); ++column) {
    if (form.columns[column].kind == FormColumn::Kind::ratio) continue;
    base::Wide sum = 0;
    bool has_any = false;
    for (const auto& amounts : line.amounts) {
      has_any = has_any || amounts[column].has_value();
      sum += amounts[column].value_or(0);
    }
    if (has_any) line.sums[column] = base::narrow(sum);
  }
}

/// Totals, each beside the middle of the others, column by column.
void doubt_slips(FormConsolidation& made, const Form& form) {
  constexpr std::int64_t kFar = 300;
  for (std::size_t column = 0; column < form.columns.size(); ++column) {
    if (form.columns[column].kind == FormColumn::Kind::ratio) continue;
    std::vector<std::pair<std::int64_t, std::size_t>> totals;
    for (std::size_t file = 0; file < made.files.size(); ++file) {
      const auto& amount = made.lines.front().amounts[file][column];
      if (amount.value_or(0) > 0) totals.emplace_back(*amount, file);
    }
    if (totals.size() < 3 || !form.columns[column].is_required) continue;
    std::sort(totals.begin(), totals.end());
    const base::Wide middle = totals[totals.size() / 2].first;
    for (const auto& [amount, file] : totals) {
      const bool is_far = amount >= middle * kFar || base::Wide{amount} * kFar <= middle;
      if (is_far)
        made.doubts.push_back({ProblemKind::invalid,
                               "form.file_slip",
                               made.files[file].name,
                               {form.columns[column].title, form_figure(amount, form, column),
                                form_figure(static_cast<std::int64_t>(middle), form, column)}});
    }
  }
}

std::string remark_of(const FormReading& reading, const FormRow& row, std::size_t column,
                      const Form& form) {
  for (const FormDifference& one : reading.differences) {
    if (one.row == row.row && one.column == column && one.kind == FormDifference::Kind::differs)
      return "ô " + one.cell + " ghi " + form_figure(one.stated, form, column) +
             ", cộng các hàng được " + form_figure(one.summed, form, column);
  }
  return "";
}

}  // namespace

std::string_view name(FormFile::State state) {
  static constexpr std::array<std::string_view, 3> kNames{"read", "doubtful", "refused"};
  return kNames[static_cast<std::size_t>(state)];
}

FormFile::State FormFile::state() const {
  if (!reading) return State::refused;
  const bool differs = std::any_of(
      reading->differences.begin(), reading->differences.end(),
      [](const FormDifference& one) { return one.kind == FormDifference::Kind::differs; });
  const bool is_doubted =
      std::any_of(reading->doubts.begin(), reading->doubts.end(),
                  [](const base::Problem& doubt) { return !is_harmless(doubt.code); });
  return differs || is_doubted || !reading->left.empty() ? State::doubtful : State::read;
}

std::string unit_in_name(std::string_view file_name) {
  const std::string_view stem = file_name.substr(0, file_name.rfind('.'));
  std::size_t from = stem.size();
  while (from > 0 && stem[from - 1] >= '0' && stem[from - 1] <= '9') --from;
  return std::string(stem.substr(from));
}

FormConsolidation consolidate_forms(std::vector<FormFile> files, const Form& form) {
  FormConsolidation made;
  made.files = std::move(files);
  made.lines.push_back(line_of("total", "", form, made.files.size()));
  for (const FormGroup& group : form.groups)
    made.lines.push_back(line_of(group.code, group.title, form, made.files.size()));
  std::map<std::string, std::size_t> others;
  std::set<std::string> units;
  for (std::size_t file = 0; file < made.files.size(); ++file) {
    const FormFile& one = made.files[file];
    if (!one.unit.empty() && !units.insert(one.unit).second)
      made.doubts.push_back({ProblemKind::invalid, "form.unit_twice", one.name, {one.unit}});
    if (!one.reading) continue;
    for (const FormRow& row : one.reading->rows) {
      if (row.kind == RowKind::total) made.lines.front().amounts[file] = row.amounts;
      if (row.kind != RowKind::group) continue;
      std::size_t place = 1;
      while (place <= form.groups.size() && form.groups[place - 1].code != row.group) ++place;
      if (row.group.empty() || place > form.groups.size()) {
        const auto [at, is_new] = others.emplace(base::same_name_key(row.name), made.lines.size());
        if (is_new) made.lines.push_back(line_of("", row.name, form, made.files.size()));
        place = at->second;
      }
      made.lines[place].amounts[file] = row.amounts;
    }
  }
  for (FormLine& line : made.lines) add_up(line, form);
  doubt_slips(made, form);
  return made;
}

base::Result<std::string> facts_csv(const FormConsolidation& made, const Form& form,
                                    const std::string& period) {
  base::Problems refused;
  if (form.facts.empty())
    refused.push_back({ProblemKind::invalid, "form.no_facts", "/form/facts", {form.code}});
  if (period.empty()) refused.push_back({ProblemKind::invalid, "form.no_period", "/period", {}});
  std::vector<std::vector<std::string>> rows;
  for (const FormFile& file : made.files) {
    if (!file.reading) continue;
    if (file.unit.empty()) {
      refused.push_back({ProblemKind::invalid, "form.file_without_unit", file.name, {file.name}});
      continue;
    }
    for (const FormFact& fact : form.facts) {
      const FormRow* row = file.reading->find(fact.row);
      const auto column = std::find_if(form.columns.begin(), form.columns.end(),
                                       [&](const auto& one) { return one.code == fact.column; });
      if (row == nullptr || column == form.columns.end()) continue;
      const auto place = static_cast<std::size_t>(column - form.columns.begin());
      if (!row->amounts[place]) continue;
      rows.push_back({file.unit, fact.indicator, period, "accepted",
                      form_figure(*row->amounts[place], form, place),
                      remark_of(*file.reading, *row, place, form)});
    }
  }
  if (!refused.empty()) return base::refuse(std::move(refused));
  return office::write_csv({"unit_code", "indicator", "period", "status", "value", "remark"}, rows);
}

}  // namespace report
