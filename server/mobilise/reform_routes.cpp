#include "base/decimal.h"
#include "mobilise/desk.h"
#include "mobilise/mobilise_json.h"
#include "org/routes.h"

namespace mobilise {

using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;

namespace {

/// ?handled=&on_time=&online=&satisfaction=&from=&to=&before=&after=&least=&line=, every fault at
/// once.
Result<ReformQuestion> read_question(const Request& request) {
  ReformQuestion question;
  base::Problems problems;
  const auto fault = [&](const char* code, const char* field) {
    problems.push_back({ProblemKind::invalid, code, field, {}});
  };
  const auto code = [&](const char* name) { return std::string(request.asked(name).value_or("")); };
  question.unit = {request.id_parameter("unit")};
  question.line = org::asked_line(request);
  question.handled = code("handled");
  question.on_time = code("on_time");
  question.online = code("online");
  question.satisfaction = code("satisfaction");
  if (question.handled.empty()) fault("reform.indicator_missing", "?handled");
  if (question.on_time.empty()) fault("reform.indicator_missing", "?on_time");
  const auto month = [&](const char* name, const char* field, base::Period& into) {
    const auto period = base::Period::parse(request.asked(name).value_or(""));
    if (period && period->frequency() == base::Frequency::month) {
      into = *period;
    } else {
      fault("reform.month", field);
    }
  };
  month("from", "?from", question.from);
  month("to", "?to", question.to);
  for (const char* name : {"before", "after"}) {
    const auto period = asked_period(request, name);
    if (!period) {
      problems.insert(problems.end(), period.error().begin(), period.error().end());
    } else {
      (name == std::string_view("before") ? question.before : question.after) = *period;
    }
  }
  if (const auto least = request.asked("least")) {
    const auto figure = base::parse_figure(*least, 2, base::Notation::program, "?least");
    if (figure && *figure >= 0 && *figure <= 10000) {
      question.least = *figure;
    } else {
      fault("reform.least", "?least");
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return question;
}

}  // namespace

Result<Response> get_reform(const Desk& desk, const auth::Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    ASSIGN_OR_RETURN(const ReformQuestion question, read_question(request));
    ASSIGN_OR_RETURN(const ReformPage page, reform_page(tx, question));
    return http::json_response(to_json(page, question));
  });
}

}  // namespace mobilise
