#include "publish/open_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/figures_map.h"

namespace publish {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Boundary = org::boundary_store::Boundary;

Boundary boundary(std::int64_t id, const std::string& coordinates,
                  const std::string& type = "Polygon") {
  return {{org::UnitId{id}, "", ""},
          R"({"type":")" + type + R"(","coordinates":)" + coordinates + "}",
          id < 3 ? "Nguồn A" : "Nguồn B"};
}
constexpr const char* kSquare = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";
constexpr const char* kBeside = "[[[1,0],[3,0],[3,1],[1,1],[1,0]]]";
const std::map<std::int64_t, std::string> kCodes{{1, "A"}, {2, "B"}};

TEST(OpenMap, IsDrawnToFitWithTheNorthAbove) {
  const OpenMap made = drawn({boundary(1, kSquare), boundary(2, kBeside)}, kCodes);
  EXPECT_EQ(made.width, kMapWidth);
  EXPECT_EQ(made.height, 491);  // a third of what is inside of the margins, less the cosine's rest
  ASSERT_EQ(made.shapes.size(), 2U);
  EXPECT_EQ(made.shapes[0].code, "B");  // the larger one first
  EXPECT_EQ(made.shapes[1].path, "M483 8L8 8L8 483L483 483L483 8Z");
  EXPECT_EQ(made.shapes[1].x, 245);
  EXPECT_EQ(made.shapes[1].y, 245);
  EXPECT_EQ(made.shapes[1].room, 474);
  EXPECT_THAT(made.sources, ElementsAre("Nguồn A"));
}

TEST(OpenMap, HoldsOnlyUnitsWithACode) {
  const OpenMap made = drawn({boundary(1, kSquare), boundary(2, kBeside),
                              boundary(3, "[[[50,50],[60,50],[60,60],[50,50]]]")},
                             kCodes);
  EXPECT_EQ(made.shapes.size(), 2U);
  EXPECT_EQ(made.width, kMapWidth);
  EXPECT_THAT(made.sources, ElementsAre("Nguồn A"));
}

TEST(OpenMap, IsNoneForFewerThanTwoPlaces) {
  EXPECT_TRUE(drawn({}, kCodes).is_empty());
  EXPECT_TRUE(drawn({boundary(1, kSquare)}, kCodes).is_empty());
  const std::string flat = "[[[0,0],[1,0],[2,0],[0,0]]]";
  EXPECT_TRUE(drawn({boundary(1, kSquare), boundary(2, flat)}, kCodes).is_empty());
  EXPECT_EQ(map_text({}), "");
  EXPECT_TRUE(open_map_of("").is_empty());
}

TEST(OpenMap, WritesAFigureInsideOfABentShapeAndBesideAHole) {
  const std::string bent = "[[[0,0],[10,0],[10,10],[8,10],[8,2],[2,2],[2,10],[0,10],[0,0]]]";
  const std::string holed =
      "[[[10,0],[20,0],[20,10],[10,10],[10,0]],[[13,2],[17,2],[17,8],[13,8],[13,2]]]";
  const OpenMap made = drawn({boundary(1, bent), boundary(2, holed)}, kCodes);
  ASSERT_EQ(made.shapes.size(), 2U);
  const double unit = (made.width - 16) / 20.0;
  const auto inside = [&](const OpenMap::Shape& shape, double from, double to) {
    return shape.x > 8 + from * unit && shape.x < 8 + to * unit;
  };
  const OpenMap::Shape& hole = made.shapes[0];
  EXPECT_TRUE(inside(hole, 10, 13) || inside(hole, 17, 20)) << hole.x;
  EXPECT_EQ(std::ranges::count(hole.path, 'M'), 2);
  const OpenMap::Shape& arm = made.shapes[1];
  EXPECT_TRUE(inside(arm, 0, 2) || inside(arm, 8, 10)) << arm.x;
}

TEST(OpenMap, TakesPartsAndOutlinesThatCrossThemselves) {
  const std::string parts = "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[4,0],[7,0],[7,3],[4,3],[4,0]]]]";
  const std::string crossing = "[[[0,5],[4,9],[4,5],[0,8],[0,5]]]";
  const OpenMap made = drawn({boundary(1, parts, "MultiPolygon"), boundary(2, crossing)}, kCodes);
  ASSERT_EQ(made.shapes.size(), 2U);
  EXPECT_EQ(made.shapes[0].code, "A");
  EXPECT_GT(made.shapes[0].x, made.width / 2);  // in the larger part
}

TEST(OpenMap, ComesBackFromItsText) {
  const OpenMap made = drawn({boundary(1, kSquare), boundary(2, kBeside)}, kCodes);
  EXPECT_EQ(open_map_of(map_text(made)), made);
}

TEST(Shades, CoverTheStretchWithoutGapOrOverlap) {
  using page::Shade;
  using page::shades_of;
  EXPECT_THAT(shades_of({}), IsEmpty());
  EXPECT_THAT(shades_of({7, 7}), ElementsAre(Shade{7, 7}));
  EXPECT_THAT(shades_of({0, 2}), ElementsAre(Shade{0, 0}, Shade{1, 1}, Shade{2, 2}));
  EXPECT_THAT(shades_of({100, 1, 50}), ElementsAre(Shade{1, 20}, Shade{21, 40}, Shade{41, 60},
                                                   Shade{61, 80}, Shade{81, 100}));
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto widest = shades_of({-kMost, kMost});
  ASSERT_EQ(widest.size(), page::kShades);
  EXPECT_EQ(widest.front().least, -kMost);
  EXPECT_EQ(widest.back().most, kMost);
  for (std::size_t s = 1; s < widest.size(); ++s) {
    EXPECT_EQ(widest[s].least, widest[s - 1].most + 1);
  }
}

}  // namespace
}  // namespace publish
