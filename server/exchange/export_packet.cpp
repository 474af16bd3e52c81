#include <map>

#include "base/decimal.h"
#include "base/hash.h"
#include "direct/indicator_store.h"
#include "exchange/names_store.h"
#include "exchange/packets.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "report/change_report.h"
#include "report/intake_store.h"
#include "report/report_store.h"

namespace exchange {
namespace {

using base::ProblemKind;
using base::Result;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr int kMostYears = 30;

std::unexpected<base::Problems> lacks(PacketKind kind, const char* what) {
  return base::refuse(ProblemKind::invalid, "packet.lacks", std::string("?") + what,
                      {std::string(name(kind)), what});
}

/// A packet being made: what it says, and for which unit.
class Packer {
 public:
  Packer(store::Tx& tx, const auth::Actor& actor, report::Now now, const PacketQuestion& ask)
      : tx_(tx), actor_(actor), now_(now), ask_(ask) {
    for (const auto& one : direct::indicator_store::all(tx)) indicators_.emplace(one.id.value, one);
  }

  Result<object> body() {
    switch (ask_.kind) {
      case PacketKind::form:
        return form();
      case PacketKind::figures:
        return figures();
      case PacketKind::report_status:
        return report_status();
      case PacketKind::period_catalogue:
        return periods();
      case PacketKind::indicator_catalogue:
        return catalogue();
      case PacketKind::indicator_data:
        return indicator_data();
      default:
        return base::refuse(ProblemKind::invalid, "packet.not_given", "kind",
                            {std::string(name(ask_.kind))});
    }
  }
  const std::string& sender() const { return sender_; }

 private:
  value unit_json(org::UnitId unit, base::Date day) const {
    const org::UnitRef ref = org::unit_store::ref(tx_, unit, day);
    return object{{"code", ref.code}, {"name", ref.name}};
  }

  static base::Date last_day(const std::string& period) {
    return base::Period::parse(period).value().last();
  }

  Result<report::Request> request() {
    if (!ask_.request) return lacks(ask_.kind, "request");
    auto found = report::report_store::find_request(tx_, {*ask_.request});
    const org::Scope scope = org::scope_of(actor_, now_.day);
    if (!found || !report::report_store::in_scope(tx_, scope, found->id))
      return base::refuse(ProblemKind::not_found, "request.not_found");
    sender_ = org::unit_store::ref(tx_, found->unit, now_.day).code;
    return *std::move(found);
  }

  object request_json(const report::Request& of) const {
    return {{"title", of.title},
            {"period", of.period},
            {"due_on", of.due_on.text()},
            {"requester", unit_json(of.unit, now_.day)}};
  }

  Result<object> form() {
    ASSIGN_OR_RETURN(const report::Request of, request());
    array cells;
    int position = 0;
    for (const auto& one : report::report_store::indicators(tx_, of.id)) {
      cells.push_back(object{{"position", ++position},
                             {"indicator", one.code},
                             {"name", one.name},
                             {"measure_unit", one.measure_unit},
                             {"decimals", one.decimals}});
    }
    return object{{"request", request_json(of)}, {"cells", cells}};
  }

  Result<object> report_status() {
    ASSIGN_OR_RETURN(const report::Request of, request());
    array reports;
    const org::Scope scope = org::scope_of(actor_, now_.day);
    for (const auto& one : report::report_store::reports(tx_, scope, of.id)) {
      object made = state_json(one.report);
      made["unit"] = unit_json(one.report.unit, last_day(of.period));
      reports.push_back(made);
    }
    return object{{"request", request_json(of)}, {"reports", reports}};
  }

  static object state_json(const report::Report& of) {
    const auto when = [](const std::optional<base::Instant>& at) {
      return at ? value(at->text()) : value(nullptr);
    };
    return {{"state", report::name(of.state)},
            {"submitted_at", when(of.submitted_at)},
            {"accepted_at", when(of.accepted_at)}};
  }

  Result<object> figures() {
    if (!ask_.report) return lacks(ask_.kind, "report");
    ASSIGN_OR_RETURN(const report::Sheet sheet,
                     report::seen_report(tx_, actor_, now_.day, {*ask_.report}));
    const auto of = report::report_store::find_request(tx_, sheet.report.request).value();
    sender_ = org::unit_store::ref(tx_, sheet.report.unit, last_day(of.period)).code;
    object head = state_json(sheet.report);
    head["unit"] = unit_json(sheet.report.unit, last_day(of.period));
    head["title"] = of.title;
    head["period"] = of.period;
    array cells;
    for (const report::Cell& cell : sheet.cells) {
      object made = fact_json(cell.fact, cell.indicator);
      made.erase("period");
      cells.push_back(made);
    }
    return object{{"report", head}, {"cells", cells}};
  }

