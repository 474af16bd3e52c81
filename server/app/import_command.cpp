#include <algorithm>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "direct/define_indicators.h"
#include "org/import_boundaries.h"
#include "org/import_units.h"
#include "org/unit_store.h"
#include "report/service.h"

namespace app {
namespace {

using http::json::array;
using http::json::object;

struct Outcome {
  std::size_t taken = 0, unchanged = 0;
  base::Problems doubts, refused;
};

base::Problems file_doubts(const office::CsvTable& table) {
  base::Problems doubts;
  for (const std::string& code : table.doubts)
    doubts.push_back({base::ProblemKind::invalid, code, "", {}});
  return doubts;
}

/// What was taken, doubted and refused. Non-zero when anything was refused.
int print_outcome(const Outcome& outcome, const Place& place, bool as_json) {
  if (as_json) {
    std::cout << http::json::serialize(object{{"taken", outcome.taken},
                                              {"unchanged", outcome.unchanged},
                                              {"doubts", problems_json(outcome.doubts)},
                                              {"problems", problems_json(outcome.refused)}})
              << "\n";
    return outcome.refused.empty() ? kDone : kRefused;
  }
  const bool vi = place.language == base::Language::vi;
  for (const base::Problem& doubt : outcome.doubts) {
    std::cout << (vi ? "ngờ  " : "doubt  ") << (doubt.field.empty() ? "" : doubt.field + ": ")
              << base::words(doubt, place.language) << " [" << doubt.code << "]\n";
  }
  for (const base::Problem& problem : outcome.refused) {
    std::cout << (vi ? "từ chối  " : "refused  ") << problem.field << ": "
              << base::words(problem, place.language) << " [" << problem.code << "]\n";
  }
  std::cout << (vi ? "đã nhận " : "taken ") << outcome.taken
            << (vi ? ", không đổi " : ", unchanged ") << outcome.unchanged
            << (vi ? ", ngờ " : ", doubted ") << outcome.doubts.size()
            << (vi ? ", từ chối " : ", refused ") << outcome.refused.size() << "\n";
  return outcome.refused.empty() ? kDone : kRefused;
}

base::Result<Outcome> import_units_into(store::Db& db, const Place& place,
                                        const ImportUnitsOptions& options) {
  const auto on = base::Date::parse(options.on);
  if (!on) return base::refuse(base::ProblemKind::invalid, "command.date", "--on", {options.on});
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(read_file(options.file)));
  ASSIGN_OR_RETURN(const std::vector<org::UnitRow> rows, org::unit_rows(table));
  const org::ImportUnits ask{*on, options.line, options.parent, options.partial};
  const auto clock = clock_of(place);
  const auto plan = options.preview ? db.read([&](store::Tx& tx) -> base::Result<org::ImportPlan> {
    return org::plan_units(tx, rows, ask);
  })
                                    : db.write([&](store::Tx& tx) {
                                        return org::import_units(tx, auth::console_actor("import"),
                                                                 clock->now(), rows, ask);
                                      });
  if (!plan) return std::unexpected(plan.error());
  Outcome outcome{plan->taken, plan->unchanged, file_doubts(table), plan->refused};
  for (const org::Doubt& doubt : plan->doubts) outcome.doubts.push_back(doubt.problem);
  return outcome;
}

template <class Import>
int run(const Place& place, bool as_json, Import import) {
  const auto db = open_for_writing(place);
  const base::Result<Outcome> outcome = import(*db);
  if (outcome) db->gather_statistics();
  if (!outcome) return print_refusal(outcome.error(), place.language, as_json);
  return print_outcome(*outcome, place, as_json);
}

}  // namespace

int import_units_command(const Place& place, const ImportUnitsOptions& options) {
  return run(place, options.json,
             [&](store::Db& db) { return import_units_into(db, place, options); });
}

int import_indicators_command(const Place& place, const ImportOptions& options) {
  return run(place, options.json, [&](store::Db& db) -> base::Result<Outcome> {
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(read_file(options.file)));
    ASSIGN_OR_RETURN(const std::vector<direct::NewIndicator> rows, direct::indicator_rows(table));
    const auto clock = clock_of(place);
    ASSIGN_OR_RETURN(const direct::DefinedIndicators defined, db.write([&](store::Tx& tx) {
      return direct::define_indicators(tx, auth::console_actor("import"), clock->now(), rows);
    }));
    return Outcome{defined.added.size(), defined.unchanged, file_doubts(table), {}};
  });
}

int import_boundaries_command(const Place& place, const BoundaryOptions& options) {
  return run(place, options.json, [&](store::Db& db) -> base::Result<Outcome> {
    const auto on = base::Date::parse(options.on);
    if (!on) return base::refuse(base::ProblemKind::invalid, "command.date", "--on", {options.on});
    ASSIGN_OR_RETURN(const std::vector<org::BoundaryRow> rows,
                     org::read_boundaries(read_file(options.file)));
    const auto clock = clock_of(place);
    ASSIGN_OR_RETURN(const std::size_t taken, db.write([&](store::Tx& tx) {
      return org::import_boundaries(tx, auth::console_actor("import"), clock->now(), rows, *on,
                                    options.source);
    }));
    return Outcome{taken, 0, {}, {}};
  });
}

int import_facts_command(const Place& place, const ImportOptions& options) {
  return run(place, options.json, [&](store::Db& db) -> base::Result<Outcome> {
    report::ImportFacts ask;
    if (options.on) {
      ask.on = base::Date::parse(*options.on);
      if (!ask.on)
        return base::refuse(base::ProblemKind::invalid, "command.date", "--on", {*options.on});
    }
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(read_file(options.file)));
    const auto clock = clock_of(place);
    const report::Now now{clock->now(), clock->today()};
    const auto progress = options.json ? nullptr : progress_bar("facts");
    ASSIGN_OR_RETURN(const report::FactsImported imported, db.write([&](store::Tx& tx) {
      return report::import_facts(tx, auth::console_actor("import"), now, table, ask, progress);
    }));
    return Outcome{imported.taken, imported.unchanged, file_doubts(table), {}};
  });
}

}  // namespace app
