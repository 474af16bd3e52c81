#pragma once

#include <optional>

#include "office/read_xlsx.h"

namespace office {

/// Takes out of the sheet the cells that a merged one covers: they may still hold what they held
/// before, which nobody sees. `has_hidden` says whether there were any. Gives back a range that
/// overlaps another, which Excel calls damage; the sheet is then half done. Takes time in
/// proportion to cells and ranges, however they lie.
std::optional<Workbook::Range> hide_covered(Workbook::Sheet& sheet, bool& has_hidden);

}  // namespace office
