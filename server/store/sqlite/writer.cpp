#include "store/sqlite/writer.h"

#include "store/one_at_a_time.h"
#include "store/sqlite/transaction.h"

namespace store::sqlite {
namespace {

constexpr Sql kBegin{"begin", "begin immediate"};
constexpr Sql kCommit{"commit", "commit"};
constexpr Sql kRollback{"rollback", "rollback"};
constexpr Sql kSavepoint{"savepoint", "savepoint act"};
constexpr Sql kRelease{"release", "release act"};
constexpr Sql kRollbackTo{"rollback_to", "rollback to act"};

}  // namespace

Writer::Writer(Connection connection, int group_limit, const void* db)
    : connection_(std::move(connection)),
      group_limit_(static_cast<std::size_t>(std::max(1, group_limit))),
      thread_([this, db] { work(db); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    is_closing_ = true;
  }
  waiting_.notify_one();
  thread_.join();
  // Readers beside us may hold it back; then the next opening goes on from the log.
  sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                            nullptr);
}

void Writer::write(const Act& act) {
  auto job = std::make_shared<Job>();
  job->act = &act;
  wait_for(std::move(job));
}

void Writer::between(const Chore& chore) {
  auto job = std::make_shared<Job>();
  job->chore = &chore;
  wait_for(std::move(job));
}

void Writer::wait_for(std::shared_ptr<Job> job) {
  {
    const std::scoped_lock lock(mutex_);
    queue_.push_back(job);
  }
  waiting_.notify_one();
  job->done.acquire();
  if (job->failure) std::rethrow_exception(job->failure);
}

Writer::Jobs Writer::take() {
  std::unique_lock lock(mutex_);
  waiting_.wait(lock, [&] { return is_closing_ || !queue_.empty(); });
  Jobs group;
  while (!queue_.empty() && group.size() < group_limit_) {
    const bool is_chore = queue_.front()->chore != nullptr;
    if (is_chore && !group.empty()) break;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (is_chore) break;
  }
  return group;
}

void Writer::work(const void* db) {
  const OneAtATime busy(db);
  for (Jobs group = take(); !group.empty(); group = take()) {
    if (group.size() == 1) {
      run_alone(*group.front());
    } else {
      run_group(group);
    }
    for (const auto& job : group) job->done.release();
  }
}

void Writer::roll_back() noexcept {
  if (!connection_.in_transaction()) return;
  sqlite3_exec(connection_.get(), "rollback", nullptr, nullptr, nullptr);
}

void Writer::run_alone(Job& job) {
  job.failure = nullptr;
  try {
    if (job.chore) return (*job.chore)(connection_);
    connection_.control(kBegin);
    Transaction transaction(connection_);
    connection_.control((*job.act)(transaction) ? kCommit : kRollback);
  } catch (...) {
    job.failure = std::current_exception();
    roll_back();
  }
}

/// False when the whole transaction is gone with the act: some failures (disk full, I/O) do that.
bool Writer::run_in_savepoint(Job& job) {
  try {
    connection_.control(kSavepoint);
    Transaction transaction(connection_);
    if ((*job.act)(transaction)) {
      connection_.control(kRelease);
      return true;
    }
  } catch (...) {
    job.failure = std::current_exception();
  }
  if (!connection_.in_transaction()) return false;
  connection_.control(kRollbackTo);
  connection_.control(kRelease);
  return true;
}

void Writer::run_group(const Jobs& group) {
  std::shared_ptr<Job> culprit;
  try {
    connection_.control(kBegin);
    for (const auto& job : group) {
      if (run_in_savepoint(*job)) continue;
      culprit = job;
      break;
    }
    if (!culprit) return connection_.control(kCommit);
  } catch (...) {
    // Nothing is on the disk; what the acts saw of each other never was, so all of them fail.
    for (const auto& job : group) job->failure = std::current_exception();
    return roll_back();
  }
  for (const auto& job : group) {
    if (job != culprit) run_alone(*job);
  }
}

}  // namespace store::sqlite
