#include "http/target.h"

#include <gtest/gtest.h>

#include "http/head_scan.h"

namespace http {
namespace {

TEST(Target, IsDecodedOnce) {
  Request request;
  ASSERT_TRUE(read_target("/units/Th%C6%B0%E1%BB%9Dng%20T%C3%ADn?q=a+b%2Bc&x&q=%2525&=1", request));
  EXPECT_EQ(request.path, "/units/Thường Tín");
  ASSERT_EQ(request.all_asked("q").size(), 2U);
  EXPECT_EQ(request.all_asked("q")[0], "a b+c");
  EXPECT_EQ(request.all_asked("q")[1], "%25");
  EXPECT_EQ(request.asked("x"), "");
  EXPECT_FALSE(request.asked("y"));
}

TEST(Target, RefusesWhatCouldBeReadInTwoWays) {
  for (const char* target :
       {"",        "*",         "units",     "http://host/", "//host",  "/a//b",  "/../x",
        "/a/..",   "/a/./b",    "/%2e%2e/x", "/a%2fb",       "/a%2Fb",  "/a%5cb", "/a\\b",
        "/%00",    "/a%0d%0ab", "/a?x=%00",  "/%",           "/%4",     "/%zz",   "/%ff",
        "/%c0%ae", "/a#b",      "/a b",      "/xã",          "/a?x=%0a"}) {
    Request request;
    EXPECT_FALSE(read_target(target, request)) << target;
  }
  Request request;
  EXPECT_TRUE(read_target("/a..b/...", request));
}

TEST(Host, IsOneAuthority) {
  for (const char* host : {"localhost", "ts.example:8080", "127.0.0.1:1", "[::1]:8080"}) {
    EXPECT_TRUE(is_host(host)) << host;
  }
  for (const char* host : {"", "a b", "a,b", "a/b", "user@a", "a\tb", "xã.vn"}) {
    EXPECT_FALSE(is_host(host)) << host;
  }
}

TEST(Language, FollowsTheQueryThenTheBrowser) {
  const auto language = [](const std::string& accept, const std::string& query) {
    Request request;
    if (!accept.empty()) request.headers.emplace_back("accept-language", accept);
    if (!query.empty()) request.query.emplace_back("lang", query);
    return language_of(request);
  };
  EXPECT_EQ(language("", ""), base::Language::vi);
  EXPECT_EQ(language("en-US,en;q=0.9", ""), base::Language::en);
  EXPECT_EQ(language("en-US,en;q=0.9,vi;q=0.8", ""), base::Language::en);
  EXPECT_EQ(language("vi,en;q=0.5", ""), base::Language::vi);
  EXPECT_EQ(language("fr, en;q=0", ""), base::Language::vi);
  EXPECT_EQ(language("vi", "en"), base::Language::en);
  EXPECT_EQ(language("en", "vi"), base::Language::vi);
  EXPECT_EQ(language("en", "fr"), base::Language::en);
}

TEST(HeadScan, SaysTheSameHoweverTheBytesCome) {
  const std::string whole = "GET / HTTP/1.1\r\nHost: a\r\nX: \tb\r\n\r\nrest";
  HeadScan at_once({1000, 10, 100});
  EXPECT_EQ(at_once.look(whole), HeadScan::State::complete);
  HeadScan slowly({1000, 10, 100});
  HeadScan::State state = HeadScan::State::incomplete;
  std::size_t given = 0;
  while (state == HeadScan::State::incomplete && given < whole.size()) {
    state = slowly.look(std::string_view(whole).substr(0, ++given));
  }
  EXPECT_EQ(state, HeadScan::State::complete);
  EXPECT_EQ(given, whole.size() - 4);
  EXPECT_EQ(slowly.size(), at_once.size());
}

TEST(HeadScan, RefusesAtTheFirstWrongByte) {
  const auto status = [](const std::string& bytes) {
    HeadScan scan({200, 3, 50});
    return scan.look(bytes) == HeadScan::State::refused ? scan.status() : 0;
  };
  EXPECT_EQ(status("\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\rX"), 400);
  EXPECT_EQ(status("GET /\t HTTP/1.1"), 400);
  EXPECT_EQ(status("\x16\x03\x01"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nA: b\r\n c"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nA: b\x7f"), 400);
  EXPECT_EQ(status("GET /" + std::string(90, 'a')), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nA: " + std::string(200, 'a')), 431);
  EXPECT_EQ(status("GET / HTTP/1.1\r\na:\r\nb:\r\nc:\r\n"), 0);
  EXPECT_EQ(status("GET / HTTP/1.1\r\na:\r\nb:\r\nc:\r\nd:\r\n"), 431);
}

}  // namespace
}  // namespace http
