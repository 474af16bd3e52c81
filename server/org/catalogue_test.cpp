#include "org/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace org {
namespace {

using Codes = std::vector<std::string>;

Codes codes(const base::Problems& problems) {
  Codes made;
  for (const base::Problem& problem : problems) made.push_back(problem.code + "@" + problem.field);
  return made;
}

Codes refused_catalogue(std::string_view bytes) {
  const auto read = read_catalogue(bytes);
  return read ? Codes{"taken"} : codes(read.error());
}

Codes refused_mapping(std::string_view bytes) {
  const auto read = read_mapping(bytes);
  return read ? Codes{"taken"} : codes(read.error());
}

/// "place level code|name|kind|parent" of each unit.
Codes lines(const Catalogue& catalogue) {
  Codes made;
  for (const CatalogueUnit& unit : catalogue.units) {
    made.push_back(unit.place + " " + (unit.level ? std::to_string(*unit.level) : "-") + " " +
                   unit.code + "|" + unit.name + "|" + unit.kind + "|" + unit.parent_code);
  }
  return made;
}

/// "place level from|name > to|name|parent" of each link, with its share when it has one.
Codes lines(const Mapping& mapping) {
  Codes made;
  for (const MappingLink& link : mapping.links) {
    made.push_back(link.place + " " + std::to_string(link.from_level) + " " + link.from_code + "|" +
                   link.from_name + " > " + link.to_code + "|" + link.to_name + "|" +
                   link.to_parent_code);
    if (link.numerator) {
      made.back() +=
          " " + std::to_string(*link.numerator) + "/" + std::to_string(link.denominator.value());
    }
  }
  return made;
}

// ---- catalogues, small

TEST(Catalogue, ReadsAPlainTable) {
  const auto read = read_catalogue(
      "level,code,name,type,parent_code,remark\n"
      "1,01,Thành phố Hà Nội,Thành phố Trung ương,,x\n"
      "2,00004, Phường  Ba\xC2\xA0Đình ,Phường,01,\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read), (Codes{"line 2 1 01|Thành phố Hà Nội|Thành phố Trung ương|",
                                 "line 3 2 00004|Phường Ba Đình|Phường|01"}));
  EXPECT_TRUE(read->is_whole);
  EXPECT_EQ(codes(read->doubts), (Codes{"csv.nbsp@"}));
}

