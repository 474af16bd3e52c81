#include "publish/public_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "http/router.h"
#include "inspect/testing.h"
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
        db_->write([&](store::Tx& tx) { return create_bulletin(tx, ha_, moment(), made); }).value();
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
