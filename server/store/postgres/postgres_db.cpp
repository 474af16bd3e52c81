#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "store/one_at_a_time.h"
#include "store/postgres/transaction.h"

namespace store {
namespace postgres {
namespace {

constexpr int kTries = 6;  // the first and five again

/// Connections lent to one transaction each, made when first needed.
class Pool {
 public:
  Pool(std::string dsn, int size) : dsn_(std::move(dsn)), unmade_(std::max(1, size)) {}

  std::unique_ptr<Connection> lend() {
    {
      std::unique_lock lock(mutex_);
      returned_.wait(lock, [&] { return !free_.empty() || unmade_ > 0; });
      if (!free_.empty()) {
        auto lent = std::move(free_.back());
        free_.pop_back();
        return lent;
      }
      --unmade_;
    }
    try {
      return std::make_unique<Connection>(dsn_);
    } catch (...) {
      take_back(nullptr);
      throw;
    }
  }

  /// A connection that is gone makes room for a new one; so do its idle fellows, which were likely
  /// lost with it.
  void take_back(std::unique_ptr<Connection> connection) {
    std::vector<std::unique_ptr<Connection>> lost;
    {
      const std::scoped_lock lock(mutex_);
      if (connection && connection->is_usable()) {
        free_.push_back(std::move(connection));
      } else {
        lost.swap(free_);
        unmade_ += 1 + static_cast<int>(lost.size());
      }
    }
    returned_.notify_all();
  }

 private:
  const std::string dsn_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> free_;
  int unmade_;
};

/// A connection for the length of a transaction; rolls back what is open at the end.
class Lent {
 public:
  explicit Lent(Pool& pool) : pool_(pool), connection_(pool.lend()) {}
  ~Lent() {
    connection_->roll_back();
    pool_.take_back(std::move(connection_));
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  Connection& operator*() { return *connection_; }
  Connection* operator->() { return connection_.get(); }

 private:
  Pool& pool_;
  std::unique_ptr<Connection> connection_;
};

/// Waits longer each time, and never two alike, so that those who collided part.
void wait_before_try(int tried) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int longest = 10 << tried;
  std::uniform_int_distribution<int> milliseconds(1, longest);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random)));
}

/// Runs `attempt` again after a collision or a connection lost before its commit: nothing was done.
void persist(const std::function<void()>& attempt) {
  for (int tried = 1;; ++tried) {
    try {
      return attempt();
    } catch (const Collision&) {
      if (tried == kTries) throw;
    } catch (const Lost&) {
      if (tried == kTries) throw;
    }
    wait_before_try(tried);
  }
}

class PostgresDb final : public Db {
 public:
  PostgresDb(const std::string& dsn, int connections) : pool_(dsn, connections) {
    const Lent reachable(pool_);
  }

  Dialect dialect() const override { return Dialect::postgres; }

  void backup(const std::filesystem::path&) override {
    throw Unusable("PostgreSQL has its own backup: use pg_dump or pg_basebackup");
  }

  std::vector<std::string> faults() override { return {}; }

  void gather_statistics() override {
    const OneAtATime busy(this);
    Lent connection(pool_);
    connection->execute("analyze", "analyze");
  }

 protected:
  void write_erased(const std::function<bool(Tx&)>& work) override {
    const OneAtATime busy(this);
    persist([&] {
      Lent connection(pool_);
      connection->execute("begin isolation level read committed", "begin");
      Transaction transaction(*connection);
      if (work(transaction)) connection->commit();
    });
  }

  void read_erased(const std::function<void(Tx&)>& work) override {
    const OneAtATime busy(this);
    std::optional<Lent> connection;
    persist([&] {
      connection.reset();
      connection.emplace(pool_);
      (*connection)->execute("begin isolation level repeatable read read only", "begin");
    });
    Transaction transaction(**connection,
                            &kept_);  // once only: a reader may hand out rows as they come
    work(transaction);
  }

 private:
  Pool pool_;
  Kept kept_;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<Db> open_postgres(const std::string& dsn, int connections) {
  try {
    return std::make_unique<postgres::PostgresDb>(dsn, connections);
  } catch (const postgres::Lost& lost) {
    throw Unusable(lost.what());
  }
}

}  // namespace store
