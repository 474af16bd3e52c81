#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/words.h"
#include "http/json.h"

/// How the command line speaks: people on the terminal, programs through --json.
namespace app {

inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;
inline constexpr int kFailed = 3;

http::json::object problem_json(const base::Problem& problem);
http::json::array problems_json(const base::Problems& problems);

/// Prints every problem with its place; returns kRefused.
int print_refusal(const base::Problems& problems, base::Language language, bool as_json);

/// A bar on the terminal's error stream, when one looks on; otherwise nothing.
std::function<void(std::size_t, std::size_t)> progress_bar(const std::string& label);

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);

}  // namespace app
