#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

/// A fixed number of threads and a bounded queue of work before them.
class Workers {
 public:
  using Work = std::move_only_function<void()>;

  Workers(int threads, std::size_t queue_limit);
  ~Workers();
  Workers(const Workers&) = delete;

  /// False when the queue is full or closed; `work` is then untouched.
  bool try_post(Work& work);
  /// Waits for what is running; what still waits is dropped.
  void stop();

 private:
  void run();

  std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<Work> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
