#include <gtest/gtest.h>

#include "direct/indicator_store.h"
#include "direct/testing.h"
#include "report/burden.h"
#include "report/earlier_figures.h"
#include "report/fact_store.h"
#include "report/narrative_store.h"
#include "report/regime_store.h"
#include "report/service.h"

namespace report {
namespace {

class Requests : public direct::testing::World {
 protected:
  static Now now() { return {{1}, kToday}; }

  Regime monthly() const {
    Regime regime;
    regime.unit = district_;
    regime.code = "BC-01";
    regime.name = "Báo cáo tháng";
    regime.content = "Số liệu và tình hình trong tháng";
    regime.method = "Qua hệ thống";
    regime.line = org::kGovernment;
    regime.addressee_level = 3;
    regime.deadlines = {{3, 2}, {2, 4}};
    regime.cells = {{"F1", FactKind::actual, false, "I. Kết nạp"},
                    {"F1", FactKind::estimate, true, "I. Kết nạp"}};
    regime.sections = {{"I", "Tình hình", "Nêu ngắn gọn", true}};
    regime.from = base::Date(2022, 1, 1);
    return regime;
  }
  RegimeId define(const Regime& regime) {
    return db_->write([&](store::Tx& tx) { return define_regime(tx, ha_, now(), regime); }).value();
  }
  base::Result<RequestId> issue(RegimeId regime, const char* period) {
    return db_->write([&](store::Tx& tx) -> base::Result<RequestId> {
      ASSIGN_OR_RETURN(const NewRequest asked, request_of_regime(tx, ha_, now(), regime, district_,
                                                                 *base::Period::parse(period)));
      return create_request(tx, ha_, now(), asked);
    });
  }
  static std::string codes(const base::Problems& problems) {
    std::string made;
    for (const auto& problem : problems) made += problem.field + " " + problem.code + ";";
    return made;
  }
  Sheet sheet_of(RequestId request, org::UnitId unit) {
    return db_->read([&](store::Tx& tx) {
      for (const auto& one : report_store::reports(tx, {{}, kToday, true}, request)) {
        if (one.report.unit == unit) return report_store::sheet(tx, one.report.id).value();
      }
      throw std::logic_error("no report");
    });
  }
};

TEST_P(Requests, OfARegimeCarryItsWindowItsOutlineItsEstimatesAndEachUnitsClock) {
  const RequestId id = issue(define(monthly()), "2022-03").value();
  db_->read([&](store::Tx& tx) {
    const Request request = report_store::find_request(tx, id).value();
    EXPECT_EQ(request.title, "Báo cáo tháng");
    EXPECT_EQ(request.window, (Days{base::Date(2022, 2, 15), base::Date(2022, 3, 15)}));
    EXPECT_EQ(narrative_store::outline(tx, id), monthly().sections);
    const auto cells = report_store::cells(tx, request);
    ASSERT_EQ(cells.size(), 2U);
    EXPECT_EQ(cells[0].period, "2022-03");
    EXPECT_EQ(cells[1].period, "2022");
    EXPECT_EQ(cells[1].kind, FactKind::estimate);
    EXPECT_EQ(cells[1].heading, "I. Kết nạp");
  });
  const Sheet sheet = sheet_of(id, first_);
  EXPECT_EQ(sheet.report.due_on, base::Date(2022, 3, 16));  // Monday the 14th and two days
  ASSERT_EQ(sheet.cells.size(), 2U);
  EXPECT_NE(sheet.cells[0].fact.id, sheet.cells[1].fact.id);
}

TEST_P(Requests, KeepActualAndEstimateApart) {
  const RequestId id = issue(define(monthly()), "2022-03").value();
  const ReportId report = sheet_of(id, first_).report.id;
  Entry actual{"F1", FactState::value, "7", false, {}, "/cells/0"};
  Entry estimate{"F1", FactState::value, "90", false, {}, "/cells/1", FactKind::estimate};
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return put_cells(tx, lan_, now(), {report, 1}, {actual, estimate});
            }),
            "");
  const Sheet sheet = sheet_of(id, first_);
  EXPECT_EQ(sheet.cells[0].fact.amount, 7);
  EXPECT_EQ(sheet.cells[1].fact.amount, 90);
}

