#include <array>
#include <iostream>
#include <map>
#include <set>

#include "app/commands.h"
#include "app/concerns.h"
#include "app/demo.h"
#include "app/demo_bulletin.h"
#include "app/demo_direct.h"
#include "app/demo_inspection.h"
#include "app/demo_movements.h"
#include "app/demo_petitions.h"
#include "app/print.h"
#include "auth/accounts.h"
#include "auth/sessions.h"
#include "base/decimal.h"
#include "direct/define_indicators.h"
#include "org/import_boundaries.h"
#include "org/import_units.h"
#include "org/post_store.h"
#include "org/reorganisation_json.h"
#include "org/reorganise.h"
#include "org/unit_store.h"
#include "report/publish.h"
#include "report/service.h"

namespace app {

namespace demo_files {
std::string units_csv();
std::string indicators_csv();
std::string facts_2021_csv();
std::string reorganisation_2025_01_01_json();
std::string reorganisation_2025_07_01_json();
std::string boundaries_2025_07_01_geojson();
}  // namespace demo_files

namespace {

using base::Result;

constexpr const char* kPassword = "ThongSuot-demo-2022";
const base::Date kToday{2022, 4, 14};

struct Person {
  const char* login;
  const char* name;
  const char* unit;  ///< none: an account without a post
  org::Role role;
  const char* title_vi;
  const char* title_en;
};
// Invented people.
constexpr std::array<Person, 10> kPeople{{
    {"ha", "Đỗ Thu Hà", "279", org::Role::compiler, "chuyên viên tổng hợp huyện",
     "district compiler"},
    {"son", "Vũ Đình Sơn", "279", org::Role::head, "lãnh đạo huyện", "district head"},
    {"lan", "Ngô Thị Lan", "10183", org::Role::clerk, "cán bộ thị trấn Thường Tín",
     "clerk, Thường Tín town"},
    {"minh", "Phan Văn Minh", "10198", org::Role::clerk, "cán bộ xã Hòa Bình",
     "clerk, Hòa Bình commune"},
    {"dung", "Mạc Thùy Dung", "01", org::Role::compiler, "chuyên viên tổng hợp thành phố",
     "city compiler"},
    {"quan", "Lê Hồng Quân", "01", org::Role::administrator, "quản trị thành phố",
     "city administrator"},
    {"vinh", "Trần Quang Vinh", "01", org::Role::head, "lãnh đạo thành phố", "city head"},
    {"mai", "Đặng Ngọc Mai", "279-MT", org::Role::head, "chủ tịch Mặt trận huyện",
     "head of the district's Front"},
    {"phuong", "Bùi Lan Phương", "279-PN", org::Role::head, "chủ tịch Hội Phụ nữ huyện",
     "head of the district's women's union"},
    {"khanh", "Hoàng Gia Khánh", nullptr, org::Role::viewer, "thành viên đoàn kiểm tra",
     "member of an inspection team"},
}};

struct DemoFact {
  std::string unit, indicator, status, value, remark;
};

/// Loads the demo through the program's own acts, by the demo's own people.
class Demo {
 public:
  explicit Demo(store::Db& db, const base::Clock& clock)
      : db_(db), clock_(clock), sessions_(db, clock) {}

