// Workbooks made to hurt, or hurt on the way.

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>

#include "base/words.h"
#include "office/docx.h"
#include "office/made_workbook_test.h"
#include "office/read_xlsx.h"

namespace office {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
    ++count;
  }
  EXPECT_GT(count, 0U) << what;
  return text;
}

/// The bytes with `value` put where the local and the central header of each entry hold a field.
std::string with_header_field(std::string bytes, std::size_t in_local, std::size_t in_central,
                              char value) {
  const auto put = [&](const char* mark, std::size_t offset) {
    for (std::size_t at = 0; (at = bytes.find(mark, at)) != std::string::npos; at += 4)
      bytes[at + offset] = value;
  };
  put("PK\x03\x04", in_local);
  put("PK\x01\x02", in_central);
  return bytes;
}

const std::string kOneCell = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

/// Whatever it holds, it is read, or refused with a reason that has words.
void expect_an_answer(const base::Result<Workbook>& book) {
  if (book) return;
  EXPECT_FALSE(book.error().empty());
  for (const base::Problem& problem : book.error())
    EXPECT_TRUE(std::ranges::binary_search(base::known_codes(), problem.code)) << problem.code;
}

// ---- what it is

TEST(HostileXlsx, RefusesWhatIsNoWorkbookInWordsAClerkUnderstands) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
  std::string stream;
  for (const char c : std::string("EncryptedPackage")) stream.append({c, '\0'});
  EXPECT_EQ(codes(read_xlsx("")), (Codes{"xlsx.truncated@"}));
  EXPECT_EQ(codes(read_xlsx("a,b\n1,2\n")), (Codes{"xlsx.not_a_workbook@"}));
  EXPECT_EQ(codes(read_xlsx(ole)), (Codes{"xlsx.old_xls@"}));
  EXPECT_EQ(codes(read_xlsx("\x09\x08\x10")), (Codes{"xlsx.old_xls@"}));
  EXPECT_EQ(codes(read_xlsx(ole + stream)), (Codes{"xlsx.encrypted@"}));
  EXPECT_EQ(codes(read_xlsx(write_docx({}))), (Codes{"xlsx.not_a_workbook@word/document.xml"}));
  Package any;
  any.add("a.txt", "a");
  EXPECT_EQ(codes(read_xlsx(any.bytes())), (Codes{"xlsx.not_a_workbook@"}));
  const base::Problem old = read_xlsx(ole).error().front();
  EXPECT_NE(base::words(old, base::Language::vi).find("lưu ở dạng .xlsx"), std::string::npos);
}

TEST(HostileXlsx, RefusesEveryFileCutShort) {
  const std::string bytes = MadeWorkbook(kOneCell).bytes();
  ASSERT_TRUE(read_xlsx(bytes));
  for (std::size_t size = 4; size < bytes.size(); ++size) {
    const auto found = codes(read_xlsx(std::string_view(bytes).substr(0, size)));
    ASSERT_EQ(found, (Codes{"xlsx.truncated@"})) << size;
  }
}

TEST(HostileXlsx, SurvivesAnyByteOfTheZipPutOtherwise) {
  const std::string bytes = MadeWorkbook(kOneCell).bytes();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      std::string other = bytes;
      other[at] = static_cast<char>(other[at] ^ flip);
      expect_an_answer(read_xlsx(other));
    }
  }
}

TEST(HostileXlsx, SurvivesAnyXmlPutOtherwise) {
  std::mt19937 random(20251126);
  const std::vector<std::string> pieces{"<",     ">",    "/",
                                        "\"",    "&",    ";",
                                        "&#x0;", "<c>",  "</c>",
                                        "<!--",  "]]>",  "<![CDATA[",
                                        "\xC4",  "\xFF", "=",
                                        "A1",    "9",    std::string(1, '\0'),
                                        " ",     "<v>",  "<row r=\"1\">"};
  for (int round = 0; round < 3000; ++round) {
    MadeWorkbook made(kOneCell, "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>");
    auto part = made.parts.begin();
    std::advance(part, random() % made.parts.size());
    std::string& xml = part->second;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % xml.size();
      const std::string& piece = pieces[random() % pieces.size()];
      if (random() % 2 == 0) {
        xml.insert(at, piece);
      } else {
        xml.replace(at, 1 + random() % 9, piece);
      }
    }
    expect_an_answer(made.read());
  }
}

