#include "office/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>

#include "office/picture_parts.h"
// After <cstdio>, which it needs and does not include.
#include <jpeglib.h>

namespace office {
namespace {

using picture::Raster;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kRed[3] = {200, 20, 20}, kBlue[3] = {20, 20, 200};

/// The left half red, the right half blue.
Raster halves(int width, int height) {
  Raster made;
  made.width = width, made.height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        made.rgb.push_back(static_cast<unsigned char>(x < width / 2 ? kRed[c] : kBlue[c]));
      }
    }
  }
  return made;
}

std::string jpeg_of(int width, int height) {
  return picture::write_jpeg(halves(width, height), 90);
}

std::string png_of(int width, int height, bool is_clear = false) {
  const Raster from = halves(width, height);
  std::string rgba;
  for (std::size_t i = 0; i < from.rgb.size(); i += 3) {
    for (std::size_t c = 0; c < 3; ++c) rgba += static_cast<char>(from.rgb[i + c]);
    rgba += is_clear ? '\0' : '\xff';
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width), image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, rgba.data(), 0, nullptr);
  std::string made(size, '\0');
  png_image_write_to_memory(&image, made.data(), &size, 0, rgba.data(), 0, nullptr);
  return made;
}

std::string big_endian(unsigned long value, int bytes) {
  std::string made;
  for (int i = bytes - 1; i >= 0; --i) made += static_cast<char>(value >> (8 * i) & 0xffU);
  return made;
}

/// A PNG that says it is as large as this and holds nothing.
std::string png_that_claims(unsigned long width, unsigned long height) {
  const std::string head =
      "IHDR" + big_endian(width, 4) + big_endian(height, 4) + std::string("\x08\x02\0\0\0", 5);
  const unsigned long sum = crc32(0, reinterpret_cast<const unsigned char*>(head.data()),
                                  static_cast<unsigned>(head.size()));
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12) + head + big_endian(sum, 4) +
         std::string(
             "\0\0\xff\xff"
             "IDAT",
             8);
}

/// EXIF with an orientation, and a place on the map with a name that can be looked for.
std::string exif(int orientation) {
  const auto entry = [](int tag, int type, unsigned long count, const std::string& value) {
    return big_endian(static_cast<unsigned long>(tag), 2) +
           big_endian(static_cast<unsigned long>(type), 2) + big_endian(count, 4) + value;
  };
  std::string tiff("MM\0\x2a\0\0\0\x08", 8);
  tiff += big_endian(2, 2);
  tiff += entry(0x0112, 3, 1,
                big_endian(static_cast<unsigned long>(orientation), 2) + std::string(2, '\0'));
  tiff += entry(0x8825, 4, 1, big_endian(38, 4));
  tiff += std::string(4, '\0') + "GPS-21.0278N-105.8342E";
  return std::string("Exif\0\0", 6) + tiff;
}

std::string with_exif(const std::string& jpeg, int orientation) {
  const std::string block = exif(orientation);
  return jpeg.substr(0, 2) + "\xff\xe1" + big_endian(block.size() + 2, 2) + block + jpeg.substr(2);
}

/// One grey or four inks a pixel, all of one value; progressive when asked for.
std::string plain_jpeg(int side, int parts, unsigned char value, bool is_progressive) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = info.image_height = static_cast<JDIMENSION>(side);
  info.input_components = parts;
  info.in_color_space = parts == 1 ? JCS_GRAYSCALE : JCS_CMYK;
  jpeg_set_defaults(&info);
  if (is_progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  std::vector<unsigned char> row(static_cast<std::size_t>(side * parts), value);
  JSAMPROW rows[1] = {row.data()};
  while (info.next_scanline < info.image_height) jpeg_write_scanlines(&info, rows, 1);
  jpeg_finish_compress(&info);
  const std::string made(reinterpret_cast<const char*>(out), size);
  std::free(out);
  jpeg_destroy_compress(&info);
  return made;
}

std::string refused(std::string_view bytes) {
  const auto checked = check_picture(bytes, "/base64");
  if (checked) return "taken";
  return checked.error().front().field + " " + checked.error().front().code;
}

