#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "auth/testing.h"
#include "http/json.h"
#include "journal/journal.h"
#include "store/testing.h"

namespace journal {
namespace {

class ActTest : public ::testing::TestWithParam<std::string> {
 protected:
  static http::Request post(const std::string& key, const std::string& body = "{}") {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/v1/requests";
    request.body = body;
    if (!key.empty()) request.headers.emplace_back("idempotency-key", key);
    return request;
  }
  base::Result<http::Response> run(const http::Request& request) { return run(request, lan); }
  base::Result<http::Response> run(const http::Request& request, const auth::Actor& actor) {
    return act(*db, actor, request, now, [&](store::Tx& tx) -> base::Result<http::Response> {
      const std::int64_t sequence =
          record(tx, actor, now, {"request.issued", "request:1", 0, "{}"});
      http::Response response = http::json_response({{"id", sequence}, {"tên", "xã"}}, 201);
      response.headers.emplace_back("ETag", "\"1\"");
      return response;
    });
  }
  std::int64_t count(const std::string& table) {
    return db->read([&](store::Tx& tx) {
      return tx.integer(store::Sql{"test.count", "select count(*) from " + table});
    });
  }
  static std::string code(const base::Result<http::Response>& refused) {
    return refused ? "(not refused)" : refused.error().front().code;
  }

  std::unique_ptr<store::Db> db = store::testing::fresh(GetParam());
  auth::Actor lan = auth::testing::actor_named(*db, "lan");
  base::Instant now{1'600'000'000'000'000};
};

TEST_P(ActTest, ARetryGetsTheSameBytesAndHasOneEffect) {
  const auto first = run(post("khoa-0001"));
  const auto again = run(post("khoa-0001"));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->status, 201);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(again->content_type, first->content_type);
  EXPECT_EQ(again->headers, first->headers);
  EXPECT_EQ(count("journal_leaf"), 1);
  ASSERT_TRUE(run(post("khoa-0002")));
  EXPECT_EQ(count("journal_leaf"), 2);
}

TEST_P(ActTest, TheSameKeyWithAnotherBodyIsRefused) {
  ASSERT_TRUE(run(post("khoa-0001")));
  EXPECT_EQ(code(run(post("khoa-0001", R"({"other":1})"))), "idempotency.key_reused");
  EXPECT_EQ(count("journal_leaf"), 1);
}

TEST_P(ActTest, AKeyBelongsToItsAccountAndItsRoute) {
  ASSERT_TRUE(run(post("khoa-0001")));
  ASSERT_TRUE(run(post("khoa-0001", "khác"), auth::testing::actor_named(*db, "minh")));
  http::Request elsewhere = post("khoa-0001", "khác nữa");
  elsewhere.path = "/api/v1/reports";
  ASSERT_TRUE(run(elsewhere));
  EXPECT_EQ(count("journal_leaf"), 3);
}

TEST_P(ActTest, ARefusalStoresNothing) {
  const auto refused =
      act(*db, lan, post("khoa-0001"), now, [&](store::Tx& tx) -> base::Result<http::Response> {
        record(tx, lan, now, {"request.issued", "request:1", 0, "{}"});
        return base::refuse(base::ProblemKind::conflict, "request.closed");
      });
  EXPECT_EQ(code(refused), "request.closed");
  EXPECT_EQ(count("journal_leaf"), 0);
  EXPECT_EQ(count("idempotency"), 0);
  EXPECT_TRUE(run(post("khoa-0001")));  // mended, and the key is still good
}

TEST_P(ActTest, PostsNeedAKeyAndItsForm) {
  EXPECT_EQ(code(run(post(""))), "idempotency.key_missing");
  EXPECT_EQ(code(run(post("ngắn"))), "idempotency.key_form");
  EXPECT_EQ(code(run(post("có dấu cách"))), "idempotency.key_form");
  EXPECT_EQ(code(run(post(std::string(201, 'k')))), "idempotency.key_form");
  EXPECT_EQ(count("journal_leaf"), 0);
}

TEST_P(ActTest, OtherMethodsMayDoWithoutAKey) {
  http::Request put = post("");
  put.method = http::Method::put;
  EXPECT_TRUE(run(put));
  EXPECT_TRUE(run(put));
  EXPECT_EQ(count("journal_leaf"), 2);
  EXPECT_EQ(count("idempotency"), 0);
}

TEST_P(ActTest, TwoAtOnceWithTheSameKeyHaveOneEffect) {
  for (int round = 0; round < 10; ++round) {
    const std::string key = "khoa-vong-" + std::to_string(round);
    std::vector<std::string> bodies(4);
    std::vector<std::thread> threads;
    for (std::string& body : bodies) {
      threads.emplace_back([&] {
        const auto answer = run(post(key));
        body = answer ? answer->body : answer.error().front().code;
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& body : bodies) EXPECT_EQ(body, bodies[0]);
    EXPECT_EQ(count("journal_leaf"), round + 1);
  }
}

TEST_P(ActTest, AnswersOlderThanAWeekAreSwept) {
  ASSERT_TRUE(run(post("khoa-0001")));
  now = base::Instant{now.microseconds + 8LL * 24 * 3600 * 1'000'000};
  for (int i = 0; i < 64; ++i) ASSERT_TRUE(run(post("khoa-moi-" + std::to_string(i))));
  EXPECT_EQ(count("idempotency"), 64);
}

INSTANTIATE_TEST_SUITE_P(Databases, ActTest, ::testing::ValuesIn(store::testing::databases()));

}  // namespace
}  // namespace journal
