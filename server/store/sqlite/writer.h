#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "store/sqlite/connection.h"

namespace store::sqlite {

/// The one thread that writes. It takes the acts that wait, runs each in its savepoint, commits
/// them together, and only then lets their callers go: one sync to the disk serves all.
class Writer {
 public:
  using Act = std::function<bool(Tx&)>;
  using Chore = std::function<void(Connection&)>;

  /// `db` is whose transactions these are, for the guard against nesting.
  Writer(Connection connection, int group_limit, const void* db);
  /// Finishes what waits, then checkpoints and closes.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Runs `act` in a write transaction; returns when it is durable or refused; throws what it
  /// threw.
  void write(const Act& act);

  /// Runs `chore` on the writer's connection between transactions.
  void between(const Chore& chore);

 private:
  struct Job {
    const Act* act = nullptr;      ///< one of the two
    const Chore* chore = nullptr;  ///< …
    std::exception_ptr failure;
    std::binary_semaphore done{0};
  };
  using Jobs = std::vector<std::shared_ptr<Job>>;

  void wait_for(std::shared_ptr<Job> job);
  void work(const void* db);
  Jobs take();
  void run_group(const Jobs& group);
  bool run_in_savepoint(Job& job);
  void run_alone(Job& job);
  void roll_back() noexcept;

  Connection connection_;
  const std::size_t group_limit_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<std::shared_ptr<Job>> queue_;
  bool is_closing_ = false;
  std::thread thread_;
};

}  // namespace store::sqlite