/// The colour in the middle of a picture's edge: 0 left, 1 top, 2 right, 3 bottom.
bool is_red(const MadePicture& made, int edge) {
  const Raster raster = picture::read_jpeg(made.jpeg, {9999, 9999}).raster;
  const int x = edge == 0 ? 2 : edge == 2 ? raster.width - 3 : raster.width / 2;
  const int y = edge == 1 ? 2 : edge == 3 ? raster.height - 3 : raster.height / 2;
  const auto at = static_cast<std::size_t>(y * raster.width + x) * 3;
  return raster.rgb[at] > raster.rgb[at + 2];
}

TEST(Picture, IsMadeSmallerAndNeverLarger) {
  for (const std::string& bytes : {jpeg_of(3200, 1000), png_of(3200, 1000)}) {
    const auto made = check_picture(bytes, "").value();
    EXPECT_EQ(made.full.width, 1600);
    EXPECT_EQ(made.full.height, 500);
    EXPECT_EQ(made.thumbnail.width, 480);
    EXPECT_EQ(made.thumbnail.height, 150);
    EXPECT_TRUE(is_red(made.full, 0) && !is_red(made.full, 2));
    EXPECT_TRUE(is_red(made.thumbnail, 0) && !is_red(made.thumbnail, 2));
  }
  const auto small = check_picture(png_of(31, 17), "").value();
  EXPECT_EQ(small.full.width, 31);
  EXPECT_EQ(small.thumbnail.height, 17);
  EXPECT_EQ(check_picture(jpeg_of(100, 9000), "").value().full.height, 2400);
}

TEST(Picture, LosesWhereItWasTaken) {
  const std::string bytes = with_exif(jpeg_of(64, 32), 1);
  ASSERT_THAT(bytes, HasSubstr("GPS-21.0278N"));
  const auto made = check_picture(bytes, "").value();
  for (const MadePicture& one : {made.full, made.thumbnail}) {
    EXPECT_THAT(one.jpeg, Not(HasSubstr("GPS")));
    EXPECT_THAT(one.jpeg, Not(HasSubstr("Exif")));
  }
}

TEST(Picture, StandsUprightByItsExif) {
  // Where the red left half goes by each orientation: 0 left, 1 top, 2 right, 3 bottom.
  constexpr int kRedEdge[9] = {0, 0, 2, 2, 0, 1, 1, 3, 3};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto made = check_picture(with_exif(jpeg_of(2400, 1200), orientation), "").value();
    SCOPED_TRACE(orientation);
    EXPECT_EQ(made.full.width, orientation >= 5 ? 1200 : 1600);
    EXPECT_TRUE(is_red(made.full, kRedEdge[orientation]));
    EXPECT_FALSE(is_red(made.full, (kRedEdge[orientation] + 2) % 4));
  }
}

TEST(Picture, WhatIsClearIsWhite) {
  const auto made = check_picture(png_of(40, 40, true), "").value();
  const Raster raster = picture::read_jpeg(made.full.jpeg, {9999, 9999}).raster;
  EXPECT_GT(raster.rgb[0], 250);
  EXPECT_GT(raster.rgb[2], 250);
}

TEST(Picture, IsToldByItsContent) {
  EXPECT_EQ(refused(""), "/base64 picture.empty");
  EXPECT_EQ(refused("<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>"), "/base64 picture.svg");
  EXPECT_EQ(refused(std::string("\0\0\0\x18"
                                "ftypheic\0\0",
                                14)),
            "/base64 picture.heic");
  EXPECT_EQ(refused("RIFF\x10\x20\x30\x40WEBPVP8 "), "/base64 picture.webp");
  EXPECT_EQ(refused("RIFF"), "/base64 picture.not_a_picture");
  EXPECT_EQ(refused("GIF89a..."), "/base64 picture.gif");
  EXPECT_EQ(refused("MZ\x90 a program"), "/base64 picture.not_a_picture");
  EXPECT_EQ(refused(std::string(kMostPictureBytes + 1, 'x')), "/base64 picture.too_heavy");
}

