#include <array>

#include "base/decimal.h"
#include "base/words.h"
#include "office/cell_values.h"
#include "report/form_checks.h"
#include "report/form_json.h"

namespace report {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value amount_json(const std::optional<std::int64_t>& amount, const Form& form, std::size_t column) {
  return amount ? value(form_figure(*amount, form, column)) : value(nullptr);
}

array amounts_json(const std::vector<std::optional<std::int64_t>>& amounts, const Form& form) {
  array made;
  for (std::size_t i = 0; i < amounts.size(); ++i) made.push_back(amount_json(amounts[i], form, i));
  return made;
}

object told_json(const base::Problem& problem) {
  array args;
  for (const std::string& arg : problem.args) args.push_back(value(arg));
  return {{"code", problem.code},
          {"field", problem.field},
          {"args", args},
          {"detail_vi", base::words(problem, base::Language::vi)},
          {"detail_en", base::words(problem, base::Language::en)}};
}

array told_json(const base::Problems& problems) {
  array made;
  for (const base::Problem& problem : problems) made.push_back(told_json(problem));
  return made;
}

/// "C11:C73", "C75" of rows in order.
array ranges_json(const std::vector<std::uint32_t>& rows, const std::string& letters) {
  array made;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
    std::string range = letters + std::to_string(rows[i]);
    if (end - i > 1) range += ":" + letters + std::to_string(rows[end - 1]);
    made.push_back(value(range));
    i = end;
  }
  return made;
}

object difference_json(const FormDifference& one, const Form& form) {
  const std::string letters = one.cell.substr(0, one.cell.find_first_of("0123456789"));
  const auto figure = [&](base::Wide amount) {
    return value(base::canonical_figure(amount, form.decimals));
  };
  return {{"kind", name(one.kind)},
          {"cell", one.cell},
          {"column", one.column ? value(form.columns[*one.column].code) : value(nullptr)},
          {"head", one.head},
          {"stated", figure(one.stated)},
          {"summed", figure(one.summed)},
          {"difference", figure(base::Wide{one.stated} - one.summed)},
          {"parts", ranges_json(one.parts, letters)},
          {"why", one.why ? value(told_json(*one.why)) : value(nullptr)}};
}

array legacy_json(const std::vector<office::LegacyCell>& cells) {
  constexpr std::size_t kMostTold = 2000;
  static constexpr std::array<std::string_view, 3> kEncodings{"unicode", "tcvn3", "vni"};
  static constexpr std::array<std::string_view, 3> kConfidences{"doubtful", "likely", "certain"};
  array made;
  for (const office::LegacyCell& one : cells) {
    if (made.size() == kMostTold) break;
    made.push_back(
        object{{"cell", office::column_letters(one.column) + std::to_string(one.row)},
               {"font", one.font},
               {"before", one.before},
               {"after", one.reading.text},
               {"encoding", kEncodings[static_cast<std::size_t>(one.reading.encoding)]},
               {"confidence", kConfidences[static_cast<std::size_t>(one.reading.confidence)]},
               {"taken", one.is_taken},
               {"whole", one.reading.is_whole}});
  }
  return made;
}

object reading_json(const FormReading& reading, const Form& form) {
  array rows;
  for (const FormRow& row : reading.rows) {
    rows.push_back(
        object{{"row", row.row},
               {"ordinal", row.ordinal},
               {"name", row.name},
               {"kind", name(row.kind)},
               {"level", row.level},
               {"under", row.under ? value(reading.rows[*row.under].row) : value(nullptr)},
               {"group", row.group.empty() ? value(nullptr) : value(row.group)},
               {"amounts", amounts_json(row.amounts, form)}});
  }
  array differences;
  for (const FormDifference& one : reading.differences)
    differences.push_back(difference_json(one, form));
  array left;
  for (const LeftColumn& one : reading.left)
    left.push_back(object{{"column", office::column_letters(one.column)},
                          {"head", one.head},
                          {"figures", one.figures}});
  return {{"mapping", mapping_json(reading.mapping)},
          {"rows", rows},
          {"differences", differences},
          {"left_columns", left},
          {"legacy", legacy_json(reading.legacy)},
          {"doubts", told_json(reading.doubts)}};
}

}  // namespace

object mapping_json(const FormMapping& mapping) {
  array columns;
  for (const MappedColumn& one : mapping.columns) {
    array letters;
    for (const std::uint32_t column : one.columns)
      letters.push_back(value(office::column_letters(column)));
    columns.push_back(
        object{{"code", one.code}, {"columns", letters}, {"head", one.head}, {"score", one.score}});
  }
  array rows;
  for (const MappedRow& one : mapping.rows)
    rows.push_back(object{{"row", one.row}, {"kind", name(one.kind)}});
  static constexpr std::array<std::string_view, 3> kTakings{"none", "sure", "all"};
  const bool has_ordinals = mapping.ordinal_column != 0;
  return {{"sheet", mapping.sheet},
          {"head_first", mapping.head_first},
          {"head_last", mapping.head_last},
          {"body_first", mapping.body_first},
          {"body_last", mapping.body_last},
          {"ordinal_column",
           has_ordinals ? value(office::column_letters(mapping.ordinal_column)) : value(nullptr)},
          {"name_column", office::column_letters(mapping.name_column)},
          {"measure", mapping.measure},
          {"decimal_comma", mapping.decimal_comma},
          {"legacy", kTakings[static_cast<std::size_t>(mapping.legacy)]},
          {"columns", columns},
          {"rows", rows}};
}

object consolidation_json(const FormConsolidation& made, const Form& form) {
  array columns, files, lines;
  for (const FormColumn& column : form.columns)
    columns.push_back(
        object{{"code", column.code},
               {"title", column.title},
               {"kind", column.kind == FormColumn::Kind::ratio ? "ratio" : "amount"}});
  for (const FormFile& file : made.files) {
    files.push_back(object{
        {"name", file.name},
        {"unit", file.unit.empty() ? value(nullptr) : value(file.unit)},
        {"state", name(file.state())},
        {"reading", file.reading ? value(reading_json(*file.reading, form)) : value(nullptr)},
        {"problems", told_json(file.refused)}});
  }
  for (const FormLine& line : made.lines) {
    array amounts;
    for (const auto& of_file : line.amounts) amounts.push_back(amounts_json(of_file, form));
    lines.push_back(object{{"group", line.group.empty() ? value(nullptr) : value(line.group)},
                           {"title", line.title},
                           {"amounts", amounts},
                           {"sums", amounts_json(line.sums, form)}});
  }
  return {{"form", object{{"code", form.code},
                          {"title", form.title},
                          {"measure", form.measure},
                          {"decimals", form.decimals}}},
          {"columns", columns},
          {"files", files},
          {"lines", lines},
          {"doubts", told_json(made.doubts)}};
}

}  // namespace report