  object fact_json(const report::Fact& fact, const direct::Indicator& measure) const {
    return {{"indicator", measure.code},
            {"period", fact.period},
            {"state", report::name(fact.state)},
            {"status", report::name(fact.status)},
            {"value", fact.amount ? value(base::canonical_figure(*fact.amount, measure.decimals))
                                  : value(nullptr)},
            {"remark", fact.remark}};
  }

  Result<object> periods() {
    if (ask_.years.empty()) return lacks(ask_.kind, "year");
    if (ask_.years.size() > kMostYears)
      return base::refuse(ProblemKind::invalid, "json.too_many", "?year",
                          {std::to_string(kMostYears)});
    array items;
    using enum base::Frequency;
    for (const int year : ask_.years) {
      const base::Period whole(year, base::Frequency::year, 1);
      for (const auto frequency : {month, quarter, half, nine_months, base::Frequency::year}) {
        for (const base::Period& one : whole.parts(frequency)) {
          items.push_back(object{{"code", one.text()},
                                 {"frequency", base::name(frequency)},
                                 {"first", one.first().text()},
                                 {"last", one.last().text()}});
        }
      }
    }
    return object{{"periods", items}};
  }

  value code_of(direct::IndicatorId id) const {
    const auto at = indicators_.find(id.value);
    return at == indicators_.end() ? value(nullptr) : value(at->second.code);
  }

  Result<object> catalogue() {
    array items;
    // A part stands before what is made of it, as definitions do.
    for (const bool derived : {false, true}) {
      for (const auto& [id, one] : indicators_) {
        if (one.is_derived() != derived) continue;
        items.push_back(object{
            {"code", one.code},
            {"name", one.name},
            {"measure_unit", one.measure_unit},
            {"decimals", one.decimals},
            {"direction", direct::name(one.direction)},
            {"across_units", direct::name(one.across_units)},
            {"across_time", direct::name(one.across_time)},
            {"frequency", one.frequency ? value(base::name(*one.frequency)) : value(nullptr)},
            {"formula", one.formula.empty() ? value(nullptr) : value(one.formula)},
            {"weight", code_of(one.weight)},
            {"is_illustrative", one.is_illustrative}});
      }
    }
    return object{{"indicators", items}};
  }

  bool is_wanted(const report::Fact& fact) const {
    if (fact.revision == 0 || fact.state == report::FactState::blank) return false;
    if (fact.status == report::FactStatus::accepted) return true;
    return ask_.with_unaccepted && fact.status != report::FactStatus::excluded;
  }

  Result<object> indicator_data() {
    if (!ask_.unit) return lacks(ask_.kind, "unit");
    if (ask_.periods.empty()) return lacks(ask_.kind, "period");
    RETURN_IF_REFUSED(org::allows(tx_, actor_, org::Act::see, *ask_.unit, now_.day));
    sender_ = org::unit_store::ref(tx_, *ask_.unit, ask_.periods.front().last()).code;
    std::map<std::int64_t, direct::Indicator> chosen;
    base::Problems problems;
    for (const std::string& code : ask_.indicators) {
      const auto found = direct::indicator_store::find_by_code(tx_, code);
      if (found) chosen.emplace(found->id.value, *found);
      if (!found)
        problems.push_back({ProblemKind::invalid, "indicator.unknown", "?indicator", {code}});
    }
    if (!problems.empty()) return base::refuse(std::move(problems));
    if (chosen.empty()) chosen = indicators_;
    array data;
    for (const base::Period& period : ask_.periods) {
      for (const auto& node : org::unit_store::subtree(tx_, *ask_.unit, period.last(), ask_.line)) {
        const std::string code = org::unit_store::ref(tx_, node.id, period.last()).code;
        for (const auto& fact : report::intake_store::known(tx_, node.id, period.text())) {
          const auto measure = chosen.find(fact.indicator.value);
          if (measure == chosen.end() || !is_wanted(fact)) continue;
          object made = fact_json(fact, measure->second);
          made["unit"] = code;
          data.push_back(made);
        }
      }
    }
    return object{{"data", data}};
  }

  store::Tx& tx_;
  const auth::Actor& actor_;
  report::Now now_;
  const PacketQuestion& ask_;
  std::map<std::int64_t, direct::Indicator> indicators_;
  std::string sender_;
};

}  // namespace

base::Result<std::string> export_packet(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                        const PacketQuestion& ask) {
  Packer packer(tx, actor, now, ask);
  ASSIGN_OR_RETURN(object body, packer.body());
  const Envelope envelope{ask.kind, base::random_token(16), packer.sender(), ask.system, now.at};
  return write_packet(envelope, std::move(body), names_store::names(tx, ask.system));
}

}  // namespace exchange
