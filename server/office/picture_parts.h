#pragma once

// The parts of picture.cpp: reading and writing of pixels.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "office/picture.h"

namespace office::picture {

/// Pixels in rows, red, green and blue.
struct Raster {
  int width = 0, height = 0;
  std::vector<unsigned char> rgb;
};

/// The largest size of the same shape that fits the box; never more than it was.
struct Size {
  int width = 0, height = 0;
};
Size fitted(Size from, Size box);

/// Makes a picture smaller as its rows come, every pixel weighted by its part in the new one.
/// Holds the new picture and one row.
class Shrinker {
 public:
  Shrinker(Size from, Size to);
  void take(const unsigned char* rgb);  ///< the next row, `from.width` pixels
  Raster done() && { return std::move(made_); }

 private:
  void finish_row();

  Size from_, to_;
  int next_ = 0;
  std::int64_t left_ = 0;           ///< of the row being made, in parts of `from_.height`
  std::vector<std::uint32_t> row_;  ///< the source's row in the new width, × 256
  std::vector<std::uint64_t> sums_;
  Raster made_;
};

/// `to` is the size it is fitted into.
Raster shrunk(const Raster& from, Size box);
/// Turned and mirrored as EXIF's orientation (1 … 8) says.
Raster upright(Raster from, int orientation);
/// Of an EXIF block, from its TIFF head on; 1 when it says none.
int orientation_of(std::string_view tiff);

enum class Fault { none, truncated, damaged, too_complex, too_many_pixels };

struct Read {
  Raster raster;  ///< fitted into the box once it stands upright
  int orientation = 1;
  Fault fault = Fault::none;
  Size size;  ///< as the file says
};
Read read_jpeg(std::string_view bytes, Size box);
Read read_png(std::string_view bytes, Size box);
/// Too large to be read at all, or whole.
bool is_too_many(long long width, long long height, bool is_whole);

/// Throws when it cannot be written.
std::string write_jpeg(const Raster& raster, int quality);

}  // namespace office::picture
