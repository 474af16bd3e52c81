#pragma once

// Asio and Beast: for server.cpp and connection.cpp only.
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "http/head_rules.h"
#include "http/server.h"
#include "http/static_files.h"
#include "http/wire.h"
#include "http/workers.h"

namespace http {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using Tcp = asio::ip::tcp;
using SteadyTime = std::chrono::steady_clock::time_point;
using BodyParser = beast_http::request_parser<beast_http::string_body>;
using boost::system::error_code;

inline constexpr int kIoThreads = 2;
inline constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

class Connection;

struct Server::Body {
  const Router& router;
  const ServerOptions options;
  const StaticFiles files;
  const std::string policy;
  const base::SystemClock clock{};
  Workers workers;

  std::atomic<bool> stopping = false;
  bool started = false;
  bool stopped = false;
  std::uint16_t port = 0;
  std::mutex mutex;
  std::condition_variable all_gone;
  std::unordered_set<Connection*> connections;
  std::list<Connection*> waiting;  ///< for their clients, who waits longest first

  // Last, so that it goes first: what it still holds refers to all of the above.
  asio::io_context io{kIoThreads};
  asio::strand<asio::io_context::executor_type> accept_strand = asio::make_strand(io);
  Tcp::acceptor acceptor{accept_strand};
  std::vector<std::thread> threads;

  Body(const Router& the_router, ServerOptions the_options)
      : router(the_router),
        options(std::move(the_options)),
        files(options.static_root),
        policy(content_security_policy(files.script_hashes())),
        workers(options.workers, options.queue_limit) {}

  asio::awaitable<void> accept_all();
  bool let_longest_waiting_go();
  void stop_connections();
  void cut_connections();
};

/// One client: reads a request, has it answered, writes the answer, and again. All on one strand.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server::Body& server, Tcp::socket socket, bool is_one_too_many)
      : server_(server),
        socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        is_one_too_many_(is_one_too_many) {
    error_code ignored;
    const auto peer = socket_.remote_endpoint(ignored);
    if (!ignored) remote_ = peer.address().to_string();
    socket_.set_option(Tcp::no_delay(true), ignored);
  }
  Connection(const Connection&) = delete;
  ~Connection() {
    const std::lock_guard lock(server_.mutex);
    if (waits_) server_.waiting.erase(*waits_);
    server_.connections.erase(this);
    server_.all_gone.notify_all();
  }

  asio::awaitable<void> run();
  /// Lets a connection go that waits for its next request; a new one may still send its first. Any
  /// thread may call it.
  void stop_if_idle();
  /// Ends it to make room: it waits for its client, not for us. Any thread may call it.
  void give_way() {
    asio::post(socket_.get_executor(), [weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      error_code ignored;
      self->is_gone_ = true;
      self->socket_.close(ignored);
    });
  }
  void cut() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  asio::awaitable<bool> serve_one();
  asio::awaitable<std::optional<Refusal>> receive(BodyParser& parser);
  asio::awaitable<std::optional<Refusal>> receive_head(BodyParser& parser);
  asio::awaitable<std::optional<Refusal>> receive_body(BodyParser& parser, std::size_t limit);
  asio::awaitable<bool> read_more(SteadyTime deadline);
  asio::awaitable<Response> answer();
  asio::awaitable<bool> write(Response response, bool keep_alive);
  asio::awaitable<bool> write_all(std::string_view bytes);
  asio::awaitable<void> drain();
  std::size_t body_limit();
  void begin_waiting();
  void end_waiting();
  void arm(SteadyTime deadline);
  void disarm() {
    ++armed_;
    timer_.cancel();
  }

  Server::Body& server_;
  Tcp::socket socket_;
  asio::steady_timer timer_;
  std::uint64_t armed_ = 0;  ///< which setting of the timer counts
  bool timed_out_ = false;
  bool is_gone_ = false;  ///< the client closed or broke the connection
  bool is_idle_ = false;
  bool is_first_ = true;
  bool is_one_too_many_;
  bool must_drain_ = false;
  std::optional<std::list<Connection*>::iterator> waits_;  ///< under the server's mutex
  std::string remote_;
  std::string in_;  ///< read and not yet parsed
  Request request_;
};

}  // namespace http
