#pragma once

#include <optional>
#include <string_view>

#include "inspect/inspection.h"
#include "store/db.h"

/// All SQL of the numbers an inspection's papers got.
namespace inspect::paper_store {

void add(store::Tx& tx, InspectionId inspection, std::string_view paper, std::int64_t of,
         registry::DocumentId document);
std::optional<registry::DocumentId> document_of(store::Tx& tx, InspectionId inspection,
                                                std::string_view paper, std::int64_t of);

}  // namespace inspect::paper_store
