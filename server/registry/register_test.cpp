#include "registry/register_document.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "auth/testing.h"
#include "base/base64.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "registry/attachment.h"
#include "registry/document_json.h"
#include "registry/document_store.h"
#include "store/testing.h"

namespace registry {
namespace {

const base::Date kBegin(2020, 1, 1), kToday(2022, 4, 14);
const base::Instant kNow{1'000'000};

class Register : public ::testing::TestWithParam<std::string> {
 protected:
  Register()
      : db_(store::testing::fresh(GetParam())),
        console_(auth::console_actor("test")),
        ha_(auth::testing::actor_named(*db_, "ha")),
        lan_(auth::testing::actor_named(*db_, "lan")),
        minh_(auth::testing::actor_named(*db_, "minh")) {
    db_->write([&](store::Tx& tx) {
      const auto add = [&](const char* code, const char* name, std::optional<org::UnitId> parent) {
        const auto unit = org::unit_store::add(tx, {code, name, "", 1, kBegin}, kNow);
        org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
        return unit;
      };
      city_ = add("01", "Hà Nội", {});
      district_ = add("279", "Huyện ủy Thường Tín", city_);
      town_ = add("10183", "Thị trấn Thường Tín", district_);
      commune_ = add("10198", "Xã Hòa Bình", district_);
      const auto hold = [&](const auth::Actor& actor, org::UnitId unit, org::Role role) {
        org::post_store::appoint(tx, {unit, role, "", actor.account(), kBegin, base::kForever});
      };
      hold(ha_, district_, org::Role::compiler);
      hold(lan_, town_, org::Role::clerk);
      hold(minh_, commune_, org::Role::clerk);
      document_store::set_mark(tx, district_, Profile::party_36_2018, "HU");
      document_store::set_mark(tx, district_, Profile::state_nd30_2020, "UBND");
      document_store::add_term(
          tx, {0, district_, "XXIV", base::Date(2020, 7, 30), base::Date(2025, 8, 1)});
    });
  }

  NewDocument paper(const std::string& kind = "BC") const {
    NewDocument made;
    made.kept_by = district_;
    made.unit = district_;
    made.kind = kind;
    made.subject = "Kết quả thực hiện Chương trình số 01-CTr/TU";
    made.issued_on = kToday;
    return made;
  }

