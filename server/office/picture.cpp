#include "office/picture.h"

#include <algorithm>
#include <semaphore>

#include "office/picture_parts.h"

namespace office {
namespace {

using picture::Fault;
using picture::Read;
using picture::Size;

constexpr Size kFull{1600, 2400}, kThumbnail{480, 720};
constexpr int kFullQuality = 84, kThumbnailQuality = 80;
constexpr int kAtATime = 2;  // each may hold a hundred megabytes

enum class Kind { jpeg, png, svg, heic, webp, gif, unknown };

/// An XML or HTML text, whatever it calls itself.
bool looks_like_svg(std::string_view bytes) {
  bytes = bytes.substr(0, 1024);
  return bytes.find("<svg") != std::string_view::npos;
}

Kind kind_of(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return Kind::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return Kind::png;
  if (bytes.starts_with("GIF8")) return Kind::gif;
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    return Kind::webp;
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") {
    const std::string_view brand = bytes.substr(8, 4);
    for (const char* known : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif"}) {
      if (brand == known) return Kind::heic;
    }
  }
  return looks_like_svg(bytes) ? Kind::svg : Kind::unknown;
}

const char* refused_as(Kind kind) {
  switch (kind) {
    case Kind::svg:
      return "picture.svg";
    case Kind::heic:
      return "picture.heic";
    case Kind::webp:
      return "picture.webp";
    case Kind::gif:
      return "picture.gif";
    default:
      return "picture.not_a_picture";
  }
}

base::Problem problem_of(const Read& read, const std::string& field) {
  base::Problem problem{base::ProblemKind::invalid, "picture.damaged", field, {}};
  if (read.fault == Fault::truncated) problem.code = "picture.truncated";
  if (read.fault == Fault::too_complex) problem.code = "picture.too_complex";
  if (read.fault == Fault::too_many_pixels) {
    problem.code = "picture.too_many_pixels";
    problem.args = {std::to_string(read.size.width), std::to_string(read.size.height)};
  }
  return problem;
}

MadePicture made_of(const picture::Raster& raster, int quality) {
  return {picture::write_jpeg(raster, quality), raster.width, raster.height};
}

/// Held while a picture is read.
class Turn {
 public:
  Turn() { places().acquire(); }
  Turn(const Turn&) = delete;
  ~Turn() { places().release(); }

 private:
  static std::counting_semaphore<kAtATime>& places() {
    static std::counting_semaphore<kAtATime> kPlaces(kAtATime);
    return kPlaces;
  }
};

}  // namespace

base::Result<CheckedPicture> check_picture(std::string_view bytes, const std::string& field) {
  const auto refuse = [&](const char* code, std::vector<std::string> args = {}) {
    return base::refuse(base::ProblemKind::invalid, code, field, std::move(args));
  };
  if (bytes.empty()) return refuse("picture.empty");
  if (bytes.size() > kMostPictureBytes) {
    return refuse("picture.too_heavy", {std::to_string(kMostPictureBytes / 1024 / 1024)});
  }
  const Kind kind = kind_of(bytes);
  if (kind != Kind::jpeg && kind != Kind::png) return refuse(refused_as(kind));
  const Turn turn;
  Read read =
      kind == Kind::jpeg ? picture::read_jpeg(bytes, kFull) : picture::read_png(bytes, kFull);
  if (read.fault != Fault::none) return base::refuse(problem_of(read, field));
  const picture::Raster raster = picture::upright(std::move(read.raster), read.orientation);
  return CheckedPicture{made_of(raster, kFullQuality),
                        made_of(picture::shrunk(raster, kThumbnail), kThumbnailQuality)};
}

}  // namespace office