TEST_P(Requests, AnEstimateOfTheYearStandsBesideTheYearBeforeNotAMonthOfIt) {
  db_->write([&](store::Tx& tx) {
    for (const char* period : {"2021-03", "2021-04"}) {
      Fact fact;
      fact.unit = first_;
      fact.indicator = direct::indicator_store::find_by_code(tx, "F1")->id;
      fact.period = period;
      fact.state = FactState::value;
      fact.status = FactStatus::accepted;
      fact.amount = 20;
      fact_store::add(tx, fact, {ha_, "fact.imported", {1}});
    }
  });
  const Sheet sheet = sheet_of(issue(define(monthly()), "2022-03").value(), first_);
  db_->read([&](store::Tx& tx) {
    const Request request = report_store::find_request(tx, sheet.report.request).value();
    const auto id = sheet.cells[0].indicator.id;
    EXPECT_EQ(earlier_figures(tx, sheet, request, *base::Period::parse("2021-03")).figures.at(id),
              20);
    EXPECT_EQ(year_before(tx, sheet, request).figures.at(id), 40);
  });
}

TEST_P(Requests, ARegimeAsksAPeriodOnceAndOnlyItsOwnKindOfPeriod) {
  const RegimeId regime = define(monthly());
  ASSERT_TRUE(issue(regime, "2022-03"));
  EXPECT_EQ(codes(issue(regime, "2022-03").error()), "/period regime.asked_already;");
  EXPECT_EQ(codes(issue(regime, "2022-Q1").error()), "/period regime.frequency;");
  EXPECT_EQ(codes(issue(regime, "2021-12").error()), "/period regime.not_in_force;");
}

TEST_P(Requests, OfARegimeAreOneAPeriodEvenWhenTwoAskAtOnce) {
  const RegimeId regime = define(monthly());
  const RequestId first = issue(regime, "2022-03").value();
  // What the second of two would do that both found nothing asked.
  EXPECT_THROW(db_->write([&](store::Tx& tx) {
    report_store::add_request(tx, report_store::find_request(tx, first).value(), ha_.account(), {});
  }),
               store::ConstraintFailure);
}

TEST_P(Requests, AnIndicatorHasOneWindowInAPeriod) {
  ASSERT_TRUE(issue(define(monthly()), "2022-03"));
  Regime calendar = monthly();
  calendar.code = "BC-02";
  calendar.window.kind = DataWindow::calendar;
  const RegimeId other = define(calendar);
  EXPECT_EQ(codes(issue(other, "2022-03").error()), "/indicators/0 request.window_differs;");
  EXPECT_TRUE(issue(other, "2022-04"));
}

TEST_P(Requests, ChangingARegimeLeavesWhatWasAskedAsItWas) {
  const RegimeId regime = define(monthly());
  const RequestId asked = issue(regime, "2022-03").value();
  Regime changed = monthly();
  changed.id = regime;
  changed.sections = {{"I", "Kết quả", "", true}, {"II", "Khó khăn", "", false}};
  define(changed);
  EXPECT_EQ(codes(db_->write([&](store::Tx& tx) {
                       return define_regime(tx, ha_, now(), changed);  // the revision seen is gone
                     })
                      .error()),
            " regime.changed;");
  db_->read([&](store::Tx& tx) {
    EXPECT_EQ(narrative_store::outline(tx, asked), monthly().sections);
    EXPECT_EQ(regime_store::find(tx, regime)->sections, changed.sections);
    EXPECT_EQ(regime_store::find(tx, regime)->revision, 2);
  });
}