TEST(Catalogue, NeedsOnlyCodeAndName) {
  const auto read = read_catalogue("name;code\nXã Hồng Vân;10180\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read), (Codes{"line 2 - 10180|Xã Hồng Vân||"}));
}

TEST(Catalogue, ComposesNames) {
  const auto read = read_catalogue(
      "code,name\n1,Xa\xCC\x83 Ho\xCC\x80"
      "a\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->units[0].name, "Xã Hòa");
  EXPECT_EQ(codes(read->doubts), (Codes{"csv.nfd@"}));
}

TEST(Catalogue, PutsParentsBeforeChildren) {
  const auto read = read_catalogue(
      "code,name,parent_code\n3,Xã Ba,2\n4,Xã Bốn,2\n2,Huyện Hai,1\n1,Tỉnh Một,\n5,Tỉnh Năm,\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read),
            (Codes{"line 5 - 1|Tỉnh Một||", "line 4 - 2|Huyện Hai||1", "line 2 - 3|Xã Ba||2",
                   "line 3 - 4|Xã Bốn||2", "line 6 - 5|Tỉnh Năm||"}));
}

TEST(Catalogue, IsNotWholeWithoutCommunes) {
  const auto read = read_catalogue(
      "code,name,type,parent_code\n01,Thành phố Hà Nội,Thành phố Trung ương,\n"
      "001,Quận Ba Đình,Quận,01\n");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->is_whole);
}

TEST(Catalogue, TakesSuperiorsFromTheCommunesTable) {
  const auto read = read_catalogue(
      "\xEF\xBB\xBFMã,Tên,Tên Tiếng Anh,Cấp,Mã QH,Quận Huyện,Mã TP,Tỉnh / Thành Phố\n"
      "00001,Phường Phúc Xá,,Phường,001,Quận Ba Đình,01,Thành phố Hà Nội\n"
      "00004,Phường Trúc Bạch ,,Phường,001,Quận Ba Đình,01,Thành phố Hà Nội\n"
      "01843,Xã Dương Quang,,Xã,058,Thành Phố Bắc Kạn,06,Tỉnh Bắc Kạn\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read),
            (Codes{"line 2 1 01|Thành phố Hà Nội|Thành phố Trung ương|",
                   "line 2 2 001|Quận Ba Đình|Quận|01", "line 2 3 00001|Phường Phúc Xá|Phường|001",
                   "line 3 3 00004|Phường Trúc Bạch|Phường|001", "line 4 1 06|Tỉnh Bắc Kạn|Tỉnh|",
                   "line 4 2 058|Thành Phố Bắc Kạn|Thành phố|06",
                   "line 4 3 01843|Xã Dương Quang|Xã|058"}));
  EXPECT_TRUE(read->is_whole);
  EXPECT_EQ(codes(read->doubts), (Codes{"csv.bom@"}));
}

TEST(Catalogue, TakesProvincesFromTheDistrictsTable) {
  const auto read = read_catalogue(
      "Mã,Tên,Tên Tiếng Anh,Cấp,Mã TP,Tỉnh / Thành Phố\n"
      "001,Quận Ba Đình,,Quận,01,Thành phố Hà Nội\n"
      "859,Huyện  Vũng Liêm,,Huyện,86,Tỉnh Vĩnh Long\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read),
            (Codes{"line 2 1 01|Thành phố Hà Nội|Thành phố Trung ương|",
                   "line 2 2 001|Quận Ba Đình|Quận|01", "line 3 1 86|Tỉnh Vĩnh Long|Tỉnh|",
                   "line 3 2 859|Huyện Vũng Liêm|Huyện|86"}));
  EXPECT_FALSE(read->is_whole);
}

TEST(Catalogue, ReadsNestedProvinces) {
  const auto read = read_catalogue(R"(
[{"Code":"01","FullName":"Thành phố Hà Nội","AdministrativeUnitShortName":"Thành phố",
  "AdministrativeUnitFullName":"Thành phố trực thuộc trung ương","AdministrativeUnitId":1,
  "Wards":[{"Code":"00004","FullName":"Phường Ba Đình ","ProvinceCode":"01",
            "AdministrativeUnitShortName":"Phường"},
           {"Code":"11948","FullName":"Đặc khu Bạch Long Vĩ","AdministrativeUnitShortName":"Đặc khu",
            "AdministrativeUnitFullName":"Đặc khu tại hải đảo"}]},
 {"Code":"04","FullName":"Tỉnh Cao Bằng","AdministrativeUnitShortName":"Tỉnh","Wards":null},
 {"Code":"08","FullName":"Tỉnh Tuyên Quang","AdministrativeUnitShortName":"Tỉnh"}])");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read), (Codes{"/0 1 01|Thành phố Hà Nội|Thành phố Trung ương|",
                                 "/0/Wards/0 2 00004|Phường Ba Đình|Phường|01",
                                 "/0/Wards/1 2 11948|Đặc khu Bạch Long Vĩ|Đặc khu|01",
                                 "/1 1 04|Tỉnh Cao Bằng|Tỉnh|", "/2 1 08|Tỉnh Tuyên Quang|Tỉnh|"}));
  EXPECT_TRUE(read->is_whole);
  const auto bare =
      read_catalogue("\xEF\xBB\xBF [{\"Code\":\"04\",\"FullName\":\"Tỉnh Cao Bằng\"}]");
  ASSERT_TRUE(bare);
  EXPECT_FALSE(bare->is_whole);
  EXPECT_EQ(bare->units[0].kind, "Tỉnh");
}

