#include "publish/public_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "http/router.h"
#include "inspect/testing.h"
#include "petition/petition_store.h"
#include "petition/service.h"
#include "publish/bulletin_store.h"
#include "publish/service.h"

namespace publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kSecond = 1'000'000, kHour = 3600 * kSecond;

/// The district's bulletins: ha writes, hieu reviews.
class Site : public inspect::testing::Ground {
 protected:
  Site() { clock_.set({1'649'120'400LL * kSecond}); }  // 5 April 2022, 8:00 at +07:00

  Now moment() const { return {clock_.now(), clock_.today()}; }
  void pass(std::int64_t microseconds) { clock_.set({clock_.now().microseconds + microseconds}); }

  BulletinId written(const std::string& title) {
    Bulletin made;
    made.unit = district_;
    made.title = title, made.lead = "Mở đầu", made.category = "thong-bao";
    made.dated_on = kToday;
    made.body = {{false, "Lời của huyện."}};
    const BulletinId id =
        db_->write([&](store::Tx& tx) { return create_bulletin(tx, ha_, moment(), {made, {}}); })
            .value();
    does(id, [&](store::Tx& tx, OnBulletin on) { return submit_bulletin(tx, ha_, moment(), on); });
    return id;
  }
  template <class Act>
  void does(BulletinId id, Act act) {
    EXPECT_EQ(tried([&](store::Tx& tx) {
                return act(tx, OnBulletin{id, bulletin_store::find(tx, id)->revision});
              }),
              "");
  }
  void shows(BulletinId id, std::optional<base::Instant> from = std::nullopt) {
    does(id, [&](store::Tx& tx, OnBulletin on) {
      return publish_bulletin(tx, hieu_, moment(), on, from);
    });
  }
  void withdraws(BulletinId id) {
    does(id, [&](store::Tx& tx, OnBulletin on) {
      return withdraw_bulletin(tx, hieu_, moment(), on, "Có sai sót trong lời");
    });
  }

  http::Response ask(const PublicSite& site, const std::string& path, const std::string& tag = "") {
    http::Request request;
    request.path = path;
    if (!tag.empty()) request.headers.emplace_back("if-none-match", tag);
    http::Router router;
    for (const PublicPage& page : site.pages) {
      router.add({http::Method::get, page.path, page.operation_id, page.handle});
    }
    router.add_rest(site.prefix, site.nothing);
    return router.answer(request);
  }
  PublicSite site() { return public_site(*db_, clock_, "https://congkhai.example"); }
  static std::string header(const http::Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Site, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Site, AppearsWhenItsMomentComesAndNotBefore) {
  const PublicSite pages = site();
  const std::string path = "/cong-khai/ban-tin/sap-den-gio";
  const BulletinId id = written("Sắp đến giờ");
  const std::string home = ask(pages, "/cong-khai").body;
  const std::string nothing = ask(pages, "/cong-khai/ban-tin/khong-co").body;
  shows(id, base::Instant{clock_.now().microseconds + kHour});
  EXPECT_EQ(ask(pages, "/cong-khai").body, home);
  EXPECT_EQ(ask(pages, path).status, 404);
  EXPECT_EQ(ask(pages, path).body, nothing);
  pass(kHour - kSecond);
  EXPECT_EQ(ask(pages, "/cong-khai").body, home);
  EXPECT_EQ(ask(pages, path).body, nothing);
  pass(kSecond);
  EXPECT_EQ(ask(pages, path).status, 200);
  EXPECT_THAT(ask(pages, "/cong-khai").body, HasSubstr(path));
}

TEST_P(Site, AnOpenedPetitionNamesWhoAskedUntilThenAndNobodyWhoJoinedSince) {
  const PublicSite pages = site();
  petition::AskedPetition asked;
  asked.unit = commune_;
  asked.subject = "khac";
  asked.title = "Chuyện trong nhà", asked.text = "Lời trong nhà";
  asked.addressees = {{district_, "", ""}};
  const petition::PetitionId id = db_->write([&](store::Tx& tx) {
    const petition::PetitionId made = petition::raise_petition(tx, lan_, moment(), asked).value();
    const auto newest = [&] { return petition::petition_store::find(tx, made).value(); };
    EXPECT_TRUE(petition::answer_part(tx, ha_, moment(),
                                      {{made, newest().revision}, newest().parts.front().id},
                                      petition::Outcome::settled, "Xong rồi", {}));
    EXPECT_TRUE(petition::open_to_public(
        tx, ha_, moment(), {made, newest().revision},
        petition::PublicVersion{"Nói ra ngoài", "Hỏi", "Đáp", moment().day}));
    return made;
  });
  const std::string path = "/cong-khai/kien-nghi/" + std::to_string(id.value);
  const std::string before = ask(pages, path).body;
  EXPECT_THAT(before, HasSubstr("Hỏi: Thị trấn Thường Tín · Trả lời: Huyện Thường Tín"));
  EXPECT_THAT(before, Not(HasSubstr("trong nhà")));
  pass(24 * kHour);
  EXPECT_EQ(tried([&](store::Tx& tx) {
              return petition::join_petition(tx, ha_, moment(), id, district_, "Huyện cũng vậy");
            }),
            "");
  EXPECT_EQ(ask(pages, path).body, before);
}

TEST_P(Site, TwoServersOnOneDatabaseAgreeAtOnce) {
  const PublicSite one = site(), other = site();
  const std::string path = "/cong-khai/ban-tin/tin-chung";
  const BulletinId id = written("Tin chung");
  for (const PublicSite& each : {one, other}) {
    EXPECT_THAT(ask(each, "/cong-khai").body, Not(HasSubstr(path)));
  }
  shows(id);
  for (const PublicSite& each : {one, other}) {
    EXPECT_THAT(ask(each, "/cong-khai").body, HasSubstr(path));
    EXPECT_EQ(ask(each, path).status, 200);
  }
  withdraws(id);
  for (const PublicSite& each : {one, other}) {
    EXPECT_THAT(ask(each, "/cong-khai").body, Not(HasSubstr(path)));
    const http::Response gone = ask(each, path);
    EXPECT_EQ(gone.status, 410);
    EXPECT_THAT(gone.body, HasSubstr("Có sai sót trong lời"));
    EXPECT_THAT(gone.body, Not(HasSubstr("Lời của huyện")));
  }
}

TEST_P(Site, WhatNobodySawLeavesNoTrace) {
  const PublicSite pages = site();
  const BulletinId id = written("Chưa ai thấy");
  shows(id, base::Instant{clock_.now().microseconds + kHour});
  withdraws(id);
  pass(2 * kHour);
  EXPECT_EQ(ask(pages, "/cong-khai/ban-tin/chua-ai-thay").status, 404);
}

TEST_P(Site, APageKnownByItsTagIsNotSentAgain) {
  const PublicSite pages = site();
  shows(written("Một tin"));
  const http::Response first = ask(pages, "/cong-khai");
  const std::string tag = header(first, "ETag");
  EXPECT_EQ(ask(pages, "/cong-khai", tag).status, 304);
  shows(written("Tin nữa"));
  const http::Response second = ask(pages, "/cong-khai", tag);
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(header(second, "ETag"), tag);
}

/// What everybody may know of a bulletin, reckoned beside the program.
struct Told {
  State state = State::draft;
  std::set<std::string> hands;
  std::int64_t shown_at = 0;
  bool was_shown = false;

  int status(std::int64_t now) const {
    if (state == State::published && shown_at <= now) return 200;
    return was_shown ? 410 : 404;
  }
};

/// Random deeds by several people: at every step a stranger is told exactly what the acts opened,
/// by two servers, and nobody opens what they wrote.
TEST_P(Site, AStrangerSeesWhatTheActsOpenedAndNothingElse) {
  const PublicSite pages[2] = {site(), site()};
  const std::vector<std::pair<std::string, const auth::Actor*>> people{
      {"ha", &ha_}, {"hieu", &hieu_}, {"vinh", &vinh_}, {"xa", &xa_}};
  const std::set<std::string> house{"ha", "hieu"};
  std::vector<BulletinId> ids;
  std::vector<Told> told(3);
  for (int i = 0; i < 3; ++i) {
    ids.push_back(written("Tin ngẫu nhiên " + std::to_string(i)));
    told[static_cast<std::size_t>(i)].state = State::in_review;
    told[static_cast<std::size_t>(i)].hands = {"ha"};
  }
  std::mt19937 chance(20220405);
  const auto any = [&](int below) {
    return static_cast<int>(chance() % static_cast<unsigned>(below));
  };
  int opened = 0, closed = 0;
  for (int step = 0; step < 400; ++step) {
    const auto which = static_cast<std::size_t>(any(3));
    const auto& [who, actor] = people[static_cast<std::size_t>(any(4))];
    const auto deed = static_cast<Deed>(any(kDeeds));
    const bool is_later = any(2) == 0;
    const std::int64_t now = clock_.now().microseconds;
    const std::int64_t moment = is_later ? now + any(5) * kSecond : now;
    Told& one = told[which];
    const auto done = db_->write([&](store::Tx& tx) -> base::Result<void> {
      const Bulletin held = bulletin_store::find(tx, ids[which]).value();
      const OnBulletin on{ids[which], held.revision};
      switch (deed) {
        case Deed::write:
          return replace_bulletin(tx, *actor, this->moment(), on, {held, {}});
        case Deed::submit:
          return submit_bulletin(tx, *actor, this->moment(), on);
        case Deed::send_back:
          return send_back_bulletin(tx, *actor, this->moment(), on, "Cần xem lại lời văn");
        case Deed::publish:
          return publish_bulletin(tx, *actor, this->moment(), on,
                                  is_later ? std::optional(base::Instant{moment}) : std::nullopt);
        case Deed::withdraw:
          return withdraw_bulletin(tx, *actor, this->moment(), on, "Có sai sót trong lời");
        case Deed::redraft:
          return redraft_bulletin(tx, *actor, this->moment(), on);
      }
      return {};
    });
    const bool is_house = house.contains(who);
    const auto expected = after(one.state, deed, {is_house, is_house, one.hands.contains(who)});
    ASSERT_EQ(done.has_value(), is_house && expected.has_value()) << step << " " << name(deed);
    if (done) {
      if (deed == Deed::write) one.hands.insert(who);
      if (deed == Deed::publish) one.shown_at = moment, ++opened;
      if (deed == Deed::withdraw) one.was_shown = one.was_shown || one.shown_at <= now, ++closed;
      one.state = *expected;
      ASSERT_TRUE(deed != Deed::publish || !one.hands.contains(who));
    }
    if (any(3) == 0) pass(kSecond);
    // When both who may review have written on all of them, there is nothing left to open.
    if (any(10) == 0) {
      const BulletinId fresh = written("Tin mới " + std::to_string(step));
      ids[which] = fresh;
      one = Told{State::in_review, {"ha"}, 0, false};
    }
    for (std::size_t i = 0; i < told.size(); ++i) {
      const std::string slug =
          db_->read([&](store::Tx& tx) { return bulletin_store::find(tx, ids[i])->slug; });
      const int status = told[i].status(clock_.now().microseconds);
      if (slug.empty()) {
        ASSERT_EQ(status, 404);
        continue;
      }
      for (const PublicSite& each : pages) {
        ASSERT_EQ(ask(each, "/cong-khai/ban-tin/" + slug).status, status) << step;
        const std::string home = ask(each, "/cong-khai").body;
        const bool is_listed = home.find("/ban-tin/" + slug + "\"") != std::string::npos;
        ASSERT_TRUE(status == 200 || !is_listed) << step;
      }
    }
  }
  EXPECT_GT(opened, 10);
  EXPECT_GT(closed, 5);
}

TEST_P(Site, PagesBringAPolicyWithoutScripts) {
  const PublicSite pages = site();
  for (const char* path : {"/cong-khai", "/cong-khai/khong-co", "/cong-khai/feed.xml"}) {
    const std::string policy = header(ask(pages, path), "Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'self'; img-src 'self';"));
    EXPECT_THAT(policy, Not(HasSubstr("script")));
  }
  EXPECT_EQ(ask(pages, style_path()).content_type, "text/css; charset=utf-8");
}

TEST_P(Site, ALongListGoesOnWithoutGapOrTwice) {
  const PublicSite pages = site();
  for (int i = 0; i < 23; ++i) {
    shows(written("Tin " + std::to_string(i)));
    if (i % 3 == 0) pass(kSecond);  // some at the same moment
  }
  const std::string first = ask(pages, "/cong-khai").body;
  const std::size_t at = first.find("?truoc=");
  ASSERT_NE(at, std::string::npos);
  http::Request request;
  request.query.emplace_back("truoc", first.substr(at + 7, first.find('"', at) - at - 7));
  const std::string second = pages.pages.front().handle(request).body;
  for (int i = 0; i < 23; ++i) {
    const std::string link = "/ban-tin/tin-" + std::to_string(i) + "\"";
    const bool is_first = first.find(link) != std::string::npos;
    const bool is_second = second.find(link) != std::string::npos;
    EXPECT_NE(is_first, is_second) << i;
  }
}

}  // namespace
}  // namespace publish
