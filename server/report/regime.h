#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/period.h"
#include "base/result.h"
#include "base/working_days.h"
#include "report/fact.h"
#include "report/narrative.h"

/// A reporting regime (chế độ báo cáo): what Decree 09/2019/NĐ-CP, article 7, wants settled once
/// for every period. Its eleven fields are name, content, who reports (addressees), to whom
/// (unit), how (method), due dates (deadlines), frequency, data window, outline (sections), forms
/// (cells) and guidance. Pure: no clock, no SQL, no JSON.
namespace report {

/// When figures are counted from and to (thời gian chốt số liệu). `decree_09`: from the 15th
/// before the period to the 14th in its last month (article 12); `calendar`: the period's own
/// days.
enum class DataWindow { decree_09, calendar, own };
std::string_view name(DataWindow window);
std::optional<DataWindow> data_window_named(std::string_view name);

struct Window {
  DataWindow kind = DataWindow::decree_09;
  int from_day = 1;     ///< of an own window: day of the month, 1..28
  int from_months = 0;  ///< −1: of the month before the period, 0: of its first month
  int to_day = 31;      ///< last day counted, of the period's last month; 31 is its end
  friend bool operator==(const Window&, const Window&) = default;
};

/// Days [from, to).
struct Days {
  base::Date from, to;
  friend bool operator==(const Days&, const Days&) = default;
};
Days days_of(const Window& window, const base::Period& period);

/// How long units of a level have after the window closes.
struct Deadline {
  int level = 0;
  int working_days = 0;
  friend bool operator==(const Deadline&, const Deadline&) = default;
};
/// The day a unit of `level` must report by: working days after the window's last day; a level
/// that is not named has the longest of them.
base::Date due_of(const std::vector<Deadline>& deadlines, int level, const Days& window,
                  const base::WorkingCalendar& calendar);

/// One line of the form.
struct RegimeCell {
  std::string indicator;  ///< code
  FactKind kind = FactKind::actual;
  bool whole_year = false;  ///< an estimate of the year while it is not over
  std::string heading;      ///< of the group of lines it stands in; empty for none
  friend bool operator==(const RegimeCell&, const RegimeCell&) = default;
};

struct Regime {
  RegimeId id;
  org::UnitId unit;  ///< whose it is and to whom it is reported
  std::string code, name, content, method, line;
  base::Frequency frequency = base::Frequency::month;
  Window window;
  std::string guidance, basis;
  std::optional<int> addressee_level;   ///< every unit of this level under the owner, or …
  std::vector<org::UnitId> addressees;  ///< … these
  std::vector<Deadline> deadlines;
  std::vector<RegimeCell> cells;
  std::vector<OutlineSection> sections;  ///< mẫu đề cương
  base::Date from, to = base::kForever;
  bool is_illustrative = false;
  std::int64_t revision = 1;
};

/// Everything wrong with the definition alone, with its place: nobody or both ways of naming who
/// reports, no deadline or one twice, a form and an outline that are both empty, a line (an indicator as
/// actual or estimate) or a section twice, a whole-year line that is no estimate or in a yearly regime, a window that ends
/// before it begins, an end before the beginning.
base::Problems faults_of(const Regime& regime);

/// The period a line of the form is of.
base::Period period_of(const RegimeCell& cell, const base::Period& period);

}  // namespace report
