#include <map>

#include "base/text.h"
#include "http/json.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "org/boundary_store.h"
#include "publish/service.h"
#include "report/publication_json.h"

namespace publish {
namespace {

using base::ProblemKind;

base::Result<report::Publication> seen(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       report::PublicationId id) {
  const auto found = report::publication_store::find(tx, id);
  if (!org::sees(tx, actor, org::unit_of(found), day)) {
    return base::refuse(ProblemKind::not_found, "publication.not_found");
  }
  return *found;
}

/// In sight, and the actor decides for its unit.
base::Result<report::Publication> deciding(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                           report::PublicationId id) {
  ASSIGN_OR_RETURN(const report::Publication found, seen(tx, actor, day, id));
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::decide, found.unit, day));
  return found;
}

OpenMap map_of(store::Tx& tx, const report::Published& published) {
  std::map<std::int64_t, std::string> named, codes;
  for (const report::Place& one : published.places) named.emplace(one.unit.id.value, one.unit.code);
  for (const report::PublishedLine& line : published.lines) {
    if (line.unit == published.unit) continue;  // its total is not one place's
    codes.emplace(line.unit.value, named[line.unit.value]);
  }
  return drawn(org::boundary_store::around(tx, published.unit, published.on, published.line),
               codes);
}

void record(store::Tx& tx, const auth::Actor& actor, Now now, const Opening& opening,
            const char* act, const http::json::object& detail) {
  journal::record(tx, actor, now.at,
                  {act, "publication:" + std::to_string(opening.publication.value),
                   opening.unit.value, http::json::serialize(detail)});
}

}  // namespace

base::Result<OpenContent> open_content(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       report::PublicationId id) {
  ASSIGN_OR_RETURN(const report::Publication publication, seen(tx, actor, day, id));
  const auto published = report::content_of(report::publication_store::frozen(tx, id));
  return OpenContent{id, open_text(open_table_of(publication, published)), map_of(tx, published)};
}

base::Result<void> open_publication(store::Tx& tx, const auth::Actor& actor, Now now,
                                    const OpenContent& content) {
  const report::PublicationId id = content.publication;
  ASSIGN_OR_RETURN(const report::Publication publication, deciding(tx, actor, now.day, id));
  if (publication.replaced_by) {
    return base::refuse(ProblemKind::conflict, "opening.superseded", "",
                        {std::to_string(publication.replaced_by.value)});
  }
  const auto known = opening_store::find(tx, id);
  if (known && known->is_open) return base::refuse(ProblemKind::conflict, "opening.is_open");
  const Opening opening{id, publication.unit, true, now.at, actor.name(), {}};
  opening_store::put(tx, opening, content.text, map_text(content.map));
  opening_store::bump_generation(tx);
  record(tx, actor, now, opening, "publication.opened", {{"sha256", publication.sha256}});
  return {};
}

base::Result<void> close_publication(store::Tx& tx, const auth::Actor& actor, Now now,
                                     report::PublicationId id, const std::string& reason) {
  RETURN_IF_REFUSED(deciding(tx, actor, now.day, id));
  auto opening = opening_store::find(tx, id);
  if (!opening || !opening->is_open) return base::refuse(ProblemKind::conflict, "opening.not_open");
  if (base::length(reason) < kLeastReason) {
    return base::refuse(ProblemKind::invalid, "opening.reason", "/reason",
                        {std::to_string(kLeastReason)});
  }
  opening->withdrawn = {now.at, actor.name(), reason};
  opening_store::withdraw(tx, *opening);
  opening_store::bump_generation(tx);
  record(tx, actor, now, *opening, "publication.closed", {{"reason", reason}});
  return {};
}

}  // namespace publish
