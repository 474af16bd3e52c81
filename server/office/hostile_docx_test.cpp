/// Files made to hurt whoever reads them as a template: refused, quickly and in little room.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>

#include "office/made_docx_test.h"
#include "office/template.h"

namespace office {
namespace {

using namespace testing;

const std::vector<TemplateField> kKnown{{"a", TemplateField::Kind::text, "", "", {}, false}};

std::string code_of(const std::string& bytes) {
  const auto begin = std::chrono::steady_clock::now();
  const auto read = Template::read(bytes, kKnown);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(std::chrono::duration<double>(took).count(), 1.0);
  return read ? "" : read.error().front().code;
}

std::string links(const std::string& more) {
  std::string all = document_relations();
  return all.insert(all.rfind("</Relationships>"), more);
}
std::string link(const std::string& type, const std::string& target, bool is_external) {
  return "<Relationship Id=\"rId99\" Type=\"" TEST_RELATION "/" + type + "\" Target=\"" + target +
         "\"" + (is_external ? " TargetMode=\"External\"" : "") + "/>";
}

MadeDocx linked(const std::string& type, const std::string& target, bool is_external) {
  MadeDocx made;
  made.body = paragraph("{{a}}");
  made.document_links = links(link(type, target, is_external));
  if (!is_external) made.more = {{"word/" + target, "x"}};
  return made;
}

TEST(HostileTemplate, IsNoDocument) {
  EXPECT_EQ(code_of(""), "docx.not_a_document");
  EXPECT_EQ(code_of("PK\x03\x04"), "docx.truncated");
  EXPECT_EQ(code_of(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, 'x')),
            "docx.old_doc");
  const std::string good = linked("image", "x.png", false).bytes();
  EXPECT_EQ(code_of(good.substr(0, good.size() / 2)), "docx.truncated");
  EXPECT_EQ(code_of(std::string(5 * 1024 * 1024, 'P')), "docx.too_large");
  MadeDocx sheet;
  sheet.types = "<Types/>";
  EXPECT_EQ(code_of(sheet.bytes()), "docx.not_a_document");
}

TEST(HostileTemplate, HasMacros) {
  MadeDocx made = linked("vbaProject", "vbaProject.bin", false);
  made.document_links = links(
      "<Relationship Id=\"rId99\" "
      "Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" "
      "Target=\"vbaProject.bin\"/>");
  EXPECT_EQ(code_of(made.bytes()), "template.macros");
  MadeDocx docm;
  docm.body = paragraph("{{a}}");
  const std::string type = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  docm.types.replace(docm.types.find(type), type.size(),
                     "vnd.ms-word.document.macroEnabled.main+xml");
  EXPECT_EQ(code_of(docm.bytes()), "template.macros");
}

TEST(HostileTemplate, ReachesOut) {
  for (const char* type : {"image", "oleObject", "frame", "subDocument", "mailMergeSource"}) {
    EXPECT_EQ(code_of(linked(type, "http://192.0.2.1/x", true).bytes()), "template.external")
        << type;
  }
  EXPECT_EQ(code_of(linked("hyperlink", "file:///etc/passwd", true).bytes()), "template.external");
  EXPECT_EQ(code_of(linked("hyperlink", "\\\\192.0.2.1\\share", true).bytes()),
            "template.external");
  EXPECT_EQ(code_of(linked("hyperlink", "https://example.gov.vn/", true).bytes()), "");
  EXPECT_EQ(code_of(linked("aFChunk", "x.html", false).bytes()), "template.active_part");
  EXPECT_EQ(code_of(linked("oleObject", "x.bin", false).bytes()), "template.active_part");
  EXPECT_EQ(code_of(linked("control", "x.xml", false).bytes()), "template.active_part");
}

TEST(HostileTemplate, NamesAPictureWithoutARelation) {
  MadeDocx made;
  for (const char* attribute : {"src", "o:href"}) {
    made.body = paragraph("{{a}}") + "<w:p><w:r><w:pict><v:imagedata " + attribute +
                "=\"http://192.0.2.1/x.png\"/></w:pict></w:r></w:p>";
    EXPECT_EQ(code_of(made.bytes()), "template.external") << attribute;
  }
}

TEST(HostileTemplate, ForgetsATemplateOfItsOwn) {
  MadeDocx made;
  made.body = paragraph("{{a}}");
  std::string settings = settings_part();
  settings.insert(settings.find("<w:defaultTabStop"), "<w:attachedTemplate r:id=\"rId1\"/>");
  settings.replace(settings.find("<w:settings"), 11, "<w:settings xmlns:r=\"" TEST_RELATION "\"");
  made.more = {{"word/settings.xml", settings},
               {"word/_rels/settings.xml.rels",
                "<Relationships "
                "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
                    link("attachedTemplate", "file:///C:/a.dotm", true) + "</Relationships>"}};
  const auto read = Template::read(made.bytes(), kKnown);
  ASSERT_TRUE(read);
  const std::string filled = read->fill({}).value();
  EXPECT_EQ(part_of(filled, "word/settings.xml").find("attachedTemplate"), std::string::npos);
  EXPECT_EQ(part_of(filled, "word/_rels/settings.xml.rels"), "");
}

TEST(HostileTemplate, HidesCodesThatFetchOrRun) {
  const auto field = [](const std::string& codes) {
    return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + codes +
           "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("x") +
           "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
  };
  const auto code = [](const std::string& text) {
    return "<w:r><w:instrText>" + text + "</w:instrText></w:r>";
  };
  for (const char* bad :
       {"DDEAUTO c:\\\\x", "INCLUDEPICTURE \"http://192.0.2.1/x\"", "includetext \"/etc/passwd\"",
        "LINK Excel.Sheet", "IF 1 = 1", "HYPERLINK \"\\\\\\\\192.0.2.1\\\\x\"", "DATE", ""}) {
    MadeDocx made;
    made.body = field(code(bad));
    EXPECT_EQ(code_of(made.bytes()), "template.field_code") << bad;
    made.body = "<w:p><w:fldSimple w:instr=\"" + std::string(bad).substr(0, 4) + "\"/></w:p>";
    EXPECT_EQ(code_of(made.bytes()), "template.field_code") << bad;
  }
  MadeDocx split;
  split.body = field(code(" DDE") + code("AUTO x"));
  EXPECT_EQ(code_of(split.bytes()), "template.field_code");
  split.body = field(code("PAGE") + field(code("DDE x")));
  EXPECT_EQ(code_of(split.bytes()), "template.field_code");
  split.body = field(code(" PAGE \\* MERGEFORMAT ")) + field(code("HYPERLINK \\l \"_Toc1\""));
  EXPECT_EQ(code_of(split.bytes()), "");
}

TEST(HostileTemplate, DeclaresEntities) {
  MadeDocx made;
  made.document = "<!DOCTYPE w:document [<!ENTITY x \"" + std::string(1000, 'x') +
                  "\">]><w:document xmlns:w=\"" TEST_WORD "\"><w:body>&x;</w:body></w:document>";
  EXPECT_EQ(code_of(made.bytes()), "docx.doctype");
  made.document = "<w:document xmlns:w=\"" TEST_WORD "\"><w:body>&x;</w:body></w:document>";
  EXPECT_EQ(code_of(made.bytes()), "docx.malformed");
  made.document =
      "<w:document xmlns:w=\"" TEST_WORD + std::string(1, '\0') + "\"><w:body/></w:document>";
  EXPECT_EQ(code_of(made.bytes()), "docx.malformed") << "a NUL in an attribute";
  made.document = "<w:document xmlns:w=\"" TEST_WORD "\"><w:body>\xFF</w:body></w:document>";
  EXPECT_EQ(code_of(made.bytes()), "docx.encoding");
  made.document = "<w:document xmlns:w=\"" TEST_WORD "\"/>";
  EXPECT_EQ(code_of(made.bytes()), "docx.not_a_document");
}

TEST(HostileTemplate, IsDeep) {
  MadeDocx made;
  for (int i = 0; i < 100'000; ++i) made.body += "<w:p>";
  EXPECT_EQ(code_of(made.bytes()), "docx.malformed");
}

TEST(HostileTemplate, IsWideOrLong) {
  MadeDocx made;
  unsigned seed = 1;
  const auto noise = [&] {  // so that it is not refused for being packed too tight
    seed = seed * 1103515245 + 12345;
    return std::to_string(seed % 1'000'000);
  };
  for (int i = 0; i < 120'000; ++i) made.body += "<w:p a=\"" + noise() + "\"/>";
  EXPECT_EQ(code_of(made.bytes()), "docx.too_many_entries");
  made.body = paragraph(std::string(900'000, 'x') + "{{a}}");
  EXPECT_EQ(code_of(made.bytes()), "");
  made.body.clear();
  std::string long_text;
  while (long_text.size() < 3 * 1024 * 1024) long_text += noise();
  made.body = paragraph(long_text);
  EXPECT_EQ(code_of(made.bytes()), "docx.too_large");
  made.body = paragraph(std::string(30 * 1024 * 1024, 'x'));
  EXPECT_NE(code_of(made.bytes()), "");
  made.body.clear();
  for (int i = 0; i < 90'000; ++i) made.body += "{{";
  made.body = paragraph(made.body);
  EXPECT_EQ(code_of(made.bytes()), "template.open_braces");
  made.body = "<w:p>";
  for (int i = 0; i < 20'000; ++i) made.body += run(noise() + "{{a}}");
  made.body += "</w:p>";
  EXPECT_EQ(code_of(made.bytes()), "template.too_many_fields");
  made.body.clear();
  for (int i = 0; i < 15'000; ++i) made.body += paragraph(noise() + "{{b}}");
  EXPECT_EQ(code_of(made.bytes()), "template.unknown_field");
}

TEST(HostileTemplate, StaysUnderSixtyFourMegabytes) {
  // The worst that passes: as many attributes as the limit of XML holds.
  MadeDocx made;
  std::string attributes;
  for (int i = 0; i < 200; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
  while (made.body.size() < 2'300'000) made.body += "<w:p" + attributes + "/>";
  const std::string bytes = made.bytes();
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  (void)Template::read(bytes, kKnown);
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024) << "kilobytes";
}

TEST(HostileTemplate, DoesNotGrowWithoutEnd) {
  const std::vector<TemplateField> known{{"d", TemplateField::Kind::rows, "", "", {"ten"}, false}};
  MadeDocx made;
  made.body = paragraph("{{#d}}" + std::string(100'000, 'x') + "{{/d}}");
  TemplateValues values;
  values.rows["d"].resize(3000);
  const auto read = Template::read(made.bytes(), known);
  ASSERT_TRUE(read);
  const auto filled = read->fill(values);
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().front().code, "template.grows");
}

TEST(HostileTemplate, BytesTurnedAroundNeverCrash) {
  MadeDocx made;
  made.body = paragraph("{{a}}") + table_of_rows({row_of({"{{a}}", "b"})});
  const std::string good = made.bytes();
  unsigned seed = 7;
  for (int round = 0; round < 400; ++round) {
    std::string bad = good;
    for (int i = 0; i < 3; ++i) {
      seed = seed * 1103515245 + 12345;
      bad[seed / 7 % bad.size()] = static_cast<char>(seed / 65536);
    }
    const auto read = Template::read(bad, kKnown);
    if (read) (void)read->fill({});
  }
}

}  // namespace
}  // namespace office
