#include "office/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace office {
namespace {

constexpr int kQuietZone = 4;

}  // namespace

QrPath qr_path(std::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
      &QRcode_free);
  if (code == nullptr) throw std::invalid_argument("a text too long for a QR code");
  QrPath made;
  made.side = code->width + 2 * kQuietZone;
  const auto is_dark = [&](int x, int y) { return (code->data[y * code->width + x] & 1U) != 0; };
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if (!is_dark(x, y)) continue;
      const int begin = x;
      while (x < code->width && is_dark(x, y)) ++x;
      const std::string run = std::to_string(x - begin);
      made.path += "M" + std::to_string(begin + kQuietZone) + " " + std::to_string(y + kQuietZone) +
                   "h" + run + "v1h-" + run + "z";
    }
  }
  return made;
}

}  // namespace office
