#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/router.h"

namespace http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0 takes a free one
  int listening = -1;  ///< a socket that listens already, handed over; address and port are its own
  std::size_t header_limit = 16 * 1024;
  std::size_t field_limit = 64;     ///< header fields
  std::size_t target_limit = 4096;  ///< bytes of the request target
  std::chrono::seconds header_deadline{10};
  std::chrono::seconds body_deadline{30};
  std::chrono::seconds idle{75};
  std::size_t connection_limit = 4096;
  std::size_t queue_limit =
      1024;                 ///< requests waiting for a worker; beyond that 503 with Retry-After
  int workers = 8;          ///< threads that run handlers (they block on the database)
  bool only_https = false;  ///< a proxy before it ends TLS, and browsers reach it in no other way
  std::filesystem::path static_root;  ///< built web client; empty for none
};

/// HTTP/1.1 on Boost.Beast. Strict: bad framing, folding, bare LF, two lengths, no or two Hosts, a
/// target out of form are answered with a 4xx problem body and the connection is closed. Sets the
/// security headers.
class Server {
 public:
  Server(const Router& router, ServerOptions options);
  ~Server();
  void start();  ///< binds and serves in its own threads; throws when the port is taken
  std::uint16_t port() const;
  void stop(std::chrono::seconds grace = std::chrono::seconds(25));  ///< finishes what is in flight

 private:
  friend class Connection;
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace http
