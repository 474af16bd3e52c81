#pragma once

#include "report/fact_store.h"

/// The facts of one indicator in one period, as totals read them: kept in memory from one question
/// to the next, and read again when a fact of the period has changed (`fact_number`). Never behind:
/// the number is read in the transaction of the question.
namespace report::kept_facts {

/// To be called by every write of a fact of the unit in the period; once in a transaction is
/// enough, so that it costs one row.
void changed(store::Tx& tx, org::UnitId unit, std::string_view period);

/// The numbers of a period's facts, by the part of the units they are of.
using Numbers = std::vector<std::pair<std::int64_t, std::int64_t>>;
Numbers numbers(store::Tx& tx, std::string_view period);

/// The same as fact_store::of_indicator; `numbers` are the period's in this transaction.
void of_indicator(store::Tx& tx, direct::IndicatorId indicator, std::string_view period,
                  const Numbers& numbers, const fact_store::TakeLine& take);

}  // namespace report::kept_facts
