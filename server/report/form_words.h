#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/form.h"

namespace report {

/// Heads and names as words to compare: folded (no marks, no case), the form's abbreviations
/// written out, numbering before them ("VI. Chi …") and notes behind them ("(2)") left out.
class FormWords {
 public:
  explicit FormWords(const Form& form);

  /// None of a text too long for a head.
  const std::vector<std::string>& of(std::string_view text) const;
  /// How alike, 0 to 100: twice the words in common by all words.
  int likeness(std::string_view text, std::string_view wanted) const;
  /// The best of several.
  int likeness(std::string_view text, const std::vector<std::string>& wanted) const;
  /// Likeness, or 95 when the text goes on where the wanted words end: "So sánh (%) quyết toán".
  int section_likeness(std::string_view text, const std::vector<std::string>& wanted) const;

 private:
  std::vector<std::string> read(std::string_view text) const;

  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> abbreviations_;
  mutable std::map<std::string, std::vector<std::string>, std::less<>> known_;  // each text once
};

}  // namespace report
