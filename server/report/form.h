#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "office/legacy_text.h"

/// Forms that others fill in workbooks of their own making: what a form wants, how one workbook was
/// understood, and what was read. All of it is data, so that a person may see and overrule any of
/// it.
namespace report {

struct FormColumn {
  enum class Kind : std::uint8_t {
    amount,  ///< adds up over rows
    ratio,   ///< per cent; never added, compared with `over` by `by`
  };

  std::string code;                   ///< "actual.total"
  std::string title;                  ///< what people see
  std::vector<std::string> sections;  ///< heads it stands under, any of them; none: any place
  std::vector<std::string> names;     ///< its own head, and those below it joined by " / "
  Kind kind = Kind::amount;
  bool is_required = false;
  std::string over, by;  ///< of a ratio: codes of its two sides, or empty
};

/// A row that files name alike: "Các cơ quan, tổ chức".
struct FormGroup {
  std::string code;
  std::string title;
  std::vector<std::string> names;
};

/// Which figure becomes which fact.
struct FormFact {
  std::string indicator;
  std::string row;  ///< "total" or a group's code
  std::string column;
};

/// A form as its issuer means it.
struct Form {
  std::string code;
  std::string title;
  std::string measure;  ///< of the amounts as given out: "triệu đồng"
  int decimals = 0;     ///< kept of an amount in that measure; 6 of triệu đồng is one đồng
  std::vector<std::string> sheet_words;    ///< in the sheet's name or above its head
  std::vector<std::string> ordinal_names;  ///< heads of the column of I, II, 1, 2 …
  std::vector<std::string> name_names;     ///< heads of the column that names the rows
  std::vector<std::string> total_names;
  std::vector<FormColumn> columns;
  std::vector<FormGroup> groups;
  std::vector<std::pair<std::string, std::string>> abbreviations;  ///< "MTQG" → "mục tiêu quốc gia"
  std::vector<FormFact> facts;
  std::string period;                ///< of the facts; "" when the asker says
  bool unit_is_end_of_name = false;  ///< "…-TT343-02.xlsx" is of the unit "02"
};

enum class RowKind : std::uint8_t {
  total,
  group,    ///< of the first level under the total
  detail,   ///< of a deeper one
  part,     ///< "trong đó": said again of the row above, never added
  ignored,  ///< notes, numbers of columns, what a person puts aside
};
std::string_view name(RowKind kind);

/// Rows and columns are numbered from 1, as in a workbook.
struct MappedColumn {
  std::string code;
  std::vector<std::uint32_t> columns;  ///< several are added up; none: not there
  std::string head;                    ///< what stands over them
  int score = 0;  ///< 0 to 100, how well that fits; 100 also when a person chose
};

struct MappedRow {
  std::uint32_t row = 0;
  RowKind kind = RowKind::detail;
};

/// How one workbook is to be read.
struct FormMapping {
  std::string sheet;
  std::uint32_t head_first = 0, head_last = 0;
  std::uint32_t body_first = 0, body_last = 0;
  std::uint32_t ordinal_column = 0;  ///< 0: there is none
  std::uint32_t name_column = 0;
  std::string measure;
  bool decimal_comma = true;          ///< how numbers typed as text are read
  std::vector<MappedColumn> columns;  ///< as many as the form has, in its order
  std::vector<MappedRow> rows;        ///< only those a person decided
  office::LegacyTaking legacy = office::LegacyTaking::sure;
};

/// What a person decided; what is missing is proposed.
struct AskedMapping {
  std::optional<std::string> sheet, measure;
  std::optional<std::uint32_t> head_first, head_last, body_first, body_last, ordinal_column,
      name_column;
  std::optional<bool> decimal_comma;
  std::map<std::string, std::vector<std::uint32_t>> columns;  ///< by the form column's code
  std::vector<MappedRow> rows;
  std::optional<office::LegacyTaking> legacy;
};

struct FormRow {
  std::uint32_t row = 0;
  std::string ordinal;
  std::string name;
  RowKind kind = RowKind::detail;
  int level = 0;                     ///< 0 for groups, 1 for what stands under them …
  std::optional<std::size_t> under;  ///< place of the row it belongs to
  std::string group;                 ///< code of the form's group, of rows of that kind
  /// By the form's columns, in 10^-decimals of its measure; of a ratio in hundredths of a per cent.
  std::vector<std::optional<std::int64_t>> amounts;
};

/// A stated figure beside the sum of what stands under it.
struct FormDifference {
  enum class Kind : std::uint8_t {
    differs,
    rounding,     ///< no more than rounding each figure explains
    not_divided,  ///< of a group or detail: nothing under it has a figure
  };

  Kind kind = Kind::differs;
  std::string cell;  ///< "C9"
  std::uint32_t row = 0;
  std::optional<std::size_t> column;  ///< of the form; none: a column that the form does not want
  std::string head;                   ///< the form's title of it, or what stands over it
  std::int64_t stated = 0, summed = 0;
  std::vector<std::uint32_t> parts;  ///< rows that were added up
  std::optional<base::Problem> why;  ///< what would explain it, found in the sheet
};
std::string_view name(FormDifference::Kind kind);

/// A column with figures that the form does not want; nothing of it is passed on, but its total is
/// compared like any other.
struct LeftColumn {
  std::uint32_t column = 0;
  std::string head;
  std::size_t figures = 0;
  /// By row, as a form column's amounts; empty when it has no head, is in per cent, or too many
  /// are.
  std::vector<std::optional<std::int64_t>> amounts;
};

/// One workbook, read.
struct FormReading {
  FormMapping mapping;
  std::vector<FormRow> rows;  ///< without ignored ones
  std::vector<FormDifference> differences;
  std::vector<LeftColumn> left;
  std::vector<office::LegacyCell> legacy;  ///< of the sheet read
  base::Problems doubts;                   ///< with "sheet 66, cell C9" as field

  const FormRow* total() const;
  /// The first row of that group; the total for "total".
  const FormRow* find(const std::string& group) const;
};

}  // namespace report
