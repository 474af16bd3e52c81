#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "inspect/procedure.h"
#include "store/db.h"

/// All SQL of procedures.
namespace inspect::procedure_store {

std::optional<Procedure> find(store::Tx& tx, ProcedureId id);
/// The version of the code in force on the day.
std::optional<Procedure> in_force(store::Tx& tx, std::string_view code, base::Date day);
/// The last version of the code.
std::optional<Procedure> newest(store::Tx& tx, std::string_view code);
ProcedureId add(store::Tx& tx, const Procedure& procedure);
void end(store::Tx& tx, ProcedureId id, base::Date day);
/// By code and version; only those in force on the day when one is given.
std::vector<Procedure> all(store::Tx& tx, const std::optional<base::Date>& day);

}  // namespace inspect::procedure_store