  /// The number it got, or the codes of the refusal.
  std::string done(const NewDocument& asked, const auth::Actor& actor) {
    const auto made = db_->write(
        [&](store::Tx& tx) { return register_document(tx, actor, kNow, kToday, asked); });
    if (made) {
      last_ = *made;
      return db_->read([&](store::Tx& tx) { return document_store::find(tx, *made)->number; });
    }
    std::string codes;
    for (const auto& problem : made.error()) codes += problem.field + " " + problem.code + ";";
    return codes;
  }
  bool sees(const auth::Actor& actor, DocumentId id) {
    return db_->read(
        [&](store::Tx& tx) { return seen_document(tx, actor, kToday, id).has_value(); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor console_, ha_, lan_, minh_;
  org::UnitId city_, district_, town_, commune_;
  DocumentId last_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Register, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Register, ThePartyNumbersByKindTheStateByYear) {
  EXPECT_EQ(done(paper("BC"), ha_), "01-BC/HU");
  EXPECT_EQ(done(paper("BC"), ha_), "02-BC/HU");
  EXPECT_EQ(done(paper("KH"), ha_), "01-KH/HU");
  NewDocument state = paper("BC");
  state.profile = Profile::state_nd30_2020;
  EXPECT_EQ(done(state, ha_), "01/BC-UBND");
  state.kind = "KH";
  EXPECT_EQ(done(state, ha_), "02/KH-UBND") << "one series a year";
  state.issued_on = base::Date(2023, 1, 3);
  EXPECT_EQ(done(state, ha_), "01/KH-UBND");
}

TEST_P(Register, ANumberGivenFromOutsideIsPassedAndNeverGivenAgain) {
  NewDocument given = paper("BC");
  given.number = "05-BC/HU";
  EXPECT_EQ(done(given, ha_), "05-BC/HU");
  EXPECT_EQ(done(paper("BC"), ha_), "06-BC/HU");
  EXPECT_EQ(done(given, ha_), "/number document.number_taken;");
  given.number = "03-BC/HU";
  EXPECT_EQ(done(given, ha_), "03-BC/HU") << "an older paper entered later";
  EXPECT_EQ(done(paper("BC"), ha_), "07-BC/HU");
}

TEST_P(Register, EveryFaultAtOnce) {
  NewDocument wrong = paper("ZZ");
  wrong.number = "5/BC";
  wrong.recipients = {town_, town_, {999'999}};
  wrong.relations = {{RelationKind::implements, {4711}}};
  EXPECT_EQ(done(wrong, ha_),
            "/recipients/1 document.recipient_twice;/recipients/2 document.recipient_unknown;"
            "/relations/0/document document.other_unknown;/kind document.kind_unknown;"
            "/number document.number_form;");
  NewDocument front = paper();
  front.profile = Profile::front;
  EXPECT_EQ(done(front, ha_), "/profile document.no_mark;");
  NewDocument late = paper();
  late.issued_on = base::Date(2026, 1, 1);
  EXPECT_EQ(done(late, ha_), "/issued_on document.no_term;");
  NewDocument other = paper();
  other.unit = city_;
  EXPECT_EQ(done(other, ha_), "/unit document.issues_for_another;");
  EXPECT_EQ(done(paper(), ha_), "01-BC/HU") << "nothing above drew a number";
}

TEST_P(Register, AnIncomingPaperKeepsItsOwnNumber) {
  NewDocument rule = paper("QĐ");
  rule.unit.reset();
  rule.issuer = "Bộ Chính trị";
  rule.number = "55-QĐ/TW";
  rule.issued_on = base::Date(2016, 12, 19);
  EXPECT_EQ(done(rule, ha_), "55-QĐ/TW") << "no term of ours is asked";
  EXPECT_EQ(done(rule, ha_), "55-QĐ/TW") << "another register may keep it too";
}

TEST_P(Register, WhoIsNotAddressedDoesNotSeeIt) {
  NewDocument asked = paper("KH");
  asked.recipients = {town_};
  done(asked, ha_);
  const DocumentId plan = last_;
  EXPECT_TRUE(sees(ha_, plan));
  EXPECT_TRUE(sees(lan_, plan));
  EXPECT_FALSE(sees(minh_, plan));
  const auto listed = [&](const auth::Actor& actor, const std::string& query) {
    return db_->read([&](store::Tx& tx) {
      document_store::Wanted wanted;
      wanted.query = query;
      return document_store::visible(tx, org::scope_of(actor, kToday), wanted).size();
    });
  };
  EXPECT_EQ(listed(lan_, "ket qua thuc hien"), 1U);
  EXPECT_EQ(listed(lan_, "01-KH"), 1U);
  EXPECT_EQ(listed(lan_, "khác"), 0U);
  EXPECT_EQ(listed(minh_, ""), 0U);
  EXPECT_EQ(done(asked, lan_), " unit.not_found;") << "the register above is out of sight";
}

TEST_P(Register, TheChainLeadsFromTheCommunesPlanToTheCentre) {
  NewDocument centre = paper("NQ");
  centre.unit.reset(), centre.issuer = "Ban Chấp hành Trung ương", centre.number = "04-NQ/TW";
  centre.recipients = {district_};
  done(centre, ha_);
  NewDocument programme = paper("CTr");
  programme.relations = {{RelationKind::implements, last_}};
  programme.recipients = {town_};
  done(programme, ha_);
  db_->write([&](store::Tx& tx) {
    document_store::set_mark(tx, town_, Profile::party_36_2018, "ĐU");
    document_store::add_term(tx, {0, town_, "III", kBegin, base::kForever});
  });
  NewDocument own = paper("KH");
  own.kept_by = town_, own.unit = town_;
  own.relations = {{RelationKind::makes_concrete, last_}};
  EXPECT_EQ(done(own, lan_), "01-KH/ĐU");
  const auto chain =
      db_->read([&](store::Tx& tx) { return chain_json(tx, *document_store::find(tx, last_)); });
  EXPECT_EQ(chain.at("documents").as_array().size(), 3U);
  EXPECT_EQ(chain.at("links").as_array().size(), 2U);
  EXPECT_TRUE(chain.at("is_whole").as_bool());
  const auto itself = db_->write([&](store::Tx& tx) {
    return relate(tx, lan_, kNow, kToday, last_, {RelationKind::amends, last_});
  });
  EXPECT_EQ(itself.error().front().code, "document.related_to_itself");
}

TEST_P(Register, FiftyIssuesAtOnceLeaveNoGapAndNoNumberTwice) {
  constexpr int kThreads = 10, kEach = 5;
  std::vector<std::thread> threads;
  std::mutex lock;
  std::multiset<std::string> numbers;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        // One in five is refused after its number would be drawn: it must not leave a gap.
        const bool fails = (t + i) % 5 == 0;
        const auto made = db_->write([&](store::Tx& tx) -> base::Result<DocumentId> {
          auto id = register_document(tx, ha_, kNow, kToday, paper("TB"));
          if (id && fails)
            return base::refuse(base::ProblemKind::conflict, "document.number_taken");
          return id;
        });
        if (!made) continue;
        const std::string number =
            db_->read([&](store::Tx& tx) { return document_store::find(tx, *made)->number; });
        const std::scoped_lock held(lock);
        numbers.insert(number);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(numbers.size(), 40U);
  for (int n = 1; n <= 40; ++n) {
    EXPECT_EQ(numbers.count(text_of({n, "TB", "HU"}, Profile::party_36_2018)), 1U) << n;
  }
}

TEST_P(Register, AFileComesBackAsItWasAndMustBeWhatItSays) {
  done(paper(), ha_);
  const std::string object = "document:" + std::to_string(last_.value);
  const auto attached = [&](const std::string& name, const std::string& bytes) {
    const auto made = db_->write([&](store::Tx& tx) {
      return attach(tx, ha_, kNow, object, district_, name, base::to_base64(bytes));
    });
    return made ? made->media_type : made.error().front().code;
  };
  std::string large = "%PDF-1.7\n";
  for (int i = 0; i < 200'000; ++i) large += static_cast<char>(i % 251);
  EXPECT_EQ(attached("ban-quet.PDF", large), "application/pdf");
  EXPECT_EQ(attached("a.pdf", "PK\x03\x04"), "attachment.kind");
  EXPECT_EQ(attached("a.exe", "MZ"), "attachment.kind");
  EXPECT_EQ(attached("a.svg", "<svg/>"), "attachment.kind");
  EXPECT_EQ(attached("a.csv", std::string("a\0b", 3)), "attachment.kind");
  EXPECT_EQ(attached("a.txt", "xin chào"), "text/plain");
  EXPECT_EQ(attached("a.txt", ""), "attachment.empty");
  db_->read([&](store::Tx& tx) {
    const auto files = attachments(tx, object);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(content_of(tx, files[0]), large);
    EXPECT_EQ(files[0].size, static_cast<std::int64_t>(large.size()));
  });
}

}  // namespace
}  // namespace registry
