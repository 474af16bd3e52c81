#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "http/json.h"

namespace app {

/// What a running server is asked by its administrator's command line: one JSON object in, one out,
/// each a line of at most 64 KiB. The socket DATA/admin.sock is of the data folder's owner alone
/// (mode 0600); a peer of another account, other than root, is not answered.
class AdminSocket {
 public:
  using Answer = std::function<http::json::object(const http::json::object& asked)>;

  /// Listens from now on, in a thread of its own; one question at a time. What `answer` throws is
  /// sent back as {"failure": words}. Throws store::Unusable when the socket cannot be made.
  AdminSocket(const std::filesystem::path& data, Answer answer);
  ~AdminSocket();
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

 private:
  void listen(std::stop_token stop);
  void serve(int peer);

  std::filesystem::path path_;
  Answer answer_;
  int listening_ = -1;
  std::jthread thread_;
};

/// Asks the server that runs on `data`; none when none runs. Waits as long as the work takes.
/// Throws store::Failure with the server's words when it failed, or when it ended in the midst.
std::optional<http::json::object> ask_server(const std::filesystem::path& data,
                                             const http::json::object& question);

}  // namespace app
