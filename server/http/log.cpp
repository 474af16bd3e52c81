#include "http/log.h"

#include <poll.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <mutex>
#include <string>

namespace http {
namespace {

std::atomic<std::int64_t> dropped = 0;

/// A pipe that poll calls writable takes PIPE_BUF bytes at once and without waiting (pipe(7));
/// files and terminals always do.
class Unwaiting final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit Unwaiting(int file) : file_(file) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (told_ < dropped && write(fmt::format("{} log lines were dropped\n", dropped - told_)))
      told_ = dropped;
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (line.size() > PIPE_BUF) {
      line.resize(PIPE_BUF - 1);
      line.push_back('\n');
    }
    if (!write({line.data(), line.size()})) ++dropped;
  }
  void flush_() override {}

 private:
  bool write(std::string_view line) const {
    pollfd asked{file_, POLLOUT, 0};
    if (::poll(&asked, 1, 0) != 1 || (asked.revents & POLLOUT) == 0) return false;
    return ::write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  }

  int file_;
  std::int64_t told_ = 0;
};

}  // namespace

void log_to(int file) {
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("", std::make_shared<Unwaiting>(file)));
}

std::int64_t log_lines_dropped() { return dropped; }

}  // namespace http
