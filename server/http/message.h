#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/words.h"

namespace http {

enum class Method { get, head, post, put, patch, del };

/// A request as handlers see it: read whole, within the limits, its path decoded once.
struct Request {
  Method method = Method::get;
  std::string path;                                            ///< decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;      ///< decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;    ///< names in lower case
  std::map<std::string, std::string, std::less<>> parameters;  ///< of the route: {unit} → "12"
  std::string body;
  std::string id;                                ///< request id, returned as X-Request-Id
  std::string remote;                            ///< peer address
  base::Language language = base::Language::vi;  ///< ?lang=, else Accept-Language

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::optional<std::string_view> asked(std::string_view query_name) const;  ///< first ?name=value
  std::vector<std::string_view> all_asked(std::string_view query_name) const;
  /// A path parameter that is a positive integer id; 0 when it is not (which no row has).
  std::int64_t id_parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< further ones; values without CTLs
};

}  // namespace http
