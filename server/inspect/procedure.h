#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/working_days.h"

/// How an inspection is carried out, as data: steps, papers, terms and what starts their clocks.
/// Pure.
namespace inspect {

using ProcedureId = base::Id<struct ProcedureTag>;

/// What a clock starts from.
enum class ClockStart { none, decision, announcement, self_report, conference, conclusion };
std::string_view name(ClockStart start);  ///< "" for none
std::optional<ClockStart> clock_start_named(std::string_view name);

struct ProcedureStep {
  std::string code;   ///< "announce"
  std::string stage;  ///< "preparing", "carrying_out", "ending"
  std::string name;
  std::string paper;  ///< kind of paper that comes of it; empty for none
  ClockStart clock = ClockStart::none;
  int days = 0;
  bool is_working = false;
};

/// A version of a procedure, in force in [from, to).
struct Procedure {
  ProcedureId id;
  std::string code;
  int version = 1;
  std::string name, basis;
  base::Date from, to;
  ClockStart clock = ClockStart::announcement;  ///< of the whole term
  bool is_working = false;
  int cap_city = 0, cap_district = 0, cap_commune = 0;
  int extension_part = 3;  ///< a third
  int years_back = 5;
  std::string note;
  std::vector<ProcedureStep> steps;
};

/// "procedure.no_step", "procedure.step_twice" (args: the code).
base::Problems faults_of(const Procedure& procedure);

/// The longest term for who decides at this level: 1 the city, 2 the district, 3 the commune.
int cap_of(const Procedure& procedure, std::int64_t level);
/// By how many days a term of so many may be lengthened in all.
int most_extension(const Procedure& procedure, int days);
/// The earliest day the looked-at period may begin on.
base::Date earliest_of(const Procedure& procedure, base::Date day);

/// On which days what starts clocks happened.
struct Dates {
  std::optional<base::Date> decision, announcement, self_report, conference, conclusion;
  std::optional<base::Date> of(ClockStart start) const;
};
/// The last day of something of so many days from a start; none while its clock does not run.
std::optional<base::Date> last_day(ClockStart start, int days, bool is_working, const Dates& dates,
                                   const base::WorkingCalendar& calendar);

}  // namespace inspect
