#include "registry/document.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace registry {
namespace {

constexpr std::array<std::string_view, 4> kProfiles{"party-36-2018", "party-05-2026",
                                                    "state-nd30-2020", "front"};
constexpr std::array<std::string_view, 5> kRelations{"makes_concrete", "implements", "amends",
                                                     "replaces", "answers"};
constexpr std::array<DocumentKind, 36> kKinds{{
    {"NQ", "Nghị quyết"},
    {"QĐ", "Quyết định"},
    {"CT", "Chỉ thị"},
    {"KL", "Kết luận"},
    {"QC", "Quy chế"},
    {"QyĐ", "Quy định"},
    {"TC", "Thông cáo"},
    {"TT", "Thông tri"},
    {"TB", "Thông báo"},
    {"HD", "Hướng dẫn"},
    {"CTr", "Chương trình"},
    {"KH", "Kế hoạch"},
    {"PA", "Phương án"},
    {"ĐA", "Đề án"},
    {"DA", "Dự án"},
    {"BC", "Báo cáo"},
    {"BB", "Biên bản"},
    {"TTr", "Tờ trình"},
    {"HĐ", "Hợp đồng"},
    {"CĐ", "Công điện"},
    {"CV", "Công văn"},
    {"NĐ", "Nghị định"},
    {"L", "Luật"},
    {"BGN", "Bản ghi nhớ"},
    {"BTT", "Bản thỏa thuận"},
    {"GUQ", "Giấy ủy quyền"},
    {"GM", "Giấy mời"},
    {"GGT", "Giấy giới thiệu"},
    {"GNP", "Giấy nghỉ phép"},
    {"PG", "Phiếu gửi"},
    {"PC", "Phiếu chuyển"},
    {"PB", "Phiếu báo"},
    {"SY", "Sao y"},
    {"TrS", "Trích sao"},
    {"SL", "Sao lục"},
    {"TN", "Tuyên ngôn"},
}};
constexpr const char* kLetter = "CV";

bool is_mark(std::string_view mark) {
  return !mark.empty() && mark.size() <= 40 && mark.front() != '-' && mark.back() != '-' &&
         mark.find_first_of("/ \t") == std::string_view::npos;
}

std::string example_of(Profile profile) {
  return is_party(profile) ? "05-BC/HU" : profile == Profile::front ? "15/BC-MTTQ" : "05/BC-UBND";
}

/// The digits a number begins with, and the rest of it.
std::optional<std::pair<std::int64_t, std::string_view>> leading(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || number <= 0 || digits < 2 || (digits > 2 && text.front() == '0')) {
    return std::nullopt;
  }
  return std::pair(number, text.substr(digits));
}

std::optional<Number> party_number(std::string_view text) {
  const auto head = leading(text);
  if (!head || !head->second.starts_with('-')) return std::nullopt;
  const std::string_view rest = head->second.substr(1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Number made{head->first, std::string(rest.substr(0, slash)), std::string(rest.substr(slash + 1))};
  if (!kind_coded(made.kind) || !is_mark(made.mark)) return std::nullopt;
  return made;
}

std::optional<Number> state_number(std::string_view text) {
  const auto head = leading(text);
  if (!head || !head->second.starts_with('/')) return std::nullopt;
  const std::string_view rest = head->second.substr(1);
  const std::size_t hyphen = rest.find('-');
  const std::string_view first = rest.substr(0, hyphen);
  if (hyphen != std::string_view::npos && first != kLetter && kind_coded(first)) {
    Number made{head->first, std::string(first), std::string(rest.substr(hyphen + 1))};
    return is_mark(made.mark) ? std::optional(made) : std::nullopt;
  }
  // A letter names its issuer and the office that wrote it: 12/UBND-VX.
  if (!is_mark(rest)) return std::nullopt;
  return Number{head->first, kLetter, std::string(rest)};
}

}  // namespace

std::string_view name(Profile profile) { return kProfiles[static_cast<std::size_t>(profile)]; }

std::optional<Profile> profile_named(std::string_view name) {
  const auto at = std::find(kProfiles.begin(), kProfiles.end(), name);
  if (at == kProfiles.end()) return std::nullopt;
  return static_cast<Profile>(at - kProfiles.begin());
}

bool is_party(Profile profile) {
  return profile == Profile::party_36_2018 || profile == Profile::party_05_2026;
}

std::span<const DocumentKind> kinds() { return kKinds; }

const DocumentKind* kind_coded(std::string_view code) {
  const auto at = std::find_if(kKinds.begin(), kKinds.end(),
                               [&](const DocumentKind& kind) { return kind.code == code; });
  return at == kKinds.end() ? nullptr : &*at;
}

std::string_view name(RelationKind kind) { return kRelations[static_cast<std::size_t>(kind)]; }

std::string text_of(const Number& number, Profile profile) {
  const std::string digits = (number.sequence < 10 ? "0" : "") + std::to_string(number.sequence);
  if (is_party(profile)) return digits + "-" + number.kind + "/" + number.mark;
  if (number.kind == kLetter) return digits + "/" + number.mark;
  return digits + "/" + number.kind + "-" + number.mark;
}

std::string heading_of(const std::string& number, Profile profile) {
  return (is_party(profile) ? "Số " : "Số: ") + number;
}

base::Result<Number> read_number(std::string_view text, Profile profile, std::string field) {
  auto made = is_party(profile) ? party_number(text) : state_number(text);
  if (!made) {
    return base::refuse(base::ProblemKind::invalid, "document.number_form", std::move(field),
                        {std::string(text), example_of(profile)});
  }
  return *std::move(made);
}

base::Result<std::string> series_of(Profile profile, std::string_view kind, base::Date issued_on,
                                    const std::vector<Term>& terms) {
  if (!is_party(profile)) return std::to_string(issued_on.year());
  for (const Term& term : terms) {
    if (term.from <= issued_on && issued_on < term.to) {
      return std::string(kind) + " " + term.name;
    }
  }
  return base::refuse(base::ProblemKind::invalid, "document.no_term", "/issued_on",
                      {issued_on.text()});
}

}  // namespace registry
