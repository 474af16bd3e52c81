#include "http/connection.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/hash.h"
#include "http/head_scan.h"
#include "http/problem_response.h"
#include "http/wire.h"

namespace http {
namespace {

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kMostUnparsed = 64 * 1024;       // a chunk header or trailer that never ends
constexpr std::size_t kUnroutedBodyLimit = 64 * 1024;  // read, then answered with 404 or 405
constexpr std::size_t kLeastRate = 16 * 1024;          // bytes of body that buy one more second
constexpr std::size_t kMostDrained = 1024 * 1024;
constexpr std::chrono::seconds kDrainTime{2};
constexpr std::chrono::seconds kLastPatience{1};  // with new connections, while it stops

SteadyTime now() { return std::chrono::steady_clock::now(); }

Refusal refusal_of(error_code error, std::size_t body_limit) {
  if (error == beast_http::error::bad_version) return {505, "http.version", {}};
  if (error == beast_http::error::body_limit) {
    return {413, "http.body_too_large", {std::to_string(body_limit)}};
  }
  return {400, "http.malformed", {}};
}

}  // namespace

void Connection::arm(SteadyTime deadline) {
  timed_out_ = false;
  const std::uint64_t setting = ++armed_;
  timer_.expires_at(deadline);
  timer_.async_wait([weak = weak_from_this(), setting](error_code error) {
    const auto self = weak.lock();
    if (error || !self || self->armed_ != setting) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Connection::begin_waiting() {
  const std::lock_guard lock(server_.mutex);
  if (!waits_) waits_ = server_.waiting.insert(server_.waiting.end(), this);
}

void Connection::end_waiting() {
  const std::lock_guard lock(server_.mutex);
  if (waits_) server_.waiting.erase(*waits_);
  waits_.reset();
}

asio::awaitable<bool> Connection::read_more(SteadyTime deadline) {
  const std::size_t had = in_.size();
  in_.resize(had + kReadSize);
  arm(deadline);
  const auto [error, count] =
      co_await socket_.async_read_some(asio::buffer(in_.data() + had, kReadSize), kTuple);
  disarm();
  in_.resize(had + count);
  is_gone_ = is_gone_ || (error && error != asio::error::operation_aborted);
  co_return !error;
}

void Connection::stop_if_idle() {
  asio::post(socket_.get_executor(), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self || !self->is_idle_) return;
    // Who has only just come has a request on its way.
    if (self->is_first_) return self->arm(now() + kLastPatience);
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

asio::awaitable<std::optional<Refusal>> Connection::receive_head(BodyParser& parser) {
  HeadScan scan(
      {server_.options.header_limit, server_.options.field_limit, server_.options.target_limit});
  const SteadyTime deadline = now() + server_.options.header_deadline;
  HeadScan::State state = scan.look(in_);
  while (state == HeadScan::State::incomplete) {
    const bool has_more = co_await read_more(deadline);
    if (!has_more) co_return Refusal{408, "http.timeout", {}};
    state = scan.look(in_);
  }
  if (state == HeadScan::State::refused) {
    co_return Refusal{scan.status(), std::string(scan.code()), {}};
  }
  error_code error;
  parser.header_limit(static_cast<std::uint32_t>(server_.options.header_limit + kReadSize));
  parser.body_limit(boost::none);  // known only when the route is
  parser.put(asio::buffer(in_.data(), scan.size()), error);
  if (error && error != beast_http::error::need_more) co_return refusal_of(error, 0);
  if (!parser.is_header_done()) co_return Refusal{400, "http.malformed", {}};
  in_.erase(0, scan.size());
  const auto& head = parser.get();
  for (const auto& field : head) {
    request_.headers.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                                  std::string(field.value().data(), field.value().size()));
  }
  const RequestLine line{{head.method_string().data(), head.method_string().size()},
                         {head.target().data(), head.target().size()},
                         head.version()};
  co_return apply_head_rules(line, server_.options.target_limit, request_);
}

std::size_t Connection::body_limit() {
  if (request_.method == Method::get || request_.method == Method::head) return 0;
  bool path_known = false;
  const BoundRoute* route = server_.router.match(request_, path_known);
  return route != nullptr ? route->body_limit : kUnroutedBodyLimit;
}

asio::awaitable<std::optional<Refusal>> Connection::receive_body(BodyParser& parser,
                                                                 std::size_t limit) {
  if (parser.is_done()) co_return std::nullopt;
  if (parser.content_length() && *parser.content_length() > limit) {
    co_return refusal_of(beast_http::error::body_limit, limit);
  }
  parser.body_limit(limit);
  parser.eager(true);
  if (request_.header("expect") && in_.empty()) {
    const bool is_written = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n");
    if (!is_written) co_return Refusal{408, "http.timeout", {}};
  }
  const SteadyTime start = now();
  std::size_t received = 0;
  for (;;) {
    error_code error;
    const std::size_t taken =
        in_.empty() ? 0 : parser.put(asio::buffer(in_.data(), in_.size()), error);
    in_.erase(0, taken);
    received += taken;
    if (error && error != beast_http::error::need_more) co_return refusal_of(error, limit);
    if (parser.is_done()) co_return std::nullopt;
    if (in_.size() > kMostUnparsed) co_return Refusal{400, "http.malformed", {}};
    const auto earned = std::chrono::seconds(received / kLeastRate);
    const bool has_more = co_await read_more(start + server_.options.body_deadline + earned);
    if (!has_more) co_return Refusal{408, "http.timeout", {}};
  }
}

asio::awaitable<std::optional<Refusal>> Connection::receive(BodyParser& parser) {
  auto refusal = co_await receive_head(parser);
  if (refusal) co_return refusal;
  const std::size_t limit = body_limit();
  refusal = co_await receive_body(parser, limit);
  co_return refusal;
}

asio::awaitable<Response> Connection::answer() {
  bool path_known = false;
  server_.router.match(request_, path_known);
  const bool is_api = request_.path == "/api" || request_.path.starts_with("/api/");
  const bool is_read = request_.method == Method::get || request_.method == Method::head;
  const bool is_routed = path_known || is_api || server_.router.has_rest(request_.path);
  if (!is_routed && is_read) co_return server_.files.answer(request_);

  // The worker answers; the answer comes back on this connection's strand.
  auto start = [this](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    const auto executor = asio::get_associated_executor(*shared);
    Workers::Work work = [this, shared, executor] {
      auto made = std::make_shared<Response>(server_.router.answer(request_));
      asio::post(executor, [shared, made] { (*shared)(std::move(*made)); });
    };
    if (server_.workers.try_post(work)) return;
    auto busy = std::make_shared<Response>(
        problem_response({{base::ProblemKind::unavailable, "http.busy", {}, {"2"}}}, request_));
    asio::post(executor, [shared, busy] { (*shared)(std::move(*busy)); });
  };
  using Awaitable = const asio::use_awaitable_t<>;
  Response response =
      co_await asio::async_initiate<Awaitable, void(Response)>(start, asio::use_awaitable);
  co_return response;
}

asio::awaitable<bool> Connection::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    arm(now() + server_.options.body_deadline);  // for each piece: a slow reader may be slow
    const auto [error, count] = co_await socket_.async_write_some(
        asio::buffer(bytes.data(), std::min<std::size_t>(bytes.size(), 256 * 1024)), kTuple);
    disarm();
    if (error) co_return false;
    bytes.remove_prefix(count);
  }
  co_return true;
}

asio::awaitable<bool> Connection::write(Response response, bool keep_alive) {
  std::string out = head_of(response, request_.id, server_.policy, server_.options.only_https,
                            server_.clock.now(), keep_alive);
  const bool sends_body = has_body(response.status) && request_.method != Method::head;
  const bool is_small = response.body.size() <= kReadSize;
  if (sends_body && is_small) out += response.body;
  bool is_written = co_await write_all(out);
  if (is_written && sends_body && !is_small) is_written = co_await write_all(response.body);
  co_return is_written;
}

asio::awaitable<bool> Connection::serve_one() {
  // From here on who is slow is the client; written is when its turn began, not its last byte.
  end_waiting();
  begin_waiting();
  request_ = Request{};
  request_.id = base::random_token(12);
  request_.remote = remote_;
  if (in_.empty()) {
    if (server_.stopping && !is_first_) co_return false;
    is_idle_ = true;
    auto patience = is_first_ ? server_.options.header_deadline : server_.options.idle;
    if (server_.stopping) patience = kLastPatience;
    const bool has_more = co_await read_more(now() + patience);
    is_idle_ = false;
    if (!has_more) co_return false;  // nothing was asked
  }
  is_first_ = false;
  BodyParser parser;
  std::optional<Refusal> refusal;
  if (is_one_too_many_) {
    refusal.emplace(Refusal{503, "http.busy", {"5"}});
  } else {
    refusal = co_await receive(parser);
  }
  must_drain_ = true;
  if (refusal) {
    if (is_gone_) co_return false;
    const base::Problem problem{base::ProblemKind::malformed, refusal->code, {}, refusal->args};
    Response response = problem_response(refusal->status, problem, request_);
    if (refusal->status == 405) response.headers.emplace_back("Allow", kMethods);
    co_await write(std::move(response), false);
    co_return false;
  }
  const bool wants_more = parser.keep_alive() && parser.get().version() == 11;
  request_.body = std::move(parser.get().body());
  end_waiting();
  Response response = co_await answer();
  begin_waiting();
  const bool keep_alive = wants_more && !server_.stopping;
  const bool is_written = co_await write(std::move(response), keep_alive);
  must_drain_ = is_written;
  co_return is_written&& keep_alive;
}

/// Closing with unread bytes would send a reset, which can destroy the answer on its way.
asio::awaitable<void> Connection::drain() {
  error_code ignored;
  socket_.shutdown(Tcp::socket::shutdown_send, ignored);
  const SteadyTime deadline = now() + kDrainTime;
  std::size_t drained = 0;
  bool has_more = true;
  is_idle_ = true;
  while (has_more && drained < kMostDrained && !server_.stopping) {
    in_.clear();
    has_more = co_await read_more(deadline);
    drained += in_.size();
  }
}

asio::awaitable<void> Connection::run() {
  try {
    bool goes_on = true;
    while (goes_on) goes_on = co_await serve_one();
    if (must_drain_ && !is_gone_) co_await drain();
  } catch (const std::exception& failure) {
    spdlog::error("a connection failed: {}", failure.what());
  }
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace http
