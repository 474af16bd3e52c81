#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "http/json.h"

namespace http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A client that sends what it is told, byte by byte if need be.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;

  bool is_open() const { return is_open_; }
  Client& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  /// One answer with its body, by its Content-Length (none for HEAD, 204, 304).
  std::string answer(bool has_body = true) {
    while (held_.find("\r\n\r\n") == std::string::npos && more()) continue;
    const std::size_t head = held_.find("\r\n\r\n");
    if (head == std::string::npos) return std::exchange(held_, {});
    std::size_t size = head + 4;
    const std::size_t length = held_.find("Content-Length: ");
    if (has_body && length < head) size += std::stoul(held_.substr(length + 16));
    while (held_.size() < size && more()) continue;
    std::string answer = held_.substr(0, size);
    held_.erase(0, size);
    return answer;
  }
  /// Everything until the server closes; "(reset)" at the end when it did not do so in order.
  std::string all() {
    while (more()) continue;
    return std::exchange(held_, {}) + (was_reset_ ? "(reset)" : "");
  }

 private:
  bool more() {
    char buffer[4096];
    const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
    was_reset_ = got < 0;
    if (got > 0) held_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  bool is_open_ = false;
  bool was_reset_ = false;
  std::string held_;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    options.port = 0;
    router.add({Method::get, "/api/v1/ping", "ping",
                [](const Request&) { return json_response({{"pong", true}}); }});
    router.add({Method::post, "/api/v1/echo", "echo",
                [](const Request& request) {
                  Response response;
                  response.body = request.body;
                  response.headers.emplace_back("X-Trailer",
                                                request.header("x-late").value_or("no"));
                  return response;
                },
                1000});
    router.add({Method::get, "/api/v1/slow", "slow", [this](const Request&) {
                  ++slow_started;
                  while (!slow_may_end) std::this_thread::sleep_for(5ms);
                  return json_response({{"slow", "done"}});
                }});
    router.add({Method::get, "/page", "page", [](const Request&) {
                  Response response;
                  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
                  return response;
                }});
    router.add_rest("/page", [](const Request&) { return Response{404, "text/html", "no", {}}; });
    router.add({Method::get, "/api/v1/split", "split", [](const Request&) {
                  Response response;
                  response.headers.emplace_back("X-A", "a\r\nSet-Cookie: evil=1");
                  return response;
                }});
  }
  ~ServerTest() override { slow_may_end = true; }

  std::uint16_t start() {
    server = std::make_unique<Server>(router, options);
    server->start();
    return server->port();
  }
  static std::string get(const std::string& path, const std::string& headers = {}) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }
  static std::string post(const std::string& headers, const std::string& body) {
    return "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
  }
  void wait_for_slow(int count) {
    while (slow_started < count) std::this_thread::sleep_for(2ms);
  }

  ServerOptions options;
  Router router;
  std::atomic<int> slow_started = 0;
  std::atomic<bool> slow_may_end = false;
  std::unique_ptr<Server> server;
};

TEST_F(ServerTest, APageMayBringAStricterPolicyAndAPrefixIsNotTheClients) {
  Client client(start());
  const std::string answer = client.send(get("/page")).answer();
  EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'\r\n"));
  EXPECT_EQ(answer.find("Content-Security-Policy"), answer.rfind("Content-Security-Policy"));
  EXPECT_THAT(client.send(get("/page/deeper/still")).answer(), StartsWith("HTTP/1.1 404 "));
}

TEST_F(ServerTest, AnswersWithTheSecurityHeadersAndARequestId) {
  Client client(start());
  const std::string answer = client.send(get("/api/v1/ping")).answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  for (const char* part :
       {"X-Request-Id: ", "Content-Security-Policy: default-src 'none'; script-src 'self'; ",
        "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin", "Date: ",
        "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin"}) {
    EXPECT_THAT(answer, HasSubstr(part));
  }
  EXPECT_THAT(answer, ::testing::EndsWith("{\"pong\":true}"));
}

