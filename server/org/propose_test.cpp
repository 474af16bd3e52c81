#include "org/propose.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace org {
namespace {

const base::Date kBefore(2021, 1, 1), kOn(2025, 7, 1);

/// A city 01 over district 279 with communes, and a second city 17.
class World {
 public:
  World() {
    city_ = add("01", "Thành phố Hà Nội", "Thành phố Trung ương", 1, 0);
    district_ = add("279", "Huyện Thường Tín", "Huyện", 2, city_);
    for (const auto& [code, name] :
         {std::pair("10183", "Thị trấn Thường Tín"), std::pair("10198", "Xã Hòa Bình"),
          std::pair("10258", "Xã Tô Hiệu"), std::pair("10261", "Xã Văn Tự")}) {
      add(code, name, std::string(name).starts_with("Xã") ? "Xã" : "Thị trấn", 3, district_);
    }
    other_ = add("17", "Tỉnh Hòa Bình", "Tỉnh", 1, 0);
    add("04700", "Xã Xa", "Xã", 3, other_);
    tree.day = kOn;
    tree.index();
  }

  Snapshot tree;
  std::int64_t city_, district_, other_;

 private:
  std::int64_t add(const char* code, const char* name, const std::string& kind, std::int64_t level,
                   std::int64_t parent) {
    const auto id = static_cast<std::int64_t>(tree.units.size()) + 1;
    Standing unit;
    unit.id = UnitId{id}, unit.code = code, unit.name = name, unit.kind = kind, unit.level = level;
    unit.name_from = unit.code_from = kBefore, unit.name_to = unit.code_to = base::kForever;
    unit.places = {{kGovernment, UnitId{parent}, kBefore, base::kForever}};
    tree.units.push_back(unit);
    return id;
  }
};

Sources sources(const std::string& catalogue, const std::vector<std::string>& mappings = {}) {
  Sources made;
  made.catalogue = read_catalogue("code,name,type,parent_code,level\n" + catalogue).value();
  for (const std::string& mapping : mappings) {
    made.mappings.push_back(read_mapping("from,to,share\n" + mapping).value());
  }
  return made;
}

/// "kind from > to before > after !doubt".
std::vector<std::string> told(const Proposal& made) {
  std::vector<std::string> lines;
  const auto join = [](const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : ",") + one;
    return text;
  };
  for (const Change& change : made.plan.changes) {
    std::string line =
        std::string(name(change.kind)) + " " + join(change.from) + " > " + join(change.to);
    for (const auto& doubt : change.doubts) line += " !" + doubt.code;
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

using Lines = std::vector<std::string>;

const std::string kSame =
    "01,Thành phố Hà Nội,Thành phố Trung ương,,1\n279,Huyện Thường Tín,Huyện,01,2\n"
    "10183,Thị trấn Thường Tín,Thị trấn,279,3\n10198,Xã Hòa Bình,Xã,279,3\n"
    "10258,Xã Tô Hiệu,Xã,279,3\n10261,Xã Văn Tự,Xã,279,3\n17,Tỉnh Hòa Bình,Tỉnh,,1\n"
    "04700,Xã Xa,Xã,17,3\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

Lines proposed(const std::string& catalogue, const std::vector<std::string>& mappings = {}) {
  const World world;
  return told(propose(world.tree, {world.tree, {}}, sources(catalogue, mappings), kGovernment));
}

TEST(Propose, TheSameCatalogueProposesNothing) { EXPECT_EQ(proposed(kSame), Lines{}); }

TEST(Propose, DifferencesOfWritingAreNoRenames) {
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "Xã Hoà Bình")), Lines{}) << "tone placement";
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "xã  hòa bình ")), Lines{}) << "blanks, case";
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "Xã\u00A0Hòa\u00A0Bình")), Lines{}) << "NBSP";
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "Xa\u0303 Ho\u0300a Bi\u0300nh")), Lines{})
      << "NFD";
  EXPECT_EQ(proposed(with(kSame, "04700,Xã Xa", "4700,Xã Xa")), Lines{}) << "a leading zero";
}