TEST(Catalogue, RefusesWhatIsNoCatalogue) {
  EXPECT_EQ(refused_catalogue("from,to\n1,2\n"), (Codes{"catalogue.form@line 1"}));
  EXPECT_EQ(refused_catalogue("code,name\n"), (Codes{"catalogue.form@"}));
  EXPECT_EQ(refused_catalogue("[]"), (Codes{"catalogue.form@"}));
  EXPECT_EQ(refused_catalogue("{\"data\":[]}"), (Codes{"catalogue.form@"}));
  EXPECT_EQ(refused_catalogue("[{\"name\":\"Hà Nội\"}]"), (Codes{"catalogue.form@"}));
  EXPECT_EQ(refused_catalogue("[{\"Code\":\"01\","), (Codes{"catalogue.json@"}));
  EXPECT_EQ(refused_catalogue("[{\"Code\":\"\xFF\"}]"), (Codes{"catalogue.json@"}));
  EXPECT_EQ(refused_catalogue(""), (Codes{"csv.empty@line 1"}));
  EXPECT_EQ(refused_catalogue("code,name\n1\n\xFF,b\n"),
            (Codes{"csv.row_width@line 2", "csv.not_utf8@line 3"}));
}

TEST(Catalogue, RefusesEveryFaultOfAPlainTableAtOnce) {
  EXPECT_EQ(refused_catalogue("code,name,level,parent_code\n"
                              "1,Tỉnh Một,1,\n"
                              ",Xã Hai,2,1\n"
                              "3,,2,1\n"
                              "1,Tỉnh Một,1,\n"
                              "5,Xã Năm,ba,9\n"
                              "6,Xã Sáu,2,7\n"
                              "7,Xã Bảy,2,6\n"
                              "8,Xã Tám,3,7\n"),
            (Codes{"unit.level_form@line 6", "unit.code_missing@line 3", "unit.name_missing@line 4",
                   "unit.code_twice@line 5", "unit.parent_unknown@line 6", "unit.cycle@line 7",
                   "unit.cycle@line 8"}));
  EXPECT_EQ(refused_catalogue("code,name,parent_code\n1,Tỉnh Một,1\n"),
            (Codes{"unit.cycle@line 2"}));
}

TEST(Catalogue, RefusesEveryFaultOfAnOfficesTableAtOnce) {
  EXPECT_EQ(refused_catalogue("Mã,Tên,Cấp,Mã QH,Quận Huyện,Mã TP,Tỉnh / Thành Phố\n"
                              "00001,Phường Một,Phường,001,Quận Ba Đình,01,Thành phố Hà Nội\n"
                              "00002,Phường Hai,Phường,,,01,Thành phố Hà Nội\n"
                              "00003,Phường Ba,Phường,001,Quận Ba Đình,02,Tỉnh Hà Giang\n"
                              "00001,,Phường,001,Quận Ba Đình,01,Thành phố Hà Nội\n"),
            (Codes{"unit.parent_unknown@line 3", "unit.code_twice@line 4",
                   "unit.name_missing@line 5", "unit.code_twice@line 5"}));
  EXPECT_EQ(refused_catalogue("Mã,Tên,Cấp,Mã TP,Tỉnh / Thành Phố\n"
                              "001,Quận Ba Đình,Quận,,\n,Quận Tây Hồ,Quận,01,Thành phố Hà Nội\n"),
            (Codes{"unit.parent_unknown@line 2", "unit.code_missing@line 3"}));
}

TEST(Catalogue, RefusesEveryFaultOfNestedProvincesAtOnce) {
  EXPECT_EQ(refused_catalogue(R"(
[{"Code":"01","FullName":"Thành phố Hà Nội","Wards":[{"FullName":"Phường Ba Đình"}, 7,
   {"Code":"00008"}, {"Code":"00008","FullName":"Phường Ngọc Hà"}]},
 {"FullName":"Tỉnh Cao Bằng"}, "08", {"Code":"11","FullName":"Tỉnh Điện Biên","Wards":{}}])"),
            (Codes{"catalogue.form@/0/Wards/1", "catalogue.form@/2", "catalogue.form@/3/Wards",
                   "unit.code_missing@/0/Wards/0", "unit.name_missing@/0/Wards/2",
                   "unit.code_twice@/0/Wards/3", "unit.code_missing@/1"}));
}

