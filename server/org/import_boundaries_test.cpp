#include "org/import_boundaries.h"

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "org/boundary_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string feature(const std::string& code, const std::string& geometry) {
  return R"({"type":"Feature","properties":{"code":")" + code + R"("},"geometry":)" + geometry +
         "}";
}
const std::string kSquare =
    R"({"type":"Polygon","coordinates":[[[105.1,21],[105.20000004,21],[105.2,21.1],[105.1,21]]]})";

std::string codes_of(const base::Problems& problems) {
  std::string made;
  for (const auto& problem : problems) made += problem.field + " " + problem.code + "; ";
  return made;
}

TEST(Boundaries, AreReadWithSixDecimals) {
  const auto rows = read_boundaries(collection(feature("10183", kSquare)));
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->front().code, "10183");
  EXPECT_EQ(
      rows->front().geometry,
      R"({"type":"Polygon","coordinates":[[[105.1,21],[105.2,21],[105.2,21.1],[105.1,21]]]})");
}

TEST(Boundaries, EveryFaultIsNamedWithItsPlace) {
  const std::string open = R"({"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]})";
  const std::string off = R"({"type":"Polygon","coordinates":[[[1,91],[2,1],[2,2],[1,91]]]})";
  const std::string line = R"({"type":"LineString","coordinates":[[1,1],[2,1]]})";
  const auto rows = read_boundaries(
      collection(feature("a", open) + "," + feature("b", off) + "," + feature("c", line) + "," +
                 feature("", kSquare) + "," + feature("d", kSquare) + "," + feature("d", kSquare) +
                 R"(,5,{"type":"Feature","geometry":null})"));
  ASSERT_FALSE(rows.has_value());
  EXPECT_EQ(codes_of(rows.error()),
            "/features/0 boundary.geometry; /features/1 boundary.geometry; "
            "/features/2 boundary.geometry; /features/3 boundary.code_missing; "
            "/features/5 boundary.code_twice; /features/6 boundary.form; "
            "/features/7 boundary.code_missing; /features/7 boundary.geometry; ");
  EXPECT_EQ(codes_of(read_boundaries("{").error()), " boundary.json; ");
  EXPECT_EQ(codes_of(read_boundaries("[]").error()), " boundary.form; ");
  EXPECT_EQ(codes_of(read_boundaries(collection("")).error()), " boundary.form; ");
}

class BoundaryStore : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Databases, BoundaryStore, testing::ValuesIn(store::testing::databases()));

TEST_P(BoundaryStore, ABoundaryHoldsUntilTheNextOne) {
  const auto db = store::testing::fresh(GetParam());
  const auto actor = auth::console_actor("test");
  const base::Date begin(2021, 1, 1), later(2025, 7, 1);
  UnitId city;
  db->write([&](store::Tx& tx) {
    city = unit_store::add(tx, {"01", "Hà Nội", "Thành phố", 1, begin}, {});
    unit_store::add_parent(tx, city, kGovernment, std::nullopt, begin);
    const UnitId commune = unit_store::add(tx, {"10183", "Thường Tín", "Xã", 2, begin}, {});
    unit_store::add_parent(tx, commune, kGovernment, city, begin);
  });
  const auto take = [&](const std::string& geometry, base::Date on, const std::string& code) {
    return db->write([&](store::Tx& tx) {
      return import_boundaries(tx, actor, {}, {{"/features/0", code, geometry}}, on, "nguồn");
    });
  };
  const auto seen = [&](base::Date day) {
    return db->read([&](store::Tx& tx) {
      std::string made;
      for (const auto& one : boundary_store::around(tx, city, day, kGovernment)) {
        made += one.unit.code + " " + one.geometry + ";";
      }
      return made;
    });
  };
  ASSERT_TRUE(take("new", later, "10183").has_value());
  ASSERT_TRUE(take("old", begin, "10183").has_value());
  EXPECT_EQ(seen(later.plus_days(-1)), "10183 old;");
  EXPECT_EQ(seen(later), "10183 new;");
  ASSERT_TRUE(take("newer", later, "10183").has_value());
  EXPECT_EQ(seen(later), "10183 newer;");
  EXPECT_EQ(seen(begin.plus_days(-1)), "");
  const auto refused = take("x", begin, "99999");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().code, "boundary.unit_unknown");
}

}  // namespace
}  // namespace org
