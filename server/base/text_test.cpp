#include "base/text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(IsUtf8, KnowsEveryWayToBeBroken) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("Thường Tín \U0001F33E"));
  for (const char* broken :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE1\xBB", "\xE0\x80\x80", "\xED\xA0\x80",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE1\x41\x80"}) {
    EXPECT_FALSE(is_utf8(broken));
  }
}

TEST(Tidy, LeavesOneBlankBetweenWordsAndNothingUnseen) {
  EXPECT_EQ(tidy("  Xã\u00A0 Thường\tTín \n"), "Xã Thường Tín");
  EXPECT_EQ(tidy("a\u200Bb\uFEFFc\u0007d\u202Ee"), "abcde");
  EXPECT_EQ(tidy(" \u3000 "), "");
}

TEST(Nfc, ComposesWhatWasTypedApart) {
  EXPECT_EQ(nfc("Hoa\u0300"), "Hoà");
  EXPECT_EQ(nfc("e\u0302\u0323"), "ệ");
  EXPECT_EQ(nfc("plain"), "plain");
}

TEST(Fold, MakesNoDifferenceOfCaseMarksTonePlacementOrForm) {
  EXPECT_EQ(fold("Thường Tín"), "thuong tin");
  EXPECT_EQ(fold("ĐẮK  LẮK"), "dak lak");
  EXPECT_EQ(fold("Hòa Bình"), fold("hoà bi\u0300nh"));
  EXPECT_EQ(fold("Ủy ban"), fold("UỶ BAN"));
  EXPECT_EQ(fold("Ba \u0301 Vì \u0300"), "ba vi") << "marks that stand alone leave no blanks";
  EXPECT_EQ(fold("\u00D0ông Anh"), "dong anh") << "the Icelandic letter that looks like Đ";
}

TEST(SameNameKey, MakesTonePlacementOneWayAndKeepsEveryMark) {
  EXPECT_EQ(same_name_key("Hòa Bình"), same_name_key("Hoà bi\u0300nh"));
  EXPECT_EQ(same_name_key("Ủy"), same_name_key("uỷ"));
  EXPECT_EQ(same_name_key("Thúy"), same_name_key("THUÝ"));
  EXPECT_EQ(same_name_key("Quý"), same_name_key("Qúy"));
  EXPECT_NE(same_name_key("Hòa"), same_name_key("Hóa"));
  EXPECT_NE(same_name_key("Hòa"), same_name_key("Hoa"));
  EXPECT_NE(same_name_key("Đông"), same_name_key("Dông"));
  EXPECT_NE(same_name_key("Tân"), same_name_key("Tấn"));
  EXPECT_NE(same_name_key("Sơn"), same_name_key("Son"));
  EXPECT_EQ(same_name_key("Thường Tín"), "thường tín");
}

TEST(Length, CountsCodePoints) {
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("Đắk Lắk"), 7U);
  EXPECT_EQ(length("\U0001F33E"), 1U);
}

TEST(Upper, KnowsVietnameseLetters) {
  EXPECT_EQ(upper("Huyện ủy Thường Tín, đường Đỗ"), "HUYỆN ỦY THƯỜNG TÍN, ĐƯỜNG ĐỖ");
}

}  // namespace
}  // namespace base
