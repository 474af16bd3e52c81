#include "http/head_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/target.h"

namespace http {
namespace {

std::optional<Method> method_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Method>, 6> kServed = {{
      {"GET", Method::get},
      {"HEAD", Method::head},
      {"POST", Method::post},
      {"PUT", Method::put},
      {"PATCH", Method::patch},
      {"DELETE", Method::del},
  }};
  for (const auto& [served, method] : kServed) {
    if (served == name) return method;
  }
  return std::nullopt;
}

bool is_known_elsewhere(std::string_view method) {
  return method == "OPTIONS" || method == "TRACE" || method == "CONNECT";
}

std::size_t count_of(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& header) { return header.first == name; }));
}

std::optional<Refusal> check_framing(const Request& request, unsigned version) {
  const auto length = request.header("content-length");
  // Beast takes "3, 3", and twice the same.
  if (length && (count_of(request, "content-length") > 1 ||
                 length->find_first_not_of("0123456789") != std::string_view::npos)) {
    return Refusal{400, "http.malformed", {}};
  }
  const std::size_t codings = count_of(request, "transfer-encoding");
  if (codings == 0) return std::nullopt;
  if (codings > 1 || length || version == 10) return Refusal{400, "http.malformed", {}};
  if (lower(*request.header("transfer-encoding")) == "chunked") return std::nullopt;
  return Refusal{501, "http.transfer_encoding", {}};
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::optional<Refusal> apply_head_rules(const RequestLine& line, std::size_t target_limit,
                                        Request& request) {
  request.language = language_of(request);
  if (line.version != 11 && line.version != 10) return Refusal{505, "http.version", {}};
  const auto method = method_of(line.method);
  if (!method && is_known_elsewhere(line.method)) {
    return Refusal{405, "http.method_not_allowed", {kMethods}};
  }
  if (!method) return Refusal{501, "http.method_unknown", {}};
  request.method = *method;
  if (line.target.size() > target_limit) return Refusal{414, "http.target_too_long", {}};
  if (!read_target(line.target, request)) return Refusal{400, "http.target", {}};
  request.language = language_of(request);  // now with ?lang=

  const std::size_t hosts = count_of(request, "host");
  if (hosts > 1 || (hosts == 0 && line.version == 11) ||
      (hosts == 1 && !is_host(*request.header("host")))) {
    return Refusal{400, "http.host", {}};
  }
  if (auto refusal = check_framing(request, line.version)) return refusal;
  const auto expect = request.header("expect");
  if (expect && lower(*expect) != "100-continue") return Refusal{417, "http.expectation", {}};
  return std::nullopt;
}

}  // namespace http
