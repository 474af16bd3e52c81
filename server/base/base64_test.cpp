#include "base/base64.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Base64, IsThatOfRfc4648) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, ComesBackAsItWas) {
  std::string bytes;
  for (int size = 0; size < 300; ++size) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes += static_cast<char>(size * 37);
  }
}

TEST(Base64, AnythingElseIsRefused) {
  for (const char* wrong : {"Zg=", "Zg", "Z", "Zm9v\n", "Zm9v YmFy", "Zm9v!", "=", "Zh==",
                            "Zm\xff"
                            "9",
                            "\x80mdv"}) {
    EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace base
