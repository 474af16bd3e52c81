#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace office {

/// How much of a zip from outside is taken.
struct UnzipLimits {
  std::size_t most_entries = 2000;               ///< in its directory, read or not
  std::size_t most_parts = 40;                   ///< opened
  std::size_t most_inflated = 64 * 1024 * 1024;  ///< bytes, of all the parts opened together
  std::size_t most_ratio = 200;  ///< inflated to stored, of a part of over a megabyte
};

/// A zip from outside, held in memory by the caller, its parts read piece by piece. What the zip
/// says of its sizes is not believed: bytes are counted as they are inflated. Part names are
/// compared as OPC does, without regard to the case of ASCII letters (ECMA-376 part 2, 6.2.2.3).
class Zip {
  struct Archive;

 public:
  /// Reads its directory. Refuses "xlsx.truncated" (no end of the directory), "xlsx.damaged" (the
  /// directory lies outside of the file, a way of packing OPC does not know),
  /// "xlsx.too_many_parts", "xlsx.encrypted", "xlsx.bad_part_name" (a path that leaves the
  /// package), "xlsx.duplicate_part". REQUIRES: `bytes` outlives it and its parts.
  static base::Result<Zip> open(std::string_view bytes, const UnzipLimits& limits);

  class Part {
   public:
    /// Bytes written to `into`; 0 at the end of the part, and when it cannot be read further.
    std::size_t read(char* into, std::size_t most);
    /// Why it could not: "xlsx.damaged" (does not inflate, or its checksum is wrong),
    /// "xlsx.too_large", "xlsx.packed_too_tight".
    const std::optional<base::Problem>& refusal() const { return refusal_; }
    const std::string& name() const { return name_; }

   private:
    friend class Zip;
    struct Close {
      void operator()(void* file) const;
    };
    std::unique_ptr<void, Close> file_;  // zip_file_t
    Archive* archive_ = nullptr;
    std::string name_;
    std::size_t stored_ = 0;
    std::size_t inflated_ = 0;
    std::optional<base::Problem> refusal_;
  };

  bool has(std::string_view name) const;
  /// Of its files, in the directory's order; folders left out.
  std::vector<std::string> names() const;
  /// Refuses "xlsx.missing_part", "xlsx.too_many_parts", "xlsx.damaged". The zip outlives the part.
  base::Result<Part> part(const std::string& name);

 private:
  explicit Zip(std::shared_ptr<Archive> archive) : archive_(std::move(archive)) {}
  std::shared_ptr<Archive> archive_;  // shared only so that the header need not know it
};

}  // namespace office
