#pragma once

#include <string>
#include <vector>

#include "office/profile.h"

namespace office {

/// What a profile prescribes. Margins in twips, sizes in half points.
struct Form {
  int top = 0, bottom = 0, left = 0, right = 0;
  int superior = 0, issuer = 0, title = 0, motto = 0, number = 0, place_date = 0, type = 0,
      subject = 0, body = 0, heading = 0, signature = 0, recipients_title = 0, recipients = 0;
  int table = 22;
  int header_left = 0;  ///< width of the left column: the right one holds its title on a line
  const char* title_text = "";
  const char* motto_text = nullptr;    ///< under the title; the rule is under the last of the two
  const char* issuer_mark = nullptr;   ///< under the issuer; a rule of 2/5 when null
  const char* subject_mark = nullptr;  ///< under the subject; a rule of 2/5 when null
  const char* letter_mark = "V/v ";    ///< before the subject of a letter, under its number
  int letter_before = 120;             ///< above that subject
  bool letter_italic = false;
  const char* list_mark = ";";  ///< closes each recipient but the last
  int number_before = 0;        ///< above number and date
  bool signs_title_bold = true;
  bool recipients_underlined = false;  ///< "Nơi nhận:"; bold italic otherwise
};

const Form& form_of(Profile profile);

int text_width(const Form& form, bool landscape);

/// "- Như trên,": one line of a list, closed by `mark` whatever the caller closed it with.
std::string list_line(const std::string& text, const char* mark);
/// The lines under "Nơi nhận:", as the profile closes them; the last with a full stop.
std::vector<std::string> recipient_lines(const std::vector<std::string>& all, Profile profile);

}  // namespace office
