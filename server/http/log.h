#pragma once

#include <cstdint>

namespace http {

/// All log lines go to `file` from now on, whole or not at all, and never wait for who reads them:
/// a pipe that nobody reads would otherwise stop every request that has something to tell. What it
/// does not take is counted, and told in a line of its own when it takes lines again.
void log_to(int file);

/// Lines that were not taken since the program began.
std::int64_t log_lines_dropped();

}  // namespace http
