#include "report/form_measure.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/decimal.h"
#include "base/text.h"

namespace report {
namespace {

using Kind = office::Workbook::Kind;

struct Prefix {
  std::string_view word;
  int power;
};
constexpr std::array<Prefix, 13> kPrefixes{{{"nghin", 3},
                                            {"ngan", 3},
                                            {"1.000", 3},
                                            {"1000", 3},
                                            {"trieu", 6},
                                            {"tr.", 6},
                                            {"tr ", 6},
                                            {"1.000.000", 6},
                                            {"ty", 9},
                                            {"ti ", 9},
                                            {"chuc", 1},
                                            {"tram", 2},
                                            {"van", 4}}};

std::string trimmed(std::string text) {
  constexpr std::string_view kLoose = " .,;:/()\n\t";
  const std::size_t last = text.find_last_not_of(kLoose);
  text.erase(last == std::string::npos ? 0 : last + 1);
  text.erase(0, std::min(text.find_first_not_of(kLoose), text.size()));
  return text;
}

/// Digits with an optional dot, as canonical_number gives them.
struct Decimal {
  bool is_negative = false;
  std::string digits;
  int scale = 0;
};

std::optional<Decimal> decimal_of(std::string_view text) {
  Decimal made;
  if (text.starts_with("-")) made.is_negative = true, text.remove_prefix(1);
  const std::size_t dot = std::min(text.find('.'), text.size());
  made.digits = std::string(text.substr(0, dot));
  if (dot < text.size()) {
    made.digits += text.substr(dot + 1);
    made.scale = static_cast<int>(text.size() - dot - 1);
  }
  const bool is_number =
      !made.digits.empty() && made.digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number && made.digits.size() <= 60 ? std::optional(made) : std::nullopt;
}

/// A double holds 15 digits, and differences of doubles fewer: "5.32724999999846" is 5.32725.
bool is_noise(const std::string& kept, const std::string& cut) {
  constexpr std::size_t kDigits = 14;
  constexpr std::size_t kEnough = 3;
  const auto is_all_of = [](const std::string& digits, char digit) {
    return digits.find_first_not_of(digit) == std::string::npos;
  };
  const std::size_t zero = std::min(kept.find_first_not_of('0'), kept.size());
  const std::size_t significant = kept.size() - zero;
  const std::size_t shown = significant >= kDigits ? 0 : kDigits - significant;
  if (shown == 0 || cut.size() > kEnough) {
    const std::string first = cut.substr(0, std::min(shown, kEnough));
    return is_all_of(first, '0') || is_all_of(first, '9');
  }
  return is_all_of(cut, '0');
}

/// A number written as text, by hand: "1.234,5", "(12)", "12 345".
std::optional<std::string> typed_number(std::string text, bool decimal_comma) {
  std::erase_if(text, [](char c) { return c == ' '; });
  bool is_negative = false;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    is_negative = true;
    text = text.substr(1, text.size() - 2);
  }
  if (!text.empty() && text.front() == '-') is_negative = true, text.erase(0, 1);
  const char group = decimal_comma ? '.' : ',';
  const char sign = decimal_comma ? ',' : '.';
  const std::size_t at = std::min(text.find(sign), text.size());
  std::string whole = text.substr(0, at);
  const std::string rest = at < text.size() ? text.substr(at + 1) : "";
  if (whole.find(group) != std::string::npos) {
    // Groups of three, but for the first.
    std::size_t from = 0;
    for (std::size_t i = whole.find(group); i != std::string::npos; i = whole.find(group, from)) {
      if (i - from > 3 || i == from || (from > 0 && i - from != 3)) return std::nullopt;
      from = i + 1;
    }
    if (whole.size() - from != 3) return std::nullopt;
    std::erase(whole, group);
  }
  const bool is_number = !whole.empty() &&
                         whole.find_first_not_of("0123456789") == std::string::npos &&
                         rest.find_first_not_of("0123456789") == std::string::npos &&
                         (at == text.size() || !rest.empty());
  if (!is_number) return std::nullopt;
  return (is_negative ? "-" : "") + whole + (rest.empty() ? "" : "." + rest);
}

bool is_dash(std::string_view text) {
  for (const std::string_view dash : {"-", "–", "—", "−", "..", "...", "…", "x", "X", "\""})
    if (text == dash) return true;
  return false;
}

FormFigure shifted(Decimal decimal, int decimals, int power) {
  const int kept_scale =
      decimals + power - decimal.scale;  // digits to add, or to cut when negative
  std::string cut;
  if (kept_scale >= 0) {
    decimal.digits.append(static_cast<std::size_t>(kept_scale), '0');
  } else {
    const auto lost = static_cast<std::size_t>(-kept_scale);
    if (lost >= decimal.digits.size())
      decimal.digits.insert(0, lost - decimal.digits.size() + 1, '0');
    cut = decimal.digits.substr(decimal.digits.size() - lost);
    decimal.digits.resize(decimal.digits.size() - lost);
  }
  constexpr std::size_t kMostDigits = 30;
  const std::size_t zero = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  if (decimal.digits.size() - zero > kMostDigits) return {std::nullopt, "form.out_of_range"};
  base::Wide amount = 0;
  for (const char c : decimal.digits) amount = amount * 10 + (c - '0');
  if (!cut.empty() && cut[0] >= '5') ++amount;
  const auto narrow = base::narrow(decimal.is_negative ? -amount : amount);
  constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
  if (!narrow || *narrow > kMost || *narrow < -kMost) return {std::nullopt, "form.out_of_range"};
  const bool is_whole = cut.find_first_not_of('0') == std::string::npos;
  return {narrow, is_whole || is_noise(decimal.digits, cut) ? "" : "form.rounded"};
}

}  // namespace

