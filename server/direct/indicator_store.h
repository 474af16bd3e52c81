#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "direct/indicator.h"
#include "store/db.h"

/// All SQL of indicators.
namespace direct::indicator_store {

std::optional<Indicator> find(store::Tx& tx, IndicatorId id);
/// In the order asked; every one must be there.
std::vector<Indicator> find_all(store::Tx& tx, const std::vector<IndicatorId>& ids);
std::optional<Indicator> find_by_code(store::Tx& tx, std::string_view code);
/// In order of code; `query` is part of a name or the beginning of a code.
std::vector<Indicator> all(store::Tx& tx, std::string_view query = {});
/// None when the code is taken.
std::optional<IndicatorId> add(store::Tx& tx, const Indicator& indicator);
void set_frequency(store::Tx& tx, IndicatorId id, base::Frequency frequency);

/// What the whole is broken down into, in order of name.
std::vector<Breakdown> breakdowns(store::Tx& tx, IndicatorId whole);
/// The breakdowns of every whole.
std::map<IndicatorId, std::vector<Breakdown>> all_breakdowns(store::Tx& tx);
/// In place of what there was, as the next revision; false when `revision` is not the last one.
bool set_breakdowns(store::Tx& tx, IndicatorId whole, std::int64_t revision,
                    const std::vector<Breakdown>& breakdowns);

}  // namespace direct::indicator_store
