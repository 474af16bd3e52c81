#include <algorithm>

#include "office/picture_parts.h"

namespace office::picture {

Size fitted(Size from, Size box) {
  Size made = from;
  if (made.width > box.width) {
    made.height = static_cast<int>(std::int64_t{from.height} * box.width / from.width);
    made.width = box.width;
  }
  if (made.height > box.height) {
    made.width = static_cast<int>(std::int64_t{from.width} * box.height / from.height);
    made.height = box.height;
  }
  return {std::max(made.width, 1), std::max(made.height, 1)};
}

Shrinker::Shrinker(Size from, Size to)
    : from_(from),
      to_(to),
      left_(from.height),
      row_(static_cast<std::size_t>(to.width) * 3),
      sums_(static_cast<std::size_t>(to.width) * 3) {
  made_.width = to.width, made_.height = to.height;
  made_.rgb.resize(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height) * 3);
}

void Shrinker::take(const unsigned char* rgb) {
  // A pixel of the source is `to.width` parts wide, one of the new picture `from.width`.
  std::int64_t left = from_.width;
  std::size_t at = 0;
  std::uint64_t sum[3] = {0, 0, 0};
  for (int x = 0; x < from_.width; ++x, rgb += 3) {
    std::int64_t parts = to_.width;
    while (parts > 0) {
      const std::int64_t taken = std::min(parts, left);
      for (std::size_t c = 0; c < 3; ++c) sum[c] += rgb[c] * static_cast<std::uint64_t>(taken);
      parts -= taken, left -= taken;
      if (left > 0) continue;
      for (std::size_t c = 0; c < 3; ++c) {
        row_[at++] =
            static_cast<std::uint32_t>(sum[c] * 256 / static_cast<std::uint64_t>(from_.width));
        sum[c] = 0;
      }
      left = from_.width;
    }
  }
  std::int64_t parts = to_.height;
  while (parts > 0) {
    const std::int64_t taken = std::min(parts, left_);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      sums_[i] += row_[i] * static_cast<std::uint64_t>(taken);
    }
    parts -= taken, left_ -= taken;
    if (left_ == 0) finish_row();
  }
}

void Shrinker::finish_row() {
  unsigned char* const out =
      made_.rgb.data() + static_cast<std::size_t>(next_) * static_cast<std::size_t>(to_.width) * 3;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    const std::uint64_t mean = sums_[i] / static_cast<std::uint64_t>(from_.height);
    out[i] = static_cast<unsigned char>(std::min<std::uint64_t>((mean + 128) / 256, 255));
    sums_[i] = 0;
  }
  ++next_;
  left_ = from_.height;
}

Raster shrunk(const Raster& from, Size box) {
  const Size size{from.width, from.height};
  Shrinker shrinker(size, fitted(size, box));
  for (int y = 0; y < from.height; ++y) {
    shrinker.take(from.rgb.data() +
                  static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width) * 3);
  }
  return std::move(shrinker).done();
}

Raster upright(Raster from, int orientation) {
  if (orientation < 2 || orientation > 8) return from;
  const int w = from.width, h = from.height;
  Raster made;
  made.width = orientation >= 5 ? h : w;
  made.height = orientation >= 5 ? w : h;
  made.rgb.resize(from.rgb.size());
  std::size_t at = 0;
  for (int y = 0; y < made.height; ++y) {
    for (int x = 0; x < made.width; ++x) {
      int sx = orientation >= 5 ? y : x, sy = orientation >= 5 ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
        sx = w - 1 - sx;
      }
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
        sy = h - 1 - sy;
      }
      const std::size_t source = (static_cast<std::size_t>(sy) * static_cast<std::size_t>(w) +
                                  static_cast<std::size_t>(sx)) *
                                 3;
      for (std::size_t c = 0; c < 3; ++c) made.rgb[at++] = from.rgb[source + c];
    }
  }
  return made;
}

int orientation_of(std::string_view tiff) {
  if (tiff.size() < 8) return 1;
  const bool is_little = tiff.starts_with("II");
  if (!is_little && !tiff.starts_with("MM")) return 1;
  const auto number = [&](std::size_t at, std::size_t bytes) -> std::size_t {
    std::size_t made = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      const std::size_t place = is_little ? at + bytes - 1 - i : at + i;
      made = made << 8U | static_cast<unsigned char>(tiff[place]);
    }
    return made;
  };
  const std::size_t begin = number(4, 4);
  if (begin > tiff.size() - 2) return 1;
  const std::size_t entries = number(begin, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = begin + 2 + i * 12;
    if (at + 12 > tiff.size()) return 1;
    constexpr std::size_t kOrientation = 0x0112;
    if (number(at, 2) != kOrientation) continue;
    const std::size_t said = number(at + 8, 2);
    return said >= 1 && said <= 8 ? static_cast<int>(said) : 1;
  }
  return 1;
}

bool is_too_many(long long width, long long height, bool is_whole) {
  return width > kMostSide || height > kMostSide || width * height > kMostPixels ||
         (is_whole && width * height > kMostWholePixels);
}

}  // namespace office::picture
