#pragma once

#include <functional>
#include <string_view>

#include "store/db.h"

namespace store {

/// The value given for one of a statement's names. Throws std::logic_error, naming the statement,
/// when there is none, and std::invalid_argument for a text with a NUL, which PostgreSQL cannot
/// hold.
/// It is looked for first where it is `likely` to stand: given in the statement's own order, many
/// are found without a search.
const Value& value_for(const Sql& sql, std::string_view name, Params params,
                       std::size_t likely = 0);

/// Call when value_for has found every one of `wanted` names: throws std::logic_error when more
/// were given than wanted.
void refuse_extra(const Sql& sql, std::size_t wanted, Params params);

}  // namespace store