std::optional<FormMeasure> measure_named(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::string word = trimmed(base::fold(text));
  if (word.empty() || word.size() > kLongest) return std::nullopt;
  FormMeasure made;
  for (bool is_found = true; is_found;) {
    is_found = false;
    for (const Prefix& prefix : kPrefixes) {
      if (!word.starts_with(prefix.word) || word.size() == prefix.word.size()) continue;
      made.power += prefix.power;
      word = trimmed(word.substr(prefix.word.size()));
      is_found = true;
      break;
    }
  }
  if (word == "d" || word == "vnd") word = "dong";
  made.of = word;
  return word.empty() ? std::nullopt : std::optional(made);
}

std::optional<int> power_between(const FormMeasure& from, const FormMeasure& to) {
  if (from.of != to.of) return std::nullopt;
  return from.power - to.power;
}

std::optional<std::string> measure_in(std::string_view text, const FormMeasure& wanted) {
  const std::string folded = base::fold(text);
  const std::size_t colon = text.find(':');
  const bool says_so = folded.find("don vi") != std::string::npos ||
                       folded.find("dvt") != std::string::npos || folded.starts_with("dv");
  if (!says_so || colon == std::string_view::npos) return std::nullopt;
  const auto measure = measure_named(text.substr(colon + 1));
  if (!measure || measure->of != wanted.of) return std::nullopt;
  return trimmed(std::string(text.substr(colon + 1)));
}

FormFigure figure_of(const office::Workbook::Cell& cell, int decimals, int power,
                     bool decimal_comma) {
  if (cell.kind == Kind::empty) return {std::nullopt, cell.is_formula ? "form.no_value" : ""};
  if (cell.kind == Kind::error) return {std::nullopt, "form.error_cell"};
  if (cell.kind == Kind::date || cell.kind == Kind::boolean)
    return {std::nullopt, "form.not_a_figure"};
  if (cell.kind == Kind::number) {
    const auto decimal = decimal_of(cell.text);
    return decimal ? shifted(*decimal, decimals, power)
                   : FormFigure{std::nullopt, "form.out_of_range"};
  }
  if (is_dash(cell.text)) return {};
  const auto typed = typed_number(cell.text, decimal_comma);
  const auto decimal = typed ? decimal_of(*typed) : std::nullopt;
  if (!decimal) return {std::nullopt, "form.not_a_figure"};
  FormFigure figure = shifted(*decimal, decimals, power);
  if (figure.doubt.empty()) figure.doubt = "form.text_figure";
  return figure;
}

}  // namespace report
