#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "http/message.h"

namespace http {

/// The Content-Security-Policy for a client whose inline scripts have the given hashes
/// ("'sha256-…'" separated by spaces, may be empty).
std::string content_security_policy(std::string_view script_hashes);

/// The head of an answer as it goes out: status line, the response's own headers (control
/// characters dropped), the security headers, framing, and the empty line. `only_https`: browsers
/// are told never to come otherwise, for a year (RFC 6797).
std::string head_of(const Response& response, std::string_view request_id, std::string_view policy,
                    bool only_https, base::Instant now, bool keep_alive);

/// Whether an answer of this status has a body at all.
bool has_body(int status);

}  // namespace http