  Result<int> load() {
    RETURN_IF_REFUSED(catalogues());
    RETURN_IF_REFUSED(people());
    ASSIGN_OR_RETURN(const auth::Actor compiler, signed_in("ha"));
    const auto greeting = progress_bar("sign in");
    for (const auto& [code, login] : clerk_of_) {
      ASSIGN_OR_RETURN(const auth::Actor clerk, signed_in(login));
      actors_.emplace(code, clerk);
      if (greeting) greeting(actors_.size(), clerk_of_.size());
    }
    read_facts();
    const auto bar = progress_bar("demo");
    std::size_t done = 0;
    for (const auto& [period, facts] : facts_by_period_) {
      RETURN_IF_REFUSED(
          db_.write([&](store::Tx& tx) { return settled_period(tx, compiler, period, facts); }));
      if (bar) bar(++done, facts_by_period_.size());
    }
    RETURN_IF_REFUSED(db_.write([&](store::Tx& tx) { return published_year(tx, compiler); }));
    RETURN_IF_REFUSED(db_.write([&](store::Tx& tx) { return open_month(tx, compiler); }));
    RETURN_IF_REFUSED(db_.write([&](store::Tx& tx) { return regime(tx, compiler); }));
    ASSIGN_OR_RETURN(const auth::Actor city, signed_in("dung"));
    std::map<std::string, auth::Actor> clerks;
    for (const org::Unit& unit : communes_) clerks.emplace(unit.code, clerk(unit.code));
    RETURN_IF_REFUSED(db_.write(
        [&](store::Tx& tx) { return load_direction(tx, {city, compiler, clerks, kToday}); }));
    ASSIGN_OR_RETURN(const auth::Actor head, signed_in("vinh"));
    RETURN_IF_REFUSED(db_.write([&](store::Tx& tx) {
      return load_inspection(tx, {head, now_at(base::Date(2022, 4, 12)).at, kToday});
    }));
    ASSIGN_OR_RETURN(const auth::Actor reviewer, signed_in("son"));
    RETURN_IF_REFUSED(load_bulletins(db_, {compiler, reviewer, now_at(base::Date(2022, 4, 13))}));
    ASSIGN_OR_RETURN(const auth::Actor administrator, signed_in("quan"));
    RETURN_IF_REFUSED(db_.write(
        [&](store::Tx& tx) { return load_petitions(tx, {administrator, compiler, clerks}); }));
    ASSIGN_OR_RETURN(const auth::Actor front, signed_in("mai"));
    ASSIGN_OR_RETURN(const auth::Actor women, signed_in("phuong"));
    ASSIGN_OR_RETURN(const auth::Actor leader, signed_in("son"));
    RETURN_IF_REFUSED(db_.write(
        [&](store::Tx& tx) { return load_movements(tx, {front, women, leader, clerks}); }));
    return db_.write([&](store::Tx& tx) { return years_ahead(tx, administrator); });
  }

 private:
  Result<int> catalogues() {
    ASSIGN_OR_RETURN(const office::CsvTable unit_table, office::read_csv(demo_files::units_csv()));
    ASSIGN_OR_RETURN(const std::vector<org::UnitRow> units, org::unit_rows(unit_table));
    ASSIGN_OR_RETURN(const office::CsvTable indicator_table,
                     office::read_csv(demo_files::indicators_csv()));
    ASSIGN_OR_RETURN(std::vector<direct::NewIndicator> indicators,
                     direct::indicator_rows(indicator_table));
    for (auto& indicator : indicators) indicator.indicator.is_illustrative = true;
    const auth::Actor console = auth::console_actor("demo");
    return db_.write([&](store::Tx& tx) -> Result<int> {
      const org::ImportUnits ask{base::Date(2021, 1, 1), org::kGovernment, {}, false};
      RETURN_IF_REFUSED(org::import_units(tx, console, clock_.now(), units, ask));
      RETURN_IF_REFUSED(direct::define_indicators(tx, console, clock_.now(), indicators));
      return 0;
    });
  }

  /// The bodies, the people above, and a clerk for every other unit.
  Result<int> people() {
    ASSIGN_OR_RETURN(const std::string hash,
                     auth::hash_password("demo", kPassword, {}, auth::PasswordRule::demo));
    return db_.write([&](store::Tx& tx) -> Result<int> {
      const auto district = org::unit_store::find_by_code(tx, "279", kToday).value();
      communes_ = org::unit_store::children(tx, district, kToday, org::kGovernment);
      RETURN_IF_REFUSED(load_bodies(tx, auth::console_actor("demo"), clock_.now(), communes_));
      const auto add = [&](const std::string& login, const std::string& name,
                           const std::string& code, org::Role role,
                           const std::string& title) -> Result<int> {
        ASSIGN_OR_RETURN(const auth::Account account,
                         auth::add_account(tx, {login, name, hash, true}, clock_.now()));
        if (code.empty()) return 0;
        const auto unit = org::unit_store::find_by_code(tx, code, kToday).value();
        org::post_store::appoint(
            tx, {unit, role, title, account.id, base::Date(2021, 1, 1), base::kForever});
        clerk_of_.emplace(code, login);
        return 0;
      };
      for (const Person& person : kPeople) {
        RETURN_IF_REFUSED(add(person.login, person.name, person.unit == nullptr ? "" : person.unit,
                              person.role, person.title_vi));
      }
      for (const org::Unit& unit : communes_) {
        if (clerk_of_.contains(unit.code)) continue;
        RETURN_IF_REFUSED(add("xa" + unit.code, "Cán bộ " + unit.name, unit.code, org::Role::clerk,
                              "Cán bộ văn phòng"));
      }
      return 0;
    });
  }

