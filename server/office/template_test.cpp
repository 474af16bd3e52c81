#include "office/template.h"

#include <gtest/gtest.h>

#include "office/made_docx_test.h"

namespace office {
namespace {

using namespace testing;
using Kind = TemplateField::Kind;
using Lines = std::vector<std::string>;

const std::vector<TemplateField> kKnown{{"so_ky_hieu", Kind::text, "", "", {}, false},
                                        {"trich_yeu", Kind::text, "", "", {}, false},
                                        {"don_vi", Kind::rows, "", "", {"stt", "ten"}, false},
                                        {"noi_dung", Kind::blocks, "", "", {}, false},
                                        {"phu_luc", Kind::blocks, "", "", {}, false}};

MadeDocx body_of(const std::string& body) {
  MadeDocx made;
  made.body = body;
  return made;
}

/// Code and args of each fault.
std::string faults_of(const std::string& bytes, const std::vector<TemplateField>& known = kKnown) {
  const auto read = Template::read(bytes, known);
  if (read) return "";
  std::string codes;
  for (const auto& problem : read.error()) {
    codes += (codes.empty() ? "" : "; ") + problem.code;
    if (!problem.args.empty()) codes += " " + problem.args.front();
  }
  return codes;
}

std::string filled(const std::string& bytes, const TemplateValues& values) {
  const auto read = Template::read(bytes, kKnown);
  if (!read) {
    ADD_FAILURE() << faults_of(bytes);
    return {};
  }
  return read->fill(values).value();
}

TemplateValues values_of() {
  TemplateValues values;
  values.texts = {{"so_ky_hieu", "Số 05-BC/HU"}, {"trich_yeu", "kết quả"}};
  values.rows["don_vi"] = {{{"stt", "1"}, {"ten", "Xã A"}}, {{"stt", "2"}, {"ten", "Xã B"}}};
  return values;
}

TEST(Templates, FillAFieldSplitOverRunsWithTheLookOfItsFirstLetter) {
  const std::string body = "<w:p>" + run("x ") + run("{", "<w:b/>") +
                           "<w:proofErr w:type=\"spellStart\"/>" + run("{so_ky") +
                           "<w:bookmarkStart w:id=\"1\" w:name=\"b\"/>" + run("_hieu}", "<w:i/>") +
                           run("} y") + "</w:p>";
  const std::string bytes = filled(body_of(body).bytes(), values_of());
  EXPECT_EQ(lines_of(bytes), Lines{"x Số 05-BC/HU y"});
  const auto tree = tree_of(bytes);
  const auto words = tree.select_node("//w:t[contains(., '05-BC')]").node();
  EXPECT_TRUE(words.parent().child("w:rPr").child("w:b"));
  EXPECT_FALSE(words.parent().child("w:rPr").child("w:i"));
}

TEST(Templates, FillSeveralFieldsOfOneParagraph) {
  const std::string body = paragraph("{{so_ky_hieu}}: {{ Trích yếu }}, {{so_ky_hieu}}.");
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), values_of())),
            Lines{"Số 05-BC/HU: kết quả, Số 05-BC/HU."});
}

TEST(Templates, PutInTextAndNothingElse) {
  TemplateValues values = values_of();
  for (const std::string text :
       {"</w:t><w:fldSimple w:instr=\"DDEAUTO\"/>", "{{trich_yeu}}", "=1+1", "a & b", "]]>"}) {
    values.texts["so_ky_hieu"] = text;
    const std::string bytes = filled(body_of(paragraph("{{so_ky_hieu}}")).bytes(), values);
    EXPECT_EQ(lines_of(bytes), Lines{text}) << "never looked through again";
    EXPECT_FALSE(tree_of(bytes).select_node("//w:fldSimple"));
  }
  values.texts["so_ky_hieu"] = "Ha\xCC\x80\nb\tc";
  EXPECT_EQ(lines_of(filled(body_of(paragraph("{{so_ky_hieu}} z")).bytes(), values)),
            Lines{"Hà|b>c z"});
  values.texts["so_ky_hieu"] = "\xFF";
  const auto read = Template::read(body_of(paragraph("{{so_ky_hieu}}")).bytes(), kKnown);
  EXPECT_THROW((void)read->fill(values), std::invalid_argument);
}

TEST(Templates, LeaveOutAParagraphWhoseOnlyFieldIsEmpty) {
  TemplateValues values = values_of();
  values.texts["so_ky_hieu"] = "";
  const std::string body = paragraph("{{so_ky_hieu}}") + paragraph("a {{so_ky_hieu}}") +
                           table_of_rows({row_of({"{{so_ky_hieu}}"})}) + paragraph("b");
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), values)), (Lines{"a ", "", "b"}))
      << "a cell keeps a paragraph";
}

