#include "store/sql_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Numbered, NumbersEachNameOnceInOrderOfAppearance) {
  const Numbered made = numbered("select :b, :a_1, :b where x=:a_1");
  EXPECT_EQ(made.text, "select $1, $2, $1 where x=$2");
  EXPECT_THAT(made.names, ElementsAre("b", "a_1"));
}

TEST(Numbered, LeavesCastsLiteralsNamesAndCommentsAlone) {
  for (const char* text : {"select 1::bigint", "select ':a'", "select 'it''s :a'", "select \":a\"",
                           "select 1 -- :a\n", "select 1 /* :a */", "select $$ :a $$",
                           "select $x$ :a $$ $x$", "select ':a", "select a[1:2]"}) {
    const Numbered made = numbered(text);
    EXPECT_EQ(made.text, text);
    EXPECT_THAT(made.names, IsEmpty()) << text;
  }
}

TEST(Numbered, FindsNamesBesideWhatItSkips) {
  EXPECT_EQ(numbered("select :a::bigint, ':b', :c -- :d\n, :e").text,
            "select $1::bigint, ':b', $2 -- :d\n, $3");
}

TEST(IsBlankSql, SeesThroughCommentsAndSemicolons) {
  EXPECT_TRUE(is_blank_sql(" ;\n-- the end\n /* really */ "));
  EXPECT_TRUE(is_blank_sql(""));
  EXPECT_FALSE(is_blank_sql("; select 1"));
  EXPECT_FALSE(is_blank_sql("'text'"));
}

}  // namespace
}  // namespace store