TEST(Propose, RealChangesOfOneUnitAreProposed) {
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "Xã Hòa Mục")),
            (Lines{"rename 10198 > 10198 !catalogue.doubt_other_name"}));
  EXPECT_EQ(proposed(with(kSame, "Xã Hòa Bình", "Xã Hóa Bình")),
            (Lines{"rename 10198 > 10198 !catalogue.doubt_marks"}));
  EXPECT_EQ(proposed(with(kSame, "10198,Xã Hòa Bình,Xã", "10198,Phường Hòa Bình,Phường")),
            (Lines{"rekind 10198 > 10198"}));
  EXPECT_EQ(proposed(with(kSame, "10261,Xã Văn Tự,Xã,279", "10261,Xã Văn Tự,Xã,17")),
            (Lines{"reparent 10261 > 10261"}));
  EXPECT_EQ(proposed(with(kSame, "10261,Xã Văn Tự", "10270,Xã Văn Tự")),
            (Lines{"recode 10261 > 10270 !catalogue.doubt_by_name"}));
}

const std::string kAfter =
    "01,Thành phố Hà Nội,Thành phố Trung ương,,1\n10183,Xã Thường Tín,Xã,01,2\n"
    "10273,Xã Phú Xuyên,Xã,01,2\n17,Tỉnh Hòa Bình,Tỉnh,,1\n04700,Xã Xa,Xã,17,3\n";
const std::string kMapping =
    "10183,10183,\n10198,10183,\n10258,10183,1/3\n10258,10273,2/3\n10261,10273,\n04700,04700,\n";

TEST(Propose, MergesAndSplitsComeFromTheMapping) {
  EXPECT_EQ(proposed(kAfter, {kMapping}),
            (Lines{"end 279 > ", "merge 10183,10198 > 10183", "merge 10261 > 10273",
                   "split 10258 > 10183,10273"}));
  const World world;
  const Proposal made =
      propose(world.tree, {world.tree, {}}, sources(kAfter, {kMapping}), kGovernment);
  const auto split =
      std::find_if(made.plan.changes.begin(), made.plan.changes.end(),
                   [](const Change& change) { return change.kind == ChangeKind::split; });
  EXPECT_EQ(split->basis, Basis::stated);
  EXPECT_EQ(split->shares[1].numerator, 2);
  EXPECT_TRUE(judge(made.plan, world.tree).problems.empty());
}

TEST(Propose, UnknownSharesStandInEqualAndSaySo) {
  const Lines lines = proposed(kAfter, {with(with(kMapping, "1/3", ""), "2/3", "")});
  EXPECT_NE(
      std::find(lines.begin(), lines.end(), "split 10258 > 10183,10273 !catalogue.doubt_share"),
      lines.end());
}

TEST(Propose, StatedSharesAreReckonedOverOneWholeOrRefused) {
  const World world;
  const auto shares = [&](const std::string& first, const std::string& second) {
    const std::string mapping = with(with(kMapping, "1/3", first), "2/3", second);
    const Proposal made =
        propose(world.tree, {world.tree, {}}, sources(kAfter, {mapping}), kGovernment);
    if (!made.refused.empty()) return made.refused.front().code;
    std::string told;
    for (const Change& change : made.plan.changes) {
      for (const PlannedShare& share : change.shares) {
        told += std::to_string(share.numerator) + "/" + std::to_string(share.denominator) + " ";
      }
    }
    return told;
  };
  EXPECT_EQ(shares("1/3", "4/6"), "2/6 4/6 ");
  EXPECT_EQ(shares("1/4", ""), "1/4 3/4 ") << "what is not said is the rest";
  EXPECT_EQ(shares("", ""), "1/2 1/2 ");
  EXPECT_EQ(shares("0/1", "1/1"), "0/1 1/1 ") << "land without people";
  EXPECT_EQ(shares("1/3", "2/9"), "catalogue.shares");
  EXPECT_EQ(shares("2/3", "2/3"), "catalogue.shares");
  const Proposal alone =
      propose(world.tree, {world.tree, {}},
              sources(kAfter, {with(kMapping, "10261,10273,", "10261,10273,1/3")}), kGovernment);
  ASSERT_EQ(alone.refused.size(), 1U);
  EXPECT_EQ(alone.refused[0].code, "catalogue.shares");
}

