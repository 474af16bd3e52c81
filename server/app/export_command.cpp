#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "app/rollup_question.h"
#include "base/decimal.h"
#include "office/csv.h"
#include "office/xlsx.h"
#include "org/unit_store.h"
#include "report/fact_store.h"

namespace app {
namespace {

struct Listing {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

std::string canonical(const std::optional<std::int64_t>& amount, int decimals) {
  return amount ? base::canonical_figure(*amount, decimals) : std::string();
}

std::string joined(store::Tx& tx, const std::vector<org::UnitId>& units, base::Date day) {
  std::string codes;
  for (const auto& unit : org::unit_store::refs(tx, units, day))
    codes += (codes.empty() ? "" : " ") + unit.code;
  return codes;
}

base::Result<Listing> rollup_listing(store::Tx& tx, const RollupOptions& options) {
  ASSIGN_OR_RETURN(const report::RollupQuestion question, read_question(tx, options));
  ASSIGN_OR_RETURN(const report::RollupAnswer answer, report::roll_up(tx, question));
  Listing listing{{"unit_code", "unit", "indicator", "period", "value", "cells_counted",
                   "cells_expected", "missing", "excluded", "not_applicable"},
                  {}};
  for (std::size_t u = 0; u < answer.units.size(); ++u) {
    for (std::size_t m = 0; m < answer.measures.size(); ++m) {
      const direct::Indicator& indicator = answer.measures[m].indicator;
      const report::Total& total = answer.totals[u][m];
      listing.rows.push_back(
          {answer.units[u].code, answer.units[u].name, indicator.code, question.period.text(),
           canonical(total.value, indicator.decimals), std::to_string(total.counted),
           std::to_string(total.expected), joined(tx, total.missing, answer.on),
           joined(tx, total.excluded, answer.on), joined(tx, total.not_applicable, answer.on)});
    }
  }
  return listing;
}

base::Result<Listing> units_listing(store::Tx& tx, const RollupOptions& options, base::Date today) {
  base::Date day = today;
  if (options.on) {
    const auto asked = base::Date::parse(*options.on);
    if (!asked)
      return base::refuse(base::ProblemKind::invalid, "command.date", "--on", {*options.on});
    day = *asked;
  }
  Listing listing{{"level", "code", "name", "type", "parent_code"}, {}};
  org::unit_store::Search search{"", day, options.line, 0, 1000};
  for (;;) {
    const auto page = org::unit_store::search(tx, search);
    for (const org::Unit& unit : page) {
      listing.rows.push_back({unit.level ? std::to_string(*unit.level) : "", unit.code, unit.name,
                              unit.kind, unit.parent ? unit.parent->code : ""});
    }
    if (page.size() < static_cast<std::size_t>(search.limit)) return listing;
    search.after = page.back().id.value;
  }
}

/// In the shape import facts reads, with the revision beside.
Listing facts_listing(store::Tx& tx) {
  static constexpr store::Sql kFacts{"fact.export",
                                     "select f.unit_id, i.code, f.period, f.state, f.status, "
                                     "f.amount, i.decimals, f.remark, f.note, f.revision from "
                                     "fact f join indicator i on i.id = f.indicator_id where "
                                     "f.kind = 0 and f.revision > 0 order by f.unit_id, "
                                     "f.period, i.code"};
  struct Line {
    org::UnitId unit;
    std::string period;
    std::vector<std::string> row;
  };
  const auto lines = tx.all(kFacts, {}, [](const store::Row& row) {
    const auto state = static_cast<report::FactState>(row.integer(3));
    const auto status = static_cast<report::FactStatus>(row.integer(4));
    const std::string_view word =
        status != report::FactStatus::accepted || state == report::FactState::value
            ? report::name(status)
            : report::name(state);
    return Line{row.id<org::UnitId>(0),
                row.string(2),
                {"", row.string(1), row.string(2), std::string(word),
                 canonical(row.maybe_integer(5), static_cast<int>(row.integer(6))),
                 status == report::FactStatus::excluded ? row.string(8) : row.string(7),
                 std::to_string(row.integer(9))}};
  });
  Listing listing{{"unit_code", "indicator", "period", "status", "value", "remark", "revision"},
                  {}};
  for (Line line : lines) {
    line.row[0] =
        org::unit_store::ref(tx, line.unit, base::Period::parse(line.period).value().last()).code;
    listing.rows.push_back(std::move(line.row));
  }
  return listing;
}

Listing journal_listing(store::Tx& tx) {
  static constexpr store::Sql kLeaves{"journal_leaf.export",
                                      "select sequence, at, actor, act, object, unit_id, detail, "
                                      "hash from journal_leaf order by sequence"};
  return {{"sequence", "at", "actor", "act", "object", "unit", "detail", "hash"},
          tx.all(kLeaves, {}, [](const store::Row& row) {
            return std::vector<std::string>{std::to_string(row.integer(0)),
                                            row.instant(1).text(),
                                            row.string(2),
                                            row.string(3),
                                            row.string(4),
                                            std::to_string(row.integer(5)),
                                            row.string(6),
                                            row.string(7)};
          })};
}

std::string workbook(const Listing& listing, const std::string& name) {
  office::Sheet sheet{name, "", {}, listing.columns, {}, {}, {}};
  for (const auto& row : listing.rows) {
    std::vector<office::Cell> cells(row.begin(), row.end());
    sheet.rows.push_back(std::move(cells));
  }
  return office::write_xlsx({sheet});
}

}  // namespace

int export_command(const Place& place, const ExportOptions& options) {
  const auto db = open_for_reading(place);
  const auto clock = clock_of(place);
  const auto listing = db->read([&](store::Tx& tx) -> base::Result<Listing> {
    if (options.what == "rollup") return rollup_listing(tx, options.rollup);
    if (options.what == "units") return units_listing(tx, options.rollup, clock->today());
    if (options.what == "facts") return facts_listing(tx);
    return journal_listing(tx);
  });
  if (!listing) return print_refusal(listing.error(), place.language, false);
  const std::string bytes = options.format == "xlsx"
                                ? workbook(*listing, options.what)
                                : office::write_csv(listing->columns, listing->rows);
  if (options.out.empty() || options.out == "-") {
    std::cout << bytes;
  } else {
    write_file(options.out, bytes);
    std::cout << options.out << ": " << listing->rows.size() << "\n";
  }
  return kDone;
}

}  // namespace app
