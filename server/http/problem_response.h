#pragma once

#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace http {

int status_of(base::ProblemKind kind);

/// The reason phrase of a status: "Not Found".
std::string_view reason_of(int status);

/// RFC 9457 body:
/// {"type":"about:blank","title","status","code","detail","detail_vi","detail_en","request_id",
/// "problems":[{"code","field","args","detail","detail_vi","detail_en"}…]}; the first problem gives
/// the status, code and detail. A `too_many` or `unavailable` problem whose first argument is a
/// number of seconds also gets Retry-After.
Response problem_response(const base::Problems& problems, const Request& request);

/// The same with a status that no ProblemKind stands for (405, 414, 431, 500 …).
Response problem_response(int status, const base::Problem& problem, const Request& request);

/// The value's own response, or the problem response.
Response respond(base::Result<Response> result, const Request& request);

}  // namespace http
