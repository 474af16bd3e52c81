#pragma once

#include <string>
#include <string_view>

namespace store::sqlite {

/// A migration as SQLite takes it: bigint and smallint become integer, an identity column becomes
/// `integer primary key`, and every table is made strict. Literals and comments stay as they are.
std::string dialect(std::string_view migration);

}  // namespace store::sqlite