// ---- mappings, small

constexpr const char* kSplits = R"({"data":[
 {"level1_id":"31","name":"Thành phố Hải Phòng","splits":[{"new_id":"31","name":"Hải Phòng "}],
  "level3s":[{"level3_id":"11311","name":"Phường A","splits":[{"new_id":"11329","name":"Phường B"},
              {"new_id":"11359","name":"Phường C"},{"new_id":"11329","name":"Phường B"}]}],
  "level2s":[{"level2_id":"318","name":"Huyện Bạch Long Vĩ",
              "splits":[{"new_id":"11948","name":"Đặc khu Bạch Long Vĩ"}]}]}],"stats":{"n":1}})";

constexpr const char* kMerges = R"({"data":[
 {"level1_id":"31","name":"Thành phố Hải Phòng",
  "merges":[{"old_id":"31","name":"Thành phố Hải Phòng","type":"full"}],
  "level2s":[
   {"level2_id":"11329","name":"Phường B","merges":[{"old_id":"11311","name":"Phường A","type":"partial"}]},
   {"level2_id":"11359","name":"Phường C","merges":[{"old_id":"11311","name":"Phường A","type":"partial"}]},
   {"level2_id":"11948","name":"Đặc khu Bạch Long Vĩ",
    "merges":[{"old_id":"318","name":"Huyện Bạch Long Vĩ","type":"full"}]}]}]})";

TEST(Mapping, ReadsOldToNew) {
  const auto read = read_mapping(kSplits);
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read),
            (Codes{"/data/0/splits/0 1 31|Thành phố Hải Phòng > 31|Hải Phòng|",
                   "/data/0/level2s/0/splits/0 2 318|Huyện Bạch Long Vĩ > 11948|Đặc khu Bạch Long "
                   "Vĩ|31",
                   "/data/0/level3s/0/splits/0 3 11311|Phường A > 11329|Phường B|31",
                   "/data/0/level3s/0/splits/1 3 11311|Phường A > 11359|Phường C|31"}));
}

TEST(Mapping, ReadsNewToOld) {
  const auto read = read_mapping(kMerges);
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read),
            (Codes{"/data/0/merges/0 1 31|Thành phố Hải Phòng > 31|Thành phố Hải Phòng|",
                   "/data/0/level2s/0/merges/0 3 11311|Phường A > 11329|Phường B|31",
                   "/data/0/level2s/1/merges/0 3 11311|Phường A > 11359|Phường C|31",
                   "/data/0/level2s/2/merges/0 2 318|Huyện Bạch Long Vĩ > 11948|Đặc khu Bạch Long "
                   "Vĩ|31"}));
}

TEST(Mapping, DoesNotGuessTheProvinceOfADividedOne) {
  const auto read = read_mapping(R"({"data":[{"level1_id":"28","name":"Tỉnh Hà Tây",
    "splits":[{"new_id":"01","name":"Thành phố Hà Nội"},{"new_id":"17","name":"Tỉnh Hòa Bình"}],
    "level3s":[{"level3_id":"04939","name":"Xã A","splits":[{"new_id":"04940","name":"Xã B"}]}]}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->links.back().to_parent_code, "");
}

TEST(Mapping, GivesTheWideTableItsZerosBack) {
  const auto read = read_mapping(
      "provinceCode,districtCode,wardCode,province,district,ward,newProvince,newWard,"
      "newProvinceCode,newWardCode\n"
      "1,1,7.0,Thành phố Hà Nội,Quận Ba Đình,Phường Cống Vị,Thành phố Hà Nội,Phường Giảng "
      "Võ,01,25\n"
      "1,1,7.0,Thành phố Hà Nội,Quận Ba Đình,Phường Cống Vị,Thành phố Hà Nội,Phường Ngọc Hà,01,8\n"
      "77,755,,Tỉnh Bà Rịa - Vũng Tàu,Huyện Côn Đảo,,Thành phố Hồ Chí Minh,Đặc khu Côn Đảo,79,"
      "26732\n"
      "1,1,7.0,Thành phố Hà Nội,Quận Ba Đình,Phường Cống Vị,Thành phố Hà Nội,Phường Ngọc "
      "Hà,01,8\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read), (Codes{"line 2 1 01|Thành phố Hà Nội > 01|Thành phố Hà Nội|",
                                 "line 2 3 00007|Phường Cống Vị > 00025|Phường Giảng Võ|01",
                                 "line 3 3 00007|Phường Cống Vị > 00008|Phường Ngọc Hà|01",
                                 "line 4 1 77|Tỉnh Bà Rịa - Vũng Tàu > 79|Thành phố Hồ Chí Minh|",
                                 "line 4 2 755|Huyện Côn Đảo > 26732|Đặc khu Côn Đảo|79"}));
}

