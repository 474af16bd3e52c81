#include "http/server.h"

#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <stdexcept>

#include "http/connection.h"

namespace http {
namespace {

/// Whoever opened it keeps it: closing ours refuses nobody, who comes meanwhile waits in its queue.
void take_over(Tcp::acceptor& acceptor, int socket) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  int listens = 0;
  socklen_t length = sizeof listens;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) != 0 ||
      (own.ss_family != AF_INET && own.ss_family != AF_INET6) ||
      ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || listens == 0)
    throw std::runtime_error("what was handed over is no listening TCP socket");
  acceptor.assign(own.ss_family == AF_INET6 ? Tcp::v6() : Tcp::v4(), socket);
}

}  // namespace

asio::awaitable<void> Server::Body::accept_all() {
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(io), kTuple);
    if (error) {
      if (!acceptor.is_open()) co_return;
      spdlog::warn("cannot accept a connection: {}", error.message());
      asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(100));
      co_await pause.async_wait(kTuple);
      continue;
    }
    std::size_t count = 0;
    {
      const std::lock_guard lock(mutex);
      count = connections.size();
    }
    if (count >= options.connection_limit + 64) continue;  // not even a refusal
    const bool is_one_too_many = count >= options.connection_limit && !let_longest_waiting_go();
    const auto executor = socket.get_executor();
    auto connection = std::make_shared<Connection>(*this, std::move(socket), is_one_too_many);
    {
      const std::lock_guard lock(mutex);
      connections.insert(connection.get());
    }
    auto serve = [](std::shared_ptr<Connection> self) -> asio::awaitable<void> {
      co_await self->run();
    };
    asio::co_spawn(executor, serve(connection), asio::detached);
  }
}

/// When all places are taken, who has kept one longest without asking anything whole, or without
/// taking the answer, makes room for who comes: thousands of slow clients hold up nobody. False
/// when all are being answered.
bool Server::Body::let_longest_waiting_go() {
  const std::lock_guard lock(mutex);
  if (waiting.empty()) return false;
  waiting.front()->give_way();
  waiting.splice(waiting.end(), waiting, waiting.begin());  // asked once, it is on its way out
  return true;
}

void Server::Body::stop_connections() {
  const std::lock_guard lock(mutex);
  for (Connection* connection : connections) connection->stop_if_idle();
}

/// REQUIRES: no io thread runs any more.
void Server::Body::cut_connections() {
  const std::lock_guard lock(mutex);
  for (Connection* connection : connections) connection->cut();
}

Server::Server(const Router& router, ServerOptions options)
    : body_(std::make_unique<Body>(router, std::move(options))) {}

Server::~Server() { stop(); }

void Server::start() {
  Body& body = *body_;
  if (body.options.listening >= 0) {
    take_over(body.acceptor, body.options.listening);
  } else {
    const Tcp::endpoint endpoint(asio::ip::make_address(body.options.address), body.options.port);
    body.acceptor.open(endpoint.protocol());
    body.acceptor.set_option(Tcp::acceptor::reuse_address(true));
    body.acceptor.bind(endpoint);
    body.acceptor.listen(1024);
  }
  body.port = body.acceptor.local_endpoint().port();
  body.started = true;
  asio::co_spawn(body.accept_strand, body.accept_all(), asio::detached);
  for (int i = 0; i < kIoThreads; ++i) body.threads.emplace_back([&body] { body.io.run(); });
}

std::uint16_t Server::port() const { return body_->port; }

void Server::stop(std::chrono::seconds grace) {
  Body& body = *body_;
  if (!body.started || body.stopped) return;
  body.stopped = true;
  body.stopping = true;
  asio::post(body.accept_strand, [&body] {
    error_code ignored;
    body.acceptor.close(ignored);
  });
  body.stop_connections();
  {
    std::unique_lock lock(body.mutex);
    body.all_gone.wait_for(lock, grace, [&body] { return body.connections.empty(); });
    if (!body.connections.empty()) {
      spdlog::warn("{} connections cut after the grace period", body.connections.size());
    }
  }
  body.io.stop();
  for (std::thread& thread : body.threads) thread.join();
  body.cut_connections();
  // Before the io context goes: a dropped piece of work holds its connection.
  body.workers.stop();
}

}  // namespace http
