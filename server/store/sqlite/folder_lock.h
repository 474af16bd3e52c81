#pragma once

#include <filesystem>

namespace store::sqlite {

/// Holds a data folder for one process, from construction to destruction. Throws Unusable when
/// another holds it.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace store::sqlite
