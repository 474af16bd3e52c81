#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

/// Figures written into text as marks, pure. The form is docs/formats/figures-in-text.md.
namespace report {

/// "{{F05}}", "{{10183!F05@2020:estimate+unit}}": which figure stands here.
struct FigureMark {
  enum class Kind {
    actual,
    estimate,
    previous,     ///< of the period before
    year_before,  ///< of the same period a year before
    total         ///< rolled up, not one fact
  };
  std::string unit;    ///< its code; empty for the text's own unit
  std::string code;    ///< of the indicator
  std::string period;  ///< empty for the text's own
  Kind kind = Kind::actual;
  bool with_unit = false;  ///< followed by the measure unit

  std::string text() const;
  friend bool operator==(const FigureMark&, const FigureMark&) = default;
};

/// A piece of text as it was written: plain, or a mark. Joined they are the whole text.
struct TextPart {
  std::string text;
  std::optional<FigureMark> mark;
  bool is_faulty = false;  ///< begins like a mark and is none
};
std::vector<TextPart> parts_of(std::string_view text);

/// "narrative.figure_form" for each faulty mark, at `pointer`.
base::Problems faults_of_marks(const std::vector<TextPart>& parts, const std::string& pointer);

/// The text with every mark that names no unit naming `unit`, so that it says the same elsewhere;
/// a period that is not named is named too.
std::string anchored(std::string_view text, std::string_view unit, std::string_view period);

}  // namespace report
