#include "http/head_scan.h"

namespace http {
namespace {

// "OPTIONS " before the target and " HTTP/1.1" after it, with room to spare.
constexpr std::size_t kAroundTarget = 32;

}  // namespace

HeadScan::State HeadScan::refuse(int status, std::string_view code) {
  status_ = status;
  code_ = code;
  return State::refused;
}

HeadScan::State HeadScan::end_line(std::size_t at) {
  const bool is_empty = line_start_ + 1 == at;
  if (is_empty && lines_ == 0) return refuse(400, "http.malformed");
  if (is_empty) return State::complete;
  ++lines_;
  line_start_ = at + 1;
  if (lines_ - 1 > limits_.fields) return refuse(431, "http.head_too_large");
  return State::incomplete;
}

HeadScan::State HeadScan::look(std::string_view bytes) {
  for (; position_ < bytes.size(); ++position_) {
    const char c = bytes[position_];
    const auto byte = static_cast<unsigned char>(c);
    if (lines_ == 0 && position_ > limits_.target + kAroundTarget) {
      return refuse(414, "http.target_too_long");
    }
    if (position_ >= limits_.header) return refuse(431, "http.head_too_large");
    if (after_cr_ != (c == '\n')) return refuse(400, "http.malformed");
    after_cr_ = c == '\r';
    if (c == '\n') {
      const State state = end_line(position_);
      if (state == State::complete) ++position_;
      if (state != State::incomplete) return state;
      continue;
    }
    const bool is_tab_in_field = c == '\t' && lines_ > 0;
    if ((byte < 0x20 && c != '\r' && !is_tab_in_field) || byte == 0x7f) {
      return refuse(400, "http.malformed");
    }
    const bool is_folded = position_ == line_start_ && lines_ > 0 && (c == ' ' || c == '\t');
    if (is_folded) return refuse(400, "http.malformed");
  }
  return State::incomplete;
}

}  // namespace http
