#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace http {

/// A route that any request reaches. Only auth/ makes these; domain folders write auth::Route.
struct BoundRoute {
  Method method;
  std::string path;  ///< "/api/v1/reports/{report}/submission"
  std::string operation_id;
  std::function<Response(const Request&)> handle;
  std::size_t body_limit = 2 * 1024 * 1024;
};

/// Path → handler. Literal segments win over {parameters}. 404 and 405 (with Allow) as
/// problem+json.
class Router {
 public:
  void add(BoundRoute route);
  const BoundRoute* match(Request& request, bool& path_known) const;  ///< fills request.parameters
  /// Never throws: an exception becomes what `problem_of_failure` says, else a 500 with the request
  /// id; its detail goes to the log only. HEAD runs the GET route.
  Response answer(Request& request) const;
  const std::vector<BoundRoute>& routes() const { return routes_; }
  /// Answers GET of what no route has at and below `prefix` ("/cong-khai"), instead of the web
  /// client.
  void add_rest(std::string prefix, std::function<Response(const Request&)> handle);
  bool has_rest(std::string_view path) const { return rest_of(path) != nullptr; }
  /// What an exception means (storage full, database away): set by the composition root, since http
  /// knows no database. A problem with an empty code means "unknown": 500.
  std::function<base::Problem(const std::exception&)> problem_of_failure;
  /// Told after each answer: its route (null when no route has it), status and time. Set before the
  /// first request; called by many threads.
  std::function<void(const BoundRoute*, int status, std::chrono::nanoseconds)> observed;

 private:
  struct Rest {
    std::string prefix;
    std::function<Response(const Request&)> handle;
  };
  const Rest* rest_of(std::string_view path) const;
  Response answered(Request& request, const BoundRoute*& route) const;

  std::vector<BoundRoute> routes_;
  std::vector<Rest> rests_;
};

}  // namespace http