TEST(Mapping, ReadsFromToAndShare) {
  const auto read = read_mapping(
      "\xEF\xBB\xBF"
      "from,to,share\n00007,00008,3/5\n00007,00025,2/5\n001,00004,\n28,01,1\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(lines(*read), (Codes{"line 2 3 00007| > 00008|| 3/5", "line 3 3 00007| > 00025|| 2/5",
                                 "line 4 2 001| > 00004||", "line 5 1 28| > 01|| 1/1"}));
  EXPECT_EQ(codes(read->doubts), (Codes{"csv.bom@"}));
  const auto bare = read_mapping("from,to\n00007,00008\n");
  ASSERT_TRUE(bare);
  EXPECT_FALSE(bare->links[0].numerator || bare->links[0].denominator);
}

TEST(Mapping, RefusesWhatIsNoMapping) {
  EXPECT_EQ(refused_mapping("code,name\n1,2\n"), (Codes{"mapping.form@line 1"}));
  EXPECT_EQ(refused_mapping("wardCode,newWardCode\n1,2\n"), (Codes{"mapping.form@line 1"}));
  EXPECT_EQ(refused_mapping("[]"), (Codes{"mapping.form@"}));
  EXPECT_EQ(refused_mapping("{\"data\":{}}"), (Codes{"mapping.form@"}));
  EXPECT_EQ(refused_mapping("{\"data\":[]}"), (Codes{"mapping.form@"}));
  EXPECT_EQ(refused_mapping("{\"data\":[]"), (Codes{"mapping.json@"}));
  EXPECT_EQ(refused_mapping(""), (Codes{"csv.empty@line 1"}));
}

TEST(Mapping, RefusesEveryFaultAtOnce) {
  EXPECT_EQ(refused_mapping("from,to,share\n1,,\n2,3,0.5\n2,3,4/0\n2,3,-1/2\n2,3,5/3\n2,3,1/2/3\n"
                            "2,3,1/\n,3,x\n2,3,0/1\n"),
            (Codes{"unit.code_missing@line 2", "mapping.share@line 3", "mapping.share@line 4",
                   "mapping.share@line 5", "mapping.share@line 6", "mapping.share@line 7",
                   "mapping.share@line 8", "mapping.share@line 9", "unit.code_missing@line 9"}));
  EXPECT_EQ(refused_mapping("provinceCode,districtCode,wardCode,newProvinceCode,newWardCode\n"
                            "1,,,01,00004\n1,1,4.0,01,\n"),
            (Codes{"unit.code_missing@line 2", "unit.code_missing@line 3"}));
  EXPECT_EQ(
      refused_mapping(R"({"data":[5,{"level1_id":"01"},
    {"level1_id":"02","splits":[{"name":"x"}],"level3s":[{"level3_id":"00001","splits":7}, 8]},
    {"level1_id":"03","merges":[],"level2s":[{"level2_id":"00004","merges":[{"name":"x"}]}]}]})"),
      (Codes{"mapping.form@/data/0", "mapping.form@/data/1", "unit.code_missing@/data/2/splits/0",
             "mapping.form@/data/2/level3s/0/splits", "mapping.form@/data/2/level3s/1",
             "unit.code_missing@/data/3/level2s/0/merges/0"}));
}

// ---- the nation's files

