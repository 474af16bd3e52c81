#include <gtest/gtest.h>

#include <random>

#include "auth/testing.h"
#include "direct/service.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "petition/change_petition.h"
#include "petition/overview.h"
#include "petition/papers.h"
#include "petition/petition_store.h"
#include "petition/service.h"
#include "registry/document_store.h"
#include "store/testing.h"

namespace petition {
namespace {

/// A city over two districts, the first over two communes. Each unit has one who compiles.
class Ground : public ::testing::TestWithParam<std::string> {
 protected:
  Ground()
      : db_(store::testing::fresh(GetParam())),
        vinh_(auth::testing::actor_named(*db_, "vinh")),
        ha_(auth::testing::actor_named(*db_, "ha")),
        other_(auth::testing::actor_named(*db_, "other")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        minh_(auth::testing::actor_named(*db_, "minh")) {
    db_->write([&](store::Tx& tx) {
      city_ = add(tx, "01", "Thành phố", {}, 1, vinh_, org::Role::head);
      district_ = add(tx, "279", "Huyện Một", city_, 2, ha_, org::Role::compiler);
      far_ = add(tx, "250", "Huyện Hai", city_, 2, other_, org::Role::compiler);
      first_ = add(tx, "10183", "Xã Một", district_, 3, lan_, org::Role::clerk);
      second_ = add(tx, "10186", "Xã Hai", district_, 3, minh_, org::Role::clerk);
      const auto define = [&](const char* subject, const char* level, org::UnitId unit,
                              const char* body) {
        Competence row;
        row.subject = subject;
        row.level = level;
        row.unit = unit;
        row.body = body;
        row.days = 10;
        row.from = kBegin;
        ASSERT_TRUE(define_competence(tx, vinh_, at(), row).has_value());
      };
      define("to-chuc", "province", city_, "");
      define("to-chuc", "district", district_, "");
      define("dao-tao", "province", city_, "");
      define("dao-tao", "centre", city_, "Ban Tuyên giáo");
    });
  }

  org::UnitId add(store::Tx& tx, const char* code, const char* name,
                  std::optional<org::UnitId> parent, std::int64_t level, const auth::Actor& who,
                  org::Role role) {
    const org::UnitId unit = org::unit_store::add(tx, {code, name, "Huyện", level, kBegin}, {});
    org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
    org::post_store::appoint(tx, {unit, role, "", who.account(), kBegin, base::kForever});
    return unit;
  }
  Now at() { return {{++ticks_}, day_}; }
  template <class Act>
  std::string tried(Act act) {
    const auto done = db_->write([&](store::Tx& tx) { return act(tx); });
    if (done) return "";
    std::string made;
    for (const auto& problem : done.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }
  Petition now(PetitionId id) {
    return db_->read([&](store::Tx& tx) { return petition_store::find(tx, id).value(); });
  }
  static OnPart on(store::Tx& tx, PetitionId id, int position = 1) {
    const Petition one = petition_store::find(tx, id).value();
    return {{id, one.revision}, one.parts.at(static_cast<std::size_t>(position) - 1).id};
  }
  AskedPetition asked(org::UnitId unit, std::vector<Addressee> to,
                      const char* subject = "to-chuc") {
    AskedPetition made;
    made.unit = unit;
    made.subject = subject;
    made.title = "Bố trí cán bộ văn phòng đảng ủy xã chuyên trách";
    made.text = "Hiện nay xã chưa có.";
    made.addressees = std::move(to);
    return made;
  }
  PetitionId raised(const auth::Actor& by, org::UnitId unit, org::UnitId to) {
    return db_
        ->write([&](store::Tx& tx) {
          return raise_petition(tx, by, at(), asked(unit, {{to, "", ""}}));
        })
        .value();
  }
  bool sees(const auth::Actor& actor, PetitionId id) {
    return db_->read([&](store::Tx& tx) {
      return petition_store::in_scope(tx, org::scope_of(actor, day_), id);
    });
  }

  static inline const base::Date kBegin{2021, 1, 1};
  std::unique_ptr<store::Db> db_;
  auth::Actor vinh_, ha_, other_, lan_, minh_;
  org::UnitId city_, district_, far_, first_, second_;
  base::Date day_{2022, 5, 9};
  std::int64_t ticks_ = 0;
};

class Petitions : public Ground {};

TEST_P(Petitions, ABodyWithoutCompetenceIsRefusedWithWhoHas) {
  const auto refused = db_->write([&](store::Tx& tx) {
    return raise_petition(
        tx, lan_, at(),
        asked(first_, {{district_, "", ""}, {far_, "", ""}, {{999}, "", ""}}, "dao-tao"));
  });
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().size(), 3u);
  EXPECT_EQ(refused.error()[0].code, "petition.not_competent");
  EXPECT_EQ(refused.error()[0].field, "/addressees/0");
  EXPECT_EQ(refused.error()[0].args,
            (std::vector<std::string>{"Huyện Một", "Thành phố; Ban Tuyên giáo (qua Thành phố)"}));
  EXPECT_EQ(refused.error()[2].code, "unit.not_found");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return raise_petition(tx, lan_, at(), asked(first_, {}, "to-chuc"));
            }),
            "/addressees petition.no_addressee;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return raise_petition(tx, lan_, at(),
                                    asked(first_, {{city_, "", ""}, {city_, "", ""}}));
            }),
            "/addressees/1 petition.addressee_twice;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return raise_petition(tx, lan_, at(), asked(second_, {{city_, "", ""}}));
            }),
            " unit.not_found;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return raise_petition(tx, lan_, at(), asked(first_, {{city_, "", ""}}, "ao"));
            }),
            "/subject petition.subject_unknown;");
}

