#include "app/demo_picture.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace app {
namespace {

constexpr int kWidth = 1200, kHeight = 675, kFiner = 2;  ///< drawn finer, so that edges are smooth

struct Colour {
  std::uint8_t red, green, blue;
};

class Canvas {
 public:
  explicit Canvas(Colour ground) : dots_(std::size_t{kWide} * kHigh, ground) {}

  void box(int left, int top, int right, int bottom, Colour colour) {
    for (int y = top * kFiner; y < bottom * kFiner; ++y) {
      for (int x = left * kFiner; x < right * kFiner; ++x) put(x, y, colour);
    }
  }
  void oval(int middle_x, int middle_y, int across, int down, Colour colour) {
    const int a = across * kFiner, b = down * kFiner;
    for (int y = -b; y <= b; ++y) {
      for (int x = -a; x <= a; ++x) {
        const std::int64_t far = std::int64_t{x} * x * b * b + std::int64_t{y} * y * a * a;
        if (far <= std::int64_t{a} * a * b * b)
          put(middle_x * kFiner + x, middle_y * kFiner + y, colour);
      }
    }
  }
  /// Rows of red, green and blue, each begun by PNG's "no filter".
  std::string rows() const {
    std::string made;
    for (int y = 0; y < kHeight; ++y) {
      made += '\0';
      for (int x = 0; x < kWidth; ++x) {
        int red = 0, green = 0, blue = 0;
        for (int part = 0; part < kFiner * kFiner; ++part) {
          const Colour one = at(x * kFiner + part % kFiner, y * kFiner + part / kFiner);
          red += one.red, green += one.green, blue += one.blue;
        }
        for (const int sum : {red, green, blue}) made += static_cast<char>(sum / kFiner / kFiner);
      }
    }
    return made;
  }

 private:
  static constexpr int kWide = kWidth * kFiner, kHigh = kHeight * kFiner;
  Colour at(int x, int y) const { return dots_[static_cast<std::size_t>(y) * kWide + x]; }
  void put(int x, int y, Colour colour) {
    if (x < 0 || y < 0 || x >= kWide || y >= kHigh) return;
    dots_[static_cast<std::size_t>(y) * kWide + x] = colour;
  }
  std::vector<Colour> dots_;
};

void person(Canvas& canvas, int x, int y, Colour shirt) {
  canvas.oval(x, y + 95, 62, 70, shirt);
  canvas.oval(x, y, 34, 40, {240, 208, 180});
  canvas.oval(x, y - 18, 35, 26, {60, 48, 44});
}

std::string big_endian(std::uint32_t number) {
  std::string made;
  for (int shift = 24; shift >= 0; shift -= 8) made += static_cast<char>(number >> shift & 255U);
  return made;
}

std::string chunk(const std::string& name, const std::string& content) {
  const std::string body = name + content;
  std::uint32_t crc = ~0U;
  for (const char c : body) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return big_endian(static_cast<std::uint32_t>(content.size())) + body + big_endian(~crc);
}

/// zlib's form, stored as it is: what is kept of it is made anew and made small.
std::string stored(const std::string& bytes) {
  constexpr std::size_t kMost = 65535;
  std::string made = "\x78\x01";
  for (std::size_t from = 0; from < bytes.size(); from += kMost) {
    const std::size_t size = std::min(kMost, bytes.size() - from);
    made += from + size == bytes.size() ? '\1' : '\0';
    for (const std::size_t number : {size, ~size}) {
      made += static_cast<char>(number & 255U);
      made += static_cast<char>(number >> 8U & 255U);
    }
    made.append(bytes, from, size);
  }
  std::uint32_t low = 1, high = 0;
  for (const char c : bytes) {
    low = (low + static_cast<unsigned char>(c)) % 65521;
    high = (high + low) % 65521;
  }
  return made + big_endian(high << 16U | low);
}

}  // namespace

std::string drawn_meeting() {
  Canvas canvas({232, 238, 244});
  for (const int left : {90, 470, 850}) {  // windows
    canvas.box(left, 60, left + 260, 270, {255, 255, 255});
    canvas.box(left + 10, 70, left + 125, 260, {178, 214, 238});
    canvas.box(left + 135, 70, left + 250, 260, {178, 214, 238});
    canvas.oval(left + 70, 262, 58, 46, {132, 178, 120});
    canvas.oval(left + 190, 268, 56, 60, {112, 160, 104});
    canvas.box(left, 260, left + 260, 330, {232, 238, 244});
    canvas.box(left - 8, 260, left + 268, 272, {205, 214, 224});
  }
  constexpr std::array<Colour, 5> kShirts{
      {{70, 104, 148}, {188, 92, 84}, {92, 128, 112}, {152, 120, 172}, {84, 96, 116}}};
  for (std::size_t i = 0; i < kShirts.size(); ++i) {
    person(canvas, 160 + static_cast<int>(i) * 220, 345, kShirts[i]);
  }
  canvas.box(0, 600, kWidth, kHeight, {206, 196, 184});
  canvas.box(40, 470, 1160, 520, {168, 122, 84});
  canvas.box(40, 510, 1160, 640, {142, 100, 68});
  for (int i = 0; i < 5; ++i) {  // papers and cups
    canvas.box(120 + i * 220, 476, 200 + i * 220, 504, {250, 250, 246});
    canvas.oval(226 + i * 220, 486, 12, 10, {255, 255, 255});
  }
  return "\x89PNG\r\n\x1a\n" +
         chunk("IHDR",
               big_endian(kWidth) + big_endian(kHeight) + std::string("\x08\x02\0\0\0", 5)) +
         chunk("IDAT", stored(canvas.rows())) + chunk("IEND", "");
}

}  // namespace app
