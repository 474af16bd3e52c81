#pragma once

#include <filesystem>

#include "store/sqlite/writer.h"

namespace store::sqlite {

/// Copies the database to `target` while the writer goes on writing: a few pages at a time between
/// its transactions, so the copy is of the moment it ends. The name appears when the copy is on the
/// disk. Throws Unusable when `target` exists.
void back_up(Writer& writer, const std::filesystem::path& target);

}  // namespace store::sqlite
