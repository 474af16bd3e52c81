#include "http/problem_response.h"

#include <algorithm>
#include <boost/json.hpp>

namespace http {
namespace {

namespace json = boost::json;

json::object described(const base::Problem& problem, base::Language language) {
  json::object object;
  object["code"] = problem.code;
  object["field"] = problem.field;
  json::array args;
  for (const std::string& arg : problem.args) args.emplace_back(arg);
  object["args"] = std::move(args);
  const std::string vi = base::words(problem, base::Language::vi);
  const std::string en = base::words(problem, base::Language::en);
  object["detail"] = language == base::Language::en ? en : vi;
  object["detail_vi"] = vi;
  object["detail_en"] = en;
  return object;
}

bool is_seconds(const std::string& text) {
  return !text.empty() && text.size() <= 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Response described(int status, const base::Problems& problems, const Request& request) {
  json::object first = described(problems.front(), request.language);
  json::object body;
  body["type"] = "about:blank";
  body["title"] = json::string(reason_of(status));
  body["status"] = status;
  for (const char* key : {"code", "detail", "detail_vi", "detail_en"}) body[key] = first[key];
  body["request_id"] = request.id;
  json::array all;
  for (const base::Problem& problem : problems) {
    all.emplace_back(described(problem, request.language));
  }
  body["problems"] = std::move(all);

  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = json::serialize(body);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Content-Language",
                                request.language == base::Language::en ? "en" : "vi");
  const base::Problem& leading = problems.front();
  if ((status == 429 || status == 503) && !leading.args.empty() && is_seconds(leading.args[0])) {
    response.headers.emplace_back("Retry-After", leading.args[0]);
  }
  return response;
}

}  // namespace

int status_of(base::ProblemKind kind) {
  switch (kind) {
    case base::ProblemKind::invalid:
      return 422;
    case base::ProblemKind::malformed:
      return 400;
    case base::ProblemKind::unauthenticated:
      return 401;
    case base::ProblemKind::forbidden:
      return 403;
    case base::ProblemKind::not_found:
      return 404;
    case base::ProblemKind::conflict:
      return 409;
    case base::ProblemKind::changed:
      return 412;
    case base::ProblemKind::too_large:
      return 413;
    case base::ProblemKind::too_many:
      return 429;
    case base::ProblemKind::unavailable:
      return 503;
    case base::ProblemKind::storage_full:
      return 507;
  }
  return 500;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

Response problem_response(const base::Problems& problems, const Request& request) {
  if (problems.empty()) {
    return problem_response(500, {base::ProblemKind::invalid, "http.failure", {}, {request.id}},
                            request);
  }
  return described(status_of(problems.front().kind), problems, request);
}

Response problem_response(int status, const base::Problem& problem, const Request& request) {
  return described(status, {problem}, request);
}

Response respond(base::Result<Response> result, const Request& request) {
  if (result) return *std::move(result);
  return problem_response(result.error(), request);
}

}  // namespace http