// ---- its zip

TEST(HostileXlsx, RefusesEncryptedEntriesAndOtherPackings) {
  const std::string bytes = MadeWorkbook(kOneCell).bytes();
  EXPECT_EQ(codes(read_xlsx(with_header_field(bytes, 6, 8, '\x01'))).at(0).substr(0, 14),
            "xlsx.encrypted");
  EXPECT_EQ(codes(read_xlsx(with_header_field(bytes, 8, 10, '\x0C'))).at(0).substr(0, 12),
            "xlsx.damaged");
}

TEST(HostileXlsx, RefusesAPartWhoseChecksumIsWrong) {
  MadeWorkbook made(kOneCell);
  std::string bytes = made.bytes();
  for (std::size_t at = 0; (at = bytes.find("PK\x01\x02", at)) != std::string::npos; at += 4)
    bytes[at + 16] = static_cast<char>(bytes[at + 16] ^ 1);
  EXPECT_EQ(codes(read_xlsx(bytes)), (Codes{"xlsx.damaged@[Content_Types].xml"}));
}

TEST(HostileXlsx, RefusesADirectoryThatLiesOutsideOfTheFile) {
  std::string bytes = MadeWorkbook(kOneCell).bytes();
  bytes[bytes.size() - 3] = '\x7F';  // highest byte of its offset
  EXPECT_EQ(codes(read_xlsx(bytes)), (Codes{"xlsx.damaged@"}));
}

TEST(HostileXlsx, RefusesNamesThatLeaveThePackage) {
  for (const std::string name :
       {"../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\evil.xml", "C:evil.xml", "xl/.."}) {
    EXPECT_EQ(codes(MadeWorkbook(kOneCell).put(name, "x").read()), (Codes{"xlsx.bad_part_name@"}))
        << name;
  }
  EXPECT_TRUE(MadeWorkbook(kOneCell).put("xl/..a/b..xml", "x").read());
}

TEST(HostileXlsx, RefusesTwoPartsOfOneName) {
  EXPECT_EQ(codes(MadeWorkbook(kOneCell).put("XL/Workbook.xml", "x").read()).size(), 1U);
  const std::string twice = replaced(MadeWorkbook(kOneCell).put("xl/workbook.xmX", "<x/>").bytes(),
                                     "xl/workbook.xmX", "xl/workbook.xml");
  EXPECT_EQ(codes(read_xlsx(twice)), (Codes{"xlsx.duplicate_part@xl/workbook.xml"}));
}

// ---- its XML

TEST(HostileXlsx, RefusesADtdInAnyPart) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
  const std::string outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">";
  const MadeWorkbook sound(kOneCell);
  for (const auto& [name, part] : sound.parts) {
    EXPECT_EQ(codes(MadeWorkbook(kOneCell).put(name, laughs + part).read()).at(0).substr(0, 12),
              "xlsx.doctype")
        << name;
    EXPECT_EQ(codes(MadeWorkbook(kOneCell).put(name, outside + part).read()).at(0).substr(0, 12),
              "xlsx.doctype")
        << name;
  }
}

