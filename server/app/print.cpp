#include "app/print.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "store/db.h"

namespace app {

http::json::object problem_json(const base::Problem& problem) {
  http::json::array args;
  for (const std::string& arg : problem.args) args.push_back(http::json::value(arg));
  return {{"code", problem.code},
          {"field", problem.field},
          {"args", args},
          {"detail_vi", base::words(problem, base::Language::vi)},
          {"detail_en", base::words(problem, base::Language::en)}};
}

http::json::array problems_json(const base::Problems& problems) {
  http::json::array made;
  for (const base::Problem& problem : problems) made.push_back(problem_json(problem));
  return made;
}

int print_refusal(const base::Problems& problems, base::Language language, bool as_json) {
  if (as_json) {
    std::cout << http::json::serialize(http::json::object{{"problems", problems_json(problems)}})
              << "\n";
    return kRefused;
  }
  for (const base::Problem& problem : problems) {
    std::cerr << (problem.field.empty() ? "" : problem.field + ": ")
              << base::words(problem, language) << " [" << problem.code << "]\n";
  }
  std::cerr << (language == base::Language::vi ? "Chưa ghi gì: " : "Nothing was written: ")
            << problems.size() << (language == base::Language::vi ? " lỗi\n" : " faults\n");
  return kRefused;
}

std::function<void(std::size_t, std::size_t)> progress_bar(const std::string& label) {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [label](std::size_t done, std::size_t all) {
    constexpr std::size_t kWidth = 40;
    const std::size_t filled = all == 0 ? kWidth : done * kWidth / all;
    std::fprintf(stderr, "\r%s [%s%s] %zu/%zu", label.c_str(), std::string(filled, '#').c_str(),
                 std::string(kWidth - filled, ' ').c_str(), done, all);
    if (done >= all) std::fputc('\n', stderr);
  };
}

std::string read_file(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw store::Unusable(path + " is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw store::Unusable("cannot read " + path);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::move(bytes).str();
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.flush();
  if (!file) throw store::Unusable("cannot write " + path);
}

}  // namespace app
