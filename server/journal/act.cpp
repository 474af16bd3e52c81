#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <stdexcept>

#include "base/hash.h"
#include "journal/journal.h"

namespace journal {
namespace {

namespace json = boost::json;

constexpr std::int64_t kKeptMicroseconds = 7LL * 24 * 3600 * 1'000'000;
constexpr unsigned kSweepEvery = 64;  // acts between two sweeps of old answers

constexpr store::Sql kSweep{"journal.sweep_answers", R"(
  delete from idempotency where at < :oldest)"};
// First of all: a second request with the same key waits here until the first has committed.
constexpr store::Sql kClaim{"journal.claim_key", R"(
  insert into idempotency
    (account_id, route, key, body_hash, status, content_type, headers, body, at)
  values (:account, :route, :key, :body_hash, 0, '', '', '', :now)
  on conflict (account_id, route, key) do nothing)"};
constexpr store::Sql kKeep{"journal.keep_answer", R"(
  update idempotency
  set status = :status, content_type = :content_type, headers = :headers, body = :body
  where account_id = :account and route = :route and key = :key)"};
constexpr store::Sql kRecall{"journal.recall_answer", R"(
  select body_hash, status, content_type, headers, body from idempotency
  where account_id = :account and route = :route and key = :key)"};

struct Claim {
  std::int64_t account;
  std::string route;
  std::string key;
  std::string body_hash;
};

struct Kept {
  std::string body_hash;
  http::Response response;
};

const char* name_of(http::Method method) {
  switch (method) {
    case http::Method::post:
      return "POST";
    case http::Method::put:
      return "PUT";
    case http::Method::patch:
      return "PATCH";
    case http::Method::del:
      return "DELETE";
    default:
      throw std::logic_error("an act is never a GET");
  }
}

std::string text_of(const std::vector<std::pair<std::string, std::string>>& headers) {
  json::array array;
  for (const auto& [name, value] : headers) array.push_back(json::array{name, value});
  return json::serialize(array);
}

std::vector<std::pair<std::string, std::string>> headers_of(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> headers;
  const json::value array = json::parse(text);
  for (const json::value& pair : array.as_array()) {
    headers.emplace_back(json::value_to<std::string>(pair.at(0)),
                         json::value_to<std::string>(pair.at(1)));
  }
  return headers;
}

base::Result<void> check_key(const http::Request& request) {
  const auto key = request.header("idempotency-key");
  if (!key) {
    if (request.method != http::Method::post) return {};
    return base::refuse(base::ProblemKind::malformed, "idempotency.key_missing");
  }
  const bool is_printable =
      std::all_of(key->begin(), key->end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
  if (key->size() >= 8 && key->size() <= 200 && is_printable) return {};
  return base::refuse(base::ProblemKind::malformed, "idempotency.key_form");
}

base::Result<http::Response> recall(store::Tx& tx, const Claim& claim) {
  const auto kept =
      tx.one(kRecall, {{"account", claim.account}, {"route", claim.route}, {"key", claim.key}},
             [](const store::Row& row) {
               return Kept{row.string(0),
                           {.status = static_cast<int>(row.integer(1)),
                            .content_type = row.string(2),
                            .body = row.string(4),
                            .headers = headers_of(row.string(3))}};
             });
  if (!kept) throw std::runtime_error("an answer was swept while it was asked for");
  if (kept->body_hash != claim.body_hash) {
    return base::refuse(base::ProblemKind::invalid, "idempotency.key_reused");
  }
  return kept->response;
}

void keep(store::Tx& tx, const Claim& claim, const http::Response& response) {
  tx.run(kKeep, {{"account", claim.account},
                 {"route", claim.route},
                 {"key", claim.key},
                 {"status", response.status},
                 {"content_type", response.content_type},
                 {"headers", text_of(response.headers)},
                 {"body", response.body}});
}

}  // namespace

base::Result<http::Response> act(
    store::Db& db, const auth::Actor& actor, const http::Request& request, base::Instant now,
    const std::function<base::Result<http::Response>(store::Tx&)>& work) {
  RETURN_IF_REFUSED(check_key(request));
  const auto key = request.header("idempotency-key");
  if (!key) return db.write(work);

  static std::atomic<unsigned> acts = 0;
  const bool sweeps = acts++ % kSweepEvery == 0;
  const Claim claim{actor.account().value,
                    std::string(name_of(request.method)) + " " + request.path, std::string(*key),
                    base::sha256_hex(request.body)};
  return db.write([&](store::Tx& tx) -> base::Result<http::Response> {
    if (sweeps) tx.run(kSweep, {{"oldest", now.microseconds - kKeptMicroseconds}});
    const std::int64_t claimed = tx.run(kClaim, {{"account", claim.account},
                                                 {"route", claim.route},
                                                 {"key", claim.key},
                                                 {"body_hash", claim.body_hash},
                                                 {"now", now}});
    if (claimed == 0) return recall(tx, claim);
    ASSIGN_OR_RETURN(http::Response response, work(tx));
    keep(tx, claim, response);
    return response;
  });
}

}  // namespace journal
