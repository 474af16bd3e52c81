#include "office/package.h"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace office {
namespace {

// 1 January 1980, as the zip holds it: zip_file_set_mtime would go through the machine's zone.
constexpr zip_uint16_t kFixedDay = (1 << 5) | 1;

[[noreturn]] void fail(const char* what) { throw std::runtime_error(std::string("zip: ") + what); }

struct CloseSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

}  // namespace

std::string Package::bytes() const {
  zip_error_t error;
  zip_error_init(&error);
  std::unique_ptr<zip_source_t, CloseSource> target(
      zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) fail("no buffer");
  zip_source_keep(target.get());
  zip_t* archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
  if (archive == nullptr) fail("cannot open");
  for (const auto& [name, part] : parts_) {
    zip_source_t* source = zip_source_buffer(archive, part.data(), part.size(), 0);
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0 && source != nullptr) zip_source_free(source);
    if (index < 0 ||
        zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, kFixedDay, 0) != 0) {
      zip_discard(archive);
      fail("cannot add a part");
    }
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    fail("cannot write");
  }
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_open(target.get()) != 0 || zip_source_stat(target.get(), &stat) != 0)
    fail("cannot read back");
  std::string made(stat.size, '\0');
  const zip_int64_t read = zip_source_read(target.get(), made.data(), made.size());
  zip_source_close(target.get());
  if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) fail("cannot read back");
  return made;
}

std::string part_of(std::string_view zip, const std::string& name, std::size_t most) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  if (source == nullptr) fail("no buffer");
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    fail("not a zip");
  }
  std::string part;
  if (zip_file_t* file = zip_fopen(archive, name.c_str(), 0)) {
    char buffer[16384];
    for (zip_int64_t got; (got = zip_fread(file, buffer, sizeof buffer)) > 0;) {
      part.append(buffer, static_cast<std::size_t>(got));
      if (part.size() > most) break;
    }
    zip_fclose(file);
  }
  zip_discard(archive);
  if (part.size() > most) fail("a part is too large");
  return part;
}

}  // namespace office
