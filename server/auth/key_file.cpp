#include "auth/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace auth {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error("the key " + file.string() + " " + why);
}

/// Made once: whoever comes second reads what the first made.
void make(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0 && errno == EEXIST) return;
  std::array<unsigned char, kKeyBytes> key{};
  randombytes_buf(key.data(), key.size());
  const bool is_written =
      made >= 0 && ::write(made, key.data(), kKeyBytes) == ssize_t{kKeyBytes} && ::fsync(made) == 0;
  const int reason = errno;
  sodium_memzero(key.data(), key.size());
  if (made >= 0) ::close(made);
  if (!is_written) fail(file, "cannot be made: " + std::generic_category().message(reason));
}

}  // namespace

std::array<unsigned char, kKeyBytes> key_of_file(const std::filesystem::path& file) {
  make(file);
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) fail(file, "cannot be read: " + std::generic_category().message(errno));
  std::array<unsigned char, kKeyBytes + 1> read{};
  const ssize_t count = ::read(opened, read.data(), read.size());
  ::close(opened);
  if (count != ssize_t{kKeyBytes}) fail(file, "does not hold 32 bytes");
  std::array<unsigned char, kKeyBytes> key{};
  std::copy_n(read.begin(), kKeyBytes, key.begin());
  sodium_memzero(read.data(), read.size());
  return key;
}

}  // namespace auth
