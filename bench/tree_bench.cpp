// The reorganisation of a country: 63 provinces, 705 districts and 10,598 communes become 34
// provinces and 3,321 communes without districts, 460 communes divided. Questions to the tree of
// any day, the whole tree as the client gets it, the preview of one province's reorganisation, and
// totals restated to the new tree beside the same totals as they were.
#include "auth/actor.h"
#include "base/date.h"
#include "direct/concerns.h"
#include "org/post_store.h"
#include "org/reorganise.h"
#include "org/routes.h"
#include "org/unit_store.h"
#include "report/concerns.h"
#include "report/service.h"
#include "world.h"

namespace {

constexpr int kProvinces = 63, kDistricts = 705, kCommunes = 10598;
constexpr int kNewProvinces = 34, kNewCommunes = 3321, kDivided = 460;
constexpr int kIndicators = 50;
constexpr const char* kPeriod = "2021-07";
const base::Date kReform(2025, 7, 1), kBefore(2025, 6, 30), kAfter(2026, 1, 1);

const std::vector<org::ConcernsOf> kConcerns{direct::concerns_of, report::concerns_of};

std::int64_t amount(int commune, int indicator) { return (commune * 31 + indicator * 7) % 1000; }

void fill(store::Db& db, const bench::Country& country,
          const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAdd{"bench.fact",
                                   "insert into fact (unit_id, indicator_id, period, state, "
                                   "status, amount, revision) values (:unit, :indicator, "
                                   ":period, 1, 3, :amount, 1)"};
  db.write([&](store::Tx& tx) {
    for (int c = 0; c < kCommunes; ++c) {
      for (int i = 0; i < kIndicators; ++i) {
        tx.run(kAdd, {{"unit", country.communes[static_cast<std::size_t>(c)]},
                      {"indicator", indicators[static_cast<std::size_t>(i)]},
                      {"period", kPeriod},
                      {"amount", amount(c, i)}});
      }
    }
  });
}

org::Change change(org::ChangeKind kind, std::vector<std::string> from,
                   std::vector<std::string> to) {
  org::Change made;
  made.kind = kind;
  made.from = std::move(from);
  made.to = std::move(to);
  return made;
}

/// Districts of province p are p, p + 63, …; communes are dealt to the districts in that order. The
/// communes of one province become those new ones whose number fits it; every 23rd is divided.
org::Plan plan_of(int first_province, int last_province, int divided) {
  org::Plan plan;
  plan.title = "Sắp xếp", plan.document = "202/2025/QH15", plan.on = kReform;
  const bool whole = last_province - first_province > 1;
  const auto new_province = [&](int p) {
    return whole ? "NP" + std::to_string(p % kNewProvinces) : "P" + std::to_string(p);
  };
  if (whole) {
    std::vector<std::vector<std::string>> merged(kNewProvinces);
    for (int p = 0; p < kProvinces; ++p) {
      merged[static_cast<std::size_t>(p % kNewProvinces)].push_back("P" + std::to_string(p));
    }
    for (int n = 0; n < kNewProvinces; ++n) {
      const std::string code = "NP" + std::to_string(n);
      plan.units.push_back({code, "Tỉnh " + code, "Tỉnh", "VN", 2});
      plan.changes.push_back(
          change(org::ChangeKind::merge, merged[static_cast<std::size_t>(n)], {code}));
    }
  }
  int dealt = 0;  // districts before; a plan of one province is of the first
  for (int p = first_province; p < last_province; ++p) {
    std::vector<std::string> communes;
    for (int d = p; d < kDistricts; d += kProvinces, ++dealt) {
      plan.changes.push_back(change(org::ChangeKind::end, {"D" + std::to_string(d)}, {}));
      for (int c = dealt; c < kCommunes; c += kDistricts) {
        communes.push_back("C" + std::to_string(c));
      }
    }
    const int first = kNewCommunes * p / kProvinces, last = kNewCommunes * (p + 1) / kProvinces;
    std::vector<std::vector<std::string>> into(static_cast<std::size_t>(last - first));
    const auto code = [&](std::size_t n) {
      return "N" + std::to_string(first + static_cast<int>(n));
    };
    for (std::size_t n = 0; n < into.size(); ++n) {
      plan.units.push_back({code(n), "Xã " + code(n), "Xã", new_province(p), 3});
    }
    for (std::size_t c = 0; c < communes.size(); ++c) {
      const std::size_t n = c % into.size();
      if (divided > 0 && c % 23 == 22) {
        --divided;
        const std::size_t other = (n + 1) % into.size();
        plan.changes.push_back(
            change(org::ChangeKind::split, {communes[c]}, {code(n), code(other)}));
        plan.changes.back().shares = {{code(n), 62, 100}, {code(other), 38, 100}};
        plan.changes.back().basis = org::Basis::population;
      } else {
        into[n].push_back(communes[c]);
      }
    }
    for (std::size_t n = 0; n < into.size(); ++n) {
      if (!into[n].empty()) {
        plan.changes.push_back(change(org::ChangeKind::merge, std::move(into[n]), {code(n)}));
      }
    }
  }
  return plan;
}

template <class Work>
double median_of(int rounds, Work work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(bench::time_of(work));
  return bench::percentile(times, 0.5);
}

std::int64_t expected_total(int indicator) {
  std::int64_t sum = 0;
  for (int c = 0; c < kCommunes; ++c) sum += amount(c, indicator);
  return sum;
}

void roll_up(store::Db& db, org::UnitId top, std::optional<base::Date> on, std::size_t units) {
  const report::RollupQuestion question{
      top, base::Period::parse(kPeriod).value(), {}, on, org::kGovernment, on ? 3 : 4, false};
  const auto answer = db.read([&](store::Tx& tx) { return report::roll_up(tx, question); });
  bench::must(answer.has_value() && answer->units.size() == units + 1, "restated units");
  for (std::size_t m = 0; m < answer->measures.size(); ++m) {
    const int number = std::atoi(answer->measures[m].indicator.code.c_str() + 1);
    bench::must(answer->totals[0][m].value == expected_total(number), "restated total");
    std::int64_t parts = 0;
    for (std::size_t u = 1; u < answer->units.size(); ++u) {
      parts += answer->totals[u][m].value.value_or(0);
    }
    bench::must(parts == expected_total(number), "parts of the restated total");
  }
}

void ask_the_tree(store::Db& db, base::Date day) {
  const org::UnitId province = db.read([&](store::Tx& tx) {
    return org::unit_store::find_by_code(tx, day < kReform ? "P0" : "NP0", day).value();
  });
  std::size_t under = 0;
  const double subtree = median_of(200, [&] {
    db.read([&](store::Tx& tx) {
      under = org::unit_store::subtree(tx, province, day, org::kGovernment).size();
    });
  });
  bench::must(under > 50, "units under a province");
  const org::UnitId leaf = db.read([&](store::Tx& tx) {
    return org::unit_store::find_by_code(tx, day < kReform ? "C0" : "N0", day).value();
  });
  std::size_t above = 0;
  const double superiors = median_of(200, [&] {
    db.read([&](store::Tx& tx) {
      above = org::post_store::unit_and_superiors(tx, leaf, day, org::kGovernment).size();
    });
  });
  bench::must(above == (day < kReform ? 4U : 3U), "superiors of a commune");
  std::printf("on %s: %4zu units under a province %6.3f ms, superiors %6.3f ms (wanted <= 1)\n",
              day.text().c_str(), under, subtree, superiors);
}

void fetch_tree(store::Db& db, base::Date day, std::size_t units) {
  const base::FixedClock clock{base::Instant{}};
  for (const auth::Route& route : org::routes(db, clock)) {
    if (route.operation_id != "getTree") continue;
    http::Request request;
    request.query.emplace_back("on", day.text());
    std::size_t bytes = 0;
    const double time = median_of(9, [&] {
      const auto answer = route.handle(auth::console_actor("bench"), request);
      bytes = answer->body.size();
    });
    const auto answer = route.handle(auth::console_actor("bench"), request);
    const auto parsed = http::json::parse(answer->body);
    bench::must(parsed.at("units").as_array().size() == units, "units of the tree");
    std::printf("whole tree on %s: %5zu units, %zu kB in %.1f ms (wanted <= 200)\n",
                day.text().c_str(), units, bytes / 1000, time);
  }
}

}  // namespace