TEST(HostileXlsx, RefusesXmlThatIsNotWellFormed) {
  for (const std::string part : {"",
                                 "   ",
                                 "<worksheet>",
                                 "<worksheet><a></b></worksheet>",
                                 "<worksheet/><worksheet/>",
                                 "<worksheet/>text",
                                 "text<worksheet/>",
                                 "<worksheet>&nbsp;</worksheet>",
                                 "<worksheet>&#0;</worksheet>",
                                 "<worksheet>&#xD800;</worksheet>",
                                 "<worksheet>&amp",
                                 "<worksheet a=\"1\" a=\"2\"/>",
                                 "<worksheet a=1/>",
                                 "<worksheet a=\"<\"/>",
                                 "<worksheet a=\"1\"b=\"2\"/>",
                                 "<worksheet a/>",
                                 "<worksheet 1a=\"1\"/>",
                                 "<worksheet",
                                 "<worksheet><![CDATA[</worksheet>",
                                 "<worksheet><!-- </worksheet>",
                                 "<worksheet><? </worksheet>",
                                 "<worksheet>\x01</worksheet>",
                                 "< worksheet/>",
                                 "<worksheet><!ELEMENT a></worksheet>",
                                 "</worksheet>",
                                 "<worksheet><!-"}) {
    EXPECT_EQ(codes(MadeWorkbook("").put("xl/worksheets/sheet1.xml", part).read()),
              (Codes{"xlsx.malformed@xl/worksheets/sheet1.xml"}))
        << part;
  }
  std::string nested = "<worksheet>";
  for (int i = 0; i < 100'000; ++i) nested += "<a>";
  EXPECT_EQ(codes(MadeWorkbook("").put("xl/worksheets/sheet1.xml", nested).read()),
            (Codes{"xlsx.malformed@xl/worksheets/sheet1.xml"}));
  EXPECT_EQ(codes(MadeWorkbook("<row><c t=\"str\"><v>&xxe;</v></c></row>").read()),
            (Codes{"xlsx.malformed@xl/worksheets/sheet1.xml"}));
}

TEST(HostileXlsx, RefusesWhatIsNotUtf8) {
  const std::string part = "xl/worksheets/sheet1.xml";
  for (const std::string& bytes :
       {std::string("\xFF\xFE<\0w\0", 6), std::string("<\0w\0", 4),
        std::string("<?xml version=\"1.0\" encoding=\"windows-1258\"?><worksheet/>"),
        std::string("<worksheet><sheetData><row><c t=\"str\"><v>\xC4</v></c></row></sheetData>"
                    "</worksheet>")}) {
    EXPECT_EQ(codes(MadeWorkbook("").put(part, bytes).read()), (Codes{"xlsx.encoding@" + part}));
  }
}

// ---- its parts

TEST(HostileXlsx, RefusesMissingPartsAndRelationsThatLeadNowhere) {
  const auto without = [](const std::string& name) {
    MadeWorkbook made(kOneCell);
    made.parts.erase(name);
    return codes(made.read());
  };
  EXPECT_EQ(without("[Content_Types].xml"), (Codes{"xlsx.not_a_workbook@"}));
  EXPECT_EQ(without("_rels/.rels"), (Codes{"xlsx.not_a_workbook@_rels/.rels"}));
  EXPECT_EQ(without("xl/workbook.xml"), (Codes{"xlsx.missing_part@xl/workbook.xml"}));
  EXPECT_EQ(without("xl/_rels/workbook.xml.rels"), (Codes{"xlsx.bad_relation@sheet Biểu"}));
  EXPECT_EQ(without("xl/styles.xml"), (Codes{"xlsx.missing_part@xl/styles.xml"}));
  EXPECT_EQ(without("xl/sharedStrings.xml"), (Codes{"xlsx.missing_part@xl/sharedStrings.xml"}));
  EXPECT_EQ(without("xl/worksheets/sheet1.xml"), (Codes{"xlsx.missing_part@sheet Biểu"}));

  const auto with_target = [](const std::string& target) {
    MadeWorkbook made(kOneCell);
    std::string& relations = made.parts["xl/_rels/workbook.xml.rels"];
    relations = replaced(relations, "Target=\"worksheets/sheet1.xml\"", target);
    return codes(made.read());
  };
  EXPECT_EQ(with_target("Target=\"../xl/worksheets/sheet1.xml\""), (Codes{}));
  EXPECT_EQ(with_target("Target=\"../../../etc/passwd\""), (Codes{"xlsx.bad_relation@sheet Biểu"}));
  EXPECT_EQ(with_target("Target=\"http://x/sheet1.xml\" TargetMode=\"External\""),
            (Codes{"xlsx.bad_relation@sheet Biểu"}));
  EXPECT_EQ(with_target("Target=\"styles.xml\""), (Codes{"xlsx.wrong_type@sheet Biểu"}));
}

TEST(HostileXlsx, RefusesPartsOfAWrongType) {
  MadeWorkbook made(kOneCell);
  std::string& types = made.parts["[Content_Types].xml"];
  types = replaced(types, "spreadsheetml.sheet.main", "wordprocessingml.document.main");
  EXPECT_EQ(codes(made.read()), (Codes{"xlsx.not_a_workbook@xl/workbook.xml"}));
  EXPECT_EQ(codes(MadeWorkbook("").put("xl/worksheets/sheet1.xml", "<styleSheet/>").read()),
            (Codes{"xlsx.wrong_type@sheet Biểu"}));
  EXPECT_EQ(codes(MadeWorkbook("").put("xl/workbook.xml", "<workbook/>").read()),
            (Codes{"xlsx.no_sheet@xl/workbook.xml"}));
  EXPECT_EQ(codes(MadeWorkbook(kOneCell)
                      .put("xl/workbook.xml",
                           "<workbook><sheets><sheet name=\"Biểu\" r:id=\"b\"/>"
                           "<sheet name=\"BIỂU\" r:id=\"b\"/></sheets></workbook>")
                      .read()),
            (Codes{"xlsx.duplicate_sheet@sheet BIỂU"}));
}

// ---- its cells

TEST(HostileXlsx, NamesEverySheetAndCellAtFaultAtOnce) {
  EXPECT_EQ(
      codes(MadeWorkbook("<row r=\"1\"><c r=\"A0\"><v>1</v></c><c r=\"ZZZZ1\"><v>1</v></c>"
                         "<c r=\"B2\"><v>1</v></c><c r=\"B1\"><v>NaN</v></c><c r=\"B1\"/>"
                         "<c r=\"A1\"/><c r=\"C1\"><v>1,5</v></c><c r=\"D1\" t=\"s\"><v>0</v></c>"
                         "<c r=\"E1\" t=\"s\"><v>-1</v></c><c r=\"F1\" t=\"b\"><v>2</v></c>"
                         "<c r=\"G1\" t=\"zz\"><v>2</v></c><c r=\"H1\" t=\"d\"><v>1/7/2021</v></c>"
                         "<c r=\"I1\" s=\"9\"><v>2</v></c><c r=\"J1\" t=\"e\"><v>oops</v></c></row>"
                         "<row r=\"1\"/><row r=\"0\"/><row r=\"1048577\"/><row r=\"x\"/>",
                         "<mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell/></mergeCells>")
                .read()),
      (Codes{
          "xlsx.bad_reference@sheet Biểu, cell A0",     "xlsx.bad_reference@sheet Biểu, cell ZZZZ1",
          "xlsx.bad_reference@sheet Biểu, cell B2",     "xlsx.bad_number@sheet Biểu, cell B1",
          "xlsx.duplicate_cell@sheet Biểu, cell B1",    "xlsx.bad_reference@sheet Biểu, cell A1",
          "xlsx.bad_number@sheet Biểu, cell C1",        "xlsx.bad_cell@sheet Biểu, cell D1",
          "xlsx.bad_cell@sheet Biểu, cell E1",          "xlsx.bad_cell@sheet Biểu, cell F1",
          "xlsx.bad_cell@sheet Biểu, cell G1",          "xlsx.bad_cell@sheet Biểu, cell H1",
          "xlsx.bad_cell@sheet Biểu, cell I1",          "xlsx.bad_cell@sheet Biểu, cell J1",
          "xlsx.duplicate_cell@sheet Biểu, row 1",      "xlsx.bad_reference@sheet Biểu, row 0",
          "xlsx.bad_reference@sheet Biểu, row 1048577", "xlsx.bad_reference@sheet Biểu, row x",
          "xlsx.bad_reference@sheet Biểu, range B2:A1", "xlsx.bad_reference@sheet Biểu, range "}));
}

TEST(HostileXlsx, RefusesMergedRangesThatOverlap) {
  EXPECT_EQ(codes(MadeWorkbook(kOneCell,
                               "<mergeCells><mergeCell ref=\"A1:C3\"/><mergeCell ref=\"C3:D4\"/>"
                               "</mergeCells>")
                      .read()),
            (Codes{"xlsx.bad_reference@sheet Biểu, range C3:D4"}));
  EXPECT_TRUE(MadeWorkbook(kOneCell,
                           "<mergeCells><mergeCell ref=\"A1:C3\"/><mergeCell ref=\"D3:D4\"/>"
                           "<mergeCell ref=\"A4:C9\"/></mergeCells>")
                  .read());
}

TEST(HostileXlsx, StopsCountingFaultsAtAThousand) {
  std::string row = "<row>";
  for (int i = 0; i < 5000; ++i) row += "<c><v>x</v></c>";
  EXPECT_EQ(codes(MadeWorkbook(row + "</row>").read()).size(), 1000U);
}

TEST(HostileXlsx, RefusesCellsLongerThanACellCanBe) {
  const std::string most(32'767, 'y');
  MadeWorkbook made("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"str\"><v>" + most +
                    "y</v></c></row>");
  made.strings("<si><t>" + most + "</t></si><si><r><t>" + most + "</t></r><r><t>y</t></r></si>");
  EXPECT_EQ(codes(made.read()), (Codes{"xlsx.cell_too_long@sheet Biểu, cell B1",
                                       "xlsx.cell_too_long@sheet Biểu, cell C1"}));
}

// ---- its size

/// The most memory held while `act` ran, above what was held before; nothing where the kernel does
/// not tell, or a sanitizer keeps what was freed.
std::optional<std::size_t> growth_of(const std::function<void()>& act) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  act();
  return std::nullopt;
#else
  const auto kilobytes = [](const std::string& name) -> std::size_t {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      std::size_t count = 0;
      if (word == name && status >> count) return count;
    }
    return 0;
  };
  malloc_trim(0);  // what was freed before would not count as growth
  std::ofstream reset("/proc/self/clear_refs");
  reset << "5" << std::flush;
  const std::size_t before = kilobytes("VmRSS:");
  act();
  const std::size_t most = kilobytes("VmHWM:");
  if (!reset || before == 0 || most < before) return std::nullopt;
  return (most - before) * 1024;
#endif
}

