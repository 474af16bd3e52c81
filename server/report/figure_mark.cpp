#include "report/figure_mark.h"

#include <array>

#include "base/period.h"
#include "base/text.h"

namespace report {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"actual", "estimate", "previous", "year_before",
                                                 "total"};
constexpr std::size_t kLongestMark = 120;

/// Cuts what follows the last `sign` off `text`; none when the sign is not there.
std::optional<std::string> cut(std::string& text, char sign) {
  const std::size_t at = text.rfind(sign);
  if (at == std::string::npos) return std::nullopt;
  std::string after = base::tidy(std::string_view(text).substr(at + 1));
  text = base::tidy(std::string_view(text).substr(0, at));
  return after;
}

std::optional<FigureMark> mark_of(std::string_view inside) {
  FigureMark made;
  std::string rest = base::tidy(inside);
  if (rest.ends_with("+unit")) {
    made.with_unit = true;
    rest = base::tidy(std::string_view(rest).substr(0, rest.size() - 5));
  }
  if (const auto kind = cut(rest, ':')) {
    std::size_t at = 0;
    while (at < kKinds.size() && kKinds[at] != *kind) ++at;
    if (at == kKinds.size()) return std::nullopt;
    made.kind = static_cast<FigureMark::Kind>(at);
  }
  if (const auto period = cut(rest, '@')) {
    if (!base::Period::parse(*period)) return std::nullopt;
    made.period = *period;
  }
  const std::size_t sheet = rest.find('!');
  if (sheet != std::string::npos) {
    made.unit = base::tidy(std::string_view(rest).substr(0, sheet));
    rest = base::tidy(std::string_view(rest).substr(sheet + 1));
    if (made.unit.empty()) return std::nullopt;
  }
  if (rest.empty() || rest.find_first_of("{}!+") != std::string::npos) return std::nullopt;
  made.code = rest;
  return made;
}

}  // namespace

std::string FigureMark::text() const {
  std::string made = "{{";
  if (!unit.empty()) made += unit + "!";
  made += code;
  if (!period.empty()) made += "@" + period;
  if (kind != Kind::actual) made += ":" + std::string(kKinds[static_cast<std::size_t>(kind)]);
  if (with_unit) made += "+unit";
  return made + "}}";
}

std::vector<TextPart> parts_of(std::string_view text) {
  std::vector<TextPart> made;
  const auto plain = [&](std::string_view part) {
    if (part.empty()) return;
    if (made.empty() || made.back().mark || made.back().is_faulty) made.push_back({"", {}, false});
    made.back().text += part;
  };
  while (!text.empty()) {
    const std::size_t begin = text.find("{{");
    plain(text.substr(0, begin));
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const std::size_t end = text.find("}}");
    if (end == std::string_view::npos || end > kLongestMark) {
      made.push_back({"{{", {}, true});
      text.remove_prefix(2);
      continue;
    }
    const auto mark = mark_of(text.substr(2, end - 2));
    made.push_back({std::string(text.substr(0, end + 2)), mark, !mark});
    text.remove_prefix(end + 2);
  }
  return made;
}

base::Problems faults_of_marks(const std::vector<TextPart>& parts, const std::string& pointer) {
  base::Problems made;
  for (const TextPart& part : parts) {
    if (part.is_faulty)
      made.push_back({base::ProblemKind::invalid, "narrative.figure_form", pointer, {part.text}});
  }
  return made;
}

std::string anchored(std::string_view text, std::string_view unit, std::string_view period) {
  std::string made;
  for (TextPart& part : parts_of(text)) {
    if (part.mark) {
      if (part.mark->unit.empty()) part.mark->unit = unit;
      if (part.mark->period.empty()) part.mark->period = period;
      part.text = part.mark->text();
    }
    made += part.text;
  }
  return made;
}

}  // namespace report
