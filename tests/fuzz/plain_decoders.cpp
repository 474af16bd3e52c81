#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "base/base64.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/period.h"
#include "base/text.h"
#include "decoders.h"
#include "direct/formula.h"

namespace fuzz {

void figure(std::string_view bytes) {
  // The first byte says the decimals and who wrote it.
  if (bytes.empty()) return;
  const int decimals = static_cast<unsigned char>(bytes.front()) % 10;
  const auto notation = static_cast<unsigned char>(bytes.front()) >= 128 ? base::Notation::typed
                                                                         : base::Notation::program;
  const auto read = base::parse_figure(bytes.substr(1), decimals, notation);
  // The bytes as numbers: a part of a whole, exactly.
  std::int64_t above = 0, below = 0;
  std::memcpy(&above, bytes.data(), std::min(bytes.size(), sizeof above));
  if (bytes.size() > 8)
    std::memcpy(&below, bytes.data() + 8, std::min(bytes.size() - 8, sizeof below));
  const auto share = base::divide_half_up(above, below, decimals);
  require(below != 0 || !share, "nothing is divided by zero");
  if (share && below != 0 && decimals == 0) {
    const base::Wide rest = 2 * (base::Wide{above} - base::Wide{*share} * below);
    const base::Wide whole = below < 0 ? -base::Wide{below} : base::Wide{below};
    require((rest < 0 ? -rest : rest) <= whole, "it is rounded to the nearest");
  }
  (void)base::canonical_figure(base::Wide{above} * below, decimals);
  (void)base::vietnamese_figure(base::Wide{above} * below, decimals);
  if (!read) {
    require(!read.error().empty(), "a refusal says why");
    return;
  }
  const std::string canonical = base::canonical_figure(*read, decimals);
  const auto again = base::parse_figure(canonical, decimals, base::Notation::program);
  require(again.has_value() && *again == *read,
          "a figure written by the program is read as itself");
  // "1.234" typed is asked back; it is never read as another figure.
  const auto typed =
      base::parse_figure(base::vietnamese_figure(*read, decimals), decimals, base::Notation::typed);
  require(!typed || *typed == *read, "a figure as people write it is never read as another");
}

void formula(std::string_view bytes) {
  const auto read = direct::parse_formula(bytes);
  if (!read) {
    require(!read.error().empty(), "a refusal says why");
    return;
  }
  require(!read->nodes.empty() && read->nodes.size() <= direct::kMostFormulaNodes,
          "a formula is within bounds");
  for (std::size_t i = 0; i < read->nodes.size(); ++i)
    for (const std::size_t operand : read->nodes[i].operands)
      require(operand < i, "operands stand before");
  const auto known = [](const direct::Reference& reference) -> std::optional<direct::Rational> {
    if (reference.code.size() % 3 == 0) return std::nullopt;
    return direct::Rational(static_cast<int>(reference.code.size()) - 4, 3);
  };
  (void)read->references();
  if (read->is_condition()) {
    (void)direct::truth_of(*read, known);
    (void)direct::sides_of(*read, known);
  } else if (const auto figure = direct::figure_of(*read, known)) {
    (void)direct::amount_of(*figure, 2);
  }
}

namespace {
void look_over(const base::Period& period, std::string_view bytes) {
  require(period.text() == bytes, "a period has one spelling");
  require(period.first() <= period.last() && period.last() < period.end(), "a period has days");
  require(period.previous().end() <= period.first(), "the one before is before");
  require(period.year_before().year() == period.year() - 1, "a year before is a year before");
  for (const base::Period& part : period.parts(base::Frequency::month))
    require(period.first() <= part.first() && part.end() <= period.end(), "parts lie inside");
  require(base::frequency_named(base::name(period.frequency())) == period.frequency(),
          "a kind has its name");
}
}  // namespace

void words(std::string_view bytes) {
  if (const auto decoded = base::from_base64(bytes))
    require(base::to_base64(*decoded) == bytes, "base64 has one spelling");
  require(base::from_base64(base::to_base64(bytes)) == bytes, "base64 comes back");
  if (const auto day = base::Date::parse(bytes)) {
    require(day->text() == bytes, "a day has one spelling");
    require(!day->vietnamese().empty(), "a day can be told");
  }
  if (const auto period = base::Period::parse(bytes)) look_over(*period, bytes);
  (void)base::frequency_named(bytes);
  if (!base::is_utf8(bytes)) return;
  const std::string tidy = base::tidy(bytes);
  require(base::is_utf8(tidy) && base::tidy(tidy) == tidy, "tidying twice changes nothing");
  require(base::nfc(tidy) == tidy, "tidy text is NFC");
  const std::string folded = base::fold(bytes);
  require(base::fold(folded) == folded, "folding twice changes nothing");
  require(base::fold(base::upper(bytes)) == base::fold(base::upper(base::upper(bytes))),
          "upper case twice is upper case");
  (void)base::same_name_key(bytes);
  (void)base::length(bytes);
}

}  // namespace fuzz