TEST(Propose, AListedUnitOfWhichTheMappingIsSilentGoesOnAndTakesIn) {
  EXPECT_EQ(proposed(with(kSame, "10261,Xã Văn Tự,Xã,279,3\n", ""), {"10261,10258,\n"}),
            (Lines{"merge 10261 > 10258"}));
}

TEST(Propose, WhatHasGoneOverIsNotProposedAgain) {
  World before;
  World after;  // 10258 was divided, 10261 went to 10198, both on the day itself
  std::erase_if(after.tree.units, [](const Standing& unit) { return unit.code == "10261"; });
  after.tree.index();
  const UnitId divided = before.tree.with_code("10258")->id;
  const std::string catalogue = with(kSame, "10261,Xã Văn Tự,Xã,279,3\n", "");
  const Sources both =
      sources(catalogue, {"10258,10258,1/2\n10258,10198,1/2\n10261,10198,\n10198,10198,\n"});
  EXPECT_EQ(told(propose(after.tree, {before.tree, {divided}}, both, kGovernment)), Lines{});
}

TEST(Propose, AMappingOfAnotherDayIsPassedOverAndTold) {
  const World world;
  const Proposal made = propose(world.tree, {world.tree, {}},
                                sources(kSame, {"10258,10261,\n10261,10258,\n"}), kGovernment);
  EXPECT_EQ(told(made), Lines{});
  ASSERT_EQ(made.doubts.size(), 2U);
  EXPECT_EQ(made.doubts[0].code, "catalogue.doubt_stale");
}

TEST(Propose, SourcesThatDisagreeAreBothShown) {
  const Lines lines = proposed(kAfter, {kMapping, with(kMapping, "10261,10273", "10261,10183")});
  EXPECT_NE(std::find(lines.begin(), lines.end(), "merge 10261 > 10273 !catalogue.doubt_sources"),
            lines.end());
}

TEST(Propose, AMappingOfUnknownUnitsIsRefusedWithAllPlaces) {
  const World world;
  const Proposal made =
      propose(world.tree, {world.tree, {}},
              sources(kAfter, {kMapping + "99998,10183,\n10183,99999,\n"}), kGovernment);
  std::string codes;
  for (const auto& problem : made.refused) codes += problem.code + "@" + problem.field + ";";
  EXPECT_EQ(codes, "catalogue.mapping_from@line 8;catalogue.mapping_to@line 9;");
}

TEST(Propose, ACountrysCatalogueServesOneCity) {
  World world;
  Sources both = sources(kAfter, {kMapping});
  std::vector<UnitId> own;
  for (const Standing& unit : world.tree.units) {
    if (unit.id.value < world.other_) own.push_back(unit.id);
  }
  Eve eve{world.tree, {}};
  ASSERT_TRUE(keep_under(UnitId{world.city_}, own, world.tree, eve, both, kGovernment).has_value());
  EXPECT_EQ(world.tree.units.size(), 6U);
  EXPECT_EQ(both.catalogue.units.size(), 3U);
  EXPECT_EQ(both.mappings[0].links.size(), 5U);
  EXPECT_EQ(told(propose(world.tree, eve, both, kGovernment)),
            (Lines{"end 279 > ", "merge 10183,10198 > 10183", "merge 10261 > 10273",
                   "split 10258 > 10183,10273"}));
  // A country above them all answers for the whole catalogue.
  World nation;
  Standing country = nation.tree.units.front();
  country.id = UnitId{100}, country.code = "VN", country.kind = "Nước", country.name = "Việt Nam";
  for (Standing& unit : nation.tree.units) {
    if (!unit.places[0].parent) unit.places[0].parent = country.id;
  }
  nation.tree.units.push_back(country);
  nation.tree.index();
  std::vector<UnitId> all;
  for (const Standing& unit : nation.tree.units) all.push_back(unit.id);
  Sources whole = sources(kSame);
  Eve before{nation.tree, {}};
  ASSERT_TRUE(keep_under(country.id, all, nation.tree, before, whole, kGovernment).has_value());
  EXPECT_EQ(told(propose(nation.tree, before, whole, kGovernment)), Lines{});
  World again;
  Sources other = sources("17,Tỉnh Hòa Bình,Tỉnh,,1\n");
  const auto refused = keep_under(UnitId{again.city_}, own, again.tree, eve, other, kGovernment);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, "catalogue.owner_missing");
}

}  // namespace
}  // namespace org