TEST_P(Petitions, ItIsForwardedNeverInACircleAndGivenBackTheWayItCame) {
  const PetitionId id = raised(lan_, first_, district_);
  EXPECT_EQ(now(id).parts[0].due_on, base::Date(2022, 5, 23));
  day_ = base::Date(2022, 5, 16);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, ha_, at(), on(tx, id), {district_, "", ""}, "");
            }),
            "/to petition.holds_it;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, lan_, at(), on(tx, id), {city_, "", ""}, "");
            }),
            " authority.not_yours;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, ha_, at(), on(tx, id), {far_, "", ""}, "");
            }),
            "/to petition.not_competent;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, ha_, at(), on(tx, id), {city_, "", ""}, "Vượt thẩm quyền");
            }),
            "");
  EXPECT_EQ(now(id).parts[0].holder, city_);
  EXPECT_EQ(now(id).parts[0].due_on, base::Date(2022, 5, 30));  // its own clock
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, vinh_, at(), on(tx, id), {district_, "", ""}, "");
            }),
            "/to petition.circular;");
  EXPECT_TRUE(sees(ha_, id));  // it held it
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return give_back_part(tx, vinh_, at(), on(tx, id), "Huyện tự quyết được");
            }),
            "");
  EXPECT_EQ(now(id).parts[0].holder, district_);
  EXPECT_EQ(now(id).parts[0].state, PartState::held);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return give_back_part(tx, ha_, at(), on(tx, id), "Không rõ nội dung");
            }),
            "");
  EXPECT_EQ(now(id).state, State::returned);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, ha_, at(), on(tx, id), Outcome::settled, "Xong", {});
            }),
            " petition.state;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return route_part(tx, lan_, at(), on(tx, id), {city_, "", ""}, "");
            }),
            "/to petition.circular;");
}

