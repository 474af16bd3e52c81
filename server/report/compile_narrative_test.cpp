#include "report/compile_narrative.h"

#include <gtest/gtest.h>

#include <chrono>

#include "direct/testing.h"
#include "report/paper.h"
#include "report/write_narrative.h"

namespace report {
namespace {

/// Three communes answer one request with a section "1"; their reports are accepted.
class Compiled : public direct::testing::World {
 protected:
  static PaperForm form() { return paper_form("", org::kGovernment, kToday).value(); }
  Compiled() {
    NewRequest asked;
    asked.request = {{}, district_, "Báo cáo tháng", org::kGovernment, "2022-03", kToday, true};
    asked.indicators = {"F1"};
    asked.units = {first_, second_, third_};
    asked.outline = {{"1", "Hạn chế", "", true}, {"2", "Kiến nghị", "", false}};
    db_->write([&](store::Tx& tx) {
      request_.id = create_request(tx, ha_, now(), asked).value();
      request_ = report_store::find_request(tx, request_.id).value();
    });
    hand_up(lan_, first_, {"Tỷ lệ hồ sơ trực tuyến thấp, mới đạt {{F1+unit}}", "Máy quét hỏng"});
    hand_up(minh_, second_, {"Tỷ lệ hồ sơ trực tuyến thấp, mới đạt {{F1+unit}}."});
    hand_up(tam_, third_, {"Đường liên thôn xuống cấp nặng"});
  }