/// The workbook is refused with that code within a second and 64 MB.
void expect_refused_cheaply(const MadeWorkbook& made, const std::string& code,
                            const XlsxLimits& limits = {}) {
  const std::string bytes = made.bytes();
  Codes found;
  const auto start = std::chrono::steady_clock::now();
  const auto growth = growth_of([&] { found = codes(read_xlsx(bytes, limits)); });
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().substr(0, found.back().find('@')), code);
  std::cout << code << " in " << took.count() << " s, "
            << (growth ? std::to_string(*growth / 1024) + " KB" : "growth not known") << std::endl;
  EXPECT_LT(took.count(), growth ? 2 : 20);  // a second, with room for a machine at other work
  EXPECT_LT(growth.value_or(0), 64U * 1024 * 1024);
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string made;
  made.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) made += piece;
  return made;
}

TEST(HostileXlsx, RefusesSixteenThousandColumns) {
  expect_refused_cheaply(MadeWorkbook("<row>" + repeated("<c><v>1</v></c>", 16'384) + "</row>"),
                         "xlsx.too_many_columns");
}

TEST(HostileXlsx, TakesEmptyCellsToTheLastColumn) {
  EXPECT_TRUE(MadeWorkbook("<row>" + repeated("<c/>", 16'384) + "</row>").read());
  EXPECT_EQ(codes(MadeWorkbook("<row>" + repeated("<c/>", 16'385) + "</row>").read()),
            (Codes{"xlsx.bad_reference@sheet Biểu, row 1"}));
}

TEST(HostileXlsx, RefusesTenMillionSharedStrings) {
  MadeWorkbook made(kOneCell);
  made.strings(repeated("<si/>", 10'000'000));
  expect_refused_cheaply(made, "xlsx.too_many_strings");
}

TEST(HostileXlsx, CountsWhatItInflatesWhateverTheZipSays) {
  MadeWorkbook made("", std::string(100 << 20, ' '));
  expect_refused_cheaply(made, "xlsx.packed_too_tight");
  XlsxLimits limits;
  limits.zip.most_ratio = 10'000;
  expect_refused_cheaply(made, "xlsx.too_large", limits);
  MadeWorkbook spread(kOneCell);
  spread.put("xl/styles.xml", "<styleSheet>" + std::string(40 << 20, ' ') + "</styleSheet>");
  spread.put("xl/sharedStrings.xml", "<sst>" + std::string(40 << 20, ' ') + "</sst>");
  expect_refused_cheaply(spread, "xlsx.too_large", limits);
}

TEST(HostileXlsx, RefusesALongTextSharedByAMillionCells) {
  MadeWorkbook made(repeated("<row>" + repeated("<c t=\"s\"><v>0</v></c>", 1000) + "</row>", 1000));
  XlsxLimits limits;
  limits.zip.most_ratio = 10'000;
  limits.most_text_bytes = 16 * 1024 * 1024;
  made.strings("<si><t>" + std::string(32'000, 'x') + "</t></si>");
  expect_refused_cheaply(made, "xlsx.too_much_text", limits);
  made.strings("<si><t>" + repeated("\xC2\xA0", 32'000) + "</t></si>");
  expect_refused_cheaply(made, "xlsx.too_much_text", limits);
  made = MadeWorkbook(repeated("<row>" + repeated("<c><v>1E308</v></c>", 1000) + "</row>", 1000));
  expect_refused_cheaply(made, "xlsx.too_much_text", limits);
}

TEST(HostileXlsx, RefusesOverItsLimits) {
  XlsxLimits limits;
  limits.most_rows = 2;
  EXPECT_EQ(codes(MadeWorkbook("<row r=\"3\"/>").read(limits)),
            (Codes{"xlsx.too_many_rows@sheet Biểu"}));
  limits = {};
  limits.most_cells = 2;
  EXPECT_EQ(codes(MadeWorkbook("<row><c><v>1</v></c><c/><c><v>1</v></c><c><v>1</v></c></row>")
                      .read(limits)),
            (Codes{"xlsx.too_many_cells@sheet Biểu"}));
  std::string sheets;
  for (int i = 0; i < 100; ++i) sheets += "<sheet name=\"s" + std::to_string(i) + "\" id=\"b\"/>";
  EXPECT_EQ(
      codes(MadeWorkbook(kOneCell)
                .put("xl/workbook.xml", "<workbook><sheets>" + sheets + "</sheets></workbook>")
                .read()),
      (Codes{"xlsx.too_many_sheets@xl/workbook.xml"}));
  MadeWorkbook made(kOneCell);
  for (int i = 0; i < 2000; ++i) made.put("xl/media/" + std::to_string(i) + ".png", "x");
  EXPECT_EQ(codes(made.read()), (Codes{"xlsx.too_many_parts@"}));
}

TEST(HostileXlsx, RefusesListsWithoutEnd) {
  MadeWorkbook made(kOneCell);
  made.put("xl/styles.xml",
           "<styleSheet><cellXfs>" + repeated("<xf/>", 70'000) + "</cellXfs></styleSheet>");
  EXPECT_EQ(codes(made.read()), (Codes{"xlsx.too_many_entries@xl/styles.xml"}));
}

TEST(HostileXlsx, TakesTimeInProportionToMergedRanges) {
  std::string rows;
  std::string ranges;
  for (int r = 1; r <= 40'000; ++r) {
    const std::string row = std::to_string(r);
    rows.append("<row r=\"").append(row).append("\"><c><v>1</v></c></row>");
    ranges += "<mergeCell ref=\"B1:C1048576\"/>";
  }
  EXPECT_EQ(codes(MadeWorkbook(rows, "<mergeCells>" + ranges + "</mergeCells>").read()).size(), 1U);
}

}  // namespace
}  // namespace office
