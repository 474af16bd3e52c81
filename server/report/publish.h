#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/publication_store.h"
#include "report/service.h"

/// Publishing: what was rolled up is frozen, and corrected only by a new version.
namespace report {

/// A publication as asked for: of a request, or of a roll-up question.
struct NewPublication {
  std::optional<RequestId> request;
  RollupQuestion question;  ///< when of no request
  std::string title;        ///< empty: the request's
  bool is_illustrative = false;
  PublicationId replaces;  ///< a correction of this one; zero for none
  std::string reason;      ///< of a correction, 10 characters at least
};

constexpr std::size_t kMostPublishedCells = 200'000;

/// What would be published now: totals, lines, cells, definitions and tree. Refusals of the
/// question, "publication.nothing" when no total has a value, "publication.too_large".
base::Result<Published> gather_published(store::Tx& tx, const NewPublication& asked);

/// Freezes it. Whoever decides for the unit may. All faults at once: "publication.title",
/// "publication.reason" (missing or short), "publication.reason_alone"; then
/// "publication.not_found", "publication.other_question", "publication.superseded" (args: the
/// newest version) and "publication.exists" (args: the version that stands),
/// "publication.unchanged".
base::Result<PublicationId> publish(store::Tx& tx, const auth::Actor& actor, Now now,
                                    const NewPublication& asked);

/// How many cells of a publication are not as they were. Reads them again.
std::size_t changed_since(store::Tx& tx, const Published& published);

}  // namespace report
