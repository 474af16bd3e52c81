#pragma once

#include <string>
#include <vector>

#include "report/fact.h"
#include "report/fact_store.h"
#include "store/db.h"

/// SQL of facts taken in by the hundred thousand: what is there, read unit by unit; what is new,
/// written many rows a statement.
namespace report::intake_store {

/// The actual facts of the unit in the period, in order of their indicators; asked cells that were
/// never touched too, with revision 0.
std::vector<Fact> known(store::Tx& tx, org::UnitId unit, std::string_view period);

/// Was the fact last changed by an act on a report? Then it is the report's.
bool is_of_a_report(store::Tx& tx, const Fact& fact);

/// Writes facts that are not there yet, each as its first revision.
void add(store::Tx& tx, const std::vector<Fact>& facts, const fact_store::Hand& hand);

}  // namespace report::intake_store
