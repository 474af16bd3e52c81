#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace office {

/// A picture made anew from its pixels: a baseline JPEG that carries nothing else. Where it was
/// taken, by what and by whom is gone.
struct MadePicture {
  std::string jpeg;
  int width = 0, height = 0;
};

struct CheckedPicture {
  MadePicture full;       ///< at most 1600 wide and 2400 high
  MadePicture thumbnail;  ///< at most 480 wide and 720 high
};

inline constexpr std::size_t kMostPictureBytes = 20 * 1024 * 1024;
inline constexpr long long kMostPixels = 40'000'000;
inline constexpr int kMostSide = 30'000;
/// Of those that must be held whole while they are read (progressive JPEG, interlaced PNG).
inline constexpr long long kMostWholePixels = 16'000'000;

/// Reads a JPEG or PNG, told by its content, row by row; stands it upright as its EXIF says; lays
/// it on white where it is transparent; makes it smaller, never larger. At most two are read at a
/// time in a process. Refuses at `field`: "picture.empty", "picture.too_heavy" (args: megabytes),
/// "picture.svg", "picture.heic", "picture.webp", "picture.gif", "picture.not_a_picture";
/// "picture.too_many_pixels" (args: width, height) before anything is decoded;
/// "picture.truncated", "picture.damaged", "picture.too_complex" (needs too much memory or too many
/// passes to read).
base::Result<CheckedPicture> check_picture(std::string_view bytes, const std::string& field);

}  // namespace office
