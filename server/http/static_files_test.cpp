#include "http/static_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace http {
namespace {

using ::testing::HasSubstr;

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    std::filesystem::create_directories(root / "_app" / "immutable");
    put("index.html",
        "<html><script>alert(1)</script><script src=\"/x.js\"></script>"
        "<script type=\"module\">\nstart();\n</script></html>");
    put("_app/immutable/x.js", "code");
    put("_app/immutable/x.js.br", "packed");
    put("robots.txt", "none");
  }
  ~StaticFilesTest() override { std::filesystem::remove_all(root); }
  void put(const std::string& path, const std::string& text) { std::ofstream(root / path) << text; }

  static Response ask(const StaticFiles& files, const std::string& path,
                      std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.path = path;
    request.headers = std::move(headers);
    return files.answer(request);
  }
  static std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  const std::filesystem::path root =
      std::filesystem::temp_directory_path() / ("thongsuot_static_" + std::to_string(::getpid()));
};

TEST_F(StaticFilesTest, ServesFilesWithTheirTypeAndCaching) {
  const StaticFiles files(root);
  const Response code = ask(files, "/_app/immutable/x.js");
  EXPECT_EQ(code.body, "code");
  EXPECT_EQ(code.content_type, "text/javascript; charset=utf-8");
  EXPECT_THAT(header(code, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(header(ask(files, "/robots.txt"), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, PagesOfTheClientGetItsIndex) {
  const StaticFiles files(root);
  EXPECT_THAT(ask(files, "/").body, HasSubstr("<html>"));
  EXPECT_THAT(ask(files, "/reports/12").body, HasSubstr("<html>"));
  EXPECT_EQ(ask(files, "/reports/12.pdf").status, 404);
  EXPECT_EQ(ask(files, "/_app/immutable/gone.js").status, 404);
}

TEST_F(StaticFilesTest, AnUnchangedFileIs304) {
  const StaticFiles files(root);
  const std::string tag = header(ask(files, "/robots.txt"), "ETag");
  EXPECT_THAT(tag, ::testing::MatchesRegex("\"[0-9a-f]+\""));
  const Response same = ask(files, "/robots.txt", {{"if-none-match", "\"x\", " + tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(header(same, "ETag"), tag);
  EXPECT_EQ(ask(files, "/robots.txt", {{"if-none-match", "\"x\""}}).status, 200);
}

TEST_F(StaticFilesTest, PackedFilesGoToThoseWhoTakeThem) {
  const StaticFiles files(root);
  const Response packed = ask(files, "/_app/immutable/x.js", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(packed.body, "packed");
  EXPECT_EQ(header(packed, "Content-Encoding"), "br");
  EXPECT_EQ(packed.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(ask(files, "/_app/immutable/x.js", {{"accept-encoding", "gzip, br;q=0"}}).body, "code");
}

TEST_F(StaticFilesTest, InlineScriptsAreHashedForThePolicy) {
  EXPECT_EQ(StaticFiles(root).script_hashes(),
            "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' "
            "'sha256-FflUquKLTOFZgk0+8VvCqtWVuUbHfg32FlrpTHo84aw='");
}

TEST_F(StaticFilesTest, AFolderWithoutIndexIsRefusedAtTheStart) {
  std::filesystem::remove(root / "index.html");
  EXPECT_THROW(StaticFiles{root}, std::runtime_error);
}

TEST(NoStaticFiles, SayWhereTheApiIs) {
  const StaticFiles files{std::filesystem::path{}};
  Request request;
  request.path = "/";
  EXPECT_THAT(files.answer(request).body, HasSubstr("/api/v1"));
  request.path = "/reports";
  EXPECT_EQ(files.answer(request).status, 404);
}

}  // namespace
}  // namespace http