TEST_P(Requests, OnlyWhoCompilesForTheOwnerDefinesIt) {
  EXPECT_EQ(tried([&](store::Tx& tx) { return define_regime(tx, lan_, now(), monthly()); }),
            " unit.not_found;");
  Regime known = monthly();
  known.id = define(monthly());
  // Who is asked by it sees it, and may not change it.
  EXPECT_EQ(tried([&](store::Tx& tx) { return define_regime(tx, lan_, now(), known); }),
            " authority.not_yours;");
}

TEST_P(Requests, TellWhatTheyCostBeforeTheyAreIssued) {
  ASSERT_TRUE(issue(define(monthly()), "2022-03"));
  const ReportId report = sheet_of(issue(define([&] {
                                           Regime february = monthly();
                                           february.code = "BC-03";
                                           february.cells.resize(1);
                                           february.sections.clear();
                                           return february;
                                         }()),
                                         "2022-02")
                                       .value(),
                                   first_)
                              .report.id;
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return put_cells(tx, lan_, now(), {report, 1},
                               {{"F1", FactState::value, "0", false, {}, "/cells/0"}});
            }),
            "");
  db_->write([&](store::Tx& tx) {
    return set_budget(tx, auth::console_actor("test"), now(), first_, 2022, 50);
  });
  NewRequest asked;
  asked.request.unit = district_;
  asked.request.title = "Đột xuất";
  asked.request.line = org::kGovernment;
  asked.request.period = "2022-02";
  asked.request.window = Days{base::Date(2022, 1, 15), base::Date(2022, 2, 15)};
  asked.indicators = {"F1", "F2"};
  asked.units = {first_, second_};
  db_->read([&](store::Tx& tx) {
    const Burden burden = burden_of(tx, ha_, now(), asked).value();
    ASSERT_EQ(burden.units.size(), 2U);
    const UnitBurden& first = burden.units[0];
    EXPECT_EQ(first.known, 1);  // F1 of February is typed
    EXPECT_EQ(first.fresh, 1);
    EXPECT_EQ(first.minutes, kMinutesPerReport + kMinutesPerCell);
    // March: two cells and one section; February: one cell.
    EXPECT_EQ(first.year_minutes, minutes_of(2, 1) + minutes_of(1, 0));
    EXPECT_TRUE(first.is_over());
    EXPECT_EQ(burden.units[1].pending, 1);
    EXPECT_FALSE(burden.units[1].is_over());
    ASSERT_EQ(burden.overlaps.size(), 1U);
    EXPECT_EQ(burden.overlaps[0].indicator, "F1");
    EXPECT_EQ(burden.overlaps[0].units, 2);
    const auto lines = year_of(tx, first_, 2022);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].minutes, minutes_of(2, 1));
  });
}

TEST_P(Requests, AnAddressedUnitAsksTheUnitsUnderItByTheSameRegime) {
  db_->write([&](store::Tx& tx) { hold(tx, ha_, city_, org::Role::compiler); });
  Regime regime = monthly();
  regime.unit = city_;
  regime.addressee_level = 2;
  const RegimeId id = define(regime);
  const NewRequest below =
      db_->read([&](store::Tx& tx) {
           return request_of_regime(tx, ha_, now(), id, district_, *base::Period::parse("2022-03"));
         })
          .value();
  EXPECT_EQ(below.units.size(), 3U);
  EXPECT_EQ(below.due.front(), base::Date(2022, 3, 16));
  const NewRequest own =
      db_->read([&](store::Tx& tx) {
           return request_of_regime(tx, ha_, now(), id, city_, *base::Period::parse("2022-03"));
         })
          .value();
  EXPECT_EQ(own.units, std::vector{district_});
  EXPECT_EQ(own.due.front(), base::Date(2022, 3, 18));
}

INSTANTIATE_TEST_SUITE_P(OnBothDatabases, Requests,
                         ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace report
