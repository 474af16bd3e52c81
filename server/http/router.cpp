#include "http/router.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <stdexcept>

#include "http/problem_response.h"

namespace http {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
  }
  return parts;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool fits(const std::vector<std::string_view>& pattern,
          const std::vector<std::string_view>& asked) {
  if (pattern.size() != asked.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_parameter(pattern[i]) ? asked[i].empty() : pattern[i] != asked[i]) return false;
  }
  return true;
}

/// True when `one` has a literal where `other` has its first differing parameter.
bool is_more_literal(const std::vector<std::string_view>& one,
                     const std::vector<std::string_view>& other) {
  for (std::size_t i = 0; i < one.size(); ++i) {
    const bool one_is_parameter = is_parameter(one[i]);
    if (one_is_parameter != is_parameter(other[i])) return !one_is_parameter;
  }
  return false;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
  }
  return "GET";
}

std::string allowed(const std::vector<BoundRoute>& routes, const std::string& path) {
  const auto asked = segments(path);
  std::string list;
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    const bool has = std::any_of(routes.begin(), routes.end(), [&](const BoundRoute& route) {
      return route.method == method && fits(segments(route.path), asked);
    });
    if (!has) continue;
    if (!list.empty()) list += ", ";
    list += method == Method::get ? "GET, HEAD" : name_of(method);
  }
  return list;
}

Response failed(const Router& router, const Request& request, const std::exception* failure) {
  const char* what = failure != nullptr ? failure->what() : "something that is no exception";
  spdlog::error("request {} {} {} failed: {}", request.id, name_of(request.method), request.path,
                what);
  if (failure != nullptr && router.problem_of_failure) {
    const base::Problem problem = router.problem_of_failure(*failure);
    if (!problem.code.empty()) return problem_response({problem}, request);
  }
  return problem_response(500, {base::ProblemKind::invalid, "http.failure", {}, {request.id}},
                          request);
}

}  // namespace

void Router::add(BoundRoute route) {
  if (route.path.empty() || route.path.front() != '/') {
    throw std::logic_error("a route's path begins with '/': " + route.path);
  }
  for (const BoundRoute& known : routes_) {
    if (known.method == route.method && known.path == route.path) {
      throw std::logic_error("two routes for " + std::string(name_of(route.method)) + " " +
                             route.path);
    }
  }
  routes_.push_back(std::move(route));
}

void Router::add_rest(std::string prefix, std::function<Response(const Request&)> handle) {
  rests_.push_back({std::move(prefix), std::move(handle)});
}

const Router::Rest* Router::rest_of(std::string_view path) const {
  for (const Rest& rest : rests_) {
    if (path == rest.prefix || path.starts_with(rest.prefix + "/")) return &rest;
  }
  return nullptr;
}

const BoundRoute* Router::match(Request& request, bool& path_known) const {
  path_known = false;
  request.parameters.clear();
  const Method method = request.method == Method::head ? Method::get : request.method;
  const auto asked = segments(request.path);
  const BoundRoute* best = nullptr;
  std::vector<std::string_view> best_pattern;
  for (const BoundRoute& route : routes_) {
    auto pattern = segments(route.path);
    if (!fits(pattern, asked)) continue;
    path_known = true;
    if (route.method != method) continue;
    if (best != nullptr && !is_more_literal(pattern, best_pattern)) continue;
    best = &route;
    best_pattern = std::move(pattern);
  }
  for (std::size_t i = 0; i < best_pattern.size(); ++i) {
    const std::string_view segment = best_pattern[i];
    if (!is_parameter(segment)) continue;
    request.parameters.emplace(segment.substr(1, segment.size() - 2), asked[i]);
  }
  return best;
}

Response Router::answer(Request& request) const {
  const auto begun = std::chrono::steady_clock::now();
  const BoundRoute* route = nullptr;
  Response response = answered(request, route);
  if (observed) observed(route, response.status, std::chrono::steady_clock::now() - begun);
  return response;
}

Response Router::answered(Request& request, const BoundRoute*& route) const {
  try {
    bool path_known = false;
    route = match(request, path_known);
    if (route != nullptr) return route->handle(request);
    if (!path_known) {
      const bool is_read = request.method == Method::get || request.method == Method::head;
      const Rest* const rest = is_read ? rest_of(request.path) : nullptr;
      if (rest != nullptr) return rest->handle(request);
      return problem_response({{base::ProblemKind::not_found, "http.not_found", {}, {}}}, request);
    }
    const std::string allow = allowed(routes_, request.path);
    Response response = problem_response(
        405, {base::ProblemKind::invalid, "http.method_not_allowed", {}, {allow}}, request);
    response.headers.emplace_back("Allow", allow);
    return response;
  } catch (const std::exception& failure) {
    return failed(*this, request, &failure);
  } catch (...) {
    return failed(*this, request, nullptr);
  }
}

}  // namespace http
