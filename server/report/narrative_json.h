#pragma once

#include "auth/actor.h"
#include "http/json.h"
#include "report/write_narrative.h"

namespace report {

/// The report's sections with their paragraphs, figures, and what stands beside them.
http::json::array sections_json(store::Tx& tx, const Sheet& sheet, bool may_enter,
                                const std::optional<RoundDifferences>& differences);
http::json::object block_json(BoundFigures& figures, const Block& block,
                              const std::vector<narrative_store::Binding>& bindings);
http::json::object outline_json(const OutlineSection& section);
http::json::value differences_json(const std::optional<RoundDifferences>& differences);
http::json::array rounds_json(const std::vector<narrative_store::Round>& rounds);
http::json::array spans_json(const std::vector<base::Span>& spans);

std::vector<OutlineSection> read_outline(http::Fields& fields);
std::vector<BlockDraft> read_blocks(http::Fields& fields);
std::vector<ReturnedSection> read_returned_sections(http::Fields& fields);

}  // namespace report