TEST(Templates, RepeatARowOfATable) {
  const std::string body =
      table_of_rows({row_of({"STT", "Tên"}), row_of({"{{#don_vi}}{{stt}}", "{{ten}}{{/don_vi}}"}),
                     row_of({"", "hết"})}) +
      paragraph("z");
  const std::string bytes = filled(body_of(body).bytes(), values_of());
  EXPECT_EQ(lines_of(bytes), (Lines{"STT", "Tên", "1", "Xã A", "2", "Xã B", "", "hết", "z"}));
  TemplateValues none = values_of();
  none.rows.clear();
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), none)), (Lines{"STT", "Tên", "", "hết", "z"}));
}

TEST(Templates, RepeatSeveralRowsAndDropThoseOfTheMarks) {
  const std::string body = table_of_rows({row_of({"{{#don_vi}}"}), row_of({"{{ten}}"}),
                                          row_of({"{{so_ky_hieu}}"}), row_of({"{{/don_vi}}"})}) +
                           paragraph("z");
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), values_of())),
            (Lines{"Xã A", "Số 05-BC/HU", "Xã B", "Số 05-BC/HU", "z"}));
}

TEST(Templates, RepeatParagraphsInTheTextAndInACell) {
  const std::string three =
      paragraph("{{#don_vi}}") + paragraph("- {{ten}};") + paragraph("{{/don_vi}}");
  const std::string body = three + table_of_rows({"<w:tr>" + cell_of(three) + "</w:tr>"}) +
                           paragraph("{{#don_vi}}{{stt}}. {{ten}}{{/don_vi}}");
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), values_of())),
            (Lines{"- Xã A;", "- Xã B;", "- Xã A;", "- Xã B;", "1. Xã A", "2. Xã B"}));
  TemplateValues none = values_of();
  none.rows.clear();
  EXPECT_EQ(lines_of(filled(body_of(body).bytes(), none)), Lines{""}) << "of the cell";
}

TEST(Templates, InsertParagraphsThatLookLikeTheFieldsOwn) {
  TemplateValues values = values_of();
  values.blocks["noi_dung"].blocks = {Paragraph{Paragraph::Kind::heading, "I- MỞ ĐẦU"},
                                      Paragraph{Paragraph::Kind::body, "Chữ"},
                                      Table{"Biểu", "", {{"a", 1, false}}, {{"1"}}, {}, false}};
  const std::string body =
      paragraph("trước") +
      "<w:p><w:pPr><w:pStyle w:val=\"MyText\"/><w:jc w:val=\"both\"/></w:pPr>" +
      run("{{noi_dung}}", "<w:sz w:val=\"26\"/>") + "</w:p>" + paragraph("sau");
  const std::string bytes = filled(body_of(body).bytes(), values);
  EXPECT_EQ(lines_of(bytes), (Lines{"trước", "I- MỞ ĐẦU", "Chữ", "Biểu", "a", "1", "", "sau"}));
  const auto tree = tree_of(bytes);
  for (const char* text : {"I- MỞ ĐẦU", "Chữ"}) {
    const auto words = tree.select_node(("//w:t[.='" + std::string(text) + "']").c_str()).node();
    const auto line = words.parent().parent();
    EXPECT_STREQ(line.child("w:pPr").child("w:pStyle").attribute("w:val").value(), "MyText");
    EXPECT_EQ(words.parent().child("w:rPr").child("w:sz").attribute("w:val").as_int(), 26);
    EXPECT_EQ(bool(words.parent().child("w:rPr").child("w:b")), text[0] == 'I');
  }
}

TEST(Templates, TurnThePageForAWideTableAndBack) {
  TemplateValues values = values_of();
  const Table wide{"Biểu", "", {{"a", 1, false}}, {{"1"}}, {}, true};
  values.blocks["noi_dung"].blocks = {wide};
  values.blocks["phu_luc"] = {{wide}, true};
  MadeDocx made = body_of(paragraph("{{noi_dung}}") + paragraph("ký") + paragraph("{{phu_luc}}"));
  made.section =
      "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:left=\"1701\" "
      "w:right=\"1134\"/><w:titlePg/></w:sectPr>";
  const auto tree = tree_of(filled(made.bytes(), values));
  const auto sections = tree.select_nodes("//w:sectPr");
  ASSERT_EQ(sections.size(), 4U) << "text, table, text, annex; no empty page at the end";
  const bool is_wide[] = {false, true, false, true};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto size = sections[i].node().child("w:pgSz");
    EXPECT_EQ(size.attribute("w:w").as_int(), is_wide[i] ? 16838 : 11906) << i;
    EXPECT_EQ(sections[i].node().child("w:pgMar").attribute("w:right").as_int(), 1134);
    EXPECT_EQ(bool(sections[i].node().child("w:titlePg")), i == 0) << i;
  }
}

