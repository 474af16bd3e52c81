#pragma once

#include <cstddef>
#include <string_view>

namespace http {

/// Looks at the bytes of a request's head as they come, before the parser does: finds its end, and
/// refuses at once what the parser would wait on or take too kindly (bare LF, folding, control
/// characters, too long, too many fields).
class HeadScan {
 public:
  struct Limits {
    std::size_t header;
    std::size_t fields;
    std::size_t target;
  };
  enum class State { incomplete, complete, refused };

  explicit HeadScan(Limits limits) : limits_(limits) {}

  /// `bytes`: all bytes since the head began, never fewer than the time before.
  State look(std::string_view bytes);

  std::size_t size() const { return position_; }  ///< of a complete head, with its empty line
  int status() const { return status_; }          ///< of a refused one: 400, 414 or 431
  std::string_view code() const { return code_; }

 private:
  State refuse(int status, std::string_view code);
  State end_line(std::size_t at);

  Limits limits_;
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
  bool after_cr_ = false;
  int status_ = 0;
  std::string_view code_;
};

}  // namespace http
