#include "report/narrative.h"

#include <gtest/gtest.h>

#include "report/report.h"

namespace report {
namespace {

using Codes = std::vector<std::string>;

template <class T>
Codes codes(const base::Result<T>& result) {
  Codes made;
  if (!result) {
    for (const base::Problem& problem : result.error()) made.push_back(problem.code);
  }
  return made;
}

/// Two sections, "1" which must be written and "2" which may be.
Sheet sheet(ReportState state = ReportState::draft) {
  Sheet made;
  made.report.state = state;
  for (const char* const code : {"1", "2"}) {
    Section section;
    section.asked = {code, std::string("Mục ") + code, "", std::string_view(code) == "1"};
    made.narrative.sections.push_back(section);
  }
  return made;
}

BlockDraft draft(const char* text, std::int64_t id = 0) { return {{id}, text, {}, "/blocks/0"}; }

base::Result<Narrative> write(const Sheet& to, const char* code, std::vector<BlockDraft> drafts) {
  return write_section(to.narrative, to.report.state, code, std::move(drafts));
}

/// Written and saved: every paragraph has its id.
Sheet written() {
  Sheet made = sheet();
  made.narrative = write(made, "1", {draft("một"), draft("hai"), draft("ba")}).value();
  std::int64_t id = 0;
  for (Block& block : made.narrative.sections[0].blocks) block.id = {++id};
  return made;
}

std::vector<std::int64_t> ids(const Section& section) {
  std::vector<std::int64_t> made;
  for (const Block& block : section.blocks) made.push_back(block.id.value);
  return made;
}

TEST(WriteSection, TidiesParagraphsAndLetsEmptyOnesFall) {
  const auto narrative = write(sheet(), "1", {draft("  Kết  nạp {{F05}} "), draft(" \n ")});
  ASSERT_TRUE(narrative);
  ASSERT_EQ(narrative->sections[0].blocks.size(), 1U);
  EXPECT_EQ(narrative->sections[0].blocks[0].text, "Kết nạp {{F05}}");
  EXPECT_TRUE(has_figure(narrative->sections[0]));
  EXPECT_FALSE(has_figure(written().narrative.sections[0]));
}

TEST(WriteSection, KnowsAParagraphAgainByItsWordsThenByItsPlace) {
  const auto narrative = write(written(), "1", {draft("mới"), draft("ba"), draft("hai nữa")});
  ASSERT_TRUE(narrative);
  EXPECT_EQ(ids(narrative->sections[0]), (std::vector<std::int64_t>{1, 3, 2}));
  EXPECT_TRUE(narrative->sections[0].blocks[0].is_changed);
  EXPECT_FALSE(narrative->sections[0].blocks[1].is_changed);
  const auto shorter = write(written(), "1", {draft("ba"), draft("một")});
  EXPECT_EQ(shorter->sections[0].removed, (std::vector<BlockId>{{2}}));
}

TEST(WriteSection, SaysEveryFaultAtOnce) {
  EXPECT_EQ(codes(write(written(), "1",
                        {draft("x {{F05", 0), draft("y", 9), draft("z", 1), draft("w", 1)})),
            (Codes{"narrative.figure_form", "narrative.block_unknown", "narrative.block_twice"}));
  EXPECT_EQ(codes(write(sheet(), "3", {})), (Codes{"narrative.section_unknown"}));
  EXPECT_EQ(codes(write(sheet(), "1", std::vector<BlockDraft>(201, draft("x")))),
            (Codes{"narrative.section_long"}));
}

TEST(WriteSection, IsRefusedWhileTheSuperiorHasTheReportOrDidNotReturnTheSection) {
  Sheet sent = submit(written()).value();
  EXPECT_EQ(codes(write(sent, "1", {draft("x")})), (Codes{"report.locked"}));
  const Sheet back = give_back(sent, "", {}, {{"2", "bổ sung kết quả kinh tế", ""}}).value();
  EXPECT_EQ(codes(write(back, "1", {draft("x")})), (Codes{"narrative.section_not_returned"}));
  EXPECT_TRUE(write(back, "2", {draft("x")}));
}

TEST(Outline, WantsEachCodeOnceAndFitForAnAddress) {
  const auto faults = faults_of(
      {{"I", "", "", true}, {"I", "", "", true}, {"a/b", "", "", true}, {"V.2", "", "", true}});
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].code, "narrative.section_twice");
  EXPECT_EQ(faults[1].code, "narrative.section_code");
}

TEST(SubmitReport, WantsTheSectionsThatMustBeWritten) {
  const auto refused = submit(sheet());
  EXPECT_EQ(codes(refused), (Codes{"narrative.section_empty"}));
  EXPECT_EQ(refused.error()[0].field, "/sections/0");
  EXPECT_TRUE(submit(written()));
}

TEST(ReturnReport, OpensOnlyTheNamedSectionAndNoCell) {
  Sheet sent = submit(written()).value();
  Cell cell;
  cell.fact.status = FactStatus::submitted;
  sent.cells.push_back(cell);
  const Sheet back = give_back(sent, "", {}, {{"1", "viết rõ nguyên nhân hơn", ""}}).value();
  EXPECT_EQ(back.narrative.sections[0].status, FactStatus::returned);
  EXPECT_EQ(back.narrative.sections[0].remark, "viết rõ nguyên nhân hơn");
  EXPECT_EQ(back.narrative.sections[1].status, FactStatus::submitted);
  EXPECT_EQ(back.cells[0].fact.status, FactStatus::submitted);
  const Sheet whole = give_back(sent, "làm lại cả báo cáo này", {}).value();
  EXPECT_EQ(whole.narrative.sections[1].status, FactStatus::returned);
  EXPECT_EQ(whole.cells[0].fact.status, FactStatus::returned);
}

TEST(ReturnReport, WantsAnAskedSectionOnceAndAReason) {
  EXPECT_EQ(codes(give_back(submit(written()).value(), "", {},
                            {{"1", "sai", ""},
                             {"1", "viết rõ nguyên nhân hơn", ""},
                             {"9", "viết rõ nguyên nhân hơn", ""}})),
            (Codes{"report.remark_short", "narrative.section_twice", "narrative.section_unknown"}));
}

TEST(AcceptReport, AcceptsTheWordsToo) {
  const Sheet accepted = accept(submit(written()).value()).value();
  EXPECT_EQ(accepted.narrative.sections[0].status, FactStatus::accepted);
}

}  // namespace
}  // namespace report
