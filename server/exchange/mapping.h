#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/period.h"
#include "direct/indicator.h"
#include "office/csv.h"
#include "org/unit.h"

/// What another system calls our units, indicators and periods: tables as data, no adapter a
/// system.
namespace exchange {

enum class Kind { unit, indicator, option, attribute, period, dataset };
std::string_view name(Kind kind);
std::optional<Kind> kind_named(std::string_view name);

/// One row. `foreign_id` is whatever the other system writes: uid, code or name.
struct Mapping {
  Kind kind = Kind::unit;
  std::string foreign_id;
  std::string option_id;     ///< of an indicator: the category option combination it is for
  std::string attribute_id;  ///< of an indicator: the attribute option combination it is for
  std::optional<org::UnitId> unit;
  std::optional<direct::IndicatorId> indicator;
  /// Of a period its text here; of a dataset the frequency of what it holds; of an option or an
  /// attribute "default": it does not divide the figure.
  std::string ours;
  bool is_left_out = false;  ///< known, and not taken: a text, or what is not collected here
  bool is_exported = true;   ///< written when ours is given out; one for each of ours
  std::string note;
};

/// The system's name: letters, digits, '-', '_', '.', at most 40.
bool is_system_name(std::string_view name);

/// A mapping as asked for, with our side as codes.
struct MappingRow {
  Mapping mapping;
  std::string ours;   ///< code of the unit or indicator, else as in `Mapping`; "-" removes the row,
                      ///< "leave_out" is known and not taken
  std::string place;  ///< of its faults: "line 3, " or "/items/2/"
};

/// Rows of a csv with the columns kind, foreign_id, ours and optionally option_id, attribute_id,
/// export (yes, no) and note; all faults at once. Rows whose `ours` is empty are passed over: they
/// are what is still to be filled in of a skeleton.
base::Result<std::vector<MappingRow>> mapping_rows(const office::CsvTable& table);
/// The same checks for one row from anywhere.
void check_row(const MappingRow& row, base::Problems& problems);

inline constexpr const char* kLeaveOut = "leave_out";
inline constexpr const char* kRemove = "-";
inline constexpr const char* kDefault = "default";

/// The rows of a system, to be asked quickly.
class MappingBook {
 public:
  explicit MappingBook(const std::vector<Mapping>& rows);

  const Mapping* unit(std::string_view foreign) const { return find(Kind::unit, foreign); }
  const Mapping* period(std::string_view foreign) const { return find(Kind::period, foreign); }
  const Mapping* dataset(std::string_view foreign) const { return find(Kind::dataset, foreign); }
  /// The indicator of an element in a combination. "default" and what the mapping calls default
  /// count as none.
  const Mapping* indicator(std::string_view element, std::string_view option,
                           std::string_view attribute) const;

  /// What is written for ours; none when nothing is.
  const Mapping* of_unit(org::UnitId unit) const;
  const Mapping* of_indicator(direct::IndicatorId indicator) const;
  const Mapping* of_period(const std::string& period) const;
  const Mapping* of_frequency(base::Frequency frequency) const;

 private:
  const Mapping* find(Kind kind, std::string_view foreign, std::string_view option = {},
                      std::string_view attribute = {}) const;
  std::string whole(Kind kind, std::string_view foreign) const;

  std::unordered_map<std::string, Mapping> rows_;
  std::unordered_map<std::int64_t, const Mapping*> by_unit_, by_indicator_;
  std::unordered_map<std::string, const Mapping*> by_period_, by_frequency_;
};

/// What a set names and the mapping does not know, with how many values hang on it.
struct Gap {
  Kind kind = Kind::unit;
  std::string foreign_id, option_id, attribute_id;
  std::size_t values = 0;
  std::string place;  ///< of the first
};
/// The gaps as a mapping file whose `ours` is to be filled in; `note` says the values each brings.
std::string skeleton_csv(const std::vector<Gap>& gaps);

}  // namespace exchange
