#include "auth/second_factor.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "base/hash.h"

namespace auth::second_factor {
namespace {

constexpr std::size_t kSecretBytes = 20;  // as long as SHA-1's answer (RFC 4226, R6)
constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kWindow = 1;
constexpr int kRecoveryCodes = 10;
constexpr std::string_view kRecoveryLetters = "23456789abcdefghjkmnpqrstuvwxyz";  // none mistaken
constexpr std::size_t kRecoveryLength = 10;

std::string context_of(AccountId account) {
  return "second_factor:" + std::to_string(account.value);
}

std::string base32(const std::string& bytes) {
  char* out = nullptr;
  std::size_t size = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &out, &size) != OATH_OK)
    throw std::bad_alloc();
  const std::unique_ptr<char, decltype(&std::free)> held(out, &std::free);
  std::string text(out, size);
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  return text;
}

/// Letters and digits as typed, without the gaps people put in.
std::string tidied(const std::string& code) {
  std::string tidy;
  for (const char letter : code) {
    if (letter == ' ' || letter == '-') continue;
    tidy += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return tidy;
}

std::string recovery_code() {
  std::string code;
  for (std::size_t i = 0; i < kRecoveryLength; ++i) {
    if (i == kRecoveryLength / 2) code += '-';
    code +=
        kRecoveryLetters[randombytes_uniform(static_cast<std::uint32_t>(kRecoveryLetters.size()))];
  }
  return code;
}

struct Kept {
  std::string sealed;
  bool is_on = false;
  std::int64_t last_step = 0;
};

constexpr store::Sql kFind{
    "second_factor.find",
    "select sealed_secret, is_on, last_step from second_factor where account_id = :account"};

std::optional<Kept> find(store::Tx& tx, AccountId account) {
  return tx.one(kFind, {{"account", account}}, [](const store::Row& row) {
    return Kept{row.string(0), row.integer(1) == 1, row.integer(2)};
  });
}

/// The step a code is of, or none.
std::optional<std::int64_t> step_of(const std::string& secret, const std::string& code,
                                    base::Instant now) {
  if (code.size() != 6 || !std::all_of(code.begin(), code.end(),
                                       [](unsigned char c) { return std::isdigit(c) != 0; })) {
    return std::nullopt;
  }
  std::uint64_t step = 0;
  const int found = oath_totp_validate4(secret.data(), secret.size(), now.microseconds / 1'000'000,
                                        kStepSeconds, 0, kWindow, nullptr, &step, 0, code.c_str());
  if (found < 0) return std::nullopt;
  return static_cast<std::int64_t>(step);
}

constexpr store::Sql kStep{"second_factor.step",
                           "update second_factor set last_step = :step, is_on = 1 "
                           "where account_id = :account and last_step < :step"};

/// Each code opens once: its step is written, and only a later one is taken afterwards.
bool takes_code(store::Tx& tx, AccountId account, const Kept& kept, const SealingKey& key,
                const std::string& code, base::Instant now) {
  auto secret = key.open(kept.sealed, context_of(account));
  if (!secret) return false;
  const auto step = step_of(*secret, code, now);
  sodium_memzero(secret->data(), secret->size());
  return step && tx.run(kStep, {{"account", account}, {"step", *step}}) == 1;
}

constexpr store::Sql kUse{"second_factor.use_recovery_code",
                          "update recovery_code set used_at = :now where account_id = :account and "
                          "code_hash = :hash and used_at is null"};

bool takes_recovery_code(store::Tx& tx, AccountId account, const std::string& code,
                         base::Instant now) {
  return tx.run(kUse, {{"account", account},
                       {"hash", base::sha256_hex(context_of(account) + code)},
                       {"now", now}}) == 1;
}

constexpr store::Sql kForgetCodes{"second_factor.forget_codes",
                                  "delete from recovery_code where account_id = :account"};
constexpr store::Sql kForget{"second_factor.forget",
                             "delete from second_factor where account_id = :account"};
constexpr store::Sql kKeep{"second_factor.keep",
                           "insert into second_factor (account_id, sealed_secret, begun_at) "
                           "values (:account, :sealed, :now)"};
constexpr store::Sql kKeepCode{"second_factor.keep_code",
                               "insert into recovery_code (account_id, code_hash) "
                               "values (:account, :hash)"};
constexpr store::Sql kLeft{"second_factor.codes_left",
                           "select count(*) from recovery_code where account_id = :account and "
                           "used_at is null"};

}  // namespace

Standing standing(store::Tx& tx, AccountId account) {
  const auto kept = find(tx, account);
  if (!kept) return {};
  return {kept->is_on ? State::on : State::begun, tx.integer(kLeft, {{"account", account}})};
}

base::Result<Begun> begin(store::Tx& tx, const Account& account, const SealingKey& key,
                          base::Instant now) {
  if (standing(tx, account.id).state == State::on) {
    return base::refuse(base::ProblemKind::conflict, "auth.second_factor_on");
  }
  remove(tx, account.id);
  std::string secret(kSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  tx.run(kKeep, {{"account", account.id},
                 {"sealed", key.seal(secret, context_of(account.id))},
                 {"now", now}});
  const std::string typed = base32(secret);
  sodium_memzero(secret.data(), secret.size());
  return Begun{typed, "otpauth://totp/Th%C3%B4ng%20Su%E1%BB%91t:" + account.login +
                          "?secret=" + typed + "&issuer=Th%C3%B4ng%20Su%E1%BB%91t"};
}

base::Result<std::vector<std::string>> confirm(store::Tx& tx, AccountId account,
                                               const SealingKey& key, const std::string& code,
                                               base::Instant now) {
  const auto kept = find(tx, account);
  if (!kept) return base::refuse(base::ProblemKind::conflict, "auth.second_factor_not_begun");
  if (kept->is_on) return base::refuse(base::ProblemKind::conflict, "auth.second_factor_on");
  if (!takes_code(tx, account, *kept, key, tidied(code), now)) {
    return base::refuse(base::ProblemKind::invalid, "auth.code_wrong", "/code");
  }
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(recovery_code());
    tx.run(kKeepCode, {{"account", account},
                       {"hash", base::sha256_hex(context_of(account) + tidied(codes.back()))}});
  }
  return codes;
}

bool opens(store::Tx& tx, AccountId account, const SealingKey& key, const std::string& code,
           base::Instant now) {
  const auto kept = find(tx, account);
  const std::string tidy = tidied(code);
  return kept && kept->is_on &&
         (takes_code(tx, account, *kept, key, tidy, now) ||
          takes_recovery_code(tx, account, tidy, now));
}

void remove(store::Tx& tx, AccountId account) {
  tx.run(kForgetCodes, {{"account", account}});
  tx.run(kForget, {{"account", account}});
}

}  // namespace auth::second_factor
