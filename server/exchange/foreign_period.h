#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/period.h"
#include "base/result.h"

/// Periods as DHIS2 and ADX write them. Pure.
namespace exchange {

/// 202101 or 2021-01 month, 2021Q1 quarter, 2021S1 half, 2021 year; of ADX a first day and an ISO
/// 8601 duration: 2021-01-01/P1M, P3M, P6M, P9M, P1Y or P12M, beginning where such a period does.
/// Refused: days, weeks, fortnights, pairs of months, years and halves that begin elsewhere than in
/// January ("exchange.period_type", args: the text and what it is), and what is no period at all
/// ("exchange.period").
base::Result<base::Period> period_of(std::string_view text, const std::string& place);

/// As DHIS2 writes it; none for the first nine months, which it does not know.
std::optional<std::string> dhis2_period(const base::Period& period);
/// "2021-01-01/P1M".
std::string adx_period(const base::Period& period);

}  // namespace exchange
