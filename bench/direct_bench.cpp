// A country directs: one programme of 50 objectives given to 3,321 communes, who answered two
// thirds of it, and a million tasks of 11,367 units. The matrix as the client gets it; first pages
// of the task list for readers of every size.
#include <array>

#include "auth/actor.h"
#include "base/date.h"
#include "direct/programme_store.h"
#include "direct/routes.h"
#include "direct/task_store.h"
#include "org/authority.h"
#include "org/unit_store.h"
#include "report/standing.h"
#include "world.h"

namespace {

constexpr int kObjectives = 50, kAddressees = 3321, kTasks = 1'000'000;
constexpr int kProvinces = 63, kDistricts = 705, kCommunes = 10598;
constexpr int kDistrictsOfFirst = 12;
const base::Date kToday(2022, 3, 15), kStart(2021, 1, 1);

/// What commune `c` answered to objective `o`: 'a', 'd' or 's'.
char answer(int c, int o) {
  const int n = (c * 7 + o * 3) % 12;
  return n < 7 ? 'a' : n == 7 ? 'd' : 's';
}

direct::ProgrammeId direct_country(store::Db& db, const bench::Country& country,
                                   const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAnswer{
      "bench.answer",
      "insert into target_adoption (target_id, unit_id, state, reason, account_id, at) values "
      "(:target, :unit, :state, '', 1, 0)"};
  return db.write([&](store::Tx& tx) {
    direct::Programme programme;
    programme.unit = country.top, programme.number = "01-CTr/TW", programme.title = "Chương trình";
    programme.issued_on = programme.from = kStart, programme.to = base::kForever;
    programme.id = direct::programme_store::add(tx, programme).value();
    for (int c = 0; c < kAddressees; ++c) {
      direct::programme_store::add_addressee(tx, programme.id,
                                             country.communes[static_cast<std::size_t>(c)]);
    }
    for (int o = 0; o < kObjectives; ++o) {
      const std::string code = std::to_string(o + 1);
      direct::programme_store::add_objective(tx, programme.id, {0, code, "Mục tiêu " + code});
      direct::Target target;
      target.programme = programme.id, target.objective = code, target.unit = country.top;
      target.indicator = indicators[static_cast<std::size_t>(o)], target.period = "2021-12";
      target.amount = 1000;
      const auto id = direct::programme_store::add_target(tx, target).value();
      for (int c = 0; c < kAddressees; ++c) {
        const char said = answer(c, o);
        if (said == 's') continue;
        tx.run(kAnswer, {{"target", id},
                         {"unit", country.communes[static_cast<std::size_t>(c)]},
                         {"state", said == 'a' ? "adopted" : "declined"}});
      }
    }
    return programme.id;
  });
}

org::UnitId lead_of(const bench::Country& country, int task) {
  return country.communes[static_cast<std::size_t>(task) % country.communes.size()];
}
base::Date due_of(int task) { return kStart.plus_days((task / kCommunes * 17 + task * 5) % 1800); }

void give_tasks(store::Db& db, const bench::Country& country, direct::ProgrammeId programme) {
  static constexpr store::Sql kAdd{
      "bench.task",
      "insert into task (programme_id, unit_id, title, lead_id, deliverable, starts_on, due_on, "
      "state, made_on) values (:programme, :unit, :title, :lead, 'Báo cáo', '2021-01-01', :due, "
      ":state, '2021-01-01')"};
  for (int from = 0; from < kTasks; from += 50'000) {
    db.write([&](store::Tx& tx) {
      for (int t = from; t < from + 50'000; ++t) {
        tx.run(kAdd, {{"programme", programme},
                      {"unit", country.top},
                      {"title", "Nhiệm vụ " + std::to_string(t)},
                      {"lead", lead_of(country, t)},
                      {"due", due_of(t)},
                      {"state", t % 3 == 0 ? "done" : "open"}});
      }
    });
  }
}

auth::AccountId reader_at(store::Db& db, org::UnitId unit) {
  static constexpr store::Sql kAccount{
      "bench.account",
      "insert into account (login, name, password_hash, created_at) values (:login, 'Người đọc', "
      "'', 0) returning id"};
  static constexpr store::Sql kPost{
      "bench.post",
      "insert into post (unit_id, role, title) values (:unit, 'viewer', '') "
      "returning id"};
  static constexpr store::Sql kAppointment{
      "bench.appointment",
      "insert into appointment (post_id, account_id, valid_from) values "
      "(:post, :account, '2021-01-01')"};
  return db.write([&](store::Tx& tx) {
    const auth::AccountId account{
        tx.integer(kAccount, {{"login", "u" + std::to_string(unit.value)}})};
    const auto post = tx.integer(kPost, {{"unit", unit}});
    tx.run(kAppointment, {{"post", post}, {"account", account}});
    return account;
  });
}

template <class Work>
double median_of(int rounds, Work work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(bench::time_of(work));
  return bench::percentile(times, 0.5);
}

std::int64_t amount(int c, int o) { return (c * 31 + o * 7) % 1000; }

void report_figures(store::Db& db, const bench::Country& country,
                    const std::vector<direct::IndicatorId>& indicators) {
  static constexpr store::Sql kAdd{"bench.fact",
                                   "insert into fact (unit_id, indicator_id, period, state, "
                                   "status, amount, revision) values (:unit, :indicator, "
                                   "'2021-12', 1, 3, :amount, 1)"};
  db.write([&](store::Tx& tx) {
    for (int c = 0; c < kCommunes; ++c) {
      for (int o = 0; o < kObjectives; ++o) {
        tx.run(kAdd, {{"unit", country.communes[static_cast<std::size_t>(c)]},
                      {"indicator", indicators[static_cast<std::size_t>(o)]},
                      {"amount", amount(c, o)}});
      }
    }
  });
}

void ask_the_standing(store::Db& db, direct::ProgrammeId id) {
  const auto programme =
      db.read([&](store::Tx& tx) { return direct::programme_store::find(tx, id).value(); });
  std::vector<report::Standing> seen;
  const double standing = median_of(
      7, [&] { db.read([&](store::Tx& tx) { seen = report::standings(tx, programme, kToday); }); });
  bench::must(seen.size() == kObjectives, "targets of the standing");
  for (int o = 0; o < kObjectives; ++o) {
    std::int64_t sum = 0;
    for (int c = 0; c < kCommunes; ++c) sum += amount(c, o);
    bench::must(seen[static_cast<std::size_t>(o)].actual == sum, "actual of a target");
  }
  report::HeatMap map;
  const double heat = median_of(
      5, [&] { db.read([&](store::Tx& tx) { map = report::heat_map(tx, programme, kToday); }); });
  bench::must(map.units.size() == kAddressees, "units of the heat map");
  for (int c = 0; c < kAddressees; ++c) {
    for (int o = 0; o < kObjectives; ++o) {
      bench::must(map.cells[static_cast<std::size_t>(c)][static_cast<std::size_t>(o)].actual ==
                      amount(c, o),
                  "cell of the heat map");
    }
  }
  std::printf("50 targets beside 529,900 facts     %9.1f ms; heat map 50 x %d %9.1f ms\n", standing,
              kAddressees, heat);
}

void ask_the_matrix(store::Db& db, direct::ProgrammeId programme) {
  const base::FixedClock clock{base::Instant{1'647'300'000'000'000}};  // kToday
  for (const auth::Route& route : direct::routes(db, clock)) {
    if (route.operation_id != "getMatrix") continue;
    http::Request request;
    request.parameters = {{"programme", std::to_string(programme.value)}};
    std::string body;
    const double time =
        median_of(11, [&] { body = route.handle(auth::console_actor("bench"), request)->body; });
    const auto parsed = http::json::parse(body);
    const auto& rows = parsed.at("rows").as_array();
    bench::must(rows.size() == kObjectives, "rows of the matrix");
    for (int o = 0; o < kObjectives; ++o) {
      std::string expected;
      for (int c = 0; c < kAddressees; ++c) expected += answer(c, o);
      bench::must(rows[static_cast<std::size_t>(o)].at("states").as_string() == expected,
                  "letters of the matrix");
    }
    std::printf("coverage matrix %d x %d, %zu kB %9.1f ms (wanted <= 100)\n", kObjectives,
                kAddressees, body.size() / 1000, time);
    return;
  }
  bench::must(false, "the matrix has its route");
}

/// The first page of a list, and the same answer by going through every task.
void ask_tasks(store::Db& db, const char* who, const org::Scope& scope,
               const direct::task_store::Wanted& wanted,
               const std::vector<std::int64_t>& expected) {
  std::vector<std::int64_t> seen;
  const double time = median_of(11, [&] {
    db.read([&](store::Tx& tx) {
      seen.clear();
      for (const auto& task : direct::task_store::visible(tx, scope, wanted)) {
        seen.push_back(task.id.value);
      }
    });
  });
  bench::must(seen == expected, who);
  std::printf("first page of 1,000,000 tasks, %-30s %9.1f ms (wanted <= 50)\n", who, time);
}

std::vector<std::int64_t> page_of(int limit, const auto& holds) {
  std::vector<std::pair<base::Date, std::int64_t>> all;
  for (int t = 0; t < kTasks; ++t) {
    if (holds(t)) all.emplace_back(due_of(t), t + 1);
  }
  std::sort(all.begin(), all.end());
  std::vector<std::int64_t> page;
  for (const auto& [due, id] : all) {
    if (page.size() < static_cast<std::size_t>(limit)) page.push_back(id);
  }
  return page;
}

}  // namespace

int main() {
  bench::Folder folder;
  const auto db = bench::open(folder);
  const bench::Country country = bench::make_country(*db, kProvinces, kDistricts, kCommunes);
  const auto indicators = bench::make_indicators(*db, kObjectives);
  const auto programme = direct_country(*db, country, indicators);
  ask_the_matrix(*db, programme);
  report_figures(*db, country, indicators);
  ask_the_standing(*db, programme);

  give_tasks(*db, country, programme);
  const auto unit = [&](const char* code) {
    return db->read(
        [&](store::Tx& tx) { return org::unit_store::find_by_code(tx, code, kToday).value(); });
  };
  const auto scope = [&](org::UnitId at) { return org::Scope{reader_at(*db, at), kToday, false}; };
  const org::Scope nation = scope(country.top), province = scope(unit("P0")),
                   district = scope(unit("D0")), commune = scope(country.communes[0]);
  // Communes are dealt to the districts in turn, those of the first province first.
  const auto district_of = [](int t) { return t % kCommunes % kDistricts; };
  ask_tasks(*db, "the nation's", nation, {}, page_of(50, [](int) { return true; }));
  ask_tasks(*db, "a province's", province, {},
            page_of(50, [&](int t) { return district_of(t) < kDistrictsOfFirst; }));
  ask_tasks(*db, "a district's", district, {},
            page_of(50, [&](int t) { return district_of(t) == 0; }));
  ask_tasks(*db, "a commune's", commune, {}, page_of(50, [](int t) { return t % kCommunes == 0; }));

  direct::task_store::Wanted wanted;
  wanted.lead = country.communes[10'000];
  ask_tasks(*db, "one lead's, for the nation", nation, wanted,
            page_of(50, [](int t) { return t % kCommunes == 10'000; }));
  wanted = {};
  wanted.state = direct::TaskState::done;
  ask_tasks(*db, "done ones, for a province", province, wanted,
            page_of(50, [&](int t) { return t % 3 == 0 && district_of(t) < kDistrictsOfFirst; }));
  wanted = {};
  wanted.programme = programme;
  ask_tasks(*db, "of a programme, for a province", province, wanted,
            page_of(50, [&](int t) { return district_of(t) < kDistrictsOfFirst; }));
  wanted = {};
  wanted.unit = country.top;
  ask_tasks(*db, "asked by one, for a commune", commune, wanted,
            page_of(50, [](int t) { return t % kCommunes == 0; }));
  wanted = {};
  wanted.due_from = base::Date(2025, 11, 1), wanted.due_to = base::Date(2025, 12, 1);
  ask_tasks(*db, "of a far month, for a province", province, wanted, page_of(50, [&](int t) {
    return district_of(t) < kDistrictsOfFirst && due_of(t) >= *wanted.due_from &&
           due_of(t) < *wanted.due_to;
  }));
  return 0;
}