  Now now() { return {base::Instant{1'646'000'000'000'000 + ++tick_ * 60'000'000}, kToday}; }

  void hand_up(const auth::Actor& clerk, org::UnitId unit, const std::vector<std::string>& texts) {
    db_->write([&](store::Tx& tx) {
      const ReportId report = report_store::of_unit(tx, unit, 0, 1).front().report.id;
      Entry entry;
      entry.indicator = "F1";
      entry.state = FactState::value;
      entry.figure = "7";
      std::vector<BlockDraft> drafts;
      for (const auto& text : texts) drafts.push_back({{}, text, {}, ""});
      ASSERT_TRUE(put_cells(tx, clerk, now(), {report, 1}, {entry}));
      ASSERT_TRUE(put_section(tx, clerk, now(), {report, 2}, "1", drafts));
      ASSERT_TRUE(submit_report(tx, clerk, now(), {report, 3}));
      ASSERT_TRUE(accept_report(tx, ha_, now(), {report, 4}));
    });
  }
  Gathered gathered(const auth::Actor& actor, bool everything = true) {
    return db_->read([&](store::Tx& tx) {
      return gather_narrative(tx, org::scope_of(actor, kToday), request_, "1", false, everything)
          .value();
    });
  }
  std::string put(const ConsolidatedSection& written, const auth::Actor& actor) {
    return tried(
        [&](store::Tx& tx) { return put_consolidated(tx, actor, now(), request_.id, written); });
  }
  static SourceMark mark(const SourceBlock& source) {
    return {source.block.id, source.block.revision};
  }
  /// The two alike merged into one, the third picked, the broken scanner left out.
  ConsolidatedSection merged() {
    const auto sources = gathered(ha_).sources;
    return {"1",
            1,
            {{{},
              "Hồ sơ trực tuyến toàn huyện mới đạt {{F1:total+unit}}",
              {mark(sources[0]), mark(sources[2])},
              "/blocks/0"},
             {{}, sources[3].block.text, {mark(sources[3])}, "/blocks/1"},
             {{}, "Đoạn của huyện", {}, "/blocks/2"}},
            {{sources[1].block.id, "đã sửa xong trong tháng", "", {}}}};
  }

  std::int64_t tick_ = 0;
  Request request_;
};

INSTANTIATE_TEST_SUITE_P(EachDatabase, Compiled, ::testing::ValuesIn(store::testing::databases()),
                         [](const auto& one) { return one.param; });

TEST_P(Compiled, GathersTheUnitsParagraphsAlikeOnesTogether) {
  const Gathered all = gathered(ha_);
  ASSERT_EQ(all.sources.size(), 4U);
  EXPECT_EQ(all.groups, (std::vector<std::vector<std::size_t>>{{0, 2}, {1}, {3}}));
  EXPECT_TRUE(all.used_in.empty());
  const Gathered own = gathered(minh_, false);
  ASSERT_EQ(own.sources.size(), 1U);
  EXPECT_EQ(own.sources[0].unit, second_);
}

TEST_P(Compiled, KeepsWhereEveryParagraphCameFromAndListsWhatWasLeftOut) {
  ASSERT_EQ(put(merged(), ha_), "");
  const Gathered after = gathered(ha_);
  EXPECT_EQ(after.revision, 2);
  ASSERT_EQ(after.blocks.size(), 3U);
  EXPECT_EQ(after.blocks[0].sources.size(), 2U);
  EXPECT_EQ(after.used_in.size(), 3U);
  EXPECT_EQ(after.reasons.at(after.sources[1].block.id).reason, "đã sửa xong trong tháng");
  const auto counts = db_->read([&](store::Tx& tx) {
    return count_narrative(tx, org::scope_of(ha_, kToday), request_, true);
  });
  EXPECT_EQ(counts[0].units, 3);
  EXPECT_EQ(counts[0].sources - counts[0].used, 1);
  EXPECT_EQ(counts[0].blocks, 3);
  EXPECT_EQ(counts[1].sources, 0);
  const auto read = db_->read([&](store::Tx& tx) { return read_narrative(tx, request_); });
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].paragraphs[0].text, "Hồ sơ trực tuyến toàn huyện mới đạt 21 người");
  EXPECT_EQ(read[0].paragraphs[0].units, (std::vector<org::UnitId>{first_, second_}));
  EXPECT_TRUE(read[0].paragraphs[2].units.empty());
}

TEST_P(Compiled, IsWrittenByTheRequesterAloneAndNeverOverSomebody) {
  ConsolidatedSection written = merged();
  EXPECT_EQ(put(written, lan_), " authority.not_yours;");
  ASSERT_EQ(put(written, ha_), "");
  EXPECT_EQ(put(written, ha_), " narrative.changed;");
  EXPECT_EQ(gathered(ha_).blocks.size(), 3U);
  written.revision = 2;
  written.section = "9";
  EXPECT_EQ(put(written, ha_), " narrative.section_unknown;");
}

TEST_P(Compiled, SaysEveryFaultAtOnceAndKeepsNothing) {
  const SourceMark known = mark(gathered(ha_).sources[0]);
  const ConsolidatedSection wrong{
      "1",
      1,
      {{{77}, "{{F9}} {{F1", {known, known, {{999}, 1}, {known.block, 5}}, "/blocks/0"}},
      {{{998}, "không rõ", "", {}}}};
  EXPECT_EQ(put(wrong, ha_),
            "/blocks/0/text narrative.figure_form;/blocks/0/text narrative.figure_unknown;"
            "/blocks/0/sources/1 narrative.block_twice;"
            "/blocks/0/sources/2 narrative.source_unknown;"
            "/blocks/0/sources/3 narrative.source_unknown;/blocks/0/id narrative.block_unknown;"
            "/left_out/0/block narrative.source_unknown;");
  EXPECT_EQ(gathered(ha_).revision, 1);
}

TEST_P(Compiled, FlagsAParagraphThatChangedAfterItWasPicked) {
  ASSERT_EQ(put(merged(), ha_), "");
  EXPECT_FALSE(gathered(ha_).marks[1][0].has_changed);
  db_->write([&](store::Tx& tx) {
    const ReportId report = report_store::of_unit(tx, third_, 0, 1).front().report.id;
    ASSERT_TRUE(
        return_report(tx, ha_, now(), {report, 5}, "", {}, {{"1", "nêu rõ thôn nào hỏng", ""}}));
    ASSERT_TRUE(put_section(tx, tam_, now(), {report, 6}, "1",
                            {{{}, "Đường liên thôn Đông Cứu xuống cấp nặng", {}, ""}}));
  });
  const SourceNow returned = gathered(ha_).marks[1][0];
  EXPECT_TRUE(returned.has_changed);
  EXPECT_EQ(returned.now.block.revision, 2);
  using Kind = base::Span::Kind;
  EXPECT_EQ(returned.changes, (std::vector<base::Span>{{Kind::same, "Đường liên thôn "},
                                                       {Kind::added, "Đông Cứu "},
                                                       {Kind::same, "xuống cấp nặng"}}));
  EXPECT_FALSE(gathered(ha_).marks[0][0].has_changed);
}

TEST_P(Compiled, GoesIntoTheDocumentWithItsSourcesAsAnAnnexWhenAsked) {
  ASSERT_EQ(put(merged(), ha_), "");
  const auto made = [&](bool sources) {
    return db_->read(
        [&](store::Tx& tx) { return consolidated_document(tx, request_, kToday, form(), sources); });
  };
  const office::Document plain = made(false), told = made(true);
  std::vector<std::string> texts;
  for (const auto& block : plain.blocks) {
    if (const auto* paragraph = std::get_if<office::Paragraph>(&block))
      texts.push_back(paragraph->text);
  }
  EXPECT_NE(std::find(texts.begin(), texts.end(), "II- HẠN CHẾ"), texts.end());
  EXPECT_NE(std::find(texts.begin(), texts.end(), "III- KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"),
            texts.end());
  EXPECT_EQ(plain.annexes.size() + 1, told.annexes.size());
  const auto& annex = std::get<office::Table>(told.annexes.back());
  EXPECT_EQ(annex.rows[0][3], "Xã 10183, Xã 10186");
  EXPECT_EQ(annex.rows[2][3], "Đơn vị tổng hợp viết");
}

TEST_P(Compiled, MakesADocumentOfFiveHundredPages) {
  std::string long_text;
  while (long_text.size() < 2600)
    long_text += "Đảng bộ và nhân dân trong huyện đã nỗ lực phấn đấu ";
  ConsolidatedSection written{"1", 1, {}, {}};
  for (int i = 0; i < 1000; ++i)
    written.blocks.push_back({{}, long_text + "{{F1:total}}", {}, "/blocks"});
  ASSERT_EQ(put(written, ha_), "");
  const auto began = std::chrono::steady_clock::now();
  const std::string file = office::write_docx(
      db_->read([&](store::Tx& tx) { return consolidated_document(tx, request_, kToday, form(), true); }));
  const auto took = std::chrono::steady_clock::now() - began;
  std::cout << file.size() / 1024 << " KiB in "
            << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
  EXPECT_GT(file.size(), 10'000U);
  EXPECT_LT(took, std::chrono::seconds(20));
}

}  // namespace
}  // namespace report
