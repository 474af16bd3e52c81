#include "store/sqlite/dialect.h"

#include <algorithm>
#include <regex>

#include "store/sql_text.h"

namespace store::sqlite {
namespace {

constexpr auto kFlags = std::regex::ECMAScript | std::regex::icase;

/// The rewriting of a stretch without literals and comments.
std::string rewritten(const std::string& sql) {
  static const std::regex identity(
      R"(\bbigint\s+generated\s+(by\s+default|always)\s+as\s+identity\s+primary\s+key\b)", kFlags);
  static const std::regex integers(R"(\b(bigint|smallint)\b)", kFlags);
  return std::regex_replace(std::regex_replace(sql, identity, "integer primary key"), integers,
                            "integer");
}

bool creates_table(const std::string& bare_statement) {
  static const std::regex create(R"(^\s*create\s+table\b)", kFlags);
  return std::regex_search(bare_statement, create);
}

}  // namespace

std::string dialect(std::string_view migration) {
  std::string out;
  std::string plain;  // what waits for rewriting
  std::string bare;   // the statement so far without literals and comments
  const auto flush = [&] {
    out += rewritten(plain);
    plain.clear();
  };
  for (std::size_t i = 0; i < migration.size();) {
    const std::size_t end = skip_quoted(migration, i);
    if (end > i) {
      flush();
      out += migration.substr(i, end - i);
      i = end;
      continue;
    }
    if (migration[i] == ';') {
      flush();
      if (creates_table(bare)) out += " strict";
      bare.clear();
    } else {
      bare += migration[i];
    }
    plain += migration[i++];
  }
  flush();
  return out;
}

}  // namespace store::sqlite
