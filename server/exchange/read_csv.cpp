#include <algorithm>
#include <array>

#include "exchange/set_builder.h"
#include "office/csv.h"

namespace exchange {
namespace {

constexpr std::array<std::string_view, 11> kOrder{"dataelement",
                                                  "period",
                                                  "orgunit",
                                                  "categoryoptioncombo",
                                                  "attributeoptioncombo",
                                                  "value",
                                                  "storedby",
                                                  "timestamp",
                                                  "comment",
                                                  "followup",
                                                  "deleted"};

/// The cell without quotes that blanks before them made part of it: `a,  "b"`.
std::string_view unquoted(std::string_view cell) {
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
    cell.remove_prefix(1);
    cell.remove_suffix(1);
  }
  return cell;
}

/// The columns by their order, when the first row is a value already.
std::string header_for(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  std::size_t cells = 1;
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') is_quoted = !is_quoted;
    if (c == ',' && !is_quoted) ++cells;
  }
  std::string header;
  for (std::size_t i = 0; i < std::min(cells, kOrder.size()); ++i) {
    header += (i == 0 ? "" : ",") + std::string(kOrder[i]);
  }
  return header + "\n";
}

bool has_header(std::string_view bytes) {
  std::string first(bytes.substr(0, bytes.find_first_of(",;\t\r\n")));
  first.erase(0, std::min(first.find_first_not_of(' '), first.size()));
  std::string name(unquoted(first));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return field_named(name).has_value();
}

}  // namespace

base::Result<ForeignSet> read_csv_values(std::string_view bytes, std::size_t most_values) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
  std::string with_header;
  std::uint32_t added = 0;
  if (!bytes.empty() && !bytes.starts_with("\xFF\xFE") && !bytes.starts_with("\xFE\xFF") &&
      !has_header(bytes)) {
    with_header = header_for(bytes) + std::string(bytes);
    bytes = with_header;
    added = 1;
  }
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(bytes, most_values));
  SetBuilder builder(Form::csv, most_values);
  std::vector<std::optional<Field>> fields;
  for (const std::string& column : table.columns) {
    fields.push_back(field_named(unquoted(column)));
    if (!fields.back())
      builder.fault("exchange.unknown_field", "line 1", {std::string(unquoted(column))});
  }
  if (builder.is_over() || std::count(fields.begin(), fields.end(), std::nullopt) > 0)
    return builder.result();
  for (std::size_t row = 0; row < table.rows.size() && !builder.is_over(); ++row) {
    ForeignValue value = builder.begin(static_cast<std::uint32_t>(table.lines[row]) - added);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      builder.take(value, *fields[i], unquoted(table.rows[row][i]));
    }
    builder.end(std::move(value));
  }
  return builder.result();
}

}  // namespace exchange
