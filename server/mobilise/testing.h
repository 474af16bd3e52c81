#pragma once

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "direct/define_indicators.h"
#include "mobilise/contribution_store.h"
#include "mobilise/movement_store.h"
#include "mobilise/service.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "store/testing.h"

namespace mobilise::testing {

/// A district over two communes in three lines; its Front stands over them in the Front's line, the
/// women's and the farmers' unions beside it. mai works for the Front, phu for the women, non for
/// the farmers, hieu heads the district, lan enters for the first commune, minh for the second, xa
/// for another district.
class Ground : public ::testing::TestWithParam<std::string> {
 protected:
  Ground()
      : db_(store::testing::fresh(GetParam())),
        mai_(auth::testing::actor_named(*db_, "mai")),
        phu_(auth::testing::actor_named(*db_, "phu")),
        non_(auth::testing::actor_named(*db_, "non")),
        hieu_(auth::testing::actor_named(*db_, "hieu")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        minh_(auth::testing::actor_named(*db_, "minh")),
        xa_(auth::testing::actor_named(*db_, "xa")) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", "Thành phố Hà Nội", {}, 1);
      district_ = add(tx, "279", "Huyện Thường Tín", city_, 2);
      elsewhere_ = add(tx, "250", "Huyện Mê Linh", city_, 2);
      town_ = add(tx, "10183", "Thị trấn Thường Tín", district_, 3);
      village_ = add(tx, "10186", "Xã Ninh Sở", district_, 3);
      front_ = add(tx, "279-MT", "Ủy ban MTTQ huyện", std::nullopt, 2, org::kGovernment);
      women_ = add(tx, "279-PN", "Hội LHPN huyện", std::nullopt, 2, org::kGovernment);
      farmers_ = add(tx, "279-ND", "Hội Nông dân huyện", std::nullopt, 2, org::kGovernment);
      under(tx, "front", district_, {});
      for (const auto body : {front_, women_, farmers_}) under(tx, "front", body, district_);
      under(tx, "party", district_, {});
      for (const auto unit : {town_, village_}) {
        under(tx, "front", unit, front_);
        under(tx, "party", unit, district_);
      }
      hold(tx, mai_, front_, org::Role::head);
      hold(tx, phu_, women_, org::Role::compiler);
      hold(tx, non_, farmers_, org::Role::clerk);
      hold(tx, hieu_, district_, org::Role::head);
      hold(tx, lan_, town_, org::Role::clerk);
      hold(tx, minh_, village_, org::Role::clerk);
      hold(tx, xa_, elsewhere_, org::Role::head);
    });
  }

  static org::UnitId add(store::Tx& tx, const char* code, const char* name,
                         std::optional<org::UnitId> parent, std::int64_t level,
                         const char* line = org::kGovernment) {
    const org::UnitId unit = org::unit_store::add(tx, {code, name, "", level, kBegin}, {});
    if (parent || level == 1) org::unit_store::add_parent(tx, unit, line, parent, kBegin);
    return unit;
  }
  static void under(store::Tx& tx, const char* line, org::UnitId unit,
                    std::optional<org::UnitId> parent) {
    org::unit_store::add_parent(tx, unit, line, parent, kBegin);
  }
  static void hold(store::Tx& tx, const auth::Actor& actor, org::UnitId unit, org::Role role) {
    org::post_store::appoint(tx, {unit, role, "", actor.account(), kBegin, base::kForever});
  }

  Movement fund() const {
    Movement made;
    made.unit = front_;
    made.kind = MovementKind::campaign;
    made.name = "Quỹ Vì người nghèo";
    made.from = base::Date(2021, 1, 1);
    made.to = base::Date(2022, 1, 1);
    made.carriers = {front_, women_, farmers_};
    made.is_illustrative = true;
    return made;
  }
  Contribution gift(std::int64_t quantity = 5'000'000) const {
    Contribution made;
    made.movement = movement_;
    made.unit = town_;
    made.quantity = quantity;
    made.giver = "Công ty May Hòa Bình";
    made.on = base::Date(2021, 6, 10);
    return made;
  }

  /// "" when done, else "field code;" of each problem.
  template <class Act>
  std::string tried(Act act) {
    const auto done = db_->write([&](store::Tx& tx) { return act(tx); });
    if (done) return "";
    std::string made;
    for (const auto& problem : done.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }
  /// One act on the movement at its newest revision.
  template <class Act>
  std::string does(Act act) {
    const OnMovement seen = on();
    return tried([&](store::Tx& tx) { return act(tx, seen); });
  }
  OnMovement on() { return {movement_, now_of().revision}; }
  Movement now_of() {
    return db_->read([&](store::Tx& tx) { return movement_store::find(tx, movement_).value(); });
  }
  Now at() const { return {{++ticks_}, day_}; }
  void start() {
    movement_ =
        db_->write([&](store::Tx& tx) { return create_movement(tx, mai_, at(), fund()); }).value();
    EXPECT_EQ(tried([&](store::Tx& tx) { return start_movement(tx, mai_, at(), {movement_, 1}); }),
              "");
  }
  std::string tells(const auth::Actor& actor, org::UnitId body, const Contribution& asked,
                    const Sameness& sameness = {}) {
    return tried([&](store::Tx& tx) -> base::Result<void> {
      ASSIGN_OR_RETURN(last_, report_contribution(tx, actor, at(), asked, body, sameness));
      return {};
    });
  }
  Contribution kept(ContributionId id) {
    return db_->read([&](store::Tx& tx) { return contribution_store::find(tx, id).value(); });
  }
  Totals totals(org::UnitId unit, const std::string& line,
                std::optional<base::Period> period = {}) {
    return db_
        ->read([&](store::Tx& tx) {
          return movement_totals(tx, movement_store::find(tx, movement_).value(),
                                 {unit, line, period});
        })
        .value();
  }

  static inline const base::Date kBegin{2021, 1, 1};
  std::unique_ptr<store::Db> db_;
  auth::Actor mai_, phu_, non_, hieu_, lan_, minh_, xa_;
  org::UnitId city_, district_, elsewhere_, town_, village_, front_, women_, farmers_;
  MovementId movement_;
  ContributionId last_;
  base::Date day_{2021, 7, 1};
  mutable std::int64_t ticks_ = 0;
};

}  // namespace mobilise::testing
