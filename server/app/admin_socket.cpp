#include "app/admin_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <system_error>

#include "store/db.h"

namespace app {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;
constexpr int kPatience = 5'000;  // milliseconds for a peer to say its line

std::string reason() { return std::generic_category().message(errno); }

/// A file descriptor, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

/// The address by way of the folder's own descriptor: a data folder's path may be longer than the
/// 107 bytes an address holds.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/admin.sock";
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

Descriptor open_folder(const std::filesystem::path& folder) {
  return Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

/// Up to the line's end; none when the peer went away, said too much or too slowly.
std::optional<std::string> line_from(int peer, int patience) {
  std::string line;
  char part[4096];
  for (;;) {
    pollfd waiting{peer, POLLIN, 0};
    if (::poll(&waiting, 1, patience) <= 0) return std::nullopt;
    const ssize_t count = ::recv(peer, part, sizeof part, 0);
    if (count <= 0) return std::nullopt;
    line.append(part, static_cast<std::size_t>(count));
    if (const auto end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
    if (line.size() > kLongestLine) return std::nullopt;
  }
}

bool send_line(int peer, std::string line) {
  line += '\n';
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t count = ::send(peer, left.data(), left.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool is_ours(int peer) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
         (who.uid == 0 || who.uid == ::geteuid());
}

}  // namespace

AdminSocket::AdminSocket(const std::filesystem::path& data, Answer answer)
    : path_(data / "admin.sock"), answer_(std::move(answer)) {
  const Descriptor folder = open_folder(data);
  listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);  // left by a server that was killed; the folder is ours
  const sockaddr_un address = address_in(folder);
  const mode_t before = ::umask(0177);
  const bool is_bound =
      ::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const std::string why = reason();
  ::umask(before);
  if (!is_bound || ::listen(listening_, 8) != 0) {
    ::close(listening_);
    throw store::Unusable("cannot make " + path_.string() + ": " + why);
  }
  thread_ = std::jthread([this](std::stop_token stop) { listen(std::move(stop)); });
}

AdminSocket::~AdminSocket() {
  thread_.request_stop();
  ::shutdown(listening_, SHUT_RDWR);  // wakes the thread
  thread_.join();
  ::close(listening_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void AdminSocket::listen(std::stop_token stop) {
  while (!stop.stop_requested()) {
    const Descriptor peer(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (peer.get() < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (!stop.stop_requested()) std::cerr << "admin.sock: " << reason() << std::endl;
      return;
    }
    if (is_ours(peer.get())) serve(peer.get());
  }
}

void AdminSocket::serve(int peer) {
  const auto line = line_from(peer, kPatience);
  if (!line) return;
  http::json::object said;
  try {
    said = answer_(http::json::parse(*line).as_object());
  } catch (const std::exception& failure) {
    said = {{"failure", failure.what()}};
  }
  send_line(peer, http::json::serialize(said));
}

std::optional<http::json::object> ask_server(const std::filesystem::path& data,
                                             const http::json::object& question) {
  const Descriptor folder = open_folder(data);
  if (folder.get() < 0) return std::nullopt;
  const Descriptor server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_in(folder);
  if (::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return std::nullopt;
  }
  const bool is_sent = send_line(server.get(), http::json::serialize(question));
  const auto line = is_sent ? line_from(server.get(), -1) : std::nullopt;
  if (!line) throw store::Failure("the running server gave no answer");
  http::json::object said = http::json::parse(*line).as_object();
  if (const auto* failure = said.if_contains("failure")) {
    throw store::Failure(std::string(failure->as_string()));
  }
  return said;
}

}  // namespace app
