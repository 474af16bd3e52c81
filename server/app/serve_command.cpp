#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/admin_socket.h"
#include "app/care_state.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/metrics.h"
#include "app/print.h"
#include "app/wire.h"
#include "http/log.h"
#include "http/server.h"
#include "store/migrate.h"

namespace app {
namespace {

/// The first run: a token to make the first account with, on the console and in DATA/setup-token
/// (0600).
void offer_setup(auth::Sessions& sessions, const Place& place, const std::string& address) {
  const std::string token = sessions.open_setup();
  if (token.empty()) return;
  std::cout << (place.language == base::Language::vi
                    ? "chưa có tài khoản; mở để tạo tài khoản đầu tiên: "
                    : "no account yet; open this to make the first: ")
            << address << "/thiet-lap#" << token << std::endl;
  if (!place.database.empty()) return;
  const mode_t before = umask(077);  // nobody else may read it, not even for a moment
  std::filesystem::remove(place.data / "setup-token");
  std::ofstream(place.data / "setup-token") << token << "\n";
  umask(before);
}

const char* method_name(http::Method method) {
  switch (method) {
    case http::Method::get:
      return "GET";
    case http::Method::head:
      return "HEAD";
    case http::Method::post:
      return "POST";
    case http::Method::put:
      return "PUT";
    case http::Method::patch:
      return "PATCH";
    case http::Method::del:
      return "DELETE";
  }
  return "";
}

/// Sends the reminders that fell due, then waits ten minutes or until it is told to stop.
bool stopped_after_reminding(store::Db& db, const base::Clock& clock, const sigset_t& signals) {
  try {
    send_due_reminders(db, clock);
  } catch (const std::exception& failure) {
    spdlog::error("reminders: {}", failure.what());  // tried again at the next turn
  }
  const timespec turn{600, 0};
  return sigtimedwait(&signals, nullptr, &turn) > 0;
}

/// What the administrator's command line may ask of a running server.
http::json::object answer_administrator(const Place& place, store::Db& db,
                                        const http::json::object& asked) {
  const auto* what = asked.if_contains("do");
  if (what != nullptr && *what == "ping") return {{"done", true}};
  if (what == nullptr || *what != "backup") throw store::Unusable("this server knows only backup");
  db.backup(std::string(asked.at("file").as_string()));
  note_backup(place);
  return {{"done", true}};
}

/// The socket that systemd opened and hands over (sd_listen_fds(3)), -1 when there is none. Not
/// handed on to programs that are started from here.
int handed_over() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  const bool is_ours = pid != nullptr && count != nullptr && std::to_string(::getpid()) == pid;
  const std::string many = is_ours ? count : "0";
  for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);
  if (many == "0") return -1;
  if (many != "1") throw store::Unusable("one socket is wanted, " + many + " were handed over");
  constexpr int kFirst = 3;
  ::fcntl(kFirst, F_SETFD, FD_CLOEXEC);
  return kFirst;
}

/// As browsers see it, without a slash at the end.
std::string origin_of(const ServeOptions& options) {
  std::string origin = options.origin;
  if (origin.empty()) origin = "http://" + options.address + ":" + std::to_string(options.port);
  while (origin.ends_with('/')) origin.pop_back();
  return origin;
}

}  // namespace

int serve_command(const Place& place, const ServeOptions& options) {
  // Blocked before any thread starts, so that only the wait below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  http::log_to(STDOUT_FILENO);

  if (!options.web.empty() && !std::filesystem::exists(options.web / "index.html")) {
    throw store::Unusable("no built web client in " + options.web.string() +
                          ": build it, or leave --web out");
  }
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  auth::SessionRules rules;
  rules.secure_cookie = options.secure_cookie;
  rules.origin = options.origin;
  auth::Sessions sessions(*db, *clock, rules);
  const base::SystemClock world;
  sessions.compare_codes_by(world);
  sessions.seal_with(auth::SealingKey::of_file(place.data / "sealing.key"));
  const auto key = journal::SigningKey::of_file(place.data / "journal.key");
  http::Router router;
  wire(router, place, *db, *clock, sessions, key, origin_of(options));
  std::optional<Metrics> metrics;
  if (options.metrics_port != 0) metrics.emplace(place, *db, router, options.metrics_port);
  http::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  server_options.listening = handed_over();
  server_options.only_https = options.secure_cookie && options.origin.starts_with("https://");
  server_options.static_root = options.web;
  http::Server server(router, server_options);
  server.start();
  const std::string address = "http://" + options.address + ":" + std::to_string(server.port());
  std::cout << "listening on " << address << std::endl;
  if (is_demo(place)) {
    std::cout << (place.language == base::Language::vi ? "bản trình diễn, hôm nay là "
                                                       : "demo, today is ")
              << clock->today().text() << "\n"
              << demo_log_ins(place.language) << std::flush;
  }
  std::optional<AdminSocket> administrator;
  if (place.database.empty()) {
    administrator.emplace(place.data, [&db, &place](const http::json::object& asked) {
      return answer_administrator(place, *db, asked);
    });
  }
  offer_setup(sessions, place, address);
  while (!stopped_after_reminding(*db, *clock, signals)) {
  }
  server.stop();
  return kDone;
}

int routes_command() {
  // The table does not look at its surroundings until a request comes, so an empty database does.
  const auto folder =
      std::filesystem::temp_directory_path() / ("thongsuot-routes-" + std::to_string(getpid()));
  http::json::array items;
  {
    Place place;
    place.data = folder;
    const auto db = open_for_writing(place);
    const base::SystemClock clock;
    auth::Sessions sessions(*db, clock);
    const auto key = journal::SigningKey::of_seed({});
    http::Router router;
    wire(router, place, *db, clock, sessions, key, "");
    for (const http::BoundRoute& route : router.routes()) {
      items.push_back(http::json::object{{"method", method_name(route.method)},
                                         {"path", route.path},
                                         {"operation_id", route.operation_id}});
    }
  }
  std::filesystem::remove_all(folder);
  std::cout << http::json::serialize(items) << "\n";
  return kDone;
}

}  // namespace app