  Result<auth::Actor> signed_in(const std::string& login) {
    ASSIGN_OR_RETURN(const auth::SignedIn signed_in, sessions_.sign_in({login, kPassword, "demo"}));
    http::Request request;
    request.headers.emplace_back("cookie", signed_in.cookie.substr(0, signed_in.cookie.find(';')));
    return sessions_.actor_of(request);
  }

  void read_facts() {
    const office::CsvTable table = office::read_csv(demo_files::facts_2021_csv()).value();
    for (const auto& row : table.rows) {
      facts_by_period_[row[table.column("period")]].push_back(
          {row[table.column("unit_code")], row[table.column("indicator")],
           row[table.column("status")], row[table.column("value")], row[table.column("remark")]});
    }
  }

  report::Now now_at(base::Date day) const {
    return {base::Instant{
                std::chrono::duration_cast<std::chrono::microseconds>(day.days().time_since_epoch())
                    .count() +
                9LL * 3600 * 1000000},
            day};
  }

  Result<report::RequestId> ask(store::Tx& tx, const auth::Actor& compiler,
                                const std::string& period,
                                const std::vector<std::string>& indicators, base::Date due,
                                report::Now now) {
    const auto district = org::unit_store::find_by_code(tx, "279", kToday).value();
    report::NewRequest asked;
    asked.request = {
        {},  district, "Báo cáo thực hiện Chương trình 01-CTr/TU", org::kGovernment, period,
        due, true};
    asked.indicators = indicators;
    for (const org::Unit& unit : communes_) asked.units.push_back(unit.id);
    return report::create_request(tx, compiler, now, asked);
  }

  /// A period of 2021: whoever reported is accepted, the others stay silent.
  Result<int> settled_period(store::Tx& tx, const auth::Actor& compiler, const std::string& period,
                             const std::vector<DemoFact>& facts) {
    std::set<std::string> indicators;
    std::map<std::string, std::vector<DemoFact>> by_unit;
    for (const DemoFact& fact : facts)
      indicators.insert(fact.indicator), by_unit[fact.unit].push_back(fact);
    const base::Date end = base::Period::parse(period).value().end();
    ASSIGN_OR_RETURN(const report::RequestId request,
                     ask(tx, compiler, period, {indicators.begin(), indicators.end()},
                         end.plus_days(4), now_at(end.plus_days(-20))));
    for (const auto& overview : report::report_store::reports(tx, everyone(), request)) {
      const std::string code = org::unit_store::ref(tx, overview.report.unit, kToday).code;
      const auto reported = by_unit.find(code);
      if (reported == by_unit.end()) continue;
      RETURN_IF_REFUSED(
          report_and_accept(tx, compiler, overview.report.id, code, reported->second, end));
    }
    return 0;
  }

  org::Scope everyone() const { return {{}, kToday, true}; }

  const auth::Actor& clerk(const std::string& code) const { return actors_.at(code); }

