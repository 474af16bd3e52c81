#include <boost/json.hpp>
#include <map>
#include <set>
#include <unordered_map>

#include "base/decimal.h"
#include "base/text.h"
#include "direct/define_indicators.h"
#include "direct/indicator_store.h"
#include "direct/indicator_json.h"
#include "exchange/names_store.h"
#include "exchange/packets.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "report/report_store.h"

namespace exchange {
namespace {

using base::ProblemKind;
using base::Result;
using http::Fields;
using report::FactState;

constexpr std::size_t kMostFacts = 500'000;
constexpr std::size_t kMostIndicators = 20'000;

/// One figure as a packet says it.
struct SentFact {
  std::string unit, indicator, period, value, remark;
  FactState state = FactState::value;
  std::string pointer;
};

SentFact read_fact(Fields& one) {
  SentFact fact;
  fact.pointer = one.pointer("");
  fact.indicator = one.text("indicator", 40);
  fact.state =
      static_cast<FactState>(one.one_of("state", {"blank", "value", "not_applicable", "not_yet"}));
  one.one_of("status", {"draft", "submitted", "returned", "accepted", "excluded"});
  fact.value = one.maybe_text("value", 100).value_or("");
  fact.remark = one.maybe_text("remark", 1000).value_or("");
  return fact;
}

Result<std::vector<SentFact>> facts_of(const Packet& packet) {
  base::Problems problems;
  std::vector<SentFact> facts;
  {
    Fields body(packet.body, problems, "/body");
    if (packet.envelope.kind == PacketKind::indicator_data) {
      body.objects("data", true, kMostFacts, [&](Fields& one) {
        SentFact fact = read_fact(one);
        fact.unit = one.text("unit", 100);
        fact.period = one.text("period", 20);
        facts.push_back(std::move(fact));
      });
    } else {
      std::string unit, period;
      body.object("report", [&](Fields& head) {
        head.text("title", 500);
        head.maybe_text("state");
        head.maybe_text("submitted_at");
        head.maybe_text("accepted_at");
        head.object("unit", [&](Fields& of) {
          unit = of.text("code", 100);
          of.maybe_text("name");
        });
        period = head.text("period", 20);
      });
      body.objects("cells", true, kMostFacts, [&](Fields& one) {
        facts.push_back(read_fact(one));
        facts.back().unit = unit;
        facts.back().period = period;
      });
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return facts;
}

/// Figures by our own codes, units as of their period's last day.
class PacketFacts {
 public:
  PacketFacts(store::Tx& tx, const auth::Actor& actor, report::Now now, const ImportValues& ask)
      : tx_(tx), actor_(actor), now_(now), ask_(ask), all_(direct::indicator_store::all(tx)) {
    for (const auto& one : all_) by_code_.emplace(one.code, &one);
  }

  void read(const SentFact& sent, std::size_t at) {
    const auto fault = [&](const char* code, const char* field, std::vector<std::string> args) {
      faults.push_back({at, {ProblemKind::invalid, code, sent.pointer + field, std::move(args)}});
    };
    // A cell nobody has filled in says nothing, and takes nothing away.
    if (sent.state == FactState::blank) {
      ++empty;
      return;
    }
    const std::size_t before = faults.size();
    const auto period = base::Period::parse(sent.period);
    if (!period) fault("fact.period", "period", {sent.period});
    const auto measure = by_code_.find(sent.indicator);
    if (measure == by_code_.end()) {
      fault("indicator.unknown", "indicator", {sent.indicator});
    } else if (measure->second->is_derived()) {
      fault("fact.derived", "indicator", {sent.indicator});
    }
    const auto unit = period ? unit_of(sent.unit, *period) : std::nullopt;
    if (period && !unit) fault("fact.unit_unknown", "unit", {sent.unit, period->last().text()});
    if (faults.size() != before) return;
    if (auto allowed = allowed_for(*unit); !allowed) {
      base::Problem problem = allowed.error().front();
      problem.field = sent.pointer + "unit";
      faults.push_back({at, std::move(problem)});
      return;
    }
    report::Incoming fact;
    fact.unit = *unit;
    fact.indicator = measure->second->id;
    fact.period = *period;
    fact.state = sent.state;
    fact.status = ask_.status;
    fact.remark = sent.remark;
    fact.place = at;
    if (sent.state == FactState::value) {
      const auto amount = base::parse_figure(sent.value, measure->second->decimals,
                                             base::Notation::program, sent.pointer + "value");
      if (!amount) {
        for (const auto& problem : amount.error()) faults.push_back({at, problem});
        return;
      }
      fact.amount = *amount;
    } else if (!sent.value.empty()) {
      return fault("fact.value_unwanted", "value",
                   {std::string(report::name(sent.state)), sent.value});
    }
    facts.push_back(std::move(fact));
  }

  const std::vector<direct::Indicator>& indicators() const { return all_; }

  std::vector<report::Incoming> facts;
  std::vector<report::Fault> faults;
  std::size_t empty = 0;

 private:
  /// None when there is no such unit, or none in sight.
  std::optional<org::UnitId> unit_of(const std::string& code, const base::Period& period) {
    const auto key = std::pair(code, period.last());
    auto at = units_.find(key);
    if (at == units_.end()) {
      auto found = org::unit_store::find_by_code(tx_, code, period.last());
      if (found && !org::allows(tx_, actor_, org::Act::see, *found, now_.day)) found.reset();
      at = units_.emplace(key, found).first;
    }
    return at->second;
  }

  const Result<void>& allowed_for(org::UnitId unit) {
    auto at = allowed_.find(unit.value);
    if (at == allowed_.end())
      at = allowed_.emplace(unit.value, may_take(tx_, actor_, now_.day, ask_, unit)).first;
    return at->second;
  }

  store::Tx& tx_;
  const auth::Actor& actor_;
  report::Now now_;
  const ImportValues& ask_;
  std::vector<direct::Indicator> all_;
  std::unordered_map<std::string, const direct::Indicator*> by_code_;
  std::map<std::pair<std::string, base::Date>, std::optional<org::UnitId>> units_;
  std::unordered_map<std::int64_t, Result<void>> allowed_;
};

Result<ValuesImported> take(store::Tx& tx, const auth::Actor& actor, report::Now now,
                            const Packet& packet, const ImportValues& ask) {
  RETURN_IF_REFUSED(may_import(tx, actor, now.day, ask));
  ASSIGN_OR_RETURN(const std::vector<SentFact> sent, facts_of(packet));
  PacketFacts reader(tx, actor, now, ask);
  for (std::size_t i = 0; i < sent.size() && reader.faults.size() < kMostFaults; ++i)
    reader.read(sent[i], i);
  report::Intake intake;
  intake.strategy = of_report(ask.strategy.value_or(Strategy::create_and_update));
  intake.dry_run = ask.is_dry_run;
  intake.detail = {{"file", ask.sha256}, {"packet", packet.envelope.id}, {"system", ask.system}};
  intake.place = [&](const report::Incoming& fact, std::string_view column) {
    return sent[fact.place].pointer + std::string(column);
  };
  intake.named = [&](const report::Incoming& fact) {
    const SentFact& one = sent[fact.place];
    return std::vector<std::string>{one.unit, one.indicator, one.period};
  };
  intake.progress = ask.progress;
  ValuesImported done;
  done.values = sent.size();
  done.empty = reader.empty;
  done.is_dry_run = ask.is_dry_run;
  ASSIGN_OR_RETURN(done.taken,
                   report::take_facts(tx, actor, now, std::move(reader.facts), reader.indicators(),
                                      intake, std::move(reader.faults)));
  return done;
}

Result<PacketImported> define(store::Tx& tx, const auth::Actor& actor, report::Now now,
                              const Packet& packet, bool is_dry_run) {
  RETURN_IF_REFUSED(may_map(tx, actor, now.day));
  base::Problems problems;
  std::vector<direct::NewIndicator> asked;
  {
    Fields body(packet.body, problems, "/body");
    body.objects("indicators", true, kMostIndicators, [&](Fields& one) {
      const std::string pointer = one.pointer("");
      asked.push_back(direct::read_indicator(one));
      asked.back().place = pointer;
    });
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  PacketImported done;
  // A trial writes too, and its caller takes it back: definitions refer to one another.
  ASSIGN_OR_RETURN(const direct::DefinedIndicators defined,
                   direct::define_indicators(tx, actor, now.at, asked));
  done.defined = defined.added.size();
  done.agreed = defined.unchanged;
  done.values.is_dry_run = is_dry_run;
  return done;
}

Result<PacketImported> compare_periods(const Packet& packet) {
  base::Problems problems;
  PacketImported done;
  {
    Fields body(packet.body, problems, "/body");
    body.objects("periods", true, kMostIndicators, [&](Fields& one) {
      const std::string code = one.text("code", 20);
      const std::string frequency = one.text("frequency", 20);
      const base::Date first = one.date("first"), last = one.date("last");
      const auto ours = base::Period::parse(code);
      if (ours && base::name(ours->frequency()) == frequency && ours->first() == first &&
          ours->last() == last) {
        ++done.agreed;
      } else {
        done.differences.push_back(
            {ProblemKind::invalid, "packet.period_differs", one.pointer("code"), {code}});
      }
    });
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return done;
}

struct SentState {
  std::string unit, state, pointer;
};

Result<PacketImported> compare_states(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                      const Packet& packet) {
  base::Problems problems;
  std::vector<SentState> sent;
  std::string title, period;
  {
    Fields body(packet.body, problems, "/body");
    body.object("request", [&](Fields& of) {
      title = of.text("title", 500);
      period = of.period("period").text();
      of.maybe_text("due_on");
      of.object("requester", [](Fields& who) {
        who.maybe_text("code");
        who.maybe_text("name");
      });
    });
    body.objects("reports", true, kMostIndicators, [&](Fields& one) {
      SentState made{"", one.text("state", 20), one.pointer("")};
      one.maybe_text("submitted_at");
      one.maybe_text("accepted_at");
      one.object("unit", [&](Fields& of) {
        made.unit = of.text("code", 100);
        of.maybe_text("name");
      });
      sent.push_back(std::move(made));
    });
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  const base::Date day = base::Period::parse(period).value().last();
  PacketImported done;
  for (const SentState& one : sent) {
    const auto unit = org::unit_store::find_by_code(tx, one.unit, day);
    std::string ours = "none";
    if (unit && org::allows(tx, actor, org::Act::see, *unit, now.day)) {
      for (const auto& asked : report::report_store::of_unit(tx, *unit, 0, 1000)) {
        if (asked.request.title == title && asked.request.period == period)
          ours = report::name(asked.report.state);
      }
    }
    if (ours == one.state) {
      ++done.agreed;
    } else {
      done.differences.push_back({ProblemKind::invalid,
                                  "packet.status_differs",
                                  one.pointer + "state",
                                  {one.unit, one.state, ours}});
    }
  }
  return done;
}

}  // namespace

Result<PacketImported> import_packet(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                     std::string_view bytes, const ImportValues& ask) {
  ASSIGN_OR_RETURN(const Packet packet, read_packet(bytes, names_store::names(tx, ask.system)));
  const auto marked = [&](Result<PacketImported> done) {
    if (done) done->kind = packet.envelope.kind;
    return done;
  };
  switch (packet.envelope.kind) {
    case PacketKind::figures:
    case PacketKind::indicator_data: {
      PacketImported done;
      ASSIGN_OR_RETURN(done.values, take(tx, actor, now, packet, ask));
      return marked(std::move(done));
    }
    case PacketKind::indicator_catalogue:
      return marked(define(tx, actor, now, packet, ask.is_dry_run));
    case PacketKind::period_catalogue:
      return marked(compare_periods(packet));
    case PacketKind::report_status:
      return marked(compare_states(tx, actor, now, packet));
    default:
      return base::refuse(ProblemKind::invalid, "packet.kind", "/packet/kind",
                          {std::string(name(packet.envelope.kind))});
  }
}

Result<FieldNames> field_names(const office::CsvTable& table) {
  base::Problems problems;
  for (const char* needed : {"packet", "field", "name"}) {
    if (table.column(needed) == std::string::npos)
      problems.push_back({ProblemKind::invalid, "csv.missing_column", "line 1", {needed}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  FieldNames made;
  std::set<std::vector<std::string>> taken;  // (packet, parent of the field, name there)
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto text = [&](const char* column) {
      return base::tidy(table.rows[i][table.column(column)]);
    };
    const std::string place = "line " + std::to_string(table.lines[i]) + ", ";
    const std::string packet = text("packet"), field = text("field"), there = text("name");
    if (packet != "*" && !packet_kind_named(packet))
      problems.push_back({ProblemKind::invalid, "packet.kind", place + "packet", {packet}});
    if (field.empty() || there.empty())
      problems.push_back({ProblemKind::invalid,
                          "exchange.missing",
                          place + (field.empty() ? "field" : "name"),
                          {field.empty() ? "field" : "name"}});
    const std::size_t dot = field.rfind('.');
    const std::string parent = dot == std::string::npos ? std::string() : field.substr(0, dot);
    if (!made.emplace(std::pair(packet, field), there).second ||
        !taken.insert({packet, parent, there}).second) {
      problems.push_back(
          {ProblemKind::invalid, "packet.name_twice", place + "name", {field, there}});
    }
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

Result<std::size_t> import_names(store::Tx& tx, const auth::Actor& actor, report::Now now,
                                 std::string_view system, const FieldNames& names) {
  RETURN_IF_REFUSED(may_map(tx, actor, now.day));
  if (!is_system_name(system)) {
    return base::refuse(ProblemKind::invalid, "exchange.system_name", "system",
                        {std::string(system.substr(0, 80))});
  }
  names_store::replace(tx, system, names);
  journal::record(tx, actor, now.at,
                  {"exchange.named", "exchange:" + std::string(system), 0,
                   boost::json::serialize(boost::json::object{{"names", names.size()}})});
  return names.size();
}

}  // namespace exchange
