#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/db.h"

namespace store::postgres {

/// Another transaction was in the way (40001, 40P01): running the whole act again may work.
struct Collision : Failure {
  using Failure::Failure;
};
/// The server cannot be reached, or the connection to it is gone.
struct Lost : Unreachable {
  using Unreachable::Unreachable;
};

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

/// One session, used by one thread at a time, with its prepared statements. A statement may take as
/// long as it needs, but not on a server that is silent and does not answer a second caller either:
/// frozen, or behind a cut network, it would hold the thread for hours, and is taken for lost.
class Connection {
 public:
  explicit Connection(const std::string& dsn);

  /// Runs a statement with its parameters, prepared on the server the first time.
  Result run(const Sql& sql, Params params);

  /// Runs a text as it stands: begin, commit, a script of several statements.
  Result execute(const char* text, std::string_view name);

  /// Commits. A failure after which nobody can know whether it was done says so.
  void commit();

  /// Rolls back what is open; the connection is of no use when it cannot.
  void roll_back() noexcept;

  bool is_usable() const;

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  /// A statement as the server has it: its text and the kinds of its parameters are its identity.
  struct Prepared {
    std::string key;
    std::string name;
    std::vector<std::string> params;
  };
  const Prepared& prepared(const Sql& sql, Params params);
  Result checked(PGresult* result, std::string_view name);
  /// The last result of what was sent, as PQexec gives it; none when the server is lost.
  PGresult* awaited(int is_sent) noexcept;
  /// Waits until the next result can be had without waiting; false when the server is lost.
  bool wait_for_input() noexcept;
  bool is_server_answering() const noexcept;
  static void note_warning(void* self, const PGresult* notice);

  std::unique_ptr<PGconn, Close> connection_;
  std::unique_ptr<std::string> warning_;  ///< the last one; stays in place when this moves
  std::list<Prepared> prepared_;          ///< the most recently used first
  std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_key_;
  std::int64_t names_given_ = 0;
  bool is_silent_ = false;  ///< given up; whatever comes later is not ours
};

}  // namespace store::postgres
