#include "publish/bulletin.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace publish {
namespace {

using base::ProblemKind;

constexpr std::array<Category, 6> kCategories{{
    {"tin-hoat-dong", "Tin hoạt động", "News"},
    {"kiem-tra-giam-sat", "Kiểm tra, giám sát", "Inspection"},
    {"phong-trao", "Phong trào, cuộc vận động", "Movements and campaigns"},
    {"dien-hinh", "Điển hình, mô hình hay", "Model examples"},
    {"so-lieu", "Số liệu", "Figures"},
    {"thong-bao", "Thông báo", "Announcements"},
}};

constexpr std::size_t kLongestSlug = 80;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::span<const Category> categories() { return kCategories; }

const Category* category_of(std::string_view code) {
  const auto at = std::find_if(kCategories.begin(), kCategories.end(),
                               [&](const Category& one) { return one.code == code; });
  return at == kCategories.end() ? nullptr : &*at;
}

std::string object_of(BulletinId id) { return "bulletin:" + std::to_string(id.value); }

base::Problems faults_of_words(const Bulletin& bulletin) {
  base::Problems problems;
  const auto fault = [&](const char* code, std::string field) {
    problems.push_back({ProblemKind::invalid, code, std::move(field), {}});
  };
  if (category_of(bulletin.category) == nullptr) fault("bulletin.category", "/category");
  for (std::size_t i = 0; i < bulletin.body.size(); ++i) {
    if (bulletin.body[i].text.empty()) {
      fault("bulletin.paragraph_empty", "/body/" + std::to_string(i) + "/text");
    }
  }
  if (bulletin.source.kind.empty() != bulletin.source.text.empty()) {
    fault("bulletin.source_text", "/source");
  }
  return problems;
}

base::Problems faults_of_picture(const std::string& caption, const std::string& alternative) {
  base::Problems problems;
  if (caption.empty()) {
    problems.push_back({ProblemKind::invalid, "picture.caption_missing", "/caption", {}});
  }
  if (alternative.empty()) {
    problems.push_back({ProblemKind::invalid, "picture.alternative_missing", "/alternative", {}});
  } else if (alternative == caption) {
    problems.push_back(
        {ProblemKind::invalid, "picture.alternative_is_caption", "/alternative", {}});
  }
  return problems;
}

base::Problems lacking(const Bulletin& bulletin) {
  base::Problems problems;
  if (bulletin.lead.empty()) {
    problems.push_back({ProblemKind::conflict, "bulletin.no_lead", "/lead", {}});
  }
  const bool has_body = std::any_of(bulletin.body.begin(), bulletin.body.end(),
                                    [](const Paragraph& one) { return !one.is_heading; });
  if (!has_body) problems.push_back({ProblemKind::conflict, "bulletin.no_body", "/body", {}});
  return problems;
}

std::string slug_of(std::string_view title) {
  std::string made;
  for (const char c : base::fold(title)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || is_digit(c);
    if (is_plain) made += c;
    if (!is_plain && !made.empty() && made.back() != '-') made += '-';
  }
  if (made.size() > kLongestSlug) {
    made.resize(kLongestSlug);
    const std::size_t dash = made.rfind('-');
    if (dash != std::string::npos && dash > kLongestSlug / 2) made.resize(dash);
  }
  while (!made.empty() && made.back() == '-') made.pop_back();
  return made.empty() ? "ban-tin" : made;
}

base::Result<base::Instant> moment_of(base::Date day, const std::string& time,
                                      const base::Clock& clock) {
  const bool has_form = time.size() == 5 && is_digit(time[0]) && is_digit(time[1]) &&
                        time[2] == ':' && is_digit(time[3]) && is_digit(time[4]);
  const int hour = has_form ? (time[0] - '0') * 10 + time[1] - '0' : 24;
  const int minute = has_form ? (time[3] - '0') * 10 + time[4] - '0' : 60;
  if (hour > 23 || minute > 59) return base::refuse(ProblemKind::invalid, "bulletin.time", "/time");
  const std::int64_t minutes = std::int64_t{day.days().time_since_epoch().count()} * 24 * 60 +
                               hour * 60 + minute - clock.offset_minutes;
  return base::Instant{minutes * 60 * 1'000'000};
}

}  // namespace publish
