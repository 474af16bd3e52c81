#pragma once

#include <string>

#include "base/period.h"

namespace report {

/// "tháng 4 năm 2022", "quý III năm 2022", "6 tháng đầu năm 2022", as papers write it.
std::string period_words(const base::Period& period);

}  // namespace report
