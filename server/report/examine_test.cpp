#include "report/examine.h"

#include <gtest/gtest.h>

#include "direct/testing.h"
#include "report/check_store.h"
#include "report/fact_store.h"
#include "report/remind_reports.h"

namespace report {
namespace {

class Examined : public direct::testing::World {
 protected:
  static Now now(base::Date day = kToday) { return {{1}, day}; }

  RequestId issue(const char* period, std::vector<std::string> indicators = {"F1", "F2"},
                  base::Date due = base::Date(2022, 4, 4)) {
    NewRequest asked;
    asked.request.unit = district_;
    asked.request.title = "Báo cáo tháng";
    asked.request.line = org::kGovernment;
    asked.request.period = period;
    asked.request.due_on = due;
    asked.indicators = std::move(indicators);
    asked.units = {first_, second_, third_};
    return db_->write([&](store::Tx& tx) { return create_request(tx, ha_, now(), asked); }).value();
  }
  Sheet sheet_of(RequestId request, org::UnitId unit) {
    return db_->read([&](store::Tx& tx) {
      for (const auto& one : report_store::reports(tx, {{}, kToday, true}, request)) {
        if (one.report.unit == unit) return report_store::sheet(tx, one.report.id).value();
      }
      throw std::logic_error("no report");
    });
  }
  OnReport on(RequestId request, org::UnitId unit) {
    const Sheet sheet = sheet_of(request, unit);
    return {sheet.report.id, sheet.report.revision};
  }
  std::string enter(RequestId request, const char* one, const char* two) {
    const OnReport at = on(request, first_);
    return tried([&](store::Tx& tx) {
      return put_cells(tx, lan_, now(), at,
                       {{"F1", FactState::value, one, false, {}, "/cells/0"},
                        {"F2", FactState::value, two, false, {}, "/cells/1"}});
    });
  }
  std::string hand_in(RequestId request) {
    const OnReport at = on(request, first_);
    return tried([&](store::Tx& tx) { return submit_report(tx, lan_, now(), at); });
  }
  void define(const char* code, const char* formula, Severity severity) {
    Check check;
    check.code = code;
    check.formula = formula;
    check.words_vi = "Số đúng hạn lớn hơn số hồ sơ.";
    check.words_en = "More in time than there are.";
    check.severity = severity;
    check.from = kBegin;
    ASSERT_EQ(tried([&](store::Tx& tx) { return define_check(tx, ha_, now(), check); }), "");
  }
  std::string explain(RequestId request, const char* doubt, const char* text) {
    const OnReport at = on(request, first_);
    return tried([&](store::Tx& tx) {
      return explain_doubts(tx, lan_, now(), at, {{doubt, text, "/explanations/0"}});
    });
  }
};

TEST_P(Examined, AReportWithADoubtIsHandedInOnceItIsExplained) {
  define("KT1", "[F2] <= [F1]", Severity::explain);
  const RequestId request = issue("2022-03");
  EXPECT_EQ(enter(request, "5", "7"), "");
  EXPECT_EQ(hand_in(request), "/cells/1 report.doubt_unexplained;");
  EXPECT_EQ(explain(request, "check:KT1", "ngắn"),
            "/explanations/0/text report.explanation_short;");
  EXPECT_EQ(explain(request, "check:KT9", "gồm cả hồ sơ kỳ trước"),
            "/explanations/0/doubt report.no_such_doubt;");
  EXPECT_EQ(explain(request, "check:KT1", "gồm cả hồ sơ kỳ trước"), "");
  EXPECT_EQ(hand_in(request), "");
  const Sheet sheet = sheet_of(request, first_);
  const auto doubts = db_->read([&](store::Tx& tx) { return examine(tx, sheet); });
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_EQ(doubts[0].explanation, "gồm cả hồ sơ kỳ trước");
}

TEST_P(Examined, AnExplanationDoesNotOutliveItsFigures) {
  define("KT1", "[F2] <= [F1]", Severity::explain);
  const RequestId request = issue("2022-03");
  enter(request, "5", "7");
  explain(request, "check:KT1", "gồm cả hồ sơ kỳ trước");
  enter(request, "5", "8");
  EXPECT_EQ(hand_in(request), "/cells/1 report.doubt_unexplained;");
}

TEST_P(Examined, ABlockingCheckAndABlankCellAreSaidTogether) {
  define("KT1", "[F1] >= 10", Severity::blocks);
  const RequestId request = issue("2022-03");
  const OnReport at = on(request, first_);
  tried([&](store::Tx& tx) {
    return put_cells(tx, lan_, now(), at, {{"F1", FactState::value, "5", false, {}, "/cells/0"}});
  });
  EXPECT_EQ(hand_in(request), "/cells/1 report.cell_blank;/cells/0 report.check_failed;");
}

TEST_P(Examined, ChecksLookAtThePeriodBefore) {
  define("KT1", "[F1] <= 2 * previous([F1])", Severity::explain);
  const RequestId february = issue("2022-02");
  enter(february, "10", "1");
  EXPECT_EQ(hand_in(february), "");  // nothing is known of January
  const RequestId march = issue("2022-03");
  enter(march, "21", "1");
  EXPECT_EQ(hand_in(march), "/cells/0 report.doubt_unexplained;");
  enter(march, "20", "1");
  EXPECT_EQ(hand_in(march), "");
}

TEST_P(Examined, ASlipOfTheUnitOfMeasureIsAskedBack) {
  for (const char* period : {"2021-11", "2021-12", "2022-01"}) {
    const RequestId request = issue(period);
    enter(request, "50", "1");
    ASSERT_EQ(hand_in(request), "");
  }
  const RequestId request = issue("2022-02");
  enter(request, "52000", "1");
  EXPECT_EQ(hand_in(request), "/cells/0 report.doubt_unexplained;");
}

TEST_P(Examined, WhatIsTypedAndNotSavedIsKeptForItsAccountAlone) {
  const RequestId request = issue("2022-03");
  const ReportId report = sheet_of(request, first_).report.id;
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return keep_draft(tx, lan_, now(), report, "[{\"a\":1}]"); }), "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return keep_draft(tx, minh_, now(), report, "[]"); }),
            " report.not_found;");
  EXPECT_EQ(tried([&](store::Tx& tx) { return keep_draft(tx, ha_, now(), report, "[]"); }),
            " authority.not_yours;");
  db_->read([&](store::Tx& tx) {
    EXPECT_EQ(check_store::draft(tx, report, lan_.account())->body, "[{\"a\":1}]");
    EXPECT_FALSE(check_store::draft(tx, report, ha_.account()));
  });
  enter(request, "5", "5");
  EXPECT_EQ(hand_in(request), "");
  db_->read([&](store::Tx& tx) { EXPECT_FALSE(check_store::draft(tx, report, lan_.account())); });
}

