#include "report/workbook_identity.h"

#include <charconv>

#include "base/hash.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr std::string_view kKind = "TS1";
constexpr std::size_t kDigits = 32;

std::string seal_of(std::string_view text, const PlaceKey& key) {
  return base::hmac_sha256_hex(key.secret, text).substr(0, kDigits);
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t bar = std::min(text.find('|', from), text.size());
    parts.emplace_back(text.substr(from, bar - from));
    from = bar + 1;
  }
  return parts;
}

bool read(const std::string& text, std::int64_t& number) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size() && number > 0;
}

/// Takes as long whatever the two have in common.
bool same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    differs |= static_cast<unsigned>(static_cast<unsigned char>(one[i]) ^
                                     static_cast<unsigned char>(other[i]));
  return differs == 0;
}

}  // namespace

std::string sealed(const WorkbookIdentity& identity, const PlaceKey& key) {
  std::string text(kKind);
  for (const std::string& part :
       {std::to_string(identity.report), identity.unit, identity.period,
        std::to_string(identity.revision), identity.form, identity.given, key.name}) {
    text += "|" + part;
  }
  return text + "|" + seal_of(text, key);
}

bool looks_sealed(std::string_view text) {
  return text.starts_with(kKind) && text.size() > kKind.size() && text[kKind.size()] == '|';
}

base::Result<WorkbookIdentity> unsealed(std::string_view text, const PlaceKey& key) {
  const auto tampered = [] { return base::refuse(ProblemKind::invalid, "workbook.tampered"); };
  const std::vector<std::string> parts = parts_of(text);
  if (parts.size() != 9 || parts[0] != kKind) return tampered();
  if (parts[7] != key.name) return base::refuse(ProblemKind::invalid, "workbook.other_place");
  if (!same(parts[8], seal_of(text.substr(0, text.rfind('|')), key))) return tampered();
  WorkbookIdentity made{0, parts[2], parts[3], 0, parts[5], parts[6]};
  if (!read(parts[1], made.report) || !read(parts[4], made.revision)) return tampered();
  return made;
}

std::string fingerprint(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line + "\n";
  return base::sha256_hex(bytes).substr(0, kDigits);
}

std::string plain_code(std::string_view code) {
  std::string made;
  for (const char c : code) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
    made += is_plain ? c : '_';
  }
  return made;
}

}  // namespace report