TEST_P(Petitions, TheClockStopsWhileMoreIsAwaitedAndIsExtendedOnce) {
  const PetitionId id = raised(lan_, first_, district_);  // due 23/5
  day_ = base::Date(2022, 5, 11);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return question_part(tx, ha_, at(), on(tx, id), "Bao nhiêu người?");
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return extend_part(tx, ha_, at(), on(tx, id), 5, "bận"); }),
            " petition.state;");
  day_ = base::Date(2022, 5, 16);
  EXPECT_EQ(tried([&](store::Tx& tx) { return supply_part(tx, minh_, at(), on(tx, id), "Tôi"); }),
            " petition.not_found;");
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return supply_part(tx, lan_, at(), on(tx, id), "Hai người"); }),
      "");
  EXPECT_EQ(now(id).parts[0].due_on, base::Date(2022, 5, 26));
  EXPECT_EQ(tried([&](store::Tx& tx) { return extend_part(tx, ha_, at(), on(tx, id), 11, "bận"); }),
            "/days petition.extension_too_long;");
  EXPECT_EQ(tried([&](store::Tx& tx) { return extend_part(tx, ha_, at(), on(tx, id), 2, "bận"); }),
            "");
  EXPECT_EQ(now(id).parts[0].due_on, base::Date(2022, 5, 30));
  EXPECT_EQ(tried([&](store::Tx& tx) { return extend_part(tx, ha_, at(), on(tx, id), 2, "bận"); }),
            " petition.extended;");
}

TEST_P(Petitions, AnsweredInPartsByTheCityAndTheCentre) {
  const PetitionId id =
      db_->write([&](store::Tx& tx) {
           return raise_petition(
               tx, ha_, at(),
               asked(district_, {{city_, "", "mở lớp"}, {city_, "Ban Tuyên giáo", "tài liệu"}},
                     "dao-tao"));
         })
          .value();
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return dispatch_part(tx, vinh_, at(), on(tx, id, 2), "Ban Tuyên giáo",
                                   day_.plus_days(1), "");
            }),
            "/on petition.dispatch_day;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return dispatch_part(tx, vinh_, at(), on(tx, id, 2), "Ban Tuyên giáo", day_,
                                   "Đã gửi");
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, id, 1), Outcome::accepted, "Mở hai lớp",
                                 {});
            }),
            "");
  EXPECT_EQ(now(id).state, State::open);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, id, 1), Outcome::accepted, "Lại", {});
            }),
            " petition.answered;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, id, 2), Outcome::explained,
                                 "Ban đã trả lời", {});
            }),
            "");
  EXPECT_EQ(now(id).state, State::answered);
  EXPECT_EQ(now(id).answered_on, day_);
}

TEST_P(Petitions, APortionGoesOnAndTheRestStays) {
  const PetitionId id = raised(lan_, first_, district_);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return forward_part(tx, ha_, at(), on(tx, id), {city_, "", "biên chế"},
                                  "Phần này của thành phố");
            }),
            "");
  const Petition one = now(id);
  ASSERT_EQ(one.parts.size(), 2u);
  EXPECT_EQ(one.parts[0].holder, district_);
  EXPECT_EQ(one.parts[1].holder, city_);
  EXPECT_EQ(one.parts[1].portion, "biên chế");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return give_back_part(tx, vinh_, at(), on(tx, id, 2), "Huyện lo");
            }),
            "");
  EXPECT_EQ(now(id).parts[1].holder, district_);
}

TEST_P(Petitions, EveryRaiserGetsTheAnswerThatIsGivenOnce) {
  const PetitionId kept = raised(ha_, district_, city_);
  const PetitionId merged = raised(lan_, first_, city_);
  EXPECT_FALSE(sees(minh_, kept));
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return merge_petition(tx, lan_, at(), on(tx, merged).on, kept); }),
      "/into petition.not_found;");
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return merge_petition(tx, ha_, at(), on(tx, merged).on, kept); }),
      "");  // above all who raised it
  EXPECT_EQ(now(merged).state, State::merged);
  EXPECT_EQ(now(merged).merged_into, kept);
  EXPECT_TRUE(sees(lan_, kept));
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return join_petition(tx, minh_, at(), kept, second_, "Xã tôi cũng vậy");
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return join_petition(tx, minh_, at(), kept, second_, ""); }),
            "/unit petition.raised_already;");
  EXPECT_TRUE(sees(minh_, kept));
  EXPECT_EQ(now(kept).raisers.size(), 3u);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return withdraw_petition(tx, ha_, at(), on(tx, kept).on, "thôi");
            }),
            " petition.others_joined;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, kept), Outcome::accepted, "Sẽ bố trí", {});
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, merged), Outcome::accepted, "Sẽ bố trí",
                                 {});
            }),
            " petition.state;");
  EXPECT_EQ(tried([&](store::Tx& tx) { return say(tx, minh_, at(), kept, "Cảm ơn"); }), "");
}

