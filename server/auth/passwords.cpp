#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <new>
#include <semaphore>
#include <stdexcept>

#include "auth/accounts.h"
#include "base/text.h"

namespace auth {
namespace {

constexpr std::size_t kShortest = 12;
constexpr std::size_t kLongest = 256;

/// Common passwords, folded; digits and dots put behind to reach a length do not save them.
constexpr std::array<std::string_view, 62> kCommon = {
    "123456789012",  "1234567890123",  "12345678901234", "123123123123",     "111111111111",
    "000000000000",  "121212121212",   "112233445566",   "123456123456",     "123456abcdef",
    "abcdefghijkl",  "abcdef123456",   "abc123abc123",   "aaaaaaaaaaaa",     "qwertyuiop",
    "qwertyuiop12",  "qwerty123456",   "qwertyqwerty",   "1q2w3e4r5t6y",     "1qaz2wsx3edc",
    "qazwsxedcrfv",  "asdfghjkl",      "zxcvbnm",        "passwordpassword", "password",
    "password@",     "p@ssword",       "p@ssw0rd",       "passw0rd",         "administrator",
    "adminadmin",    "admin@",         "letmeinletmein", "iloveyou",         "iloveyouiloveyou",
    "welcome",       "welcomewelcome", "changeme",       "changemechangeme", "matkhau",
    "mat khau",      "matkhaumatkhau", "matkhau@",       "matkhaumoi",       "matkhaumacdinh",
    "khongbiet",     "khongcomatkhau", "anhyeuem",       "emyeuanh",         "yeuemmaimai",
    "anhyeuemnhieu", "vietnam",        "vietnam@",       "vietnamvodich",    "vietnamvietnam",
    "hanoi",         "hanoivietnam",   "tphochiminh",    "thongsuot",        "thongsuotthongsuot",
    "uybannhandan",  "baocaobaocao",
};

/// Two at a time: each takes 64 MiB and a core, so a flood of sign-ins must not take the machine.
std::counting_semaphore<2> hashing_places{2};
constexpr std::chrono::seconds kLongestWait{4};

class HashingPlace {
 public:
  HashingPlace() : is_taken_(hashing_places.try_acquire_for(kLongestWait)) {}
  ~HashingPlace() {
    if (is_taken_) hashing_places.release();
  }
  HashingPlace(const HashingPlace&) = delete;
  explicit operator bool() const { return is_taken_; }

 private:
  bool is_taken_;
};

base::Problem busy() { return {base::ProblemKind::unavailable, "auth.busy", {}, {"5"}}; }

void need_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

bool is_common(const std::string& password) {
  std::string folded = base::fold(password);
  if (std::find(kCommon.begin(), kCommon.end(), folded) != kCommon.end()) return true;
  constexpr std::string_view kPadding = "0123456789!. ";
  folded.erase(folded.find_last_not_of(kPadding) + 1);
  return folded.empty() || std::find(kCommon.begin(), kCommon.end(), folded) != kCommon.end();
}

}  // namespace

base::Problems password_faults(const std::string& login, const std::string& password,
                               PasswordRule rule) {
  base::Problems problems;
  const auto fault = [&](const char* code, std::vector<std::string> args = {}) {
    problems.push_back({base::ProblemKind::invalid, code, "/password", std::move(args)});
  };
  if (!base::is_utf8(password) || password.find('\0') != std::string::npos) {
    fault("account.password_form");
    return problems;
  }
  const std::string composed = base::nfc(password);
  if (composed.size() > kLongest) fault("account.password_long", {std::to_string(kLongest)});
  if (composed.empty()) fault("account.password_short", {std::to_string(kShortest)});
  if (rule == PasswordRule::demo || composed.empty()) return problems;
  if (composed.size() < kShortest) fault("account.password_short", {std::to_string(kShortest)});
  if (is_common(composed)) fault("account.password_common");
  if (base::fold(composed) == base::fold(login)) fault("account.password_is_login");
  return problems;
}

base::Result<std::string> hash_password(const std::string& login, const std::string& password,
                                        HashCost cost, PasswordRule rule) {
  need_sodium();
  base::Problems problems = password_faults(login, password, rule);
  if (!problems.empty()) return base::refuse(std::move(problems));
  const HashingPlace place;
  if (!place) return base::refuse(busy());
  // Typed as NFD on one machine and NFC on another, it is the same password.
  const std::string composed = base::nfc(password);
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), composed.data(), composed.size(), cost.operations,
                            cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return std::string(out.data());
}

base::Result<bool> is_password(const std::string& password_hash, const std::string& password) {
  need_sodium();
  const bool is_usable = base::is_utf8(password) && password.size() <= 4 * kLongest;
  const std::string composed = is_usable ? base::nfc(password) : std::string();
  const HashingPlace place;
  if (!place) return base::refuse(busy());
  return crypto_pwhash_str_verify(password_hash.c_str(), composed.data(), composed.size()) == 0 &&
         is_usable;
}

}  // namespace auth