TEST(Picture, ABombIsRefusedBeforeItIsRead) {
  EXPECT_EQ(refused(png_that_claims(50'000, 50'000)), "/base64 picture.too_many_pixels");
  EXPECT_EQ(refused(png_that_claims(40'001, 2)), "/base64 picture.too_many_pixels");
  std::string jpeg = jpeg_of(64, 64);
  const std::size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  EXPECT_EQ(refused(jpeg), "/base64 picture.too_many_pixels");
}

TEST(Picture, GreyAndFourInksBecomeColours) {
  for (const int parts : {1, 4}) {
    const auto made = check_picture(plain_jpeg(64, parts, 255, false), "").value();
    const Raster raster = picture::read_jpeg(made.full.jpeg, {9999, 9999}).raster;
    EXPECT_GT(raster.rgb[0], 250) << parts;
    EXPECT_GT(raster.rgb[2], 250) << parts;
  }
}

TEST(Picture, ASmallFileMayNotAskForThousandsOfPasses) {
  const std::string whole = plain_jpeg(640, 1, 90, true);
  EXPECT_EQ(refused(whole), "taken");
  const std::size_t scan = whole.rfind("\xff\xda"), end = whole.rfind("\xff\xd9");
  std::string many = whole.substr(0, end);
  for (int i = 0; i < 5000; ++i) many += whole.substr(scan, end - scan);
  EXPECT_EQ(refused(many + "\xff\xd9"), "/base64 picture.too_complex");
}

TEST(Picture, WhatMustBeHeldWholeMayBeLess) {
  EXPECT_EQ(refused(plain_jpeg(4100, 1, 90, true)), "/base64 picture.too_many_pixels");
  EXPECT_EQ(refused(plain_jpeg(4100, 1, 90, false)), "taken");
}

TEST(Picture, WhatIsCutOffIsRefused) {
  for (const std::string& whole : {jpeg_of(300, 200), png_of(300, 200)}) {
    for (const std::size_t part : {whole.size() / 2, whole.size() - 20}) {
      const std::string why = refused(whole.substr(0, part));
      EXPECT_TRUE(why == "/base64 picture.truncated" || why == "/base64 picture.damaged") << why;
    }
    EXPECT_EQ(refused(whole.substr(0, whole.size() / 2)), "/base64 picture.truncated");
  }
  std::string spoiled = png_of(300, 200);
  spoiled[spoiled.size() / 2] = static_cast<char>(spoiled[spoiled.size() / 2] ^ 0x55);
  EXPECT_EQ(refused(spoiled), "/base64 picture.damaged");
}

/// Every prefix and many spoiled bytes: an answer each time, and no more.
TEST(Picture, AnyBytesGetAnAnswer) {
  const std::string jpeg = with_exif(jpeg_of(40, 30), 6), png = png_of(40, 30);
  for (const std::string& whole : {jpeg, png}) {
    for (std::size_t part = 0; part < whole.size(); ++part) {
      const std::string why = refused(whole.substr(0, part));
      EXPECT_TRUE(why != "taken" || part + 4 >= whole.size()) << part;
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (const int turn : {0x01, 0x80, 0xff}) {
        std::string spoiled = whole;
        spoiled[at] = static_cast<char>(spoiled[at] ^ turn);
        const auto checked = check_picture(spoiled, "");
        EXPECT_TRUE(!checked || checked->full.width <= 1600);
      }
    }
  }
}

TEST(Picture, TheSamePictureIsTheSameBytes) {
  const std::string bytes = png_of(700, 500);
  EXPECT_EQ(check_picture(bytes, "").value().full.jpeg, check_picture(bytes, "").value().full.jpeg);
}

TEST(Picture, OrientationOfBrokenExifIsOne) {
  EXPECT_EQ(picture::orientation_of(""), 1);
  EXPECT_EQ(picture::orientation_of(std::string("MM\0\x2a\xff\xff\xff\xff", 8)), 1);
  EXPECT_EQ(picture::orientation_of(std::string("II\x2a\0\x08\0\0\0\xff\xff", 10)), 1);
}

}  // namespace
}  // namespace office