TEST_P(Petitions, WhatCannotBeJoinedIsNotShown) {
  const PetitionId id = db_->write([&](store::Tx& tx) {
                             AskedPetition own = asked(far_, {{city_, "", ""}});
                             own.is_joinable = false;
                             return raise_petition(tx, other_, at(), own);
                           })
                            .value();
  EXPECT_EQ(tried([&](store::Tx& tx) { return join_petition(tx, lan_, at(), id, first_, ""); }),
            " petition.not_found;");
  const auto near = db_->read([&](store::Tx& tx) {
    return petition_store::neighbours(tx, org::scope_of(lan_, day_), first_, "",
                                      base::Date(2021, 1, 1), 10);
  });
  EXPECT_TRUE(near.empty());
  const PetitionId open = raised(other_, far_, city_);
  const auto shown = db_->read([&](store::Tx& tx) {
    return petition_store::neighbours(tx, org::scope_of(lan_, day_), first_, "",
                                      base::Date(2021, 1, 1), 10);
  });
  EXPECT_EQ(shown, std::vector<PetitionId>{open});
  EXPECT_FALSE(sees(lan_, open));
}

TEST_P(Petitions, OneWhoSavedFirstIsNotOverwritten) {
  const PetitionId id = raised(lan_, first_, district_);
  const OnPart stale = db_->read([&](store::Tx& tx) { return on(tx, id); });
  EXPECT_EQ(tried([&](store::Tx& tx) { return question_part(tx, ha_, at(), stale, "?"); }), "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return supply_part(tx, lan_, at(), stale, "!"); }),
            " petition.changed;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, lan_, at(), stale, Outcome::settled, "!", {});
            }),
            " authority.not_yours;");
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return withdraw_petition(tx, lan_, at(), stale.on, "thôi"); }),
      " petition.changed;");
}

TEST_P(Petitions, AnAnswerBecomesATaskAndThePublicReadsWhatWasOpened) {
  const auto programme = db_->write([&](store::Tx& tx) {
    direct::NewProgramme made;
    made.programme.unit = city_;
    made.programme.number = "01-CTr/TU";
    made.programme.title = "Tên minh hoạ";
    made.programme.issued_on = made.programme.from = base::Date(2021, 3, 17);
    made.programme.to = base::Date(2026, 1, 1);
    return direct::create_programme(tx, vinh_, {}, base::Date(2021, 3, 17), made);
  });
  const PetitionId id = raised(lan_, first_, city_);
  direct::Task task;
  task.programme = *programme;
  task.title = "Mở lớp";
  task.deliverable = "Kế hoạch";
  task.lead = city_;
  task.from = day_;
  task.due = day_.plus_days(30);
  EXPECT_EQ(tried([&](store::Tx& tx) { return make_task(tx, vinh_, at(), on(tx, id), task); }),
            " petition.state;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return open_to_public(tx, vinh_, at(), on(tx, id).on,
                                    PublicVersion{"a", "b", "c", {}});
            }),
            " petition.unanswered;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, id), Outcome::accepted, "Mở lớp", {});
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return make_task(tx, vinh_, at(), on(tx, id), task); }), "");
  EXPECT_EQ(tried([&](store::Tx& tx) { return make_task(tx, vinh_, at(), on(tx, id), task); }),
            " petition.task_made;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return open_to_public(tx, lan_, at(), on(tx, id).on,
                                    PublicVersion{"a", "b", "c", {}});
            }),
            " authority.not_yours;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return open_to_public(tx, vinh_, at(), on(tx, id).on,
                                    PublicVersion{"a", "b", "c", {}});
            }),
            "");
  EXPECT_EQ(now(id).opened->on, day_);
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return open_to_public(tx, vinh_, at(), on(tx, id).on, {}); }), "");
  EXPECT_EQ(
      tried([&](store::Tx& tx) { return open_to_public(tx, vinh_, at(), on(tx, id).on, {}); }),
      " petition.not_public;");
}

