#pragma once

#include "report/form_reading.h"

namespace report {

/// One file of several: read, with its unit's code, or refused with the reasons.
struct FormFile {
  std::string name;
  std::string unit;  ///< "" when not known
  std::optional<FormReading> reading;
  base::Problems refused;

  enum class State : std::uint8_t { read, doubtful, refused };
  /// Doubtful: something differs, or a doubt touches a figure or a column.
  State state() const;
};
std::string_view name(FormFile::State state);

/// A row of the form over all files that were read: what each states, and the sum.
struct FormLine {
  std::string group;  ///< a group's code, "total", or "" for groups that only one file has
  std::string title;
  std::vector<std::vector<std::optional<std::int64_t>>> amounts;  ///< by file, then column
  std::vector<std::optional<std::int64_t>>
      sums;  ///< by column; none where no file has one, of ratios
};

struct FormConsolidation {
  std::vector<FormFile> files;
  std::vector<FormLine> lines;  ///< the total, the form's groups, then the others
  base::Problems doubts;        ///< across files: "form.file_slip", "form.unit_twice"
};

/// The files side by side. Doubts a file whose total is 10^3 and more off the middle of the others
/// ("form.file_slip"): a measure that was not said. Sums are of what the files state.
FormConsolidation consolidate_forms(std::vector<FormFile> files, const Form& form);

/// The digits a file's name ends with: "02" of "QT-2018-N-B66-TT343-02.xlsx"; "" without any.
std::string unit_in_name(std::string_view file_name);

/// What `import facts` takes: unit_code, indicator, period, status, value, remark; one row for each
/// fact the form defines and each file that states its figure. A figure beside which something
/// differs says so in its remark. Refuses "form.no_facts", "form.no_period", and
/// "form.file_without_unit" for each such file.
base::Result<std::string> facts_csv(const FormConsolidation& made, const Form& form,
                                    const std::string& period);

}  // namespace report
