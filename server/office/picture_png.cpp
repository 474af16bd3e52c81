#include <png.h>

#include <csetjmp>
#include <cstring>
#include <stdexcept>

#include "office/picture_parts.h"

namespace office::picture {
namespace {

constexpr png_alloc_size_t kMostChunk = 4 * 1024 * 1024;  ///< of notes and profiles, unpacked

/// libpng leaves by longjmp, so what calls it holds nothing that would have to be destroyed.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
    info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::runtime_error("libpng could not be started");
    }
    png_set_read_fn(png_, this, on_read);
  }
  Reader(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png_, &info_, nullptr); }

  bool read_head() {
    if (setjmp(leave_) != 0) return false;
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(png_, kMostChunk);
    png_set_chunk_cache_max(png_, 64);
    png_read_info(png_, info_);
    return true;
  }
  long long width() const { return png_get_image_width(png_, info_); }
  long long height() const { return png_get_image_height(png_, info_); }
  bool is_interlaced() const { return png_get_interlace_type(png_, info_) != PNG_INTERLACE_NONE; }
  int orientation() {
    png_bytep exif = nullptr;
    png_uint_32 size = 0;
    if (png_get_eXIf_1(png_, info_, &size, &exif) == 0) return 1;
    return orientation_of({reinterpret_cast<const char*>(exif), size});
  }
  Fault fault() const { return fault_; }

  /// From here on a row is four bytes a pixel.
  bool start() {
    if (setjmp(leave_) != 0) return false;
    png_set_expand(png_);
    png_set_scale_16(png_);
    png_set_gray_to_rgb(png_);
    png_set_add_alpha(png_, 0xff, PNG_FILLER_AFTER);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }
  std::size_t row_bytes() const { return png_get_rowbytes(png_, info_); }

  /// `pixels` holds one row, or all of them when it is interlaced.
  bool read_rows(Shrinker& shrinker, unsigned char* pixels) {
    if (setjmp(leave_) != 0) return false;
    const std::size_t bytes = is_interlaced() ? row_bytes() : 0;
    for (int pass = 1; pass <= passes_; ++pass) {
      for (long long y = 0; y < height(); ++y) {
        unsigned char* const row = pixels + bytes * static_cast<std::size_t>(y);
        png_read_row(png_, row, nullptr);
        if (pass < passes_) continue;
        flatten(row);
        shrinker.take(row);
      }
    }
    png_read_end(png_, nullptr);
    return true;
  }

 private:
  [[noreturn]] static void on_error(png_structp png, png_const_charp) {
    auto* const self = static_cast<Reader*>(png_get_error_ptr(png));
    if (self->fault_ == Fault::none) self->fault_ = Fault::damaged;
    std::longjmp(self->leave_, 1);
  }
  static void on_warning(png_structp, png_const_charp) {}
  static void on_read(png_structp png, png_bytep to, std::size_t bytes) {
    auto* const self = static_cast<Reader*>(png_get_io_ptr(png));
    if (bytes > self->left_.size()) {
      self->fault_ = Fault::truncated;
      png_error(png, "truncated");
    }
    std::memcpy(to, self->left_.data(), bytes);
    self->left_.remove_prefix(bytes);
  }

  /// On white, in place.
  void flatten(unsigned char* row) const {
    for (std::size_t x = 0; x < static_cast<std::size_t>(width()); ++x) {
      const unsigned alpha = row[x * 4 + 3];
      for (std::size_t c = 0; c < 3; ++c) {
        row[x * 3 + c] = static_cast<unsigned char>(
            (row[x * 4 + c] * alpha + 255U * (255U - alpha) + 127U) / 255U);
      }
    }
  }

  std::string_view left_;
  std::jmp_buf leave_{};
  Fault fault_ = Fault::none;
  int passes_ = 1;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

}  // namespace

Read read_png(std::string_view bytes, Size box) {
  Read made;
  Reader reader(bytes);
  const auto failed = [&](Fault fault) {
    made.fault = fault;
    return made;
  };
  if (!reader.read_head()) return failed(reader.fault());
  made.size = {static_cast<int>(reader.width()), static_cast<int>(reader.height())};
  if (is_too_many(reader.width(), reader.height(), reader.is_interlaced())) {
    return failed(Fault::too_many_pixels);
  }
  made.orientation = reader.orientation();
  if (made.orientation >= 5) std::swap(box.width, box.height);
  if (!reader.start()) return failed(reader.fault());
  const std::size_t rows = reader.is_interlaced() ? static_cast<std::size_t>(reader.height()) : 1;
  std::vector<unsigned char> pixels(reader.row_bytes() * rows);
  Shrinker shrinker(made.size, fitted(made.size, box));
  if (!reader.read_rows(shrinker, pixels.data())) return failed(reader.fault());
  made.raster = std::move(shrinker).done();
  return made;
}

}  // namespace office::picture
