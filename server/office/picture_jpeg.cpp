#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "office/picture_parts.h"
// After <cstdio>, which it needs and does not include.
#include <jerror.h>
#include <jpeglib.h>

namespace office::picture {
namespace {

constexpr int kMostScans = 100;
constexpr long kMostMemory = 160L * 1024 * 1024;

/// libjpeg leaves by longjmp, so what calls it holds nothing that would have to be destroyed.
struct Errors {
  jpeg_error_mgr base;
  std::jmp_buf leave;
  Fault fault;
};

[[noreturn]] void leave(j_common_ptr info, Fault fault) {
  auto* const errors = reinterpret_cast<Errors*>(info->err);
  if (errors->fault == Fault::none) errors->fault = fault;
  std::longjmp(errors->leave, 1);
}

void on_error(j_common_ptr info) {
  const int code = info->err->msg_code;
  const bool is_memory = code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE;
  leave(info, is_memory ? Fault::too_complex : Fault::damaged);
}

/// What libjpeg would only warn of and fill with grey.
void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
      leave(info, Fault::truncated);
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
      leave(info, Fault::damaged);
    default:
      return;
  }
}

/// A small file may ask for thousands of passes over a large picture.
void on_progress(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostScans) {
    leave(info, Fault::too_complex);
  }
}

jpeg_error_mgr* prepared(Errors& errors) {
  jpeg_std_error(&errors.base);
  errors.base.error_exit = on_error;
  errors.base.emit_message = on_message;
  errors.fault = Fault::none;
  return &errors.base;
}

class Reader {
 public:
  Reader() {
    info_.err = prepared(errors_);
    jpeg_create_decompress(&info_);
    info_.mem->max_memory_to_use = kMostMemory;
    progress_.progress_monitor = on_progress;
    info_.progress = &progress_;
  }
  Reader(const Reader&) = delete;
  ~Reader() { jpeg_destroy_decompress(&info_); }

  bool read_head(std::string_view bytes) {
    if (setjmp(errors_.leave) != 0) return false;
    jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xffff);
    jpeg_read_header(&info_, TRUE);
    return true;
  }
  Size size() const {
    return {static_cast<int>(info_.image_width), static_cast<int>(info_.image_height)};
  }
  bool is_progressive() const { return info_.progressive_mode != 0; }
  int orientation() const {
    static constexpr std::string_view kExif("Exif\0\0", 6);
    for (auto* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
      const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
      if (data.starts_with(kExif)) return orientation_of(data.substr(kExif.size()));
    }
    return 1;
  }
  Fault fault() const { return errors_.fault; }

  /// Begins to decode, by libjpeg's own halving as long as no less than `wanted` is left.
  bool start(Size wanted) {
    if (setjmp(errors_.leave) != 0) return false;
    const bool is_cmyk = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
    info_.out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
    info_.scale_num = 1;
    info_.scale_denom = 1;
    while (info_.scale_denom < 8 &&
           size().width / static_cast<int>(info_.scale_denom * 2) >= wanted.width &&
           size().height / static_cast<int>(info_.scale_denom * 2) >= wanted.height) {
      info_.scale_denom *= 2;
    }
    jpeg_start_decompress(&info_);
    return true;
  }
  Size decoded_size() const {
    return {static_cast<int>(info_.output_width), static_cast<int>(info_.output_height)};
  }
  std::size_t row_bytes() const { return std::size_t{info_.output_width} * 4; }

  bool read_rows(Shrinker& shrinker, unsigned char* row) {
    if (setjmp(errors_.leave) != 0) return false;
    while (info_.output_scanline < info_.output_height) {
      JSAMPROW rows[1] = {row};
      jpeg_read_scanlines(&info_, rows, 1);
      if (info_.out_color_space == JCS_CMYK) flatten(row);
      shrinker.take(row);
    }
    jpeg_finish_decompress(&info_);
    return true;
  }

 private:
  /// Four inks to three lights, in place; Adobe's files have the inks inverted.
  void flatten(unsigned char* row) const {
    for (std::size_t x = 0; x < info_.output_width; ++x) {
      const unsigned char* const ink = row + x * 4;
      const bool is_inverted = info_.saw_Adobe_marker != 0;
      const unsigned black = is_inverted ? ink[3] : 255U - ink[3];
      unsigned char light[3];
      for (std::size_t c = 0; c < 3; ++c) {
        const unsigned of = is_inverted ? ink[c] : 255U - ink[c];
        light[c] = static_cast<unsigned char>(of * black / 255);
      }
      for (std::size_t c = 0; c < 3; ++c) row[x * 3 + c] = light[c];
    }
  }

  Errors errors_{};
  jpeg_decompress_struct info_{};
  jpeg_progress_mgr progress_{};
};

/// False when it failed; `out` is malloc's and the caller's to free either way.
bool write_rows(const Raster& raster, int quality, unsigned char** out, unsigned long* size) {
  Errors errors{};
  jpeg_compress_struct info{};
  info.err = prepared(errors);
  jpeg_create_compress(&info);
  if (setjmp(errors.leave) != 0) {
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_mem_dest(&info, out, size);
  info.image_width = static_cast<JDIMENSION>(raster.width);
  info.image_height = static_cast<JDIMENSION>(raster.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const auto at = std::size_t{info.next_scanline} * static_cast<std::size_t>(raster.width) * 3;
    JSAMPROW rows[1] = {const_cast<unsigned char*>(raster.rgb.data() + at)};
    jpeg_write_scanlines(&info, rows, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

}  // namespace

Read read_jpeg(std::string_view bytes, Size box) {
  Read made;
  Reader reader;
  const auto failed = [&](Fault fault) {
    made.fault = fault;
    return made;
  };
  if (!reader.read_head(bytes)) return failed(reader.fault());
  made.size = reader.size();
  if (is_too_many(made.size.width, made.size.height, reader.is_progressive())) {
    return failed(Fault::too_many_pixels);
  }
  made.orientation = reader.orientation();
  if (made.orientation >= 5) std::swap(box.width, box.height);
  const Size to = fitted(made.size, box);
  if (!reader.start(to)) return failed(reader.fault());
  std::vector<unsigned char> row(reader.row_bytes());
  Shrinker shrinker(reader.decoded_size(), to);
  if (!reader.read_rows(shrinker, row.data())) return failed(reader.fault());
  made.raster = std::move(shrinker).done();
  return made;
}

std::string write_jpeg(const Raster& raster, int quality) {
  unsigned char* out = nullptr;
  unsigned long size = 0;
  const bool is_written = write_rows(raster, quality, &out, &size);
  std::string made;
  if (is_written) made.assign(reinterpret_cast<const char*>(out), size);
  std::free(out);
  if (!is_written) throw std::runtime_error("a JPEG could not be written");
  return made;
}

}  // namespace office::picture
