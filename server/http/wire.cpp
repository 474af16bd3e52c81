#include "http/wire.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "http/problem_response.h"

namespace http {
namespace {

/// The only writer of header lines: no value can end its line.
void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) out += c;
  }
  out += "\r\n";
}

/// RFC 9110: "Thu, 01 Jul 2021 02:00:00 GMT".
std::string http_date(base::Instant at) {
  static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds seconds{std::chrono::seconds(at.microseconds / 1'000'000)};
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{seconds - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

}  // namespace

std::string content_security_policy(std::string_view script_hashes) {
  std::string policy = "default-src 'none'; script-src 'self'";
  if (!script_hashes.empty()) policy += ' ';
  policy += script_hashes;
  policy +=
      "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
      "font-src 'self' data:; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "
      "base-uri 'none'; form-action 'self'";
  return policy;
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string head_of(const Response& response, std::string_view request_id, std::string_view policy,
                    bool only_https, base::Instant now, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out += reason_of(response.status);
  out += "\r\n";
  append_header(out, "Date", http_date(now));
  append_header(out, "X-Request-Id", request_id);
  if (has_body(response.status)) {
    append_header(out, "Content-Type", response.content_type);
    append_header(out, "Content-Length", std::to_string(response.body.size()));
  }
  static constexpr std::string_view kPolicy = "Content-Security-Policy";
  bool has_policy = false;  // pages without scripts bring a stricter one
  for (const auto& [name, value] : response.headers) {
    append_header(out, name, value);
    has_policy = has_policy || name == kPolicy;
  }
  if (!has_policy) append_header(out, kPolicy, policy);
  if (only_https)
    append_header(out, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  append_header(out, "X-Content-Type-Options", "nosniff");
  append_header(out, "Referrer-Policy", "same-origin");
  append_header(out, "Cross-Origin-Opener-Policy", "same-origin");
  append_header(out, "Cross-Origin-Resource-Policy", "same-origin");
  if (!keep_alive) append_header(out, "Connection", "close");
  out += "\r\n";
  return out;
}

}  // namespace http
