#pragma once

#include <string>
#include <vector>

#include "office/xlsx.h"

namespace office {

/// A cell of a form. Only those for a figure or a text may be typed into; the sheet is protected,
/// without a password, against slips and not against people.
struct FormCell {
  enum class Kind : std::uint8_t { shown, figure, text };
  enum class Mark : std::uint8_t { none, fresh, doubtful, refused };

  Cell value = {};
  Kind kind = Kind::shown;
  int decimals = 0;  ///< of an entry that takes a figure
  Mark mark = Mark::none;
  std::string comment = {};  ///< shown beside the cell; empty for none
};

/// One sheet to be filled in and sent back, and a hidden one that says what it is.
struct XlsxForm {
  std::string name;
  std::string title;
  std::vector<std::string> notes;  ///< rows under the title
  std::string identity;            ///< small and grey under the notes
  std::vector<std::string> columns;
  std::vector<double> widths;  ///< characters; may be shorter
  std::vector<std::vector<FormCell>> rows;
  std::vector<std::string> words;  ///< that may stand where a figure is asked
  std::string rule;  ///< what may be typed, at most 200 letters: shown at each such cell
  std::string hidden_name;
  std::vector<std::vector<std::string>> hidden_rows;
};

/// The .xlsx file's bytes, the same for the same form. Texts are texts, whatever they begin with.
/// Cells for figures take a number or one of the words (data validation); frozen head, print
/// set-up, column widths. Throws as write_xlsx does.
std::string write_form(const XlsxForm& form);

}  // namespace office