int main() {
  bench::Folder folder;
  const auto db = bench::open(folder);
  const bench::Country country = bench::make_country(*db, kProvinces, kDistricts, kCommunes);
  const auto indicators = bench::make_indicators(*db, kIndicators);
  fill(*db, country, indicators);

  const auto actor = auth::console_actor("bench");
  const org::Plan province = plan_of(0, 1, 10), nation = plan_of(0, kProvinces, kDivided);
  const org::UnitId owner = db->read(
      [&](store::Tx& tx) { return org::unit_store::find_by_code(tx, "P0", kBefore).value(); });
  const double previewed = median_of(5, [&] {
    db->read([&](store::Tx& tx) {
      const auto seen = org::preview(tx, province, owner, kConcerns);
      bench::must(seen.outcome.problems.empty(), "the province's plan is sound");
      bench::must(seen.outcome.ended.size() > 150 && !seen.concerns.empty(), "what it touches");
    });
  });
  std::printf("preview of a province (%zu events)  %9.1f ms (wanted <= 1000)\n",
              province.changes.size(), previewed);
  const double national = median_of(3, [&] {
    db->read([&](store::Tx& tx) {
      const auto seen = org::preview(tx, nation, {}, kConcerns);
      bench::must(seen.outcome.problems.empty(), "the nation's plan is sound");
    });
  });
  std::printf("preview of the nation (%zu events) %9.1f ms\n", nation.changes.size(), national);
  const double applied = bench::time_of([&] {
    const auto done = db->write([&](store::Tx& tx) -> base::Result<int> {
      ASSIGN_OR_RETURN(const auto id, org::draft(tx, actor, {}, {}, nation));
      RETURN_IF_REFUSED(org::apply(tx, actor, {}, {id, 1}, kConcerns));
      return 0;
    });
    bench::must(done.has_value(), "applied");
  });
  std::printf("nation applied                       %9.1f ms\n", applied);

  for (const base::Date day : {base::Date(2021, 6, 1), kBefore, kReform, kAfter}) {
    ask_the_tree(*db, day);
  }
  fetch_tree(*db, kBefore, 1 + kProvinces + kDistricts + kCommunes);
  fetch_tree(*db, kAfter, 1 + kNewProvinces + kNewCommunes);

  std::vector<double> restated, as_it_was;
  for (int round = 0; round < 11; ++round) {
    as_it_was.push_back(bench::time_of([&] { roll_up(*db, country.top, {}, kCommunes); }));
    restated.push_back(bench::time_of([&] { roll_up(*db, country.top, kAfter, kNewCommunes); }));
  }
  const double plain = bench::percentile(as_it_was, 0.5), moved = bench::percentile(restated, 0.5);
  std::printf("roll-up as it was, 10,598 communes   %9.1f ms (median of 11)\n", plain);
  std::printf("roll-up restated to 3,321 communes   %9.1f ms\n", moved);
  std::printf("ratio restated / as it was           %9.2f   (wanted <= 2.0)\n", moved / plain);
  return 0;
}
