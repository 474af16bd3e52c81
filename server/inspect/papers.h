#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/service.h"
#include "registry/document.h"
#include "report/paper.h"

/// The official papers of an inspection: which there are, what they say, and their numbers.
namespace inspect {

enum class PaperKind {
  decision,
  plan,
  outline,
  announcement,
  self_report,
  supplement,
  minutes,
  draft_result,
  result,
  conclusion
};
inline constexpr int kPaperKinds = 10;
std::string_view name(PaperKind kind);
std::optional<PaperKind> paper_kind_named(std::string_view name);
/// The register's kind: "QĐ", "KH", "TB", "BC", "CV", "BB"; empty for one that bears no number.
std::string_view register_kind(PaperKind kind);

/// One paper of an inspection: `of` is the unit, supplement request or session it is for, or 0.
struct PaperOf {
  PaperKind kind = PaperKind::decision;
  std::int64_t of = 0;
  std::string title;  ///< "Quyết định kiểm tra"
  std::optional<registry::Document> issued;
};

/// The papers that can be written as the inspection stands; those of an inspected unit alone when
/// `only` is given.
std::vector<PaperOf> papers_of(store::Tx& tx, const Inspection& inspection,
                               const std::vector<org::UnitId>& only);

/// The paper laid out by its profile, with its number when it was issued. "paper.not_found" for one
/// that cannot be written yet or is not the reader's.
struct WrittenPaper {
  office::Document document;
  std::optional<office::Template> own;  ///< the issuer's own template, where there is one
  std::string period;                   ///< in words
};
base::Result<WrittenPaper> write_paper(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                       const Inspection& inspection, PaperKind kind,
                                       std::int64_t of, const std::string& profile);

/// Numbers the paper in the register of who issues it: who inspects, for a self-report the unit.
/// "paper.not_found", "paper.no_number", "paper.issued", and what the register refuses.
base::Result<void> issue_paper(store::Tx& tx, const auth::Actor& actor, Now now,
                               InspectionId inspection, PaperKind kind, std::int64_t of,
                               const std::string& profile,
                               const std::optional<base::Date>& issued_on);

/// The inspected units whose side the actor sees the inspection from; none for who sees all of it.
std::vector<org::UnitId> only_units(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                    const Inspection& inspection);

}  // namespace inspect
