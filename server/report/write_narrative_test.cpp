#include "report/write_narrative.h"

#include <gtest/gtest.h>

#include "direct/testing.h"

namespace report {
namespace {

/// The district asks the first commune for F1 and F2 of March and April 2022, with two sections.
class Words : public direct::testing::World {
 protected:
  Words() {
    march_ = ask("Báo cáo tháng 3/2022", "2022-03");
    april_ = ask("Báo cáo tháng 4/2022", "2022-04");
  }

  ReportId ask(const char* title, const char* period) {
    NewRequest asked;
    asked.request = {{}, district_, title, org::kGovernment, period, kToday, true};
    asked.indicators = {"F1", "F2"};
    asked.units = {first_};
    asked.outline = {{"1", "Kết quả", "", true}, {"2", "Hạn chế", "", false}};
    return db_->write([&](store::Tx& tx) {
      const RequestId request = create_request(tx, ha_, now(), asked).value();
      return report_store::of_unit(tx, first_, 0, 10).front().request.id == request
                 ? report_store::of_unit(tx, first_, 0, 10).front().report.id
                 : ReportId{};
    });
  }

  Now now() { return {base::Instant{1'646'000'000'000'000 + ++tick_ * 60'000'000}, kToday}; }

  Sheet sheet(ReportId report) {
    return db_->read([&](store::Tx& tx) { return report_store::sheet(tx, report).value(); });
  }
  OnReport on(ReportId report) { return {report, sheet(report).report.revision}; }

  std::string write(ReportId report, const char* section, std::vector<std::string> texts,
                    BlockId from = {}) {
    std::vector<BlockDraft> drafts;
    for (std::size_t i = 0; i < texts.size(); ++i)
      drafts.push_back({{}, texts[i], from, "/blocks/" + std::to_string(i)});
    const OnReport at = on(report);
    return tried([&](store::Tx& tx) { return put_section(tx, lan_, now(), at, section, drafts); });
  }
  std::string fill(ReportId report, const char* first, const char* second) {
    Entry one, two;
    one.indicator = "F1";
    two.indicator = "F2";
    one.state = two.state = FactState::value;
    one.figure = first;
    two.figure = second;
    const OnReport at = on(report);
    return tried([&](store::Tx& tx) { return put_cells(tx, lan_, now(), at, {one, two}); });
  }
  std::string fill_first(ReportId report, const char* figure) {
    Entry one;
    one.indicator = "F1";
    one.state = FactState::value;
    one.figure = figure;
    const OnReport at = on(report);
    return tried([&](store::Tx& tx) { return put_cells(tx, lan_, now(), at, {one}); });
  }
  std::string submit(ReportId report) {
    const OnReport at = on(report);
    return tried([&](store::Tx& tx) { return submit_report(tx, lan_, now(), at); });
  }
  std::string give_back(ReportId report, std::vector<ReturnedCell> cells,
                        std::vector<ReturnedSection> sections) {
    const OnReport at = on(report);
    return tried(
        [&](store::Tx& tx) { return return_report(tx, ha_, now(), at, "", cells, sections); });
  }
  std::string shown(ReportId report, const std::string& text) {
    return db_->read([&](store::Tx& tx) {
      const Sheet of = report_store::sheet(tx, report).value();
      return BoundFigures(tx, of.report.unit,
                          report_store::find_request(tx, of.report.request).value())
          .shown(text);
    });
  }
  std::optional<RoundDifferences> changed(ReportId report, std::int64_t round = 0) {
    return db_->read([&](store::Tx& tx) {
      return differences(tx, report_store::sheet(tx, report).value(), round);
    });
  }
  static const Block& only(const Sheet& sheet) { return sheet.narrative.sections[0].blocks.at(0); }

  std::int64_t tick_ = 0;
  ReportId march_, april_;
};

INSTANTIATE_TEST_SUITE_P(EachDatabase, Words, ::testing::ValuesIn(store::testing::databases()),
                         [](const auto& one) { return one.param; });

TEST_P(Words, AreKeptWithTheirHistoryAndOnlyByWhoEnters) {
  ASSERT_EQ(write(march_, "1", {"Xã mở 2 hội nghị"}), "");
  const Block first = only(sheet(march_));
  EXPECT_EQ(first.text, "Xã mở 2 hội nghị");
  ASSERT_EQ(write(march_, "1", {"Xã mở 3 hội nghị"}), "");
  EXPECT_EQ(only(sheet(march_)).id, first.id);
  EXPECT_EQ(only(sheet(march_)).revision, 1) << "typed in one go";
  tick_ += 30;
  ASSERT_EQ(write(march_, "1", {"Xã mở 4 hội nghị"}), "");
  EXPECT_EQ(only(sheet(march_)).revision, 2);
  db_->read([&](store::Tx& tx) {
    const auto history = narrative_store::history(tx, first.id);
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[1].text, "Xã mở 3 hội nghị");
  });
  const OnReport at = on(march_);
  const auto by = [&](const auth::Actor& actor, OnReport report) {
    return tried([&](store::Tx& tx) {
      return put_section(tx, actor, now(), report, "1", {{{}, "x", {}, ""}});
    });
  };
  EXPECT_EQ(by(ha_, at), " authority.not_yours;");
  EXPECT_EQ(by(minh_, at), " report.not_found;");
  EXPECT_EQ(by(lan_, {march_, at.revision - 1}), " report.changed;");
  EXPECT_EQ(only(sheet(march_)).text, "Xã mở 4 hội nghị");
}

TEST_P(Words, ShowTheFiguresTheyAreBoundTo) {
  EXPECT_EQ(shown(march_, "{{F1}}"), "chưa có số liệu");
  ASSERT_EQ(fill(march_, "1234", "0"), "");
  EXPECT_EQ(shown(march_, "Có {{F1+unit}}, {{F2}} mới, {{F1:previous}}, {{D1}}, {{F9}}"),
            "Có 1.234 người, 0 mới, chưa có số liệu, chưa có số liệu, {{F9}}");
  EXPECT_EQ(shown(april_, "{{F1:previous}}"), "1.234");
  EXPECT_EQ(write(march_, "1", {"{{F9}}", "{{10186!F1}} {{D1:estimate}}"}),
            "/blocks/0/text narrative.figure_unknown;/blocks/1/text narrative.figure_unit;"
            "/blocks/1/text narrative.figure_kind;");
  ASSERT_EQ(write(march_, "1", {"Đạt {{F1}}"}), "");
  const BlockId block = only(sheet(march_)).id;
  db_->read([&](store::Tx& tx) {
    const auto bound = narrative_store::bindings(tx, block);
    ASSERT_EQ(bound.size(), 1U);
    EXPECT_EQ(bound[0].amount, 1234);
    EXPECT_EQ(bound[0].fact_revision, 1);
  });
}

TEST_P(Words, ShowTotalsOfAcceptedFigures) {
  ASSERT_EQ(fill(march_, "30", "40"), "");
  ASSERT_EQ(write(march_, "1", {"Đạt {{F1}}"}), "");
  EXPECT_EQ(shown(march_, "{{D1+unit}} {{F1@2022-Q1}}"), "chưa có số liệu chưa có số liệu");
  ASSERT_EQ(submit(march_), "");
  const OnReport at = on(march_);
  ASSERT_EQ(tried([&](store::Tx& tx) { return accept_report(tx, ha_, now(), at); }), "");
  EXPECT_EQ(shown(march_, "{{D1+unit}} {{F1@2022-Q1}} {{F1:total}}"), "75,00% 30 30");
}

TEST_P(Words, ComeBackWithARemarkAndGoUpAgainWithExactDifferences) {
  ASSERT_EQ(fill(march_, "5", "7"), "");
  EXPECT_EQ(submit(march_), "/sections/0 narrative.section_empty;");
  ASSERT_EQ(write(march_, "1", {"Kết nạp {{F1}} đảng viên", "Mở 2 hội nghị"}), "");
  ASSERT_EQ(submit(march_), "");
  EXPECT_FALSE(changed(march_));
  ASSERT_EQ(give_back(march_, {{"F1", "kiểm lại với danh sách", ""}},
                      {{"1", "nêu rõ kết quả hội nghị", ""}}),
            "");
  EXPECT_EQ(sheet(march_).narrative.sections[0].remark, "nêu rõ kết quả hội nghị");
  EXPECT_EQ(write(march_, "2", {"x"}), " narrative.section_not_returned;");
  ASSERT_EQ(fill_first(march_, "6"), "");
  ASSERT_EQ(write(march_, "1", {"Kết nạp {{F1}} đảng viên", "Mở 3 hội nghị"}), "");
  ASSERT_EQ(submit(march_), "");
  using Kind = base::Span::Kind;
  const auto first = changed(march_);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->round.round, 1);
  ASSERT_EQ(first->cells.size(), 1U);
  EXPECT_EQ(first->cells[0].before.amount, 5);
  EXPECT_EQ(first->cells[0].after.amount, 6);
  ASSERT_EQ(first->sections.size(), 1U);
  EXPECT_EQ(first->sections[0].spans, (std::vector<base::Span>{{Kind::same, "Kết nạp "},
                                                               {Kind::removed, "5"},
                                                               {Kind::added, "6"},
                                                               {Kind::same, " đảng viên\nMở "},
                                                               {Kind::removed, "2"},
                                                               {Kind::added, "3"},
                                                               {Kind::same, " hội nghị"}}));
  // A second round is counted apart, and the first still says what it said.
  ASSERT_EQ(give_back(march_, {}, {{"1", "bớt đoạn hội nghị đi", ""}}), "");
  EXPECT_TRUE(changed(march_)->cells.empty());
  ASSERT_EQ(write(march_, "1", {"Kết nạp {{F1}} đảng viên"}), "");
  ASSERT_EQ(submit(march_), "");
  const auto second = changed(march_);
  EXPECT_EQ(second->round.round, 2);
  EXPECT_EQ(second->sections[0].spans,
            (std::vector<base::Span>{{Kind::same, "Kết nạp 6 đảng viên"},
                                     {Kind::removed, "\nMở 3 hội nghị"}}));
  EXPECT_EQ(changed(march_, 1)->cells.size(), 1U);
  EXPECT_EQ(changed(march_, 1)->sections[0].spans, first->sections[0].spans);
  EXPECT_FALSE(changed(march_, 3));
}

TEST_P(Words, TellWhatWasTakenFromThePeriodBefore) {
  ASSERT_EQ(write(march_, "1", {"Tháng 3 xã mở 2 hội nghị quán triệt Quy định 37"}), "");
  const Block before = only(sheet(march_));
  const auto previous = db_->read(
      [&](store::Tx& tx) { return previous_report(tx, report_store::find(tx, april_).value()); });
  ASSERT_TRUE(previous);
  EXPECT_EQ(previous->report, march_);
  ASSERT_EQ(write(april_, "1", {"Tháng 4 xã mở 2 hội nghị quán triệt Quy định 37"}, before.id), "");
  EXPECT_EQ(only(sheet(april_)).from, before.id);
  const auto beside = beside_previous(sheet(april_).narrative.sections[0], *previous);
  ASSERT_TRUE(beside);
  EXPECT_EQ(beside->sameness, Sameness::dates);
  EXPECT_EQ(beside->likeness, 100);
  EXPECT_FALSE(beside_previous(sheet(april_).narrative.sections[1], *previous));
  EXPECT_EQ(write(april_, "1", {"x"}, BlockId{999}), "/blocks/0/from narrative.block_unknown;");
}

}  // namespace
}  // namespace report
