#include "org/reorganise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "auth/testing.h"
#include "org/post_store.h"
#include "org/reorganisation_json.h"
#include "org/testing.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace org {
namespace {

const base::Date kBegin(2021, 1, 1);
const base::Instant kNow{1'000'000};

/// Every dated row of the tree, in order: two equal pictures are the same tree at all times.
std::string picture(store::Tx& tx, std::optional<base::Date> until = {}) {
  static constexpr store::Sql kRows{
      "test.picture",
      "select 'n', unit_id, name, coalesce(level, 0), kind, valid_from, valid_to from unit_name "
      "union all select 'c', unit_id, code, 0, '', valid_from, valid_to from unit_code "
      "union all select 'p', unit_id, line, coalesce(parent_id, 0), '', valid_from, valid_to from "
      "unit_parent "
      "union all select 'a', a.id, p.role, a.account_id, '', a.valid_from, a.valid_to from "
      "appointment a join post p on p.id = a.post_id"};
  std::vector<std::string> rows;
  tx.each(kRows, {}, [&](const store::Row& row) {
    base::Date to = row.date(6);
    if (until && row.date(5) >= *until) return;
    if (until && to > *until) to = *until;  // what follows is not looked at
    rows.push_back(row.string(0) + " " + std::to_string(row.integer(1)) + " " + row.string(2) +
                   " " + std::to_string(row.integer(3)) + " " + row.string(4) + " " +
                   row.string(5) + " " + to.text());
  });
  std::sort(rows.begin(), rows.end());
  std::string made;
  for (const std::string& row : rows) made += row + "\n";
  return made;
}

/// Two rows of one thing on one day, or a code borne twice on one day; 0 when the spans are sound.
std::int64_t overlaps(store::Tx& tx) {
  static constexpr store::Sql kOverlaps{
      "test.overlaps",
      "select (select count(*) from unit_name a join unit_name b on a.unit_id = b.unit_id and "
      "a.valid_from < b.valid_from and b.valid_from < a.valid_to) + "
      "(select count(*) from unit_code a join unit_code b on a.unit_id = b.unit_id and "
      "a.valid_from < b.valid_from and b.valid_from < a.valid_to) + "
      "(select count(*) from unit_code a join unit_code b on a.code = b.code and a.unit_id < "
      "b.unit_id and a.valid_from < b.valid_to and b.valid_from < a.valid_to) + "
      "(select count(*) from unit_parent a join unit_parent b on a.unit_id = b.unit_id and a.line "
      "= b.line and a.valid_from < b.valid_from and b.valid_from < a.valid_to)"};
  return tx.integer(kOverlaps);
}

class Reorganise : public ::testing::TestWithParam<std::string> {
 protected:
  Reorganise() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {}

  UnitId add(store::Tx& tx, const std::string& code, std::optional<UnitId> parent,
             std::int64_t level) {
    const UnitId unit = unit_store::add(tx, {code, "Xã " + code, "Xã", level, kBegin}, kNow);
    unit_store::add_parent(tx, unit, kGovernment, parent, kBegin);
    return unit;
  }

  /// A city, 4 districts, 9 communes each.
  void plant() {
    db_->write([&](store::Tx& tx) {
      const UnitId city = add(tx, "H", {}, 1);
      for (int d = 0; d < 4; ++d) {
        const UnitId district = add(tx, "D" + std::to_string(d), city, 2);
        for (int c = 0; c < 9; ++c) {
          add(tx, std::to_string(d) + std::to_string(c), district, 3);
        }
      }
    });
  }

  /// "" when applied, else the codes of the refusal; the reorganisation's id in `id_`.
  std::string apply_plan(const Plan& plan, UnitId owner = {}) {
    const auto done = db_->write([&](store::Tx& tx) -> base::Result<ReorganisationId> {
      ASSIGN_OR_RETURN(const ReorganisationId id, draft(tx, actor_, kNow, owner, plan));
      RETURN_IF_REFUSED(apply(tx, actor_, kNow, {id, 1}, {}));
      return id;
    });
    if (done) {
      id_ = *done;
      return "";
    }
    std::set<std::string> codes;
    for (const auto& problem : done.error()) codes.insert(problem.code);
    std::string made;
    for (const auto& code : codes) made += code + " ";
    return made;
  }