/// A file of the shared data; empty, and loudly so, when it is not here.
std::string shared(const std::string& name) {
  const char* root = std::getenv("THONGSUOT_SHARED");
  const std::filesystem::path place = root && *root ? root : SOURCE_FOLDER "/../shared";
  std::ifstream file(place / "data/vn-admin" / name, std::ios::binary);
  if (!file) {
    std::cout << "*** NOT RUN: no " << name << "; set THONGSUOT_SHARED ***" << std::endl;
    return "";
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

#define READ_OR_SKIP(name, read, file)                        \
  const std::string name##_bytes = shared(file);              \
  if (name##_bytes.empty()) GTEST_SKIP() << file " not here"; \
  const auto name##_read = read(name##_bytes);                \
  ASSERT_TRUE(name##_read);                                   \
  const auto& name = *name##_read

std::map<std::int64_t, std::size_t> units_by_level(const Catalogue& catalogue) {
  std::map<std::int64_t, std::size_t> counts;
  for (const CatalogueUnit& unit : catalogue.units) ++counts[unit.level.value_or(0)];
  return counts;
}

using Counts = std::map<std::int64_t, std::size_t>;

/// What no catalogue may hold: untidy names, children before parents, no kind.
void expect_sound(const Catalogue& catalogue) {
  std::set<std::string> seen;
  for (const CatalogueUnit& unit : catalogue.units) {
    EXPECT_EQ(unit.name, base::tidy(unit.name)) << unit.place;
    EXPECT_NE(unit.kind, "") << unit.place;
    EXPECT_EQ(unit.parent_code.empty(), unit.level == 1) << unit.place;
    EXPECT_TRUE(unit.parent_code.empty() || seen.contains(unit.parent_code)) << unit.place;
    seen.insert(unit.code);
  }
}

std::string line_of(const Catalogue& catalogue, const std::string& code) {
  for (const CatalogueUnit& unit : catalogue.units) {
    if (unit.code == code) return unit.name + "|" + unit.kind + "|" + unit.parent_code;
  }
  return "none";
}

using Link = std::tuple<int, std::string, std::string>;

std::set<Link> links_of(const Mapping& mapping) {
  std::set<Link> made;
  for (const MappingLink& link : mapping.links) {
    made.insert({link.from_level, link.from_code, link.to_code});
  }
  EXPECT_EQ(made.size(), mapping.links.size()) << "a link twice";
  return made;
}

/// Old unit → how many it went to, of one level.
std::map<std::string, std::size_t> targets(const std::set<Link>& links, int level) {
  std::map<std::string, std::size_t> made;
  for (const auto& [from_level, from, to] : links) made[from] += from_level == level ? 1 : 0;
  std::erase_if(made, [](const auto& one) { return one.second == 0; });
  return made;
}

TEST(Catalogue, ReadsTheNationOf2025BeforeTheReorganisation) {
  READ_OR_SKIP(nation, read_catalogue, "history/snapshot_asof_2025-03-01.csv");
  EXPECT_EQ(units_by_level(nation), (Counts{{1, 63}, {2, 696}, {3, 10'047}}));
  expect_sound(nation);
  EXPECT_TRUE(nation.is_whole);
  EXPECT_EQ(line_of(nation, "01"), "Thành phố Hà Nội|Thành phố Trung ương|");
  EXPECT_EQ(line_of(nation, "00001"), "Phường Phúc Xá|Phường|001");
}

TEST(Catalogue, ReadsTheOfficesCommunes) {
  READ_OR_SKIP(nation, read_catalogue, "old_gso_communes_2025-07-18.csv");
  // Five island districts have no commune that would name them.
  EXPECT_EQ(units_by_level(nation), (Counts{{1, 63}, {2, 691}, {3, 10'035}}));
  expect_sound(nation);
  EXPECT_TRUE(nation.is_whole);
  EXPECT_EQ(line_of(nation, "01"), "Thành phố Hà Nội|Thành phố Trung ương|");
  EXPECT_EQ(line_of(nation, "859"), "Huyện Vũng Liêm|Huyện|86");
  EXPECT_EQ(line_of(nation, "00001"), "Phường Phúc Xá|Phường|001");
  EXPECT_EQ(line_of(nation, "318"), "none");
}

TEST(Catalogue, ReadsTheOfficesDistricts) {
  READ_OR_SKIP(nation, read_catalogue, "old_gso_districts_2025-07-18.csv");
  EXPECT_EQ(units_by_level(nation), (Counts{{1, 63}, {2, 696}}));
  expect_sound(nation);
  EXPECT_FALSE(nation.is_whole);
  EXPECT_EQ(line_of(nation, "318"), "Huyện Bạch Long Vĩ|Huyện|31");
}

TEST(Catalogue, ReadsTheNationAfterTheReorganisation) {
  READ_OR_SKIP(nation, read_catalogue, "new_units_thanglequoc_2025-07-01_v3.0.2.json");
  EXPECT_EQ(units_by_level(nation), (Counts{{1, 34}, {2, 3'321}}));
  expect_sound(nation);
  EXPECT_TRUE(nation.is_whole);
  std::map<std::string, std::size_t> kinds;
  for (const CatalogueUnit& unit : nation.units) ++kinds[unit.kind];
  EXPECT_EQ(kinds, (std::map<std::string, std::size_t>{{"Thành phố Trung ương", 6},
                                                       {"Tỉnh", 28},
                                                       {"Phường", 687},
                                                       {"Xã", 2'621},
                                                       {"Đặc khu", 13}}));
  EXPECT_EQ(line_of(nation, "00097"), "Phường Hồng Hà|Phường|01");
}

TEST(Mapping, ReadsTheNationsSplitsAndMergesAsOne) {
  READ_OR_SKIP(splits, read_mapping, "map_old_to_new_dvhcvn_splits.json");
  READ_OR_SKIP(merges, read_mapping, "map_new_to_old_dvhcvn_merges.json");
  const std::set<Link> links = links_of(splits);
  EXPECT_TRUE(links == links_of(merges));
  EXPECT_EQ(targets(links, 1).size(), 63U);
  EXPECT_EQ(targets(links, 2).size(), 5U);
  const auto communes = targets(links, 3);
  EXPECT_EQ(communes.size(), 10'047U);
  EXPECT_EQ(std::count_if(communes.begin(), communes.end(),
                          [](const auto& commune) { return commune.second > 1; }),
            460);
  EXPECT_TRUE(links.contains({3, "00001", "00097"}));
  EXPECT_TRUE(links.contains({3, "00007", "00008"}));
  EXPECT_TRUE(links.contains({2, "318", "11948"}));
  EXPECT_TRUE(links.contains({1, "77", "79"}));
  for (const Mapping* mapping : {&splits, &merges}) {
    for (const MappingLink& link : mapping->links) {
      EXPECT_EQ(link.to_name, base::tidy(link.to_name)) << link.place;
      EXPECT_EQ(link.from_name, base::tidy(link.from_name)) << link.place;
      EXPECT_EQ(link.to_parent_code.empty(), link.from_level == 1) << link.place;
    }
  }
}

TEST(Mapping, ReadsTheNationsWideTable) {
  READ_OR_SKIP(wide, read_mapping, "map_old_new_vietnamadminunits.csv");
  const std::set<Link> links = links_of(wide);
  EXPECT_EQ(targets(links, 1).size(), 63U);
  EXPECT_EQ(targets(links, 3).size(), 10'035U);
  const auto districts = targets(links, 2);
  EXPECT_EQ(districts, (std::map<std::string, std::size_t>{
                           {"318", 1}, {"471", 1}, {"498", 1}, {"536", 1}, {"755", 1}}));
  EXPECT_EQ(links.size(), 10'602U + 63U);
  EXPECT_TRUE(links.contains({3, "00001", "00097"}));
  EXPECT_TRUE(links.contains({3, "00007", "00025"}));
  EXPECT_TRUE(links.contains({1, "77", "79"}));
  EXPECT_EQ(wide.links[1].from_name, "Phường Phúc Xá");
  EXPECT_EQ(wide.links[1].to_parent_code, "01");
}

}  // namespace
}  // namespace org
