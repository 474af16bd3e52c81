#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/docx.h"
#include "petition/service.h"
#include "registry/document.h"
#include "report/paper.h"

/// The letters of a petition: that by which it is sent, and that which answers it.
namespace petition {

enum class PaperKind { petition, answer };
std::string_view name(PaperKind kind);
std::optional<PaperKind> paper_kind_named(std::string_view name);

/// One letter: of the whole, or of the part that it answers.
struct PaperOf {
  PaperKind kind = PaperKind::petition;
  std::optional<PartId> part;
  org::UnitId issuer;
  std::string title;
  std::optional<registry::Document> issued;
};
/// The letters that can be written as the petition stands.
std::vector<PaperOf> papers_of(store::Tx& tx, const Petition& petition);

/// The letter by its profile, with its number when it was issued: "paper.not_found".
base::Result<office::Document> write_paper(store::Tx& tx, const Petition& petition, PaperKind kind,
                                           const std::optional<PartId>& part, base::Date day,
                                           const std::string& profile);

/// Numbers it in its issuer's register: "paper.not_found", "paper.issued", and what the register
/// refuses. The answer's number becomes the part's document.
base::Result<void> issue_paper(store::Tx& tx, const auth::Actor& actor, Now now, PetitionId id,
                               PaperKind kind, const std::optional<PartId>& part,
                               const std::string& profile,
                               const std::optional<base::Date>& issued_on);

}  // namespace petition