  Result<int> report_and_accept(store::Tx& tx, const auth::Actor& compiler, report::ReportId id,
                                const std::string& code, const std::vector<DemoFact>& facts,
                                base::Date end) {
    std::vector<report::Entry> entries;
    for (const DemoFact& fact : facts) {
      report::Entry entry;
      entry.indicator = fact.indicator;
      entry.state = fact.status == "not_applicable" ? report::FactState::not_applicable
                                                    : report::FactState::value;
      entry.figure = fact.value;
      entries.push_back(entry);
    }
    RETURN_IF_REFUSED(
        report::put_cells(tx, clerk(code), now_at(end.plus_days(1)), {id, 1}, entries));
    RETURN_IF_REFUSED(report::submit_report(tx, clerk(code), now_at(end.plus_days(2)), {id, 2}));
    RETURN_IF_REFUSED(report::accept_report(tx, compiler, now_at(end.plus_days(3)), {id, 3}));
    std::int64_t revision = 4;
    for (const DemoFact& fact : facts) {
      if (fact.status != "excluded") continue;
      RETURN_IF_REFUSED(report::exclude_cell(tx, compiler, now_at(end.plus_days(5)),
                                             {id, revision++}, fact.indicator, fact.remark));
    }
    return 0;
  }

  /// The year's figures, frozen in February, unit by unit.
  Result<int> published_year(store::Tx& tx, const auth::Actor& compiler) {
    report::NewPublication asked;
    asked.question.unit = org::unit_store::find_by_code(tx, "279", kToday).value();
    asked.question.period = base::Period::parse("2021").value();
    asked.question.indicators = {"F05", "F06", "D02", "D03", "F11", "D04", "F13", "F14"};
    asked.question.below = 3;
    asked.title = "Kết quả năm 2021 của huyện";
    asked.is_illustrative = true;
    RETURN_IF_REFUSED(report::publish(tx, compiler, now_at(base::Date(2022, 2, 10)), asked));
    return 0;
  }

  /// April 2022, under way: most are accepted, some wait, one is returned, the rest have not begun.
  Result<int> open_month(store::Tx& tx, const auth::Actor& compiler) {
    const std::vector<std::string> indicators{"F03", "F05", "F06", "F07"};
    ASSIGN_OR_RETURN(const report::RequestId request,
                     ask(tx, compiler, "2022-04", indicators, base::Date(2022, 4, 16),
                         now_at(base::Date(2022, 4, 1))));
    std::map<std::string, std::vector<DemoFact>> last_year;
    for (const DemoFact& fact : facts_by_period_.at("2021-04"))
      last_year[fact.unit].push_back(fact);
    int number = 0;
    for (const auto& overview : report::report_store::reports(tx, everyone(), request)) {
      const std::string code = org::unit_store::ref(tx, overview.report.unit, kToday).code;
      ++number;
      if (code == "10183" || number > 26) continue;  // lan's unit and three others: not begun
      std::vector<report::Entry> entries;
      for (const DemoFact& fact : last_year[code]) {
        report::Entry entry;
        entry.indicator = fact.indicator;
        entry.state = report::FactState::value;
        entry.figure =
            std::to_string(std::stoll(fact.value) + (fact.indicator == "F03" ? 0 : number));
        entries.push_back(entry);
      }
      const report::ReportId id = overview.report.id;
      RETURN_IF_REFUSED(
          report::put_cells(tx, clerk(code), now_at(base::Date(2022, 4, 12)), {id, 1}, entries));
      RETURN_IF_REFUSED(
          report::submit_report(tx, clerk(code), now_at(base::Date(2022, 4, 13)), {id, 2}));
      const report::Now today = now_at(base::Date(2022, 4, 14));
      if (code == "10198") {
        RETURN_IF_REFUSED(
            report::return_report(tx, compiler, today, {id, 3}, "",
                                  {{"F06", "Số đúng hạn lệch với sổ một cửa, xem lại.", ""}}));
      } else if (number <= 22) {
        RETURN_IF_REFUSED(report::accept_report(tx, compiler, today, {id, 3}));
      }
    }
    return 0;
  }

