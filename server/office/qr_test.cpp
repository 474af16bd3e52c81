#include "office/qr.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace office {
namespace {

TEST(Qr, IsOnePathInsideItsQuietZone) {
  const QrPath made = qr_path("https://congkhai.example/cong-khai/ban-tin/tin-minh-hoa");
  EXPECT_EQ(made.side, 33 + 8);  // version 4
  EXPECT_TRUE(made.path.starts_with("M4 4h7v1h-7z"));
  EXPECT_EQ(made.path.find_first_not_of("Mhvz- 0123456789"), std::string::npos);
  EXPECT_EQ(qr_path("a").path, qr_path("a").path);
}

TEST(Qr, ATextTooLongIsAFault) {
  EXPECT_THROW(qr_path(std::string(4000, 'x')), std::invalid_argument);
}

}  // namespace
}  // namespace office
