#include "office/unzip.h"

#include <zip.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::Problem;
using base::ProblemKind;

constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::size_t kMegabyte = 1024 * 1024;

std::size_t number_at(std::string_view bytes, std::size_t at, int width) {
  std::size_t number = 0;
  for (int i = 0; i < width; ++i) {
    number |= std::size_t{static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)])}
              << (8 * i);
  }
  return number;
}

/// Looked at before the library is, which sets memory aside for as many entries as the end claims.
std::optional<Problem> fault_of_end(std::string_view bytes, const UnzipLimits& limits) {
  for (std::size_t at = bytes.rfind("PK\x05\x06"); at != std::string_view::npos && at > 0;
       at = bytes.rfind("PK\x05\x06", at - 1)) {
    if (bytes.size() - at > kEndSize + kLongestComment) break;
    if (bytes.size() - at < kEndSize || at + kEndSize + number_at(bytes, at + 20, 2) > bytes.size())
      continue;  // four bytes that happen to look like it
    const std::size_t entries = number_at(bytes, at + 10, 2);
    const std::size_t size = number_at(bytes, at + 12, 4);
    const std::size_t offset = number_at(bytes, at + 16, 4);
    // Zip64, for files no workbook is as large as, says 0xFFFFFFFF here and is refused with it.
    if (offset + size > at) return Problem{ProblemKind::malformed, "xlsx.damaged", "", {"zip"}};
    if (entries > limits.most_entries) {
      return Problem{
          ProblemKind::too_large, "xlsx.too_many_parts", "", {std::to_string(limits.most_entries)}};
    }
    return std::nullopt;
  }
  return Problem{ProblemKind::malformed, "xlsx.truncated", "", {}};
}

/// Nobody unpacks by these names here; a package that holds them was made to hurt somebody.
bool leaves_the_package(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
      name.find(':') != std::string_view::npos) {
    return true;
  }
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t slash = std::min(name.find('/', from), name.size());
    if (name.substr(from, slash - from) == "..") return true;
    from = slash + 1;
  }
  return false;
}

std::string key_of(std::string_view name) {
  std::string key(name);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

/// A name somebody else wrote, fit to be shown.
std::string shown(std::string_view name) {
  return base::is_utf8(name) ? first_units(name, 100) : std::string("?");
}

}  // namespace

struct Zip::Archive {
  struct Entry {
    zip_uint64_t index;
    std::size_t stored;
    std::string name;
  };

  Archive(zip_t* opened, const UnzipLimits& given) : zip(opened), limits(given) {}
  ~Archive() { zip_discard(zip); }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  std::optional<Problem> list(std::size_t size) {
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count < 0 || static_cast<std::size_t>(count) > limits.most_entries) return too_many_parts();
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
      zip_stat_t stat;
      zip_stat_init(&stat);
      constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
      if (zip_stat_index(zip, index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded)
        return Problem{ProblemKind::malformed, "xlsx.damaged", "", {"zip"}};
      const std::string_view name = stat.name;
      if (leaves_the_package(name))
        return Problem{ProblemKind::invalid, "xlsx.bad_part_name", "", {shown(name)}};
      if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        return Problem{ProblemKind::invalid, "xlsx.encrypted", shown(name), {}};
      if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return Problem{ProblemKind::malformed, "xlsx.damaged", shown(name), {shown(name)}};
      if (name.ends_with('/')) continue;
      const Entry entry{index, std::min<std::size_t>(stat.comp_size, size), std::string(name)};
      // Two readers would take two different ones of them.
      if (!entries.emplace(key_of(name), entry).second)
        return Problem{ProblemKind::malformed, "xlsx.duplicate_part", shown(name), {shown(name)}};
    }
    return std::nullopt;
  }

  Problem too_many_parts() const {
    return {
        ProblemKind::too_large, "xlsx.too_many_parts", "", {std::to_string(limits.most_entries)}};
  }

  zip_t* zip;
  UnzipLimits limits;
  std::map<std::string, Entry> entries;
  std::size_t parts = 0;
  std::size_t inflated = 0;
};

base::Result<Zip> Zip::open(std::string_view bytes, const UnzipLimits& limits) {
  if (auto fault = fault_of_end(bytes, limits)) return base::refuse(*std::move(fault));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) throw std::runtime_error("zip: no buffer");
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) {
    zip_source_free(source);
    return base::refuse(ProblemKind::malformed, "xlsx.damaged", "", {"zip"});
  }
  auto archive = std::make_shared<Archive>(zip, limits);
  if (auto fault = archive->list(bytes.size())) return base::refuse(*std::move(fault));
  return Zip(std::move(archive));
}

bool Zip::has(std::string_view name) const { return archive_->entries.contains(key_of(name)); }

std::vector<std::string> Zip::names() const {
  std::vector<std::pair<zip_uint64_t, std::string>> found;
  for (const auto& [key, entry] : archive_->entries) found.emplace_back(entry.index, entry.name);
  std::sort(found.begin(), found.end());
  std::vector<std::string> made;
  made.reserve(found.size());
  for (auto& [index, name] : found) made.push_back(std::move(name));
  return made;
}

base::Result<Zip::Part> Zip::part(const std::string& name) {
  const auto at = archive_->entries.find(key_of(name));
  if (at == archive_->entries.end())
    return base::refuse(ProblemKind::malformed, "xlsx.missing_part", shown(name), {shown(name)});
  if (++archive_->parts > archive_->limits.most_parts) {
    return base::refuse(ProblemKind::too_large, "xlsx.too_many_parts", shown(name),
                        {std::to_string(archive_->limits.most_parts)});
  }
  Part part;
  part.file_.reset(zip_fopen_index(archive_->zip, at->second.index, 0));
  if (!part.file_)
    return base::refuse(ProblemKind::malformed, "xlsx.damaged", shown(name), {shown(name)});
  part.archive_ = archive_.get();
  part.name_ = name;
  part.stored_ = at->second.stored;
  return part;
}

void Zip::Part::Close::operator()(void* file) const { zip_fclose(static_cast<zip_file_t*>(file)); }

std::size_t Zip::Part::read(char* into, std::size_t most) {
  if (refusal_) return 0;
  const zip_int64_t got = zip_fread(static_cast<zip_file_t*>(file_.get()), into, most);
  if (got < 0) {  // at the very end too, when the checksum is not that of the bytes
    refusal_ = Problem{ProblemKind::malformed, "xlsx.damaged", name_, {name_}};
    return 0;
  }
  const auto count = static_cast<std::size_t>(got);
  const UnzipLimits& limits = archive_->limits;
  inflated_ += count;
  archive_->inflated += count;
  if (archive_->inflated > limits.most_inflated) {
    refusal_ = Problem{ProblemKind::too_large,
                       "xlsx.too_large",
                       name_,
                       {std::to_string(limits.most_inflated / kMegabyte)}};
  } else if (inflated_ > kMegabyte && inflated_ / limits.most_ratio > stored_) {
    refusal_ = Problem{ProblemKind::too_large, "xlsx.packed_too_tight", name_, {name_}};
  }
  return refusal_ ? 0 : count;
}

}  // namespace office
