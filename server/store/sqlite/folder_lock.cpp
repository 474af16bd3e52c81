#include "store/sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "store/db.h"

namespace store::sqlite {

FolderLock::FolderLock(const std::filesystem::path& folder) {
  const std::string path = folder / "lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) {
    throw Unusable("cannot open " + path + ": " + std::generic_category().message(errno));
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(file_);
  if (reason == EWOULDBLOCK) {
    throw Unusable("the data folder " + folder.string() + " is in use by another running program");
  }
  throw Unusable("cannot lock " + path + ": " + std::generic_category().message(reason));
}

FolderLock::~FolderLock() { ::close(file_); }

}  // namespace store::sqlite
