#include "http/json.h"
#include "org/authority.h"
#include "org/routes.h"
#include "report/desk.h"
#include "report/report_json.h"

namespace report {
namespace {

using base::ProblemKind;
using base::Result;
using http::Response;

/// ?unit=&period=&indicator=&on=&line=&below=, every fault at once.
Result<RollupQuestion> read_question(const http::Request& request) {
  RollupQuestion question;
  base::Problems problems;
  const auto fault = [&](std::string code, std::string field) {
    problems.push_back({ProblemKind::invalid, std::move(code), std::move(field), {}});
  };
  if (const auto unit = request.asked("unit"))
    question.unit = {std::atoll(std::string(*unit).c_str())};
  const auto period = base::Period::parse(request.asked("period").value_or(""));
  if (period) {
    question.period = *period;
  } else {
    fault("rollup.period_missing", "?period");
  }
  for (const auto code : request.all_asked("indicator")) question.indicators.emplace_back(code);
  if (const auto on = request.asked("on")) {
    question.on = base::Date::parse(*on);
    if (!question.on) fault("json.expected_date", "?on");
  }
  question.line = org::asked_line(request);
  if (const auto below = request.asked("below")) {
    if (below->size() == 1 && (*below)[0] >= '1' && (*below)[0] <= '9') {
      question.below = (*below)[0] - '0';
    } else {
      fault("rollup.below", "?below");
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return question;
}

}  // namespace

Result<Response> get_rollup(const Desk& desk, const auth::Actor& actor,
                            const http::Request& request) {
  ASSIGN_OR_RETURN(const RollupQuestion question, read_question(request));
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, question.unit, day));
    RollupQuestion with_parts = question;
    with_parts.with_parts = true;
    ASSIGN_OR_RETURN(const RollupAnswer answer, roll_up(tx, with_parts));
    return http::json_response(rollup_json(tx, question, answer));
  });
}

Result<Response> list_contributions(const Desk& desk, const auth::Actor& actor,
                                    const http::Request& request) {
  ASSIGN_OR_RETURN(const RollupQuestion question, read_question(request));
  if (question.indicators.size() != 1) {
    return base::refuse(ProblemKind::invalid, "rollup.one_indicator", "?indicator");
  }
  const base::Date day = desk.clock.today();
  const Page page{org::asked_cursor(request),
                  static_cast<std::size_t>(org::asked_limit(request, 100, 500))};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, question.unit, day));
    ASSIGN_OR_RETURN(const Explanation explanation, explain(tx, question, page));
    return http::json_response(explanation_json(tx, explanation));
  });
}

}  // namespace report
