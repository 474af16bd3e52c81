#include "store/postgres/connection.h"

#include <poll.h>

#include <array>
#include <cerrno>

#include "store/params.h"
#include "store/sql_text.h"

namespace store::postgres {
namespace {

constexpr std::size_t kPreparedStatements = 256;
constexpr int kSilenceBeforeKnocking = 3000;  // milliseconds
constexpr int kSilenceBetweenKnocks = 1000;   // milliseconds
constexpr int kKnocks = 2;                    // a busy server may miss one
constexpr const char* kKnockTimeout = "3";    // seconds
constexpr Oid kUnknownType = 0;
constexpr Oid kBigint = 20;
constexpr Oid kText = 25;

std::string_view field(const PGresult* result, int code) {
  const char* const text = PQresultErrorField(result, code);
  return text ? text : "";
}

/// The server's words, without the values that some of its messages quote.
std::string described(const PGresult* result, std::string_view name) {
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  std::string words = std::string(name) + ": ";
  words +=
      state.starts_with("22") ? "a value does not fit" : field(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  if (!constraint.empty()) words += ", constraint " + std::string(constraint);
  return words + " (SQLSTATE " + std::string(state) + ")";
}

Oid type_of(const Value& value) {
  if (std::holds_alternative<std::int64_t>(value.held())) return kBigint;
  if (std::holds_alternative<std::string>(value.held())) return kText;
  return kUnknownType;
}

/// The parameters of one run as libpq wants them.
class Bound {
 public:
  Bound(const Sql& sql, const std::vector<std::string>& names, Params params) {
    numbers_.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Value::Held& held = value_for(sql, names[i], params, i).held();
      if (const auto* const number = std::get_if<std::int64_t>(&held)) {
        numbers_[i] = std::to_string(*number);
        values_.push_back(numbers_[i].c_str());
      } else if (const auto* const text = std::get_if<std::string>(&held)) {
        values_.push_back(text->c_str());
      } else {
        values_.push_back(nullptr);
      }
    }
    refuse_extra(sql, names.size(), params);
  }
  int size() const { return static_cast<int>(values_.size()); }
  const char* const* get() const { return values_.data(); }

 private:
  std::vector<std::string> numbers_;
  std::vector<const char*> values_;
};

}  // namespace

Connection::Connection(const std::string& dsn) : warning_(std::make_unique<std::string>()) {
  // What stands before the DSN it may override; what stands after it is ours.
  constexpr std::array kKeys{"connect_timeout",  "tcp_user_timeout",
                             "application_name", "dbname",
                             "client_encoding",  static_cast<const char*>(nullptr)};
  const std::array values{"5",         "10000", "thongsuot",
                          dsn.c_str(), "UTF8",  static_cast<const char*>(nullptr)};
  connection_.reset(PQconnectdbParams(kKeys.data(), values.data(), 1));
  if (!is_usable()) {
    throw Lost("cannot connect to PostgreSQL: " + std::string(PQerrorMessage(connection_.get())));
  }
  PQsetNoticeReceiver(connection_.get(), note_warning, warning_.get());
  execute("set client_min_messages = warning", "set");
}

void Connection::note_warning(void* self, const PGresult* notice) {
  *static_cast<std::string*>(self) = field(notice, PG_DIAG_MESSAGE_PRIMARY);
}

bool Connection::is_usable() const {
  return !is_silent_ && PQstatus(connection_.get()) == CONNECTION_OK;
}

bool Connection::is_server_answering() const noexcept {
  const std::array<const char*, 4> keys{"host", "port", "connect_timeout", nullptr};
  const std::array<const char*, 4> values{PQhost(connection_.get()), PQport(connection_.get()),
                                          kKnockTimeout, nullptr};
  // "Rejected" is an answer too: its postmaster lives and will end our session if that is over.
  return PQpingParams(keys.data(), values.data(), 0) != PQPING_NO_RESPONSE;
}

bool Connection::wait_for_input() noexcept {
  int unanswered = 0;
  while (PQisBusy(connection_.get()) != 0) {
    pollfd watched{PQsocket(connection_.get()), POLLIN, 0};
    const int wait = unanswered == 0 ? kSilenceBeforeKnocking : kSilenceBetweenKnocks;
    const int ready = ::poll(&watched, 1, wait);
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) {
      unanswered = is_server_answering() ? 0 : unanswered + 1;
      if (unanswered < kKnocks) continue;
      is_silent_ = true;
      return false;
    }
    if (ready < 0 || PQconsumeInput(connection_.get()) == 0) return true;  // the result says it
  }
  return true;
}