  std::string undo_last(ReorganisationId id) {
    const auto done = db_->write([&](store::Tx& tx) -> base::Result<int> {
      RETURN_IF_REFUSED(undo(tx, actor_, kNow, {id, 2}, {}));
      return 0;
    });
    return done ? "" : done.error().front().code;
  }

  std::string picture_now(std::optional<base::Date> until = {}) {
    return db_->read([&](store::Tx& tx) { return picture(tx, until); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
  ReorganisationId id_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Reorganise, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Reorganise, TwoHundredRandomEventsKeepThePastAndCanBeTakenBackExactly) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    db_ = store::testing::fresh(GetParam());
    plant();
    base::Date day = base::Date(2022, 1, 1);
    std::vector<std::pair<ReorganisationId, std::string>> done;  // with the picture before
    int events = 0, refused = 0;
    for (std::uint32_t round = 0; events < 200; ++round) {
      const Snapshot now =
          db_->read([&](store::Tx& tx) { return succession_store::snapshot(tx, day, {}); });
      const Plan plan = testing::Draw(seed * 1000 + round, now).plan(day, 5);
      const std::string before = picture_now(), past = picture_now(day);
      const std::string answer = apply_plan(plan);
      if (!answer.empty()) {
        ++refused;
        EXPECT_EQ(picture_now(), before) << "refused, and something was written";
      } else {
        events += static_cast<int>(plan.changes.size());
        done.emplace_back(id_, before);
        EXPECT_EQ(picture_now(day), past) << "the past was rewritten";
      }
      EXPECT_EQ(db_->read(overlaps), 0);
      day = day.plus_days(1 + static_cast<int>(round % 3));
    }
    EXPECT_LT(refused, 40) << "too few plans fit: the test looks at nothing";
    EXPECT_TRUE(db_->faults().empty());
    for (; !done.empty(); done.pop_back()) {
      ASSERT_EQ(undo_last(done.back().first), "");
      ASSERT_EQ(picture_now(), done.back().second) << "taking back is not the inverse";
    }
  }
}

TEST_P(Reorganise, AnEarlierPlanIsNotTakenBackUnderALaterOne) {
  plant();
  Plan first;
  first.title = "Đợt 1", first.document = "1/NQ", first.on = base::Date(2025, 1, 1);
  first.units = {{"00", "Xã Mới", "Xã", "D0", 3}};
  first.changes.resize(1);
  first.changes[0].kind = ChangeKind::merge;
  first.changes[0].from = {"00", "01x"};
  EXPECT_NE(apply_plan(first), "") << "no such code";
  first.changes[0].from = {"00", "02"};
  first.changes[0].to = {"00"};
  ASSERT_EQ(apply_plan(first), "");
  const ReorganisationId one = id_;
  Plan second = first;
  second.title = "Đợt 2", second.on = base::Date(2025, 7, 1);
  second.units = {};
  second.changes[0].kind = ChangeKind::rename;
  second.changes[0].from = {"00"}, second.changes[0].to = {};
  second.changes[0].name_after = "Xã Mới Nữa";
  ASSERT_EQ(apply_plan(second), "");
  EXPECT_EQ(undo_last(one), "succession.built_on");
  EXPECT_EQ(undo_last(id_), "");
  EXPECT_EQ(undo_last(one), "");
  EXPECT_EQ(undo_last(one), "succession.changed");
}

TEST_P(Reorganise, WhoHeldAPostGoesOnAtTheHeirAndComesBack) {
  plant();
  const auto clerk = auth::testing::actor_named(*db_, "clerk");
  db_->write([&](store::Tx& tx) {
    const UnitId unit = *unit_store::find_by_code(tx, "00", base::Date(2024, 1, 1));
    post_store::appoint(tx,
                        {unit, Role::clerk, "Văn thư", clerk.account(), kBegin, base::kForever});
  });
  const std::string before = picture_now();
  Plan plan;
  plan.title = "Nhập", plan.document = "1/NQ", plan.on = base::Date(2025, 1, 1);
  plan.changes.resize(1);
  plan.changes[0].kind = ChangeKind::merge;
  plan.changes[0].from = {"00"}, plan.changes[0].to = {"02"};
  ASSERT_EQ(apply_plan(plan), "");
  const auto posts_on = [&](base::Date day) {
    return db_->read([&](store::Tx& tx) {
      std::vector<std::string> codes;
      for (const Post& post : post_store::of_account(tx, clerk.account(), day)) {
        codes.push_back(unit_store::ref(tx, post.unit, day).code + " " + post.title);
      }
      return codes;
    });
  };
  EXPECT_EQ(posts_on(base::Date(2024, 12, 31)), (std::vector<std::string>{"00 Văn thư"}));
  EXPECT_EQ(posts_on(base::Date(2025, 1, 1)), (std::vector<std::string>{"02 Văn thư"}));
  EXPECT_EQ(undo_last(id_), "");
  EXPECT_EQ(picture_now(), before);
}

TEST_P(Reorganise, WhatIsToBeginLaterIsSeenByWhoWillBeAboveIt) {
  plant();
  const auto above = auth::testing::actor_named(*db_, "above");
  const auto beside = auth::testing::actor_named(*db_, "beside");
  db_->write([&](store::Tx& tx) {
    const auto at = [&](const char* code) {
      return *unit_store::find_by_code(tx, code, base::Date(2024, 1, 1));
    };
    post_store::appoint(tx, {at("D0"), Role::viewer, "", above.account(), kBegin});
    post_store::appoint(tx, {at("D1"), Role::viewer, "", beside.account(), kBegin});
  });
  Plan plan;
  plan.title = "Lập", plan.document = "1/NQ", plan.on = base::Date(2025, 1, 1);
  plan.units = {{"99", "Xã Mới", "Xã", "D0", 3}};
  plan.changes.resize(1);
  plan.changes[0].kind = ChangeKind::create, plan.changes[0].to = {"99"};
  ASSERT_EQ(apply_plan(plan), "");
  db_->read([&](store::Tx& tx) {
    const UnitId made = *unit_store::find_by_code(tx, "99", plan.on);
    const base::Date before(2024, 6, 1);
    EXPECT_TRUE(allows(tx, above, Act::see, made, before).has_value());
    EXPECT_FALSE(allows(tx, beside, Act::see, made, before).has_value());
  });
}

TEST_P(Reorganise, OnlyWhatIsUnderTheOwnerIsReorganised) {
  plant();
  UnitId owner;
  db_->read(
      [&](store::Tx& tx) { owner = *unit_store::find_by_code(tx, "D0", base::Date(2024, 1, 1)); });
  Plan plan;
  plan.title = "Nhập", plan.document = "1/NQ", plan.on = base::Date(2025, 1, 1);
  plan.changes.resize(1);
  plan.changes[0].kind = ChangeKind::merge;
  plan.changes[0].from = {"11"}, plan.changes[0].to = {"00"};
  EXPECT_EQ(apply_plan(plan, owner), "succession.outside ");
  plan.changes[0].from = {"02"};
  EXPECT_EQ(apply_plan(plan, owner), "");
}

TEST(PlanJson, ComesBackAsItWent) {
  Plan plan;
  plan.title = "Sắp xếp", plan.document = "1656/NQ-UBTVQH15", plan.on = base::Date(2025, 7, 1);
  plan.hand_over = false;
  plan.units = {{"00097", "Phường Hồng Hà", "Phường", "01", 2}};
  Change split;
  split.kind = ChangeKind::split;
  split.from = {"00001"}, split.to = {"00097", "00004"};
  split.shares = {{"00097", 1, 2}, {"00004", 1, 2}};
  split.basis = Basis::equal;
  split.is_taken = false;
  split.doubts = {{base::ProblemKind::invalid, "unit.cycle", "", {"a", "b"}}};
  plan.changes = {split};
  const std::string text = http::json::serialize(to_json(plan));
  EXPECT_EQ(http::json::serialize(to_json(kept_plan(text))), text);
}

}  // namespace
}  // namespace org
