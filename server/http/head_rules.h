#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace http {

/// Why a request is not passed on; its answer closes the connection.
struct Refusal {
  int status;
  std::string code;
  std::vector<std::string> args;
};

/// The methods served, as Allow lists them.
inline constexpr const char* kMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";

/// The first line of a request.
struct RequestLine {
  std::string_view method;
  std::string_view target;
  unsigned version = 11;  ///< 10 × major + minor
};

/// The rules for a parsed head, beyond what the parser holds to: one Host, one way to frame the
/// body, a method and a target we serve. Reads `request.headers`, fills in the rest.
std::optional<Refusal> apply_head_rules(const RequestLine& line, std::size_t target_limit,
                                        Request& request);

/// ASCII lower case: header names, tokens.
std::string lower(std::string_view text);

}  // namespace http
