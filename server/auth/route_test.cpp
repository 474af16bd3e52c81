#include "auth/route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/testing.h"
#include "store/testing.h"

namespace auth {
namespace {

using ::testing::HasSubstr;

class RoutesTest : public ::testing::Test {
 protected:
  RoutesTest() {
    testing::account_named(*db, "lan");
    mount_open(router, sessions, open_routes(sessions));
    mount(router, sessions, routes(sessions));
    mount(router, sessions,
          {{http::Method::get, "/name", "getName",
            [](const Actor& actor, const http::Request&) -> base::Result<http::Response> {
              return http::json_response({{"name", actor.name()}});
            }}});
  }

  http::Response ask(http::Method method, const std::string& path, const std::string& body = {}) {
    http::Request request;
    request.method = method;
    request.path = "/api/v1" + path;
    request.body = body;
    request.headers = headers;
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    return router.answer(request);
  }
  static std::string header(const http::Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
  std::string sign_in_body(const std::string& password) {
    return http::json::serialize(http::json::object{{"login", "lan"}, {"password", password}});
  }

  std::unique_ptr<store::Db> db = store::testing::fresh("sqlite");
  base::FixedClock clock{base::Instant{1'600'000'000'000'000}};
  Sessions sessions{*db, clock, {}, testing::kCheap};
  http::Router router;
  std::vector<std::pair<std::string, std::string>> headers;
};

TEST_F(RoutesTest, SignInUseAndSignOut) {
  EXPECT_EQ(ask(http::Method::get, "/name").status, 401);

  const auto created = ask(http::Method::post, "/sessions", sign_in_body(testing::kPassword));
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_THAT(created.body, HasSubstr(R"("login":"lan")"));
  EXPECT_EQ(header(created, "Cache-Control"), "no-store");
  const std::string cookie = header(created, "Set-Cookie");
  headers = {{"cookie", cookie.substr(0, cookie.find(';'))}};

  const auto named = ask(http::Method::get, "/name");
  EXPECT_EQ(named.status, 200);
  EXPECT_EQ(header(named, "Cache-Control"), "no-store");
  const auto gone = ask(http::Method::del, "/session");
  EXPECT_EQ(gone.status, 204);
  EXPECT_THAT(header(gone, "Set-Cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(ask(http::Method::get, "/name").status, 401);
}

TEST_F(RoutesTest, ThrottledSignInsSayWhenToComeBack) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask(http::Method::post, "/sessions", sign_in_body("sai")).status, 401);
  }
  const auto slowed = ask(http::Method::post, "/sessions", sign_in_body(testing::kPassword));
  EXPECT_EQ(slowed.status, 429);
  EXPECT_EQ(header(slowed, "Retry-After"), "1");
}

TEST_F(RoutesTest, OtherSitesCannotActEvenWithTheCookie) {
  const std::string token = sessions.sign_in({"lan", testing::kPassword, "x"})->token;
  headers = {{"cookie", "ts=" + token}, {"sec-fetch-site", "cross-site"}};
  EXPECT_EQ(ask(http::Method::del, "/session").status, 403);
  EXPECT_EQ(ask(http::Method::get, "/name").status, 200);  // reading changes nothing
  EXPECT_EQ(ask(http::Method::post, "/sessions", sign_in_body(testing::kPassword)).status, 403);
}

TEST_F(RoutesTest, SetUpIsClosedOnceAnAccountExists) {
  const auto answer =
      ask(http::Method::post, "/setup", R"({"token":"x","login":"a","name":"b","password":"c"})");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("auth.setup_closed"));
}

TEST_F(RoutesTest, AFormWithFaultsNamesThemAll) {
  const auto answer = ask(http::Method::post, "/sessions", R"({"login":1,"extra":true})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr(R"("field":"/login")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("field":"/password")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("field":"/extra")"));
}

}  // namespace
}  // namespace auth
