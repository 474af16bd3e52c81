#include "exchange/mapping.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace exchange {
namespace {

using base::ProblemKind;

constexpr std::array<std::string_view, 6> kKinds{"unit",      "indicator", "option",
                                                 "attribute", "period",    "dataset"};
constexpr std::array<std::string_view, 7> kColumns{
    "kind", "foreign_id", "option_id", "attribute_id", "ours", "export", "note"};
constexpr std::size_t kLongest = 230;

std::string key_of(Kind kind, std::string_view foreign, std::string_view option,
                   std::string_view attribute) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(kind)));
  for (const std::string_view part : {foreign, option, attribute}) {
    key += part;
    key += '\n';  // stands in no id
  }
  return key;
}

}  // namespace

std::string_view name(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
  const auto* const at = std::find(kKinds.begin(), kKinds.end(), name);
  if (at == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(at - kKinds.begin());
}

bool is_system_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

void check_row(const MappingRow& row, base::Problems& problems) {
  const Mapping& mapping = row.mapping;
  const auto fault = [&](std::string code, const char* field, std::vector<std::string> args) {
    problems.push_back({ProblemKind::invalid, std::move(code), row.place + field, std::move(args)});
  };
  if (mapping.foreign_id.empty()) fault("exchange.missing", "foreign_id", {"foreign_id"});
  for (const std::string* text :
       {&mapping.foreign_id, &mapping.option_id, &mapping.attribute_id, &mapping.note}) {
    if (base::length(*text) > kLongest)
      fault("exchange.too_long", "foreign_id", {std::to_string(kLongest)});
  }
  if (mapping.kind != Kind::indicator &&
      !(mapping.option_id.empty() && mapping.attribute_id.empty())) {
    fault("exchange.mapping_option", "option_id", {std::string(name(mapping.kind))});
  }
  if (row.ours == kRemove || row.ours == kLeaveOut) return;
  switch (mapping.kind) {
    case Kind::unit:
    case Kind::indicator:
      return;  // looked up where the units and indicators are
    case Kind::option:
    case Kind::attribute:
      if (row.ours != kDefault) fault("exchange.mapping_default", "ours", {row.ours});
      return;
    case Kind::period:
      if (!base::Period::parse(row.ours)) fault("fact.period", "ours", {row.ours});
      return;
    case Kind::dataset:
      if (!base::frequency_named(row.ours)) fault("exchange.mapping_frequency", "ours", {row.ours});
      return;
  }
}

base::Result<std::vector<MappingRow>> mapping_rows(const office::CsvTable& table) {
  base::Problems problems;
  for (const std::string& column : table.columns) {
    if (std::find(kColumns.begin(), kColumns.end(), column) == kColumns.end()) {
      problems.push_back(
          {ProblemKind::invalid,
           "csv.unknown_column",
           "line 1",
           {column, "kind, foreign_id, option_id, attribute_id, ours, export, note"}});
    }
  }
  for (const char* needed : {"kind", "foreign_id", "ours"}) {
    if (table.column(needed) == std::string::npos)
      problems.push_back({ProblemKind::invalid, "csv.missing_column", "line 1", {needed}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  std::vector<MappingRow> rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto text = [&](std::string_view column) {
      const std::size_t at = table.column(column);
      return at == std::string::npos ? std::string() : base::tidy(table.rows[i][at]);
    };
    MappingRow row;
    row.place = "line " + std::to_string(table.lines[i]) + ", ";
    row.ours = text("ours");
    if (row.ours.empty()) continue;
    const auto kind = kind_named(text("kind"));
    if (!kind) {
      problems.push_back(
          {ProblemKind::invalid, "exchange.mapping_kind", row.place + "kind", {text("kind")}});
      continue;
    }
    const std::string exported = text("export");
    if (!exported.empty() && exported != "yes" && exported != "no") {
      problems.push_back(
          {ProblemKind::invalid, "exchange.mapping_export", row.place + "export", {exported}});
    }
    row.mapping.kind = *kind;
    row.mapping.foreign_id = text("foreign_id");
    row.mapping.option_id = text("option_id");
    row.mapping.attribute_id = text("attribute_id");
    row.mapping.is_exported = exported != "no";
    row.mapping.note = text("note");
    check_row(row, problems);
    rows.push_back(std::move(row));
    if (problems.size() >= 1000) break;
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return rows;
}

MappingBook::MappingBook(const std::vector<Mapping>& rows) {
  for (const Mapping& row : rows) {
    rows_.emplace(key_of(row.kind, row.foreign_id, row.option_id, row.attribute_id), row);
  }
  for (const auto& [key, row] : rows_) {
    if (!row.is_exported || row.is_left_out) continue;
    if (row.unit) by_unit_.emplace(row.unit->value, &row);
    if (row.indicator) by_indicator_.emplace(row.indicator->value, &row);
    if (row.kind == Kind::period) by_period_.emplace(row.ours, &row);
    if (row.kind == Kind::dataset) by_frequency_.emplace(row.ours, &row);
  }
}

const Mapping* MappingBook::find(Kind kind, std::string_view foreign, std::string_view option,
                                 std::string_view attribute) const {
  const auto at = rows_.find(key_of(kind, foreign, option, attribute));
  return at == rows_.end() ? nullptr : &at->second;
}

std::string MappingBook::whole(Kind kind, std::string_view foreign) const {
  if (foreign.empty() || foreign == kDefault) return {};
  const Mapping* row = find(kind, foreign);
  return row && row->ours == kDefault ? std::string() : std::string(foreign);
}

const Mapping* MappingBook::indicator(std::string_view element, std::string_view option,
                                      std::string_view attribute) const {
  // What the mapping leaves out in one part leaves the value out.
  for (const auto& [kind, foreign] :
       {std::pair(Kind::option, option), std::pair(Kind::attribute, attribute)}) {
    const Mapping* row = find(kind, foreign);
    if (row && row->is_left_out) return row;
  }
  return find(Kind::indicator, element, whole(Kind::option, option),
              whole(Kind::attribute, attribute));
}

namespace {
template <class Map, class Key>
const Mapping* at(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}
}  // namespace

const Mapping* MappingBook::of_unit(org::UnitId unit) const { return at(by_unit_, unit.value); }
const Mapping* MappingBook::of_indicator(direct::IndicatorId indicator) const {
  return at(by_indicator_, indicator.value);
}
const Mapping* MappingBook::of_period(const std::string& period) const {
  return at(by_period_, period);
}
const Mapping* MappingBook::of_frequency(base::Frequency frequency) const {
  return at(by_frequency_, std::string(base::name(frequency)));
}

std::string skeleton_csv(const std::vector<Gap>& gaps) {
  std::vector<std::vector<std::string>> rows;
  for (const Gap& gap : gaps) {
    rows.push_back({std::string(name(gap.kind)), gap.foreign_id, gap.option_id, gap.attribute_id,
                    "", "yes", std::to_string(gap.values) + " values"});
  }
  return office::write_csv({kColumns.begin(), kColumns.end()}, rows);
}

}  // namespace exchange
