#include "report/form_json.h"

#include <set>

#include "office/cell_values.h"
#include "report/form_measure.h"

namespace report {
namespace {

using base::ProblemKind;
using http::Fields;
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

}  // namespace report
