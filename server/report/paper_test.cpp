#include "report/paper.h"

#include <gtest/gtest.h>

#include "office/package.h"
#include "registry/template.h"

namespace report {
namespace {

const base::Date kOf2022(2022, 4, 28), kOf2026(2026, 2, 5);
const Issuer kDistrict{"Huyện Thường Tín", "Huyện", "Thành phố Hà Nội"};

PaperForm form(const char* asked, const std::string& line, base::Date day) {
  return paper_form(asked, line, day).value();
}

TEST(PaperForm, FollowsTheLineAndTheDay) {
  EXPECT_EQ(form("", "government", kOf2022).layout, office::Profile::party_36_2018);
  EXPECT_EQ(form("", "party", kOf2026).layout, office::Profile::party_05_2026);
  EXPECT_EQ(form("", "front", kOf2022).layout, office::Profile::front);
  EXPECT_EQ(form("", "youth", kOf2022).layout, office::Profile::youth_union);
  EXPECT_EQ(form("state-nd30-2020", "government", kOf2022).issuer, registry::IssuerKind::state);
  EXPECT_EQ(paper_form("khac", "party", kOf2022).error().front().code, "paper.profile");
}

TEST(PaperHead, NamesTheBodyAsTheProfileDoes) {
  const auto party = headed_paper(kDistrict, form("", "government", kOf2022), kOf2022);
  EXPECT_EQ(party.header.superior, "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI");
  EXPECT_EQ(party.header.issuer, "HUYỆN ỦY THƯỜNG TÍN");
  EXPECT_EQ(party.header.number, "Số      -BC/HU");
  EXPECT_EQ(party.header.place_date, "Thường Tín, ngày 28 tháng 4 năm 2022");
  EXPECT_EQ(party.signature->capacity, "T/M BAN THƯỜNG VỤ");
  EXPECT_EQ(party.signature->recipients.back(), "Lưu Văn phòng Huyện ủy");
  const auto state =
      headed_paper(kDistrict, form("state-nd30-2020", "government", kOf2026), kOf2026);
  EXPECT_EQ(state.header.superior, "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI");
  EXPECT_EQ(state.header.issuer, "ỦY BAN NHÂN DÂN HUYỆN THƯỜNG TÍN");
  EXPECT_EQ(state.header.number, "Số:      /BC-UBND");
  EXPECT_EQ(state.header.place_date, "Thường Tín, ngày 05 tháng 02 năm 2026");
  EXPECT_EQ(state.signature->capacity, "TM. ỦY BAN NHÂN DÂN");
  EXPECT_EQ(state.signature->recipients.back(), "Lưu: VT");
  const auto front = headed_paper(kDistrict, form("", "front", kOf2022), kOf2022);
  EXPECT_EQ(front.header.superior, "MẶT TRẬN TỔ QUỐC VIỆT NAM\nHUYỆN THƯỜNG TÍN");
  EXPECT_EQ(front.header.issuer, "BAN THƯỜNG TRỰC");
  EXPECT_EQ(front.header.number, "Số:      /BC-MTTQ-BTT");
  const auto city = headed_paper({"Thành phố Hà Nội", "Thành phố Trung ương", ""},
                                 form("", "party", kOf2022), kOf2022);
  EXPECT_EQ(city.header.issuer, "THÀNH ỦY HÀ NỘI");
  EXPECT_EQ(city.header.superior, "");
  const auto commune =
      headed_paper({"Xã Hòa Bình", "Xã", "Huyện Thường Tín"}, form("", "party", kOf2022), kOf2022);
  EXPECT_EQ(commune.header.issuer, "ĐẢNG ỦY XÃ HÒA BÌNH");
  EXPECT_EQ(commune.header.number, "Số      -BC/ĐU");
}

TEST(PaperHead, DoesNotSayTheKindTwice) {
  const PaperForm party = form("", "party", kOf2022);
  const PaperForm state = form("state-nd30-2020", "government", kOf2022);
  EXPECT_EQ(subject_of("Báo cáo đánh giá quý I", party), "đánh giá quý I");
  EXPECT_EQ(subject_of("Báo cáo đánh giá quý I", state), "Đánh giá quý I");
  EXPECT_EQ(subject_of("Kết quả", party), "Kết quả");
  EXPECT_EQ(subject_of("Báo cáo ", party), "Báo cáo ");
}

TEST(WrittenPaper, TakesTheUnitsOwnTemplate) {
  office::Document paper = headed_paper(kDistrict, form("", "party", kOf2022), kOf2022);
  paper.header.type = "BÁO CÁO";
  paper.blocks = {office::Table{"Biểu 01",
                                "",
                                {{"STT", 9, false}, {"Chỉ tiêu", 40, false}},
                                {{"1", "Số hộ"}, {"2", "Số xã"}},
                                {},
                                false}};
  paper.annexes = {office::Table{"Biểu 02",
                                 "",
                                 {{"STT", 9, false}, {"Đơn vị", 40, false}, {"F05", 20, true}},
                                 {{"", "Toàn huyện", "9"}, {"1", "Xã A", "4"}, {"2", "Xã B", "5"}},
                                 {true},
                                 true}};
  office::Document own;
  own.blocks = {office::Paragraph{office::Paragraph::Kind::body, "Kỳ {{ky_bao_cao}}"},
                office::Paragraph{office::Paragraph::Kind::body,
                                  "{{#chi_tieu}}{{stt}}={{ten}};{{/chi_tieu}}"},
                office::Table{"",
                              "",
                              {{"Tên", 40, false}, {"Số", 20, true}},
                              {{"{{#don_vi}}{{ten}}", "{{so_lieu_1}}{{/don_vi}}"}},
                              {},
                              false}};
  own.watermark_note = "{{ghi_chu}}";
  const auto read =
      office::Template::read(office::write_docx(own), registry::template_fields("BC"));
  ASSERT_TRUE(read) << read.error().front().code;
  const auto made = written_paper(paper, *read, "quý I năm 2022");
  ASSERT_TRUE(made);
  const std::string part = office::part_of(*made, "word/document.xml");
  for (const char* words : {"quý I năm 2022", "Số hộ", "Số xã", ">Xã A<", ">4<", ">Xã B<", ">5<"})
    EXPECT_NE(part.find(words), std::string::npos) << words;
  EXPECT_EQ(part.find("Toàn huyện"), std::string::npos) << "the total is no unit";
  EXPECT_EQ(part.find("{{"), std::string::npos);
}

}  // namespace
}  // namespace report