TEST(Templates, TellEveryFaultAtOnceWithItsPlace) {
  const std::string body = paragraph("{{so_kyhieu}}") + paragraph("{{so_ky_hieu") +
                           paragraph("{{don_vi}}") + paragraph("{{#so_ky_hieu}}{{/so_ky_hieu}}") +
                           paragraph("x {{noi_dung}}") + paragraph("{{/don_vi}}") +
                           paragraph("{{#don_vi}}");
  EXPECT_EQ(faults_of(body_of(body).bytes()),
            "template.unknown_field so_kyhieu; template.open_braces {{so_ky_hieu; "
            "template.wrong_kind don_vi; template.wrong_kind so_ky_hieu; template.not_alone "
            "noi_dung; template.unopened_block don_vi; template.unclosed_block don_vi");
  const auto read = Template::read(body_of(body).bytes(), kKnown);
  EXPECT_EQ(read.error()[0].field, "{{so_kyhieu}}");
  EXPECT_EQ(read.error()[0].args[1], "so_ky_hieu, trich_yeu, don_vi, noi_dung, phu_luc");
}

TEST(Templates, RefuseBlocksThatCross) {
  const std::string crossing = table_of_rows({row_of({"{{#don_vi}}"})}) + paragraph("{{/don_vi}}");
  EXPECT_EQ(faults_of(body_of(crossing).bytes()), "template.block_crosses don_vi");
  const std::string twice =
      table_of_rows({row_of({"{{#don_vi}}", "{{/don_vi}}", "{{#don_vi}}", "{{/don_vi}}"})});
  EXPECT_EQ(faults_of(body_of(twice).bytes()), "template.block_crosses don_vi");
  const std::string nested =
      paragraph("{{#don_vi}}") + paragraph("{{#don_vi}}") + paragraph("{{/don_vi}}");
  EXPECT_EQ(faults_of(body_of(nested).bytes()), "template.nested_block don_vi");
  const std::string inserted =
      paragraph("{{#don_vi}}") + paragraph("{{noi_dung}}") + paragraph("{{/don_vi}}");
  EXPECT_EQ(faults_of(body_of(inserted).bytes()), "template.block_place noi_dung");
  EXPECT_EQ(faults_of(body_of(paragraph("{{ten}}")).bytes()), "template.unknown_field ten")
      << "a column outside of its rows";
}

TEST(Templates, FillHeadersAndRefuseBlocksThere) {
  MadeDocx made = body_of(paragraph("a"));
  const std::string head = "<w:hdr xmlns:w=\"" TEST_WORD "\">";
  made.more = {{"word/header1.xml", head + paragraph("{{trich_yeu}}") + "</w:hdr>"}};
  EXPECT_EQ(lines_of(filled(made.bytes(), values_of()), "word/header1.xml"), Lines{"kết quả"});
  made.more = {{"word/header1.xml", head + paragraph("{{noi_dung}}") + "</w:hdr>"}};
  EXPECT_EQ(faults_of(made.bytes()), "template.block_place noi_dung");
}

TEST(Templates, MissWhatTheyMustHave) {
  auto known = kKnown;
  known[1].is_required = true;
  EXPECT_EQ(faults_of(body_of(paragraph("{{so_ky_hieu}}")).bytes(), known),
            "template.missing_field trich_yeu");
}

TEST(Templates, AreTheSameBytesAndKeepNobodysName) {
  const std::string bytes = body_of(paragraph("{{so_ky_hieu}}")).bytes();
  TemplateValues values = values_of();
  values.title = "BÁO CÁO";
  const std::string once = filled(bytes, values);
  EXPECT_EQ(once, filled(bytes, values));
  const std::string properties = part_of(once, "docProps/core.xml");
  EXPECT_EQ(properties.find("Người Soạn Mẫu"), std::string::npos);
  EXPECT_NE(properties.find("BÁO CÁO"), std::string::npos);
}

TEST(Templates, TakeWhatTheProgramItselfWrites) {
  for (const Profile profile : kProfiles) {
    Document document;
    document.header = {profile,          "{{trich_yeu}}",  "{{so_ky_hieu}}", "{{so_ky_hieu}}",
                       "{{so_ky_hieu}}", "{{so_ky_hieu}}", "{{trich_yeu}}"};
    document.blocks = {Paragraph{Paragraph::Kind::body, "{{noi_dung}}"}};
    document.signature = Signature{"{{so_ky_hieu}}",
                                   "{{so_ky_hieu}}",
                                   "{{so_ky_hieu}}",
                                   {"{{#don_vi}}", "{{ten}}", "{{/don_vi}}"}};
    document.annexes = {Paragraph{Paragraph::Kind::body, "{{phu_luc}}"}};
    EXPECT_EQ(faults_of(write_docx(document)), "");
  }
}

}  // namespace
}  // namespace office
