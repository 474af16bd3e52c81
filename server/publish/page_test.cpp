#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/markup.h"
#include "publish/page_frame.h"

namespace publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEvil = "<script>alert('x')</script>&\"";
constexpr const char* kTame = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;";

TEST(Markup, EveryTextAndValueIsEscaped) {
  Markup m = Markup::html();
  m.element("p", {{"title", kEvil}}, [&] {
    m.text(kEvil);
    m.element("b", {}, kEvil);
    m.empty("img", {{"alt", kEvil}});
  });
  const std::string tame = kTame;
  EXPECT_EQ(std::move(m).done(), "<!DOCTYPE html>\n<p title=\"" + tame + "\">" + tame + "<b>" +
                                     tame + "</b><img alt=\"" + tame + "\"/></p>");
}

TEST(Markup, WhatXmlCannotHoldIsLeftOut) {
  EXPECT_EQ(escaped(std::string("a\0b\x1b[c\nd\te", 10)), "ab[c\nd\te");
  EXPECT_EQ(url_part("a b/ư&<"), "a%20b%2F%C6%B0%26%3C");
}

class Pages : public ::testing::Test {
 protected:
  Article article() const {
    Article made;
    made.bulletin.id = {7};
    made.bulletin.title = made.bulletin.lead = kEvil;
    made.bulletin.category = "thong-bao";
    made.bulletin.dated_on = {2022, 4, 5};
    made.bulletin.slug = "tin-minh-hoa";
    made.bulletin.shown_at = base::Instant{0};
    made.bulletin.source = {"movement", 0, kEvil};
    made.bulletin.body = {{true, kEvil}, {false, kEvil}};
    made.bulletin.pictures = {{{1}, kEvil, kEvil, {"aa", 10, 20, 1}, {"bb", 5, 10, 2}}};
    made.bulletin.figures = {
        {{3}, "F1", {1}, kEvil, kEvil, kEvil, "2021", 1, 12345},
        {{4}, "F2", {1}, "Khác", "Xã", "hồ sơ", "2021-Q3", 0, -1234567},
    };
    made.opened = {{3}};
    made.unit_name = kEvil;
    Brief related;
    related.slug = "khac", related.title = related.lead = related.unit_name = kEvil;
    related.thumbnail = Copy{"cc", 4, 4, 0};
    related.alternative = kEvil;
    made.related = {related};
    return made;
  }
  static OpenFigures figures() {
    OpenFigures made;
    made.id = {3};
    OpenTable& table = made.table;
    table.title = table.unit_name = kEvil, table.period = "2021";
    table.columns = {{"F1", "=1+1", "%", 2}};
    table.rows = {{"01", "Tổng", {{5000, 2, 3}}},
                  {"02", kEvil, {{2500, 1, 1}}},
                  {"03", "@x", {{10000, 1, 1}}},
                  {"04", "-y", {{std::nullopt, 0, 1}}}};
    return made;
  }

  base::FixedClock clock_{{0}};
  page::Frame frame_{"https://congkhai.example", "/cong-khai/kieu/x.css", clock_};
};

TEST_F(Pages, NoWordOfABulletinIsMarkup) {
  for (const bool is_preview : {false, true}) {
    frame_.is_preview = is_preview;
    const std::string made = page::article(frame_, article());
    EXPECT_THAT(made, Not(HasSubstr("<script")));
    EXPECT_THAT(made, Not(HasSubstr("alert('x')")));
    EXPECT_THAT(made, HasSubstr(kTame));
    EXPECT_THAT(made, HasSubstr("1.234,5"));
    EXPECT_THAT(made, HasSubstr("-1.234.567"));
    EXPECT_THAT(made, HasSubstr("quý III năm 2021"));
  }
  for (const std::string& made :
       {page::figures(frame_, figures()),
        page::gone(frame_, {kEvil, kEvil, {base::Instant{0}, kEvil, kEvil}}),
        page::units(frame_, {{"01", kEvil, kEvil, kEvil}}), page::feed(frame_, article().related),
        page::home(frame_, {article().related, {"so-lieu"}, {}, "", ""})}) {
    EXPECT_THAT(made, Not(HasSubstr("<script")));
  }
}

TEST_F(Pages, OnlyAPublicPageSaysItsAddress) {
  const std::string open = page::article(frame_, article());
  EXPECT_THAT(
      open,
      HasSubstr(
          "rel=\"canonical\" href=\"https://congkhai.example/cong-khai/ban-tin/tin-minh-hoa\""));
  EXPECT_THAT(open, HasSubstr("src=\"/cong-khai/anh/aa.jpg\""));
  frame_.is_preview = true;
  const std::string preview = page::article(frame_, article());
  EXPECT_THAT(preview, Not(HasSubstr("canonical")));
  EXPECT_THAT(preview, HasSubstr("src=\"/api/v1/bulletins/7/pictures/1/full\""));
  EXPECT_THAT(preview, HasSubstr("noindex"));
}

TEST_F(Pages, AFigureLinksToItsTableWhenThatIsOpen) {
  const std::string made = page::article(frame_, article());
  EXPECT_THAT(made, HasSubstr("href=\"/cong-khai/so-lieu/3\""));
  EXPECT_THAT(made, Not(HasSubstr("/cong-khai/so-lieu/4")));
}

TEST_F(Pages, BarsAreAsLongAsTheirFigures) {
  const std::string made = page::figures(frame_, figures());
  EXPECT_THAT(made, HasSubstr("width=\"65\" height=\"14\""));
  EXPECT_THAT(made, HasSubstr("width=\"260\" height=\"14\""));
  EXPECT_THAT(made, HasSubstr("50,00 <span class=\"quiet\">(2/3)</span>"));
}

TEST_F(Pages, ATableToLoadHoldsNoFormula) {
  const std::string made = page::figures_csv(figures());
  EXPECT_THAT(made, HasSubstr("\"'=1+1\""));
  EXPECT_THAT(made, HasSubstr("\"'@x\""));
  EXPECT_THAT(made, HasSubstr("\"'-y\""));
  EXPECT_THAT(made, HasSubstr("\"25.00\""));
}

TEST_F(Pages, WhatIsOpenedComesBackFromItsText) {
  const std::string text = open_text(figures().table);
  EXPECT_EQ(open_text(open_table_of(text)), text);
}

TEST_F(Pages, AMomentIsToldInThePlatformsZone) {
  EXPECT_EQ(page::moment_words(frame_, {}), "07:00 ngày 1/1/1970");
  EXPECT_EQ(page::moment_words(frame_, {-8LL * 3600 * 1'000'000}), "23:00 ngày 31/12/1969");
}

}  // namespace
}  // namespace publish
