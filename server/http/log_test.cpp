#include "http/log.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <string>

namespace http {
namespace {

std::string take(int file, std::size_t most) {
  std::string text(most, '\0');
  const ssize_t got = ::read(file, text.data(), text.size());
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

TEST(Log, NeverWaitsForAPipeThatNobodyReadsAndTellsWhatItDropped) {
  const auto before = spdlog::default_logger();
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  log_to(pipe[1]);
  const std::int64_t dropped_before = log_lines_dropped();
  for (int i = 0; i < 5000; ++i) spdlog::warn("line {} {}", i, std::string(100, 'x'));
  const std::int64_t dropped = log_lines_dropped() - dropped_before;
  EXPECT_GT(dropped, 1000) << "a pipe holds 64 KiB";

  std::string told;
  while (told.size() < 60'000) told += take(pipe[0], 65'536);
  EXPECT_NE(told.find("line 0 "), std::string::npos);
  spdlog::warn("again {}", std::string(10'000, 'y'));
  told = take(pipe[0], 65'536);
  EXPECT_NE(told.find(std::to_string(dropped) + " log lines were dropped\n"), std::string::npos);
  EXPECT_NE(told.find("again yyy"), std::string::npos);
  EXPECT_TRUE(told.ends_with("y\n")) << "a line too long is cut, not lost";

  ::close(pipe[0]);
  spdlog::set_default_logger(before);
  ::close(pipe[1]);
}

}  // namespace
}  // namespace http
