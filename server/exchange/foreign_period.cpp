#include "exchange/foreign_period.h"

#include <array>
#include <regex>

namespace exchange {
namespace {

using base::Frequency;
using base::Period;

struct Known {
  const char* form;
  std::optional<Frequency> frequency;  ///< none: not collected here
  const char* what;
};

/// Each form of DHIS2's period types; the first group is the year, the second the number in it.
const std::array<std::pair<std::regex, Known>, 11>& forms() {
  static const auto make = [](const char* form, std::optional<Frequency> frequency,
                              const char* what) {
    return std::pair(std::regex(form), Known{form, frequency, what});
  };
  static const std::array kForms{
      make("(\\d{4})-?(0[1-9]|1[0-2])", Frequency::month, "month"),
      make("(\\d{4})Q([1-4])", Frequency::quarter, "quarter"),
      make("(\\d{4})S([12])", Frequency::half, "half"),
      make("(\\d{4})", Frequency::year, "year"),
      make("\\d{4}-?\\d{2}-?\\d{2}", {}, "day"),
      make("\\d{4}(Mon|Tue|Wed|Thu|Fri|Sat|Sun)?W\\d{1,2}", {}, "week"),
      make("\\d{4}BiW\\d{1,2}", {}, "fortnight"),
      make("\\d{4}(0[1-9]|1[0-2])B", {}, "two months"),
      make("\\d{4}(Nov|April|Apr)S[12]", {}, "half of a year not from January"),
      make("\\d{4}Nov(Q[1-4])?", {}, "year not from January"),
      make("\\d{4}(Apr|April|July|Sep|Oct)", {}, "year not from January")};
  return kForms;
}

std::unexpected<base::Problems> refuse(std::string_view text, const std::string& place,
                                       const char* what) {
  if (what == nullptr) {
    return base::refuse(base::ProblemKind::invalid, "exchange.period", place, {std::string(text)});
  }
  return base::refuse(base::ProblemKind::invalid, "exchange.period_type", place,
                      {std::string(text), what});
}

/// "2021-01-01/P3M": the interval must be one of ours to the day.
base::Result<Period> interval(std::string_view text, const std::string& place) {
  const auto slash = text.find('/');
  std::string_view day = text.substr(0, slash);
  // Some systems add the time of midnight.
  if (day.ends_with("T00:00:00")) day.remove_suffix(std::string_view("T00:00:00").size());
  const auto first = base::Date::parse(day);
  const std::string_view duration = text.substr(slash + 1);
  if (!first) return refuse(text, place, nullptr);
  const int year = first->year();
  const int month = static_cast<int>(first->month());
  const auto made = [&](Frequency frequency, int months) -> base::Result<Period> {
    if (first->day() != 1 || (month - 1) % months != 0) {
      return refuse(text, place, "span that does not begin where such a period does");
    }
    return Period(year, frequency, (month - 1) / months + 1);
  };
  if (duration == "P1M") return made(Frequency::month, 1);
  if (duration == "P3M") return made(Frequency::quarter, 3);
  if (duration == "P6M") return made(Frequency::half, 6);
  if (duration == "P9M") return made(Frequency::nine_months, 12);
  if (duration == "P1Y" || duration == "P12M") return made(Frequency::year, 12);
  if (duration == "P1D") return refuse(text, place, "day");
  if (duration == "P7D" || duration == "P1W") return refuse(text, place, "week");
  if (duration == "P14D" || duration == "P2W") return refuse(text, place, "fortnight");
  if (duration == "P2M") return refuse(text, place, "two months");
  return refuse(text, place, nullptr);
}

}  // namespace

base::Result<Period> period_of(std::string_view text, const std::string& place) {
  if (text.find('/') != std::string_view::npos) return interval(text, place);
  if (text.size() > 20) return refuse(text.substr(0, 20), place, nullptr);
  const std::string copy(text);
  for (const auto& [form, known] : forms()) {
    std::smatch parts;
    if (!std::regex_match(copy, parts, form)) continue;
    if (!known.frequency) return refuse(text, place, known.what);
    const int year = std::stoi(parts[1].str());
    if (year == 0) return refuse(text, place, nullptr);
    return Period(year, *known.frequency, parts.size() > 2 ? std::stoi(parts[2].str()) : 1);
  }
  if (const auto ours = Period::parse(text)) return *ours;
  return refuse(text, place, nullptr);
}

std::optional<std::string> dhis2_period(const Period& period) {
  std::string year = std::to_string(period.year());
  year.insert(0, 4 - std::min<std::size_t>(year.size(), 4), '0');
  switch (period.frequency()) {
    case Frequency::month:
      return year + (period.index() < 10 ? "0" : "") + std::to_string(period.index());
    case Frequency::quarter:
      return year + "Q" + std::to_string(period.index());
    case Frequency::half:
      return year + "S" + std::to_string(period.index());
    case Frequency::year:
      return year;
    case Frequency::nine_months:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string adx_period(const Period& period) {
  static constexpr std::array<std::string_view, 5> kDurations{"P1M", "P3M", "P6M", "P9M", "P1Y"};
  return period.first().text() + "/" +
         std::string(kDurations[static_cast<std::size_t>(period.frequency())]);
}

}  // namespace exchange
