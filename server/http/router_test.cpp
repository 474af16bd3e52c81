#include "http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "http/problem_response.h"

namespace http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

BoundRoute named(Method method, const std::string& path) {
  return {method, path, path, [path](const Request& request) {
            Response response;
            response.body = path;
            for (const auto& [name, value] : request.parameters) {
              response.body += " " + name + "=" + value;
            }
            return response;
          }};
}

Response ask(const Router& router, Method method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  request.id = "r1";
  return router.answer(request);
}

std::string header(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    router.add(named(Method::get, "/units/{unit}"));
    router.add(named(Method::get, "/units/tree"));
    router.add(named(Method::put, "/units/{unit}"));
    router.add(named(Method::get, "/units/{unit}/reports/{report}"));
    router.add(named(Method::post, "/units"));
  }
  Router router;
};

TEST_F(RouterTest, FillsTheParameters) {
  EXPECT_EQ(ask(router, Method::get, "/units/12/reports/7").body,
            "/units/{unit}/reports/{report} report=7 unit=12");
}

TEST_F(RouterTest, LiteralBeatsParameter) {
  EXPECT_EQ(ask(router, Method::get, "/units/tree").body, "/units/tree");
  EXPECT_EQ(ask(router, Method::get, "/units/trees").body, "/units/{unit} unit=trees");
}

TEST_F(RouterTest, HeadRunsTheGetRoute) {
  EXPECT_EQ(ask(router, Method::head, "/units/tree").body, "/units/tree");
}

TEST_F(RouterTest, UnknownPathsAre404) {
  for (const char* path : {"/", "/unit", "/units/", "/units/1/reports", "/units/1/reports/2/3"}) {
    const Response response = ask(router, Method::get, path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.body, HasSubstr(R"("code":"http.not_found")"));
  }
}

TEST_F(RouterTest, OtherMethodsAre405WithAllow) {
  const Response response = ask(router, Method::del, "/units/12");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD, PUT");
  EXPECT_EQ(header(ask(router, Method::get, "/units"), "Allow"), "POST");
}

TEST_F(RouterTest, RefusesTwoRoutesForOneAddress) {
  EXPECT_THROW(router.add(named(Method::get, "/units/tree")), std::logic_error);
}

TEST_F(RouterTest, ExceptionsBecome500WithTheRequestIdAndWithoutTheirWords) {
  router.add({Method::get, "/broken", "broken",
              [](const Request&) -> Response { throw std::runtime_error("secret path"); }});
  router.add({Method::get, "/odd", "odd", [](const Request&) -> Response { throw 7; }});
  for (const char* path : {"/broken", "/odd"}) {
    const Response response = ask(router, Method::get, path);
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, HasSubstr(R"("request_id":"r1")"));
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  }
}

TEST_F(RouterTest, KnownFailuresGetTheirProblem) {
  router.problem_of_failure = [](const std::exception& failure) {
    if (dynamic_cast<const std::out_of_range*>(&failure) == nullptr) return base::Problem{};
    return base::Problem{base::ProblemKind::storage_full, "http.busy", {}, {"9"}};
  };
  router.add({Method::get, "/full", "full",
              [](const Request&) -> Response { throw std::out_of_range("no room"); }});
  router.add({Method::get, "/broken", "broken",
              [](const Request&) -> Response { throw std::runtime_error("x"); }});
  EXPECT_EQ(ask(router, Method::get, "/full").status, 507);
  EXPECT_EQ(ask(router, Method::get, "/broken").status, 500);
}

TEST(RouterRest, AnswersGetOfWhatNoRouteHasBelowItsPrefix) {
  Router router;
  router.add(named(Method::get, "/open/{page}"));
  router.add_rest("/open",
                  [](const Request&) { return Response{404, "text/html", "nothing", {}}; });
  EXPECT_EQ(ask(router, Method::get, "/open/x").body, "/open/{page} page=x");
  for (const char* path : {"/open", "/open/", "/open/x/y"}) {
    EXPECT_EQ(ask(router, Method::get, path).body, "nothing") << path;
    EXPECT_TRUE(router.has_rest(path));
  }
  EXPECT_EQ(ask(router, Method::post, "/open/x/y").content_type, "application/problem+json");
  EXPECT_EQ(ask(router, Method::post, "/open/x").status, 405);
  EXPECT_FALSE(router.has_rest("/opened"));
}

TEST(IdParameter, TakesOneSpellingOnly) {
  const auto id = [](const std::string& text) {
    Request request;
    request.parameters["unit"] = text;
    return request.id_parameter("unit");
  };
  EXPECT_EQ(id("12"), 12);
  EXPECT_EQ(id("9223372036854775807"), 9223372036854775807);
  for (const char* text : {"", "0", "012", "+1", "-1", "1 ", "1.0", "0x1", "9223372036854775808"}) {
    EXPECT_EQ(id(text), 0) << text;
  }
  EXPECT_EQ(Request{}.id_parameter("unit"), 0);
}

TEST(ProblemResponse, ShowsEveryProblemInBothLanguages) {
  Request request;
  request.id = "r1";
  request.language = base::Language::en;
  const Response response =
      problem_response({{base::ProblemKind::invalid, "json.too_long", "/name", {"5"}},
                        {base::ProblemKind::conflict, "json.missing", "/day", {}}},
                       request);
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr(R"("title":"Unprocessable Content","status":422)"));
  EXPECT_THAT(response.body, HasSubstr(R"("detail":"This field is longer than 5 characters.)"));
  EXPECT_THAT(response.body, HasSubstr(R"("detail_vi":"Mục này dài quá 5 ký tự.)"));
  EXPECT_THAT(response.body, HasSubstr(R"("field":"/day")"));
}

TEST(ProblemResponse, SaysWhenToComeBack) {
  const Response response =
      problem_response({{base::ProblemKind::too_many, "http.busy", {}, {"30"}}}, Request{});
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "30");
}

}  // namespace
}  // namespace http
