#pragma once

#include <string>

#include "http/json.h"
#include "office/xlsx.h"
#include "report/publication.h"
#include "report/publication_store.h"

namespace report {

/// The content as text: keys in a fixed order, no blanks, figures as canonical texts. The same
/// content gives the same bytes.
std::string content_text(const Published& published);
/// The reading of such a text; of our own making, so a fault throws.
Published content_of(std::string_view frozen);

/// What is served ever after: who, when and which version, around the content.
std::string frozen_text(const Publication& publication, const std::string& content);
/// The content in a frozen text, as it stands.
std::string_view content_in(std::string_view frozen);

/// A publication in a list, with both ends of a correction.
http::json::object publication_json(store::Tx& tx, const Publication& publication, base::Date day);
http::json::object differences_json(const Differences& differences, const Published& before,
                                    const Published& after);

/// Every total in one table.
office::Sheet publication_sheet(const Publication& publication, const Published& published);

}  // namespace report
