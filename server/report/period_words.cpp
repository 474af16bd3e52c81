#include "report/period_words.h"

namespace report {

std::string period_words(const base::Period& period) {
  const std::string year = std::to_string(period.year());
  switch (period.frequency()) {
    case base::Frequency::month:
      return "tháng " + std::to_string(period.index()) + " năm " + year;
    case base::Frequency::quarter: {
      static const char* const kRoman[] = {"I", "II", "III", "IV"};
      return std::string("quý ") + kRoman[period.index() - 1] + " năm " + year;
    }
    case base::Frequency::half:
      return (period.index() == 1 ? "6 tháng đầu năm " : "6 tháng cuối năm ") + year;
    case base::Frequency::nine_months:
      return "9 tháng đầu năm " + year;
    case base::Frequency::year:
      return "năm " + year;
  }
  return year;
}

}  // namespace report
