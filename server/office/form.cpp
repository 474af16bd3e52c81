#include "office/form.h"

#include "office/wordml.h"

namespace office {
namespace {

constexpr std::array<std::string_view, kProfiles.size()> kNames{
    "party-36-2018", "party-05-2026", "state-nd30-2020", "front", "youth-union"};

/// Guidance 36-HD/VPTW, annex 3.
Form party() {
  Form made{.top = mm(20), .bottom = mm(20), .left = mm(30), .right = mm(15)};
  made.superior = made.issuer = made.number = made.place_date = 28;
  made.title = 30, made.type = 32;
  made.subject = made.body = made.heading = made.signature = 28;
  made.recipients_title = 28, made.recipients = 24;
  made.header_left = mm(74);
  made.title_text = "ĐẢNG CỘNG SẢN VIỆT NAM";
  made.issuer_mark = "*", made.subject_mark = "-----", made.list_mark = ",";
  made.letter_mark = "", made.letter_before = 0, made.letter_italic = true;
  made.signs_title_bold = false, made.recipients_underlined = true;
  return made;
}

/// Guidance 29-HD/TWĐTN-VP: the Party's manner under the Union's own title.
Form youth_union() {
  Form made = party();
  made.right = mm(20);
  made.title_text = "ĐOÀN TNCS HỒ CHÍ MINH";
  made.issuer_mark = "***", made.list_mark = ";";
  return made;
}

/// Decree 30/2020/NĐ-CP, annex I.
Form state() {
  Form made{.top = mm(20), .bottom = mm(20), .left = mm(30), .right = mm(15)};
  made.superior = made.issuer = made.title = made.number = made.place_date = 26;
  made.motto = made.type = made.subject = made.body = made.heading = made.signature = 28;
  made.recipients_title = 24, made.recipients = 22;
  made.header_left = mm(67);
  made.title_text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  made.motto_text = "Độc lập - Tự do - Hạnh phúc";
  made.number_before = 80;
  return made;
}

/// The State's form; the Front's own name needs the smaller size to stand on one line.
Form front() {
  Form made = state();
  made.superior = 24;
  return made;
}

}  // namespace

std::string_view name(Profile profile) { return kNames[static_cast<std::size_t>(profile)]; }

std::optional<Profile> profile_named(std::string_view name) {
  for (const Profile profile : kProfiles) {
    if (office::name(profile) == name) return profile;
  }
  return std::nullopt;
}

std::string place_and_date(const std::string& place, base::Date day) {
  const auto two = [](unsigned number, unsigned below) {
    return (number < below ? "0" : "") + std::to_string(number);
  };
  return place + ", ngày " + two(static_cast<unsigned>(day.day()), 10) + " tháng " +
         two(static_cast<unsigned>(day.month()), 3) + " năm " + std::to_string(day.year());
}

const Form& form_of(Profile profile) {
  static const Form kParty = party(), kState = state(), kFront = front(),
                    kYouthUnion = youth_union();
  switch (profile) {
    case Profile::party_36_2018:
    case Profile::party_05_2026:
      return kParty;
    case Profile::state_nd30_2020:
      return kState;
    case Profile::front:
      return kFront;
    case Profile::youth_union:
      return kYouthUnion;
  }
  return kState;
}

int text_width(const Form& form, bool landscape) {
  return (landscape ? kA4Long : kA4Short) - form.left - form.right;
}

std::string list_line(const std::string& text, const char* mark) {
  if (text.starts_with("{{")) return text;  // a template's field, which brings its own
  const std::size_t end = text.find_last_not_of(" .,;");
  return "- " + (end == std::string::npos ? text : text.substr(0, end + 1)) + mark;
}

std::vector<std::string> recipient_lines(const std::vector<std::string>& all, Profile profile) {
  std::vector<std::string> lines;
  for (const std::string& one : all) {
    lines.push_back(list_line(one, &one == &all.back() ? "." : form_of(profile).list_mark));
  }
  return lines;
}

}  // namespace office
