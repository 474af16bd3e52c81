// store_writer FOLDER full|normal: commits one numbered row after another through the store, and
// appends each number to standard output after its commit has returned. "normal" is the setting the
// store never uses: power cuts must be seen to lose its commits, or they prove nothing.

#include <unistd.h>

#include <iostream>
#include <string>
#include <string_view>

#include "store/db.h"

namespace {

constexpr store::Sql kTable{"writer.table",
                            "create table if not exists written (id integer primary key, "
                            "padding text not null) strict"};
constexpr store::Sql kLast{"writer.last", "select coalesce(max(id), 0) from written"};
constexpr store::Sql kWrite{"writer.write", "insert into written values (:id, :padding)"};

}  // namespace

int main(int count, char** given) {
  if (count != 3) return 2;
  store::SqliteOptions options;
  options.synchronous_full = std::string_view(given[2]) == "full";
  const auto db = store::open_sqlite(given[1], options);
  db->write([](store::Tx& tx) { tx.run(kTable); });
  std::int64_t id = db->read([](store::Tx& tx) { return tx.integer(kLast); });
  const std::string padding(600, 'x');
  for (;;) {
    ++id;
    db->write([&](store::Tx& tx) { tx.run(kWrite, {{"id", id}, {"padding", padding}}); });
    const std::string line = std::to_string(id) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 1;
  }
}
