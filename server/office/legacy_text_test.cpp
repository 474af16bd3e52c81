#include "office/legacy_text.h"

#include <gtest/gtest.h>
#include <iconv.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "office/made_workbook_test.h"

namespace office {
namespace {

constexpr const char* kSmall =
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
constexpr const char* kCapital =
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";

std::u32string characters(const std::string& text) {
  const auto utf16 = icu::UnicodeString::fromUTF8(text);
  std::u32string made;
  for (std::int32_t i = 0; i < utf16.length(); i = utf16.moveIndex32(i, 1))
    made += static_cast<char32_t>(utf16.char32At(i));
  return made;
}

std::string utf8(std::u32string_view text) {
  icu::UnicodeString utf16;
  for (const char32_t c : text) utf16.append(static_cast<UChar32>(c));
  std::string made;
  utf16.toUTF8String(made);
  return made;
}

/// By the C library, which knows the standard that TCVN3 fonts follow; "" when it has no byte there
/// that such fonts have too.
std::string tcvn3_by_iconv(const std::string& text) {
  const iconv_t converter = iconv_open("TCVN5712-1", "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) return "";
  std::string in = text;
  std::string out(in.size() + 1, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  const std::size_t failed = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  if (failed == static_cast<std::size_t>(-1)) return "";
  out.resize(out.size() - room);
  std::u32string seen;
  for (const char c : out) seen += static_cast<char32_t>(static_cast<unsigned char>(c));
  const bool is_in_fonts = std::all_of(
      seen.begin(), seen.end(), [](char32_t c) { return (c >= 0x20 && c < 0x80) || c > 0xA0; });
  return is_in_fonts ? utf8(seen) : "";
}

/// By taking each letter apart: its vowel, then one mark for hat and tone together.
std::string vni(const std::string& text) {
  static const std::map<std::u32string, char32_t> kMarks{
      {U"\x300", U'ø'},      {U"\x309", U'û'},      {U"\x303", U'õ'},      {U"\x301", U'ù'},
      {U"\x323", U'ï'},      {U"\x302", U'â'},      {U"\x302\x300", U'à'}, {U"\x302\x309", U'å'},
      {U"\x302\x303", U'ã'}, {U"\x302\x301", U'á'}, {U"\x323\x302", U'ä'}, {U"\x306", U'ê'},
      {U"\x306\x300", U'è'}, {U"\x306\x309", U'ú'}, {U"\x306\x303", U'ü'}, {U"\x306\x301", U'é'},
      {U"\x323\x306", U'ë'}};
  static const std::map<char32_t, char32_t> kAlone{{U'đ', U'ñ'}, {U'ì', U'ì'}, {U'ỉ', U'æ'},
                                                   {U'ĩ', U'ó'}, {U'í', U'í'}, {U'ị', U'ò'},
                                                   {U'ỵ', U'î'}};
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  std::u32string made;
  for (const char32_t c : characters(text)) {
    const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    const auto cased = [&](char32_t letter) {
      return small == c ? letter : static_cast<char32_t>(u_toupper(static_cast<UChar32>(letter)));
    };
    if (const auto alone = kAlone.find(small); alone != kAlone.end()) {
      made += cased(alone->second);
      continue;
    }
    std::string apart;
    nfd->normalize(icu::UnicodeString(static_cast<UChar32>(small)), status).toUTF8String(apart);
    std::u32string marks = characters(apart);
    char32_t base = marks.front();
    marks.erase(0, 1);
    if (const std::size_t horn = marks.find(U'\x31B'); horn != std::u32string::npos) {
      marks.erase(horn, 1);
      base = base == U'o' ? U'ô' : U'ö';
    }
    made += cased(base);
    if (!marks.empty()) made += cased(kMarks.at(marks));
  }
  return utf8(made);
}

TEST(LegacyLetters, ReadsEachSmallLetterOfTcvn3AsTheCLibraryDoes) {
  if (tcvn3_by_iconv("a").empty()) GTEST_SKIP() << "the C library here knows no TCVN5712-1";
  std::size_t checked = 0;
  for (const char32_t letter : characters(std::string(kSmall) + "ĂÂÊÔƠƯĐ")) {
    const std::string stored = tcvn3_by_iconv(utf8(std::u32string(1, letter)));
    ASSERT_FALSE(stored.empty()) << utf8(std::u32string(1, letter));
    const Decoded back = decoded(characters(stored), Encoding::tcvn3);
    EXPECT_EQ(utf8(back.text), utf8(std::u32string(1, letter))) << stored;
    EXPECT_TRUE(back.is_whole);
    ++checked;
  }
  EXPECT_EQ(checked, 89U + 7U);
}

TEST(LegacyLetters, ReadsEachLetterOfVniInBothCases) {
  for (const char32_t letter : characters(std::string(kSmall) + kCapital)) {
    const std::string one = utf8(std::u32string(1, letter));
    const Decoded back = decoded(characters(vni(one)), Encoding::vni);
    EXPECT_EQ(utf8(back.text), one) << vni(one);
    EXPECT_TRUE(back.is_whole);
  }
  EXPECT_EQ(vni("Tổng số, TỔNG SỐ, Đường, Ỷ"), "Toång soá, TOÅNG SOÁ, Ñöôøng, YÛ");
  const Decoded all = decoded(characters(vni(std::string(kSmall) + kCapital)), Encoding::vni);
  EXPECT_EQ(utf8(all.text), std::string(kSmall) + kCapital);
}

TEST(LegacyLetters, KnowsASyllableWhenItSeesOne) {
  for (const char* word :
       {"nghiêng", "quyết", "Thuỷ", "hòa", "hoà", "GIẾNG", "gì", "quốc", "ăn", "ở", "Đặng", "khuya",
        "xoong", "tỉnh", "yêu", "Quỳ", "giữ", "loạt", "ủy"})
    EXPECT_TRUE(is_syllable(characters(word))) << word;
  for (const char* word : {"Tæng", "Krông", "QĐ", "tôch", "hocs", "naát", "µm", "café", "Ñaûng",
                           "x·", "nghiêngg", "tât", "bẩc", "q", "qo", "ngiao\xC3\xB1", ""}) {
    EXPECT_FALSE(is_syllable(characters(word))) << word;
  }
}

constexpr const char* kSentence =
    "Ủy ban nhân dân tỉnh quyết định giao dự toán chi thường xuyên cho các cơ quan, đơn vị; những "
    "khoản bổ sung có mục tiêu, chuyển nguồn sang năm sau, trả nợ gốc và lãi vay, phải được Hội "
    "đồng "
    "nhân dân phê chuẩn; ruộng đất, khuya sớm, nghĩa vụ, giữ gìn, xã Mỹ Hảo, Quỳ Hợp, Ỷ Tý, ăn ở";

TEST(LegacyText, ReadsASentenceWrittenInEitherEncodingWithOrWithoutItsFont) {
  for (const char* font : {"", "Times New Roman", "VNI-Times"}) {
    const LegacyReading read = read_legacy(vni(kSentence), font);
    EXPECT_EQ(read.text, kSentence) << font;
    EXPECT_EQ(read.encoding, Encoding::vni);
    EXPECT_GE(read.confidence, Confidence::likely);
  }
  // TCVN3 has no capitals with tones.
  const std::string sentence = std::string(kSentence).substr(std::string("Ủy ban ").size(), 260);
  const std::string stored = tcvn3_by_iconv(sentence.substr(0, sentence.rfind(' ')));
  if (stored.empty()) GTEST_SKIP() << "the C library here knows no TCVN5712-1";
  for (const char* font : {"", "Arial", ".VnTime"}) {
    const LegacyReading read = read_legacy(stored, font);
    EXPECT_EQ(read.text, sentence.substr(0, sentence.rfind(' '))) << font;
    EXPECT_EQ(read.encoding, Encoding::tcvn3);
  }
  EXPECT_EQ(read_legacy(stored, ".VnTime").confidence, Confidence::certain);
}

TEST(LegacyText, ReadsWhatPeopleSeeInFontsOfCapitals) {
  EXPECT_EQ(read_legacy("Mét sè c«ng tr×nh dù ¸n", ".VnTimeH").text, "MỘT SỐ CÔNG TRÌNH DỰ ÁN");
  EXPECT_EQ(read_legacy("UBND TØNH H¦NG Y£N", ".vntimeH").text, "UBND TỈNH HƯNG YÊN");
  EXPECT_EQ(read_legacy("UBND TØNH H¦NG Y£N", ".VnTime").text, "UBND TỈNH HƯNG YÊN");
  EXPECT_EQ(read_legacy("Tæng sè:", ".VnArial Narrow").text, "Tổng số:");
  EXPECT_EQ(read_legacy("TP Hµ Néi", ".VnTime").text, "TP Hà Nội");
}

TEST(LegacyText, KeepsTheWordsOfACellThatAreUnicode) {
  EXPECT_EQ(read_legacy("Ban Daân toäc và Tôn giáo", "VNI-Times").text, "Ban Dân tộc và Tôn giáo");
  EXPECT_EQ(read_legacy("Sôû Keá hoaïch & Ñầu tư", "VNI-Times").text, "Sở Kế hoạch & Đầu tư");
  EXPECT_EQ(read_legacy("Ủy Ban Maët traän toå quoác", "VNI-Times").text,
            "Ủy Ban Mặt trận tổ quốc");
  EXPECT_EQ(read_legacy("Ủy ban nhân dân tỉnh Tôn", "VNI-Times").encoding, Encoding::unicode);
}

TEST(LegacyText, SaysWhenAWordOfACellCannotBeRead) {
  const LegacyReading read = read_legacy("UBND Huyeäân Phöôùc Long", "VNI-Times");
  EXPECT_EQ(read.text, "UBND Huyeäân Phước Long");
  EXPECT_FALSE(read.is_whole);
  EXPECT_TRUE(read_legacy("Ban Daân toäc và Tôn giáo", "VNI-Times").is_whole);
}

TEST(LegacyText, ADoubtIsADoubt) {
  EXPECT_EQ(read_legacy("Sôn", "VNI-Times").confidence, Confidence::doubtful);
  EXPECT_EQ(read_legacy("Sôn", "VNI-Times").text, "Sơn");
  EXPECT_EQ(read_legacy("Sôn", "Arial").encoding, Encoding::unicode);
  EXPECT_EQ(read_legacy("Hµ").confidence, Confidence::doubtful);
  EXPECT_EQ(read_legacy("Hµ Néi, Tæng sè").confidence, Confidence::likely);
}

TEST(LegacyText, LeavesWhatIsNotVietnameseInOldLetters) {
  for (const char* text :
       {"", "plain ASCII, 12.5%", "25 µg/m³ ± 2 °C", "© 2020 ® § 5 «trích» 3×4 ÷ 2",
        "café, naïve, año", "São Paulo, Müller, Québec, Ångström",
        "Krông Năng, Đắk Lắk, Plây Cần, H'Mông", "QĐ-UBND, HĐND, TSCĐ, ĐVT",
        "Ô Môn, Trà Ôn, Tô Hiệu, Hà Nội, Lê Lợi", "Số: 05/BC-UBND", "中文 текст ¹²³"}) {
    EXPECT_EQ(read_legacy(text).encoding, Encoding::unicode) << text;
    EXPECT_EQ(read_legacy(text, "Times New Roman").text, text);
  }
  const LegacyReading micro = read_legacy("25 µm");
  EXPECT_TRUE(micro.encoding == Encoding::unicode || micro.confidence == Confidence::doubtful);
}

TEST(LegacyText, NeverChangesUnicodeWhateverTheWords) {
  std::istringstream in(
      std::string(kSentence) +
      " Tôn Sôn cá má cò hòn mô tô bà bô lò nô xô cô cà cô bé hố ôm tôm môn mùa hè");
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  std::mt19937 random(20251126);
  for (int trial = 0; trial < 20'000; ++trial) {
    std::string text;
    for (std::size_t i = random() % 6 + 1; i > 0; --i)
      text += words[random() % words.size()] + (i > 1 ? " " : "");
    const LegacyReading read = read_legacy(text);
    ASSERT_EQ(read.encoding, Encoding::unicode) << text << " -> " << read.text;
    ASSERT_EQ(read.text, text);
  }
}

std::optional<std::filesystem::path> shared_data() {
  const char* given = std::getenv("THONGSUOT_SHARED");
  const std::filesystem::path data =
      std::filesystem::path(given == nullptr ? SOURCE_FOLDER "/../shared" : given) / "data";
  if (std::filesystem::exists(data)) return data;
  std::cerr << "\n*** NOT RUN: real files in old encodings need " << data << " ***\n\n";
  return std::nullopt;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(LegacyText, NeverChangesTheNamesOfUnits) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "no shared data";
  std::size_t lines = 0;
  for (const char* file : {"vn-admin/map_old_new_vietnamadminunits.csv",
                           "vn-admin/history/snapshot_asof_2023-04-30.csv"}) {
    std::ifstream in(*data / file);
    std::string line;
    while (std::getline(in, line)) {
      std::istringstream cells(line);
      for (std::string cell; std::getline(cells, cell, ',');) {
        const LegacyReading read = read_legacy(cell);
        ASSERT_EQ(read.encoding, Encoding::unicode) << cell << " -> " << read.text;
      }
      ++lines;
    }
  }
  EXPECT_GT(lines, 20'000U);
}

std::vector<LegacyCell> taken_of(const std::filesystem::path& file) {
  auto book = read_xlsx(bytes_of(file));
  EXPECT_TRUE(book);
  return book ? take_legacy_text(*book) : std::vector<LegacyCell>();
}

std::map<std::string, std::string> readings(const std::vector<LegacyCell>& cells) {
  std::map<std::string, std::string> made;
  for (const LegacyCell& cell : cells) {
    if (cell.is_taken) made.emplace(cell.before, cell.reading.text);
  }
  return made;
}

TEST(LegacyText, ReadsRealWorkbooksInTcvn3AndVni) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "no shared data";
  const auto forms = *data / "forms" / "legacy-encoding";
  auto read = readings(taken_of(forms / "tcvn3_DT-2018-N-B57-TT343-38.xlsx"));
  EXPECT_EQ(read["Tæng sè:"], "Tổng số:");
  EXPECT_EQ(read["TX BØm S¬n"], "TX Bỉm Sơn");
  EXPECT_EQ(read["Qu¶ng X\xC2\xAD¬ng"], "Quảng Xương");
  EXPECT_EQ(read["Ho»ng Ho¸"], "Hoằng Hoá");
  read = readings(taken_of(forms / "vni_DT-2020-N-B53-TT343-95.xlsx"));
  EXPECT_EQ(read["TOÅNG SOÁ"], "TỔNG SỐ");
  EXPECT_EQ(read["Ban Daân toäc và Tôn giáo"], "Ban Dân tộc và Tôn giáo");
  EXPECT_EQ(read["Sôû Keá hoaïch & Ñầu tư"], "Sở Kế hoạch & Đầu tư");
  read = readings(taken_of(forms / "tcvn3_zip_named_xls_Hung_Yen_2015.xls"));
  EXPECT_EQ(read["UBND TØNH H¦NG Y£N"], "UBND TỈNH HƯNG YÊN");
  EXPECT_EQ(read["Mét sè c«ng tr×nh dù ¸n"], "MỘT SỐ CÔNG TRÌNH DỰ ÁN");
  EXPECT_FALSE(read.contains("UBND TỈNH HƯNG YÊN"));
}

TEST(LegacyText, NeverChangesTheUnicodeOfRealWorkbooks) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "no shared data";
  std::size_t books = 0;
  for (const auto& file : std::filesystem::directory_iterator(*data / "forms" / "tt343-b66-2018")) {
    if (file.path().extension() != ".xlsx") continue;
    for (const LegacyCell& cell : taken_of(file.path()))
      EXPECT_FALSE(cell.is_taken) << file.path().filename() << " " << cell.before << " -> "
                                  << cell.reading.text;
    ++books;
  }
  EXPECT_EQ(books, 8U);
}

TEST(LegacyText, TakesWhatItIsSureOfAndOffersTheRest) {
  MadeWorkbook made(
      "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"str\"><v>TX BØm S¬n</v></c>"
      "<c r=\"B1\" t=\"str\"><v>Tỉnh Sơn La</v></c><c r=\"C1\" s=\"1\" t=\"str\"><v>NS§P</v></c>"
      "<c r=\"D1\" t=\"str\"><v>Hµ</v></c><c r=\"E1\" s=\"2\" t=\"str\"><v>Sôn</v></c></row>");
  made.put("xl/styles.xml",
           "<styleSheet><fonts><font><name val=\"Arial\"/></font><font><b/><name val=\".VnTime\"/>"
           "</font><font><name val=\"VNI-Times\"/></font></fonts><cellXfs><xf fontId=\"0\"/>"
           "<xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs></styleSheet>");
  auto book = made.read();
  ASSERT_TRUE(book);
  EXPECT_EQ(book->fonts, (std::vector<std::string>{"", "Arial", ".VnTime", "VNI-Times"}));
  const auto cells = take_legacy_text(*book);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(book->sheets[0].at(1, 1)->text, "TX Bỉm Sơn");
  EXPECT_EQ(book->sheets[0].at(1, 3)->text, "NSĐP");  // borne out by the font's other cell
  EXPECT_EQ(cells[1].reading.confidence, Confidence::likely);
  EXPECT_EQ(book->sheets[0].at(1, 4)->text, "Hµ");
  EXPECT_FALSE(cells[2].is_taken);
  EXPECT_EQ(cells[2].reading.text, "Hà");
  EXPECT_EQ(book->sheets[0].at(1, 5)->text, "Sôn");
  auto untouched = made.read();
  for (const LegacyCell& cell : take_legacy_text(*untouched, LegacyTaking::none))
    EXPECT_FALSE(cell.is_taken);
  EXPECT_EQ(untouched->sheets[0].at(1, 1)->text, "TX BØm S¬n");
  auto all = made.read();
  take_legacy_text(*all, LegacyTaking::all);
  EXPECT_EQ(all->sheets[0].at(1, 4)->text, "Hà");
  EXPECT_EQ(all->sheets[0].at(1, 5)->text, "Sơn");
}

}  // namespace
}  // namespace office
