#include "report/form_json.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/decimal.h"
#include "base/words.h"
#include "office/cell_values.h"
#include "report/form_checks.h"
#include "report/form_measure.h"

namespace report {
namespace {

using base::ProblemKind;
using http::Fields;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kMostNames = 40;
constexpr std::size_t kMostColumns = 200;
constexpr std::size_t kLongestName = 300;

void fault(Fields& fields, const char* code, std::string_view key, std::vector<std::string> args) {
  fields.problems().push_back({ProblemKind::invalid, code, fields.pointer(key), std::move(args)});
}

std::uint32_t column_number(Fields& fields, std::string_view key, const std::string& letters) {
  const auto found = office::reference_of(letters + "1");
  if (found) return static_cast<std::uint32_t>(found->column);
  fault(fields, "form.no_such_column", key, {letters});
  return 0;
}

std::optional<std::uint32_t> maybe_row(Fields& fields, std::string_view key) {
  const auto number = fields.maybe_integer(key, 1, office::kLastRow);
  return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

std::optional<std::uint32_t> maybe_column(Fields& fields, std::string_view key) {
  const auto letters = fields.maybe_text(key, 3);
  if (!letters) return std::nullopt;
  return column_number(fields, key, *letters);
}

FormColumn read_column(Fields& f) {
  FormColumn made;
  made.code = f.text("code", 60);
  made.title = f.text("title", kLongestName);
  made.sections = f.raw_texts("sections", kMostNames, kLongestName);
  made.names = f.raw_texts("names", kMostNames, kLongestName);
  if (f.has("kind"))
    made.kind = f.one_of("kind", {"amount", "ratio"}) == 1 ? FormColumn::Kind::ratio
                                                           : FormColumn::Kind::amount;
  made.is_required = f.boolean("required", false);
  made.over = f.maybe_text("over", 60).value_or("");
  made.by = f.maybe_text("by", 60).value_or("");
  return made;
}

/// Codes name one thing each, and what names them is there.
void check_form(Fields& fields, const Form& form) {
  std::set<std::string> columns;
  for (const FormColumn& column : form.columns) {
    if (!columns.insert(column.code).second)
      fault(fields, "form.code_twice", "columns", {column.code});
  }
  std::set<std::string> groups{"total"};
  for (const FormGroup& group : form.groups) {
    if (!groups.insert(group.code).second) fault(fields, "form.code_twice", "groups", {group.code});
  }
  for (const FormColumn& column : form.columns) {
    for (const std::string& side : {column.over, column.by}) {
      if (!side.empty() && !columns.contains(side))
        fault(fields, "form.no_such_column", "columns", {side});
    }
  }
  for (const FormFact& fact : form.facts) {
    if (!columns.contains(fact.column))
      fault(fields, "form.no_such_column", "facts", {fact.column});
    if (!groups.contains(fact.row)) fault(fields, "form.no_such_group", "facts", {fact.row});
  }
  if (!form.measure.empty() && !measure_named(form.measure))
    fault(fields, "form.measure_other", "measure", {form.measure, ""});
}

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

Form read_form_fields(Fields& f) {
  Form form;
  form.code = f.text("code", 60);
  form.title = f.text("title", 1000);
  form.measure = f.text("measure", 40);
  form.decimals = static_cast<int>(f.integer("decimals", 0, 9));
  form.sheet_words = f.raw_texts("sheet_words", kMostNames, kLongestName);
  form.ordinal_names = f.raw_texts("ordinal_names", kMostNames, kLongestName);
  form.name_names = f.texts("name_names", true, kMostNames);
  form.total_names = f.raw_texts("total_names", kMostNames, kLongestName);
  f.objects("columns", true, kMostColumns,
            [&](Fields& one) { form.columns.push_back(read_column(one)); });
  f.objects("groups", false, kMostColumns, [&](Fields& one) {
    form.groups.push_back({one.text("code", 60), one.text("title", kLongestName),
                           one.raw_texts("names", kMostNames, kLongestName)});
  });
  f.objects("abbreviations", false, kMostColumns, [&](Fields& one) {
    form.abbreviations.emplace_back(one.text("brief", 40), one.text("full", kLongestName));
  });
  f.objects("facts", false, kMostColumns, [&](Fields& one) {
    form.facts.push_back({one.text("indicator", 60), one.text("row", 60), one.text("column", 60)});
  });
  form.period = f.maybe_text("period", 10).value_or("");
  form.unit_is_end_of_name = f.boolean("unit_is_end_of_name", false);
  check_form(f, form);
  return form;
}

base::Result<Form> read_form_definition(const value& body) {
  base::Problems problems;
  Form form;
  {
    Fields fields(body, problems);
    form = read_form_fields(fields);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return form;
}

AskedMapping read_asked_mapping(Fields& f) {
  AskedMapping made;
  made.sheet = f.maybe_raw_text("sheet", 100);
  made.measure = f.maybe_text("measure", 40);
  made.head_first = maybe_row(f, "head_first");
  made.head_last = maybe_row(f, "head_last");
  made.body_first = maybe_row(f, "body_first");
  made.body_last = maybe_row(f, "body_last");
  made.ordinal_column = maybe_column(f, "ordinal_column");
  made.name_column = maybe_column(f, "name_column");
  if (f.has("legacy"))
    made.legacy = static_cast<office::LegacyTaking>(f.one_of("legacy", {"none", "sure", "all"}));
  if (f.has("decimal_comma")) made.decimal_comma = f.boolean("decimal_comma", true);
  f.objects("columns", false, kMostColumns, [&](Fields& one) {
    std::vector<std::uint32_t> columns;
    for (const std::string& letters : one.raw_texts("columns", kMostColumns, 3))
      columns.push_back(column_number(one, "columns", letters));
    one.maybe_raw_text("head", 10'000);
    one.maybe_integer("score", 0, 100);
    made.columns.insert_or_assign(one.text("code", 60), std::move(columns));
  });
  f.objects("rows", false, 5000, [&](Fields& one) {
    const auto row = static_cast<std::uint32_t>(one.integer("row", 1, office::kLastRow));
    made.rows.push_back({row, static_cast<RowKind>(one.one_of(
                                  "kind", {"total", "group", "detail", "part", "ignored"}))});
  });
  return made;
}

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