TEST_F(ServerTest, KeepsTheConnectionAndTakesPipelinedRequestsInOrder) {
  Client client(start());
  client.send(get("/api/v1/ping") + post("Content-Length: 3\r\n", "abc") + get("/nothing.x") +
              get("/api/v1/ping", "Connection: close\r\n"));
  EXPECT_THAT(client.answer(), HasSubstr("pong"));
  EXPECT_THAT(client.answer(), ::testing::EndsWith("abc"));
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 404"));
  const std::string last = client.all();
  EXPECT_THAT(last, HasSubstr("Connection: close"));
  EXPECT_THAT(last, HasSubstr("pong"));
}

TEST_F(ServerTest, TakesARequestInSmallPieces) {
  Client client(start());
  for (const char c :
       post("Transfer-Encoding: chunked\r\n", "2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n")) {
    client.send(std::string(1, c));
  }
  EXPECT_THAT(client.answer(), ::testing::EndsWith("abcde"));
}

TEST_F(ServerTest, TrailersAreNotHeaders) {
  Client client(start());
  client.send(post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nX-Late: yes\r\n\r\n"));
  EXPECT_THAT(client.answer(), HasSubstr("X-Trailer: no"));
}

TEST_F(ServerTest, HeadHasTheLengthAndNoBody) {
  Client client(start());
  client.send("HEAD /api/v1/ping HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string answer = client.answer(false);
  EXPECT_THAT(answer, HasSubstr("Content-Length: 13\r\n"));
  EXPECT_THAT(client.send(get("/api/v1/ping")).answer(), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, Http10IsServedAndClosed) {
  Client client(start());
  client.send("GET /api/v1/ping HTTP/1.0\r\n\r\n");
  const std::string answer = client.all();
  EXPECT_THAT(answer, HasSubstr("pong"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_F(ServerTest, ContinuesWhenAsked) {
  Client client(start());
  client.send(post("Content-Length: 3\r\nExpect: 100-continue\r\n", ""));
  EXPECT_EQ(client.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(client.send("abc").answer(), ::testing::EndsWith("abc"));
}

TEST_F(ServerTest, NoHeaderValueCanEndItsLine) {
  Client client(start());
  EXPECT_THAT(client.send(get("/api/v1/split")).answer(), Not(HasSubstr("\r\nSet-Cookie")));
}

TEST_F(ServerTest, BadFramingIsRefusedInWordsAndTheConnectionClosed) {
  const std::string host = "Host: localhost\r\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {post("Content-Length : 3\r\n", "abc"), "400"},
      {"GET / HTTP/1.1\nHost: localhost\n\n", "400"},
      {get("/", "X-A: a\r\n b\r\n"), "400"},
      {post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), "400"},
      {post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), "400"},
      {post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), "400"},
      {post("Content-Length: +3\r\n", "abc"), "400"},
      {post("Content-Length: 3, 3\r\n", "abc"), "400"},
      {post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), "501"},
      {post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), "501"},
      {post("Transfer-Encoding: chunked\r\n", "0x2\r\nab\r\n0\r\n\r\n"), "400"},
      {post("Transfer-Encoding: chunked\r\n", "2\nab\r\n0\r\n\r\n"), "400"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {get("/", "Host: other\r\n"), "400"},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
      {get("/", std::string("X-A: a\0b\r\n", 10)), "400"},
      {get("/", "X-A: " + std::string(20000, 'a') + "\r\n"), "431"},
      {get("/" + std::string(20000, 'a')), "414"},
      {get("/../etc/passwd"), "400"},
      {get("/%2e%2e%2fetc%00"), "400"},
      {get("http://localhost/"), "400"},
      {"CONNECT localhost:22 HTTP/1.1\r\n" + host + "\r\n", "405"},
      {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "405"},
      {"BREW / HTTP/1.1\r\n" + host + "\r\n", "501"},
      {"GET / HTTP/3.1\r\n" + host + "\r\n", "505"},
      {"GET /\r\n\r\n", "400"},
      {std::string("\x16\x03\x01\x02\x00\x01", 6), "400"},
      {get("/api/v1/ping", "Expect: miracle\r\n"), "417"},
      {get("/api/v1/ping", "Content-Length: 3\r\n") + "abc", "413"},
  };
  const std::uint16_t port = start();
  for (const auto& [bytes, status] : cases) {
    Client client(port);
    // What follows must never be taken for a request of its own.
    const std::string all = client.send(bytes).send(get("/api/v1/ping")).all();
    EXPECT_THAT(all, StartsWith("HTTP/1.1 " + status + " ")) << bytes;
    EXPECT_THAT(all, HasSubstr("application/problem+json")) << bytes;
    EXPECT_THAT(all, HasSubstr("\"detail_vi\":\"")) << bytes;
    EXPECT_THAT(all, Not(HasSubstr("pong"))) << bytes;
    EXPECT_THAT(all, Not(HasSubstr("(reset)"))) << bytes;
  }
}

TEST_F(ServerTest, TooManyFieldsAre431) {
  Client client(start());
  std::string fields;
  for (int i = 0; i < 64; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_THAT(client.send(get("/", fields)).all(), StartsWith("HTTP/1.1 431"));
}

TEST_F(ServerTest, ABodyOverTheRoutesLimitIsRefusedBeforeItIsRead) {
  const std::uint16_t port = start();
  Client announced(port);
  EXPECT_THAT(announced.send(post("Content-Length: 1001\r\n", "")).answer(),
              HasSubstr("\"args\":[\"1000\"]"));
  Client sent(port);
  const std::string all =
      sent.send(post("Content-Length: 900000\r\n", std::string(900000, 'a'))).all();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(all, Not(HasSubstr("(reset)")));
  Client chunked(port);
  const std::string chunk = "200\r\n" + std::string(512, 'a') + "\r\n";
  EXPECT_THAT(chunked.send(post("Transfer-Encoding: chunked\r\n", chunk + chunk)).answer(),
              StartsWith("HTTP/1.1 413"));
  Client fits(port);
  EXPECT_THAT(fits.send(post("Content-Length: 1000\r\n", std::string(1000, 'a'))).answer(),
              StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, SlowClientsAreCutAtTheDeadline) {
  options.header_deadline = 1s;
  options.body_deadline = 1s;
  const std::uint16_t port = start();
  const auto begun = std::chrono::steady_clock::now();
  Client head(port);
  Client body(port);
  Client silent(port);
  head.send("GET / HTTP/1.1\r\nHo");
  body.send(post("Content-Length: 10\r\n", "abc"));
  EXPECT_THAT(head.all(), StartsWith("HTTP/1.1 408"));
  EXPECT_THAT(body.all(), StartsWith("HTTP/1.1 408"));
  EXPECT_EQ(silent.all(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 6s);
}

TEST_F(ServerTest, BehindTlsBrowsersAreToldNeverToComeOtherwise) {
  {
    Client plain(start());
    EXPECT_THAT(plain.send(get("/api/v1/ping")).answer(), Not(HasSubstr("Strict-Transport")));
  }
  server.reset();
  options.only_https = true;
  Client behind(start());
  EXPECT_THAT(behind.send(get("/api/v1/ping")).answer(),
              HasSubstr("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
}

TEST_F(ServerTest, IdleConnectionsAreClosed) {
  options.idle = 1s;
  Client client(start());
  client.send(get("/api/v1/ping"));
  EXPECT_THAT(client.answer(), HasSubstr("pong"));
  EXPECT_EQ(client.all(), "");
}

TEST_F(ServerTest, BeyondTheQueueIs503) {
  options.workers = 1;
  options.queue_limit = 1;
  const std::uint16_t port = start();
  Client running(port);
  running.send(get("/api/v1/slow"));
  wait_for_slow(1);
  Client first(port);
  Client second(port);
  first.send(get("/api/v1/ping"));
  second.send(get("/api/v1/ping"));
  Client refused(port);
  std::this_thread::sleep_for(50ms);
  const std::string answer = refused.send(get("/api/v1/ping")).answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 2"));
  slow_may_end = true;
  EXPECT_THAT(running.answer(), HasSubstr("done"));
  first.answer();  // one of the two waited, the other was refused
  second.answer();
  EXPECT_THAT(refused.send(get("/api/v1/ping")).answer(), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, BeyondTheConnectionLimitIs503WhenAllAreBeingAnswered) {
  options.connection_limit = 1;
  const std::uint16_t port = start();
  Client first(port);
  first.send(get("/api/v1/slow"));
  wait_for_slow(1);
  Client second(port);
  EXPECT_THAT(second.send(get("/api/v1/ping")).all(), StartsWith("HTTP/1.1 503"));
  slow_may_end = true;
  EXPECT_THAT(first.answer(), HasSubstr("done"));
}

TEST_F(ServerTest, WhoWaitsLongestForItsClientMakesRoom) {
  options.connection_limit = 4;
  const std::uint16_t port = start();
  Client answered(port);
  answered.send(get("/api/v1/slow"));
  wait_for_slow(1);
  Client head(port), body(port), idle(port);
  head.send("GET / HTTP/1.1\r\nHo");
  std::this_thread::sleep_for(50ms);
  body.send(post("Content-Length: 10\r\n", "abc"));
  std::this_thread::sleep_for(50ms);
  EXPECT_THAT(idle.send(get("/api/v1/ping")).answer(), HasSubstr("pong"));

  Client fifth(port);
  EXPECT_THAT(fifth.send(get("/api/v1/ping")).answer(), HasSubstr("pong"));
  EXPECT_EQ(head.all(), "") << "it waited longest";
  Client sixth(port);
  EXPECT_THAT(sixth.send(get("/api/v1/ping")).answer(), HasSubstr("pong"));
  EXPECT_EQ(body.all(), "");
  EXPECT_THAT(idle.send(get("/api/v1/ping")).answer(), HasSubstr("pong")) << "its turn was later";
  slow_may_end = true;
  EXPECT_THAT(answered.answer(), HasSubstr("done")) << "who is being answered never makes room";
}

TEST_F(ServerTest, StoppingFinishesWhatIsInFlight) {
  const std::uint16_t port = start();
  Client idle(port);
  EXPECT_THAT(idle.send(get("/api/v1/ping")).answer(), HasSubstr("pong"));
  Client slow(port);
  slow.send(get("/api/v1/slow"));
  wait_for_slow(1);
  std::thread stopping([this] { server->stop(20s); });
  EXPECT_EQ(idle.all(), "");
  while (Client(port).is_open()) std::this_thread::sleep_for(5ms);
  slow_may_end = true;
  const std::string answer = slow.all();
  EXPECT_THAT(answer, HasSubstr("done"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  stopping.join();
}

TEST_F(ServerTest, StoppingDoesNotWaitLongerThanItsGrace) {
  Client slow(start());
  slow.send(get("/api/v1/slow"));
  wait_for_slow(1);
  std::thread later([this] {
    std::this_thread::sleep_for(1500ms);
    slow_may_end = true;
  });
  server->stop(1s);
  EXPECT_THAT(slow.all(), Not(HasSubstr("done")));
  later.join();
  server.reset();
}

TEST_F(ServerTest, ATakenPortIsAFailure) {
  options.port = start();
  Server second(router, options);
  EXPECT_ANY_THROW(second.start());
}

TEST_F(ServerTest, UnknownPathsAreProblemsAndTheRootSaysWhereTheApiIs) {
  Client client(start());
  EXPECT_THAT(client.send(get("/")).answer(), HasSubstr("/api/v1"));
  EXPECT_THAT(client.send(get("/x.js")).answer(), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(client.send(get("/api/v1/none?lang=en")).answer(),
              HasSubstr("\"detail\":\"There is nothing at this address."));
  EXPECT_THAT(client.send("DELETE /x.js HTTP/1.1\r\nHost: a\r\n\r\n").answer(),
              StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, ManyClientsAtOnceAllGetTheirOwnAnswer) {
  const std::uint16_t port = start();
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      Client client(port);
      for (int i = 0; i < 50; ++i) {
        const std::string body = std::to_string(t * 1000 + i);
        client.send(post("Content-Length: " + std::to_string(body.size()) + "\r\n", body));
        right += client.answer().ends_with("\r\n\r\n" + body) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
}

}  // namespace
}  // namespace http