TEST_P(Petitions, TheLettersAreNumberedInTheirIssuersRegisters) {
  const PetitionId id = raised(ha_, district_, city_);
  day_ = base::Date(2022, 5, 10);
  db_->write([&](store::Tx& tx) {
    registry::document_store::set_mark(tx, district_, registry::Profile::state_nd30_2020, "UBND");
    registry::document_store::set_mark(tx, city_, registry::Profile::state_nd30_2020, "UBND");
  });
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return issue_paper(tx, ha_, at(), id, PaperKind::petition, {}, "state-nd30-2020", {});
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return issue_paper(tx, ha_, at(), id, PaperKind::petition, {}, "state-nd30-2020", {});
            }),
            " paper.issued;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return issue_paper(tx, vinh_, at(), id, PaperKind::answer, on(tx, id).part,
                                 "state-nd30-2020", {});
            }),
            " paper.not_found;");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, vinh_, at(), on(tx, id), Outcome::declined, "Chưa thể", {});
            }),
            "");
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return issue_paper(tx, vinh_, at(), id, PaperKind::answer, on(tx, id).part,
                                 "state-nd30-2020", {});
            }),
            "");
  EXPECT_TRUE(now(id).parts[0].document.has_value());
}

TEST_P(Petitions, BySubjectAndAgeWithWhatIsLate) {
  const PetitionId old = raised(lan_, first_, district_);
  raised(minh_, second_, city_);
  day_ = base::Date(2022, 6, 20);
  raised(minh_, second_, city_);
  const auto rows = db_->read([&](store::Tx& tx) { return overview(tx, district_, day_); });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].raised, 3);
  EXPECT_EQ(rows[0].units, 2);
  EXPECT_EQ(rows[0].open, 3);
  EXPECT_EQ(rows[0].by_age, (std::array<std::int64_t, 4>{1, 0, 2, 0}));
  EXPECT_EQ(rows[0].overdue, 2);
  const auto before =
      db_->read([&](store::Tx& tx) { return open_petitions(tx, {district_}, day_); });
  ASSERT_EQ(before.size(), 3u) << "what is raised and held below is told once";
  EXPECT_EQ(before[0].id, old.value);
  EXPECT_TRUE(before[0].is_held && before[0].is_overdue);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return answer_part(tx, ha_, at(), on(tx, old), Outcome::settled, "Rồi", {});
            }),
            "");
  const auto later = db_->read([&](store::Tx& tx) { return overview(tx, district_, day_); });
  EXPECT_EQ(later[0].open, 2);
  EXPECT_EQ(later[0].answered, 1);
  EXPECT_EQ(later[0].answered_late, 1);
  const auto open = db_->read([&](store::Tx& tx) { return open_petitions(tx, {district_}, day_); });
  EXPECT_EQ(open.size(), 2u);
  EXPECT_TRUE(std::none_of(open.begin(), open.end(), [](const OpenPetition& one) {
    return one.is_held || one.is_overdue;
  })) << "the city holds them";
}

