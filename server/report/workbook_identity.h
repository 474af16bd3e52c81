#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace report {

/// What a workbook that was sent out says of itself. Pure.
struct WorkbookIdentity {
  std::int64_t report = 0;
  std::string unit;           ///< code on the period's last day, letters and digits only
  std::string period;         ///< "2022-04"
  std::int64_t revision = 0;  ///< of the report, when it was written
  std::string form;           ///< fingerprint of its cells in their order
  std::string given;          ///< fingerprint of what stood in them

  friend bool operator==(const WorkbookIdentity&, const WorkbookIdentity&) = default;
};

/// The place's own key (workbook_store.h): who has it can make identities.
struct PlaceKey {
  std::string name;  ///< open: tells one place from another
  std::string secret;
};

/// "TS1|17|10183|2022-04|3|<form>|<given>|<place>|<HMAC-SHA-256 of all before, 128 bits>".
std::string sealed(const WorkbookIdentity& identity, const PlaceKey& key);

/// Does the text look like an identity, sound or not?
bool looks_sealed(std::string_view text);

/// Refuses "workbook.other_place" (sealed elsewhere) and "workbook.tampered" (its seal does not
/// hold, or it is out of form).
base::Result<WorkbookIdentity> unsealed(std::string_view text, const PlaceKey& key);

/// 32 hex digits of SHA-256 over the lines.
std::string fingerprint(const std::vector<std::string>& lines);

/// The unit's code with nothing but letters, digits, dots, dashes and low lines.
std::string plain_code(std::string_view code);

}  // namespace report
