#pragma once

#include <set>
#include <string>

namespace office {

/// A cell's text as every table reader gives it: NFC, NBSP taken as blanks, outer blanks trimmed.
/// What was mended is added to `doubts`: "csv.nfd", "csv.nbsp". REQUIRES: valid UTF-8.
std::string clean_text(std::string text, std::set<std::string>& doubts);

/// A column's name as every table reader gives it: cleaned, blanks tidied, lower case.
std::string column_name(std::string text, std::set<std::string>& doubts);

}  // namespace office