  /// How the communes report on reform from June on: figures and words, by the decree's fields.
  Result<int> regime(store::Tx& tx, const auth::Actor& compiler) {
    report::Regime made;
    made.unit = org::unit_store::find_by_code(tx, "279", kToday).value();
    made.code = "BC-CCHC";
    made.name = "Báo cáo tháng về cải cách hành chính";
    made.content = "Kết quả giải quyết hồ sơ, tỷ lệ đúng hạn, nộp trực tuyến; khó khăn, kiến nghị";
    made.method = "Gửi trên hệ thống";
    made.line = org::kGovernment;
    made.frequency = base::Frequency::month;
    made.window = {report::DataWindow::calendar};
    made.guidance = "Tính cả hồ sơ nộp trực tuyến. Số liệu minh hoạ.";
    made.basis = "Nghị định 09/2019/NĐ-CP";
    made.addressee_level = 3;
    made.deadlines = {{3, 2}};
    made.cells = {{"F05", report::FactKind::actual, false, "I. Hồ sơ"},
                  {"F06", report::FactKind::actual, false, "I. Hồ sơ"},
                  {"F07", report::FactKind::actual, false, "I. Hồ sơ"},
                  {"F05", report::FactKind::estimate, true, "II. Ước cả năm"}};
    made.sections = {{"1", "Kết quả nổi bật", "Không quá một trang", true},
                     {"2", "Khó khăn, kiến nghị", "", false}};
    made.from = base::Date(2022, 6, 1);
    made.is_illustrative = true;
    RETURN_IF_REFUSED(report::define_regime(tx, compiler, now_at(base::Date(2022, 4, 13)), made));
    return 0;
  }

  /// What became of the district in 2025, so that its tree has days to slide between.
  Result<int> years_ahead(store::Tx& tx, const auth::Actor& administrator) {
    const auto city = org::unit_store::find_by_code(tx, "01", kToday).value();
    for (const std::string& text : {demo_files::reorganisation_2025_01_01_json(),
                                    demo_files::reorganisation_2025_07_01_json()}) {
      ASSIGN_OR_RETURN(const org::ReorganisationId id,
                       org::draft(tx, administrator, clock_.now(), city, org::kept_plan(text)));
      RETURN_IF_REFUSED(org::apply(tx, administrator, clock_.now(), {id, 1}, all_concerns()));
    }
    ASSIGN_OR_RETURN(const std::vector<org::BoundaryRow> boundaries,
                     org::read_boundaries(demo_files::boundaries_2025_07_01_geojson()));
    RETURN_IF_REFUSED(org::import_boundaries(tx, administrator, clock_.now(), boundaries,
                                             base::Date(2025, 7, 1),
                                             "thanglequoc/vietnamese-provinces-database (MIT), "
                                             "theo Nhà xuất bản Tài nguyên – Môi trường "
                                             "và Bản đồ Việt Nam"));
    return 0;
  }

  store::Db& db_;
  const base::Clock& clock_;
  auth::Sessions sessions_;
  std::map<std::string, std::string> clerk_of_;  // unit code → login
  std::map<std::string, auth::Actor> actors_;
  std::vector<org::Unit> communes_;
  std::map<std::string, std::vector<DemoFact>> facts_by_period_;
};

bool has_units(store::Db& db) {
  static constexpr store::Sql kCount{"unit.count", "select count(*) from unit"};
  return db.read([](store::Tx& tx) { return tx.integer(kCount); }) > 0;
}

}  // namespace

std::string demo_log_ins(base::Language language) {
  const bool vi = language == base::Language::vi;
  std::string text =
      vi ? "Đăng nhập trình diễn (người và số liệu đều là minh hoạ), mật khẩu chung: "
         : "Demo log-ins (invented people and figures), one password: ";
  text += kPassword;
  for (const Person& person : kPeople) {
    text += std::string("\n  ") + person.login + "\t" + person.name + " – " +
            (vi ? person.title_vi : person.title_en);
  }
  return text + "\n";
}

int demo_command(const Place& place) {
  const auto db = open_for_writing(place);
  if (has_units(*db))
    return print_refusal({{base::ProblemKind::conflict, "demo.not_empty", "", {}}}, place.language,
                         false);
  note_demo_day(place, kToday);
  const auto clock = clock_of(place);
  const Result<int> loaded = Demo(*db, *clock).load();
  if (!loaded) return print_refusal(loaded.error(), place.language, false);
  std::cout << demo_log_ins(place.language);
  return kDone;
}

}  // namespace app