/// Random acts by all on a few petitions: what is kept always fits together.
TEST_P(Petitions, RandomActsByAllNeverLeaveAnIllegalState) {
  const char* many = std::getenv("THONGSUOT_MODEL_ACTS");
  const int acts = many == nullptr ? 1500 : std::atoi(many);
  std::mt19937 random(20261126);
  const auto one_of = [&](auto&... options) {
    const std::vector<std::common_type_t<decltype(options)...>> all{options...};
    return all[random() % all.size()];
  };
  std::vector<PetitionId> ids;
  int done = 0, refused = 0;
  for (int i = 0; i < acts; ++i) {
    if (i % 100 == 0) day_ = day_.plus_days(1);
    if (ids.size() < 3 || i % 40 == 0) {
      const int who = static_cast<int>(random() % 3);
      ids.push_back(who == 0   ? raised(lan_, first_, random() % 2 ? district_ : city_)
                    : who == 1 ? raised(ha_, district_, city_)
                               : raised(minh_, second_, city_));
    }
    const PetitionId id = ids[ids.size() - 1 - random() % std::min<std::size_t>(ids.size(), 5)];
    const PetitionId into = ids[ids.size() - 1 - random() % std::min<std::size_t>(ids.size(), 5)];
    const auth::Actor who = one_of(vinh_, ha_, other_, lan_, minh_);
    const org::UnitId unit = one_of(city_, district_, far_, first_, second_);
    const Petition before = now(id);
    const Part& part = before.parts[random() % before.parts.size()];
    const OnPart at_part{{id, before.revision - (random() % 20 == 0 ? 1 : 0)}, part.id};
    const int deed = static_cast<int>(random() % 14);
    const std::string outcome = tried([&](store::Tx& tx) -> base::Result<void> {
      switch (deed) {
        case 0:
          return forward_part(tx, who, at(), at_part, {unit, "", ""}, "");
        case 1:
          return before.parts.size() > 4
                     ? base::Result<void>()
                     : forward_part(tx, who, at(), at_part, {unit, "", "một phần"}, "");
        case 2:
          return dispatch_part(tx, who, at(), at_part, "Ban ngoài", day_, "");
        case 3:
          return give_back_part(tx, who, at(), at_part, "không");
        case 4:
          return question_part(tx, who, at(), at_part, "?");
        case 5:
          return supply_part(tx, who, at(), at_part, "!");
        case 6:
          return extend_part(tx, who, at(), at_part, 3, "bận");
        case 7:
          return route_part(tx, who, at(), at_part, {unit, "", ""}, "");
        case 8:
          return answer_part(tx, who, at(), at_part, Outcome::settled, "rồi", {});
        case 9:
          return join_petition(tx, who, at(), id, unit, "");
        case 10:
          return merge_petition(tx, who, at(), at_part.on, into);
        case 11:
          return withdraw_petition(tx, who, at(), at_part.on, "thôi");
        case 12:
          return open_to_public(tx, who, at(), at_part.on, PublicVersion{"a", "b", "c", {}});
        default:
          return say(tx, who, at(), id, "ý kiến");
      }
    });
    (outcome.empty() ? done : refused) += 1;
    const Petition later = now(id);
    std::vector<PartState> states;
    for (const Part& one : later.parts) {
      states.push_back(one.state);
      EXPECT_EQ(one.state == PartState::answered,
                one.answered_on.has_value() && one.outcome != Outcome::none)
          << deed;
      EXPECT_EQ(one.state == PartState::asked, one.asked_on.has_value()) << deed;
      EXPECT_LE(one.received_on, one.due_on);
    }
    EXPECT_EQ(later.state == State::merged, later.merged_into.has_value()) << deed;
    EXPECT_TRUE(later.state == State::merged || later.state == whole(states)) << deed;
    EXPECT_EQ(later.state == State::answered, later.answered_on.has_value()) << deed;
    EXPECT_GE(later.raisers.size(), before.raisers.size());
    if (!outcome.empty()) {
      EXPECT_EQ(later.revision, before.revision) << outcome;
    }
    if (HasFailure()) break;
  }
  EXPECT_GT(done, acts / 20);
  EXPECT_GT(refused, acts / 20);
}

INSTANTIATE_TEST_SUITE_P(Databases, Petitions, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace petition