TEST_P(Examined, EvidenceIsAddedWhileTheFigureIsOpenToItsUnit) {
  const RequestId request = issue("2022-03");
  const FactId fact = sheet_of(request, first_).cells[0].fact.id;
  const auto attach = [&](const auth::Actor& actor) {
    return tried(
        [&](store::Tx& tx) { return attach_evidence(tx, actor, now(), fact, {"so.txt", "eGlu"}); });
  };
  EXPECT_EQ(attach(lan_), "");
  EXPECT_EQ(attach(minh_), " fact.not_found;");
  EXPECT_EQ(attach(ha_), " authority.not_yours;");
}

TEST_P(Examined, AYearOfRemindersIsNeitherLostNorDoubled) {
  issue("2022-03");
  const auth::Actor system = auth::console_actor("reminders");
  std::int64_t sent = 0;
  // Stopped at the end of March and started again on the 12th of April.
  for (base::Date day = kToday; day < base::Date(2022, 5, 1); day = day.plus_days(1)) {
    if (day > base::Date(2022, 3, 30) && day < base::Date(2022, 4, 12)) continue;
    for (int twice = 0; twice < 2; ++twice) {
      sent += db_->write([&](store::Tx& tx) {
        const base::Instant at{1 + (day.days() - kToday.days()).count() * 86'400'000'000LL};
        return send_report_reminders(tx, system, {at, day});
      });
    }
  }
  EXPECT_EQ(sent, 3 * 4);  // three units: three to each, one to the district about each
  const auto mine =
      db_->read([&](store::Tx& tx) { return report_reminders(tx, lan_, kToday, false, 0, 50); });
  EXPECT_EQ(mine.size(), 3U);
  const auto district =
      db_->read([&](store::Tx& tx) { return report_reminders(tx, ha_, kToday, false, 0, 50); });
  EXPECT_EQ(district.size(), 3U);
}

TEST_P(Examined, WhoHasHandedInIsNotReminded) {
  const RequestId request = issue("2022-03");
  enter(request, "5", "5");
  hand_in(request);
  const auto remind = [&](base::Date day) {
    return db_->write(
        [&](store::Tx& tx) { return remind_silent(tx, ha_, now(day), request, "Gửi sớm"); });
  };
  EXPECT_EQ(remind(kToday).value(), 2);
  EXPECT_EQ(remind(kToday).error().front().code, "report.reminded_today");
  EXPECT_EQ(remind(kToday.plus_days(1)).value(), 2);
  EXPECT_EQ(tried([&](store::Tx& tx) { return remind_silent(tx, lan_, now(), request, ""); }),
            " authority.not_yours;");
}

INSTANTIATE_TEST_SUITE_P(OnBothDatabases, Examined,
                         ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace report