PGresult* Connection::awaited(int is_sent) noexcept {
  if (is_sent == 0 || is_silent_) return nullptr;
  PGresult* last = nullptr;
  for (;;) {
    if (!wait_for_input()) {
      PQclear(last);
      return nullptr;
    }
    PGresult* const next = PQgetResult(connection_.get());
    if (next == nullptr) return last;
    if (last != nullptr && PQresultStatus(last) == PGRES_FATAL_ERROR) {
      PQclear(next);
      continue;
    }
    PQclear(last);
    last = next;
  }
}

Result Connection::checked(PGresult* raw, std::string_view name) {
  Result result(raw);
  const ExecStatusType status = PQresultStatus(raw);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) {
    return result;
  }
  const std::string_view state = raw ? field(raw, PG_DIAG_SQLSTATE) : "";
  if (!is_usable() || state.empty()) {
    throw Lost(std::string(name) +
               ": lost PostgreSQL: " + std::string(PQerrorMessage(connection_.get())));
  }
  const std::string words = described(raw, name);
  if (state == "40001" || state == "40P01") throw Collision(words);
  if (state == "53100") throw DiskFull(words);
  if (state.starts_with("23")) throw ConstraintFailure(words);
  throw Failure(words);
}

Result Connection::execute(const char* text, std::string_view name) {
  return checked(awaited(PQsendQuery(connection_.get(), text)), name);
}

const Connection::Prepared& Connection::prepared(const Sql& sql, Params params) {
  // Without its kind a parameter may be taken for a 32-bit number or a text by what stands near it.
  std::string key(sql.text);
  for (const Param& param : params) {
    key += '\n' + std::string(param.name) + ' ' + std::to_string(type_of(param.value));
  }
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    prepared_.splice(prepared_.begin(), prepared_, found->second);
    return prepared_.front();
  }
  Numbered statement = numbered(sql.text);
  std::vector<Oid> types;
  for (const auto& name : statement.names) types.push_back(type_of(value_for(sql, name, params)));
  std::string name = std::to_string(++names_given_);
  name.insert(name.begin(), 's');
  checked(awaited(PQsendPrepare(connection_.get(), name.c_str(), statement.text.c_str(),
                                static_cast<int>(types.size()), types.data())),
          sql.name);
  prepared_.push_front({std::move(key), std::move(name), std::move(statement.names)});
  by_key_.emplace(prepared_.front().key, prepared_.begin());
  if (prepared_.size() > kPreparedStatements) {
    execute(("deallocate " + prepared_.back().name).c_str(), "deallocate");
    by_key_.erase(prepared_.back().key);
    prepared_.pop_back();
  }
  return prepared_.front();
}

Result Connection::run(const Sql& sql, Params params) {
  const Prepared& statement = prepared(sql, params);
  const Bound bound(sql, statement.params, params);
  return checked(awaited(PQsendQueryPrepared(connection_.get(), statement.name.c_str(),
                                             bound.size(), bound.get(), nullptr, nullptr, 0)),
                 sql.name);
}

void Connection::commit() {
  warning_->clear();
  Result result;
  try {
    result = execute("commit", "commit");
  } catch (const Lost& lost) {
    throw Failure("in doubt, look whether it was done before doing it again: " +
                  std::string(lost.what()));
  }
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw Failure("commit: an earlier failure has ended the transaction");
  }
  // The server says so when it gave up waiting for the standby that must have the data too.
  if (!warning_->empty()) throw Failure("in doubt, committed with a warning: " + *warning_);
}

void Connection::roll_back() noexcept {
  if (is_silent_ || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Result result(awaited(PQsendQuery(connection_.get(), "rollback")));
}

}  // namespace store::postgres
