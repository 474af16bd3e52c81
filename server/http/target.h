#pragma once

#include <string>
#include <string_view>

#include "base/words.h"
#include "http/message.h"

namespace http {

/// Puts a request target in origin form ("/units/12?day=2021-07-01") into `request.path` and
/// `request.query`, percent-decoded once. False when it is out of form or could be read in two
/// ways: not UTF-8, a control character, a backslash, "//", an encoded slash, a "." or ".."
/// segment.
bool read_target(std::string_view target, Request& request);

/// Whether a Host header names one authority and nothing else.
bool is_host(std::string_view host);

/// ?lang=vi|en, else the better liked of the two in Accept-Language, else Vietnamese.
base::Language language_of(const Request& request);

}  // namespace http
