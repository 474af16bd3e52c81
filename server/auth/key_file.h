#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

namespace auth {

constexpr std::size_t kKeyBytes = 32;

/// A key of this place that lies beside the database, not in it. Reads it, or makes it at random
/// (mode 0600, synced). Throws std::runtime_error when the file cannot be made or holds no key.
std::array<unsigned char, kKeyBytes> key_of_file(const std::filesystem::path& file);

}  // namespace auth
