#include <gtest/gtest.h>

#include "auth/testing.h"
#include "org/reorganise.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

const base::Date kBegin(2021, 1, 1), kToday(2022, 4, 14);
const base::Instant kNow{1'000'000};

class Search : public testing::TestWithParam<std::string> {
 protected:
  Search() : db_(store::testing::fresh(GetParam())) {
    db_->write([&](store::Tx& tx) {
      std::optional<UnitId> top;
      const auto add = [&](const char* code, const char* name) {
        const UnitId unit = unit_store::add(
            tx, {code, name, std::string(name).starts_with("Ph") ? "Phường" : "Xã", 3, kBegin},
            kNow);
        unit_store::add_parent(tx, unit, kGovernment, top, kBegin);
        return unit;
      };
      top = add("01", "Thành phố Hà Nội");
      add("10001", "Xã Đường Lâm");
      add("10002", "Xã Dương Liễu");
      add("10003", "Xã Yên Đường");
      add("10004", "Phường Đường");
      add("10183", "Thị trấn Thường Tín");
      add("10198", "Xã Hòa Bình");
      add("10199", "Xã Hoà Bình");  // the other tone placement
      add("10200", "Xã Hoa Binh");  // no marks at all
    });
  }

  std::vector<std::string> found(const std::string& query, bool past = false,
                                 base::Date day = kToday, std::int64_t after = 0, int limit = 50) {
    return db_->read([&](store::Tx& tx) {
      std::vector<std::string> codes;
      for (const auto& match :
           unit_store::find_by_name(tx, {query, day, kGovernment, after, limit}, past)) {
        codes.push_back(match.unit.code + (match.is_alive ? "" : " gone") +
                        (match.matched.empty() ? "" : " as " + match.matched));
      }
      return codes;
    });
  }

  std::unique_ptr<store::Db> db_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Search, testing::ValuesIn(store::testing::databases()));

using Codes = std::vector<std::string>;

TEST_P(Search, WithoutMarksFindsEverySpelling) {
  EXPECT_EQ(found("duong"), (Codes{"10004", "10001", "10002", "10003"}));
  EXPECT_EQ(found("Thuong Tin"), (Codes{"10183"}));
  EXPECT_EQ(found("thường tín"), (Codes{"10183"}));
  EXPECT_EQ(found("THUONG   tin"), (Codes{"10183"}));
}

TEST_P(Search, ExactMarksComeFirst) {
  EXPECT_EQ(found("đường"), (Codes{"10004", "10001", "10003", "10002"})) << "Dương is another word";
  EXPECT_EQ(found("dương").front(), "10002");
  EXPECT_EQ(found("hoà bình"), (Codes{"10198", "10199", "10200"}));
  EXPECT_EQ(found("hòa bình"), found("hoà bình"));
  EXPECT_EQ(found("hoa binh").front(), "10200");
}

TEST_P(Search, ACodeIsFoundWholeBeforeItsBeginning) {
  EXPECT_EQ(found("10183"), (Codes{"10183"}));
  EXPECT_EQ(found("1019").size(), 2U);
  EXPECT_EQ(found("nothing such"), (Codes{}));
  EXPECT_EQ(found("%"), (Codes{}));
}

TEST_P(Search, PagesFollowOneAnother) {
  const Codes all = found("duong");
  Codes paged;
  for (int page = 0; page < 4; ++page) {
    for (const auto& code : found("duong", false, kToday, page, 1)) paged.push_back(code);
  }
  EXPECT_EQ(paged, all);
}

TEST_P(Search, NamesOfThePastAreFoundAndSaidToBePast) {
  const auto actor = auth::console_actor("test");
  Plan plan;
  plan.title = "Sắp xếp", plan.document = "1/NQ", plan.on = base::Date(2022, 1, 1);
  plan.changes.resize(2);
  plan.changes[0].kind = ChangeKind::rename;
  plan.changes[0].from = {"10183"}, plan.changes[0].name_after = "Xã Phố Ga";
  plan.changes[1].kind = ChangeKind::merge;
  plan.changes[1].from = {"10198"}, plan.changes[1].to = {"10199"};
  const auto done = db_->write([&](store::Tx& tx) -> base::Result<int> {
    ASSIGN_OR_RETURN(const auto id, draft(tx, actor, kNow, {}, plan));
    RETURN_IF_REFUSED(apply(tx, actor, kNow, {id, 1}, {}));
    return 0;
  });
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(found("thường tín"), (Codes{}));
  EXPECT_EQ(found("thường tín", true), (Codes{"10183 as Thị trấn Thường Tín"}));
  EXPECT_EQ(found("hòa bình", true), (Codes{"10199", "10198 gone", "10200"}));
  EXPECT_EQ(found("hòa bình", true, base::Date(2021, 6, 1)), (Codes{"10198", "10199", "10200"}));
  EXPECT_EQ(found("phố ga", true, base::Date(2021, 6, 1)), (Codes{"10183 as Xã Phố Ga"}));
}

}  // namespace
}  // namespace org
