#pragma once

#include <optional>
#include <string>

#include "base/date.h"
#include "base/period.h"
#include "base/result.h"
#include "office/docx.h"
#include "office/template.h"
#include "org/unit.h"
#include "registry/profile.h"
#include "report/period_words.h"
#include "store/db.h"

/// The consolidated report as an official paper: its head, its profile, the requester's template.
namespace report {

/// By whom the paper is issued, and the profile that holds for it.
struct PaperForm {
  registry::IssuerKind issuer = registry::IssuerKind::party;
  registry::Profile numbers = registry::Profile::party_36_2018;
  office::Profile layout = office::Profile::party_36_2018;
  const char* part_mark = "-";  ///< "I- …" for the Party, "I. …" for the State
};

/// The form of a paper of the day: the profile named in `asked` (field "?profile", refused as
/// "paper.profile"), or that of the line's issuer when it is empty. In the government's line the
/// Party's committee reports, as it directs the programmes.
base::Result<PaperForm> paper_form(std::string_view asked, const std::string& line,
                                   base::Date issued_on);

/// Who issues: the unit on the day, its kind ("Huyện") and the name of the unit above it.
struct Issuer {
  std::string unit, kind, superior;
};

/// A paper with its head, number to be drawn, signature and recipients, and nothing else.
office::Document headed_paper(const Issuer& issuer, const PaperForm& form, base::Date issued_on);

/// A request's title under "BÁO CÁO", which it does not say again: "thực hiện …" for the Party,
/// "Thực hiện …" for the others.
std::string subject_of(const std::string& title, const PaperForm& form);


/// The .docx of a period in words, in the unit's own template when it has one for the layout.
/// Refuses "template.grows".
base::Result<std::string> written_paper(const office::Document& paper,
                                        const std::optional<office::Template>& own,
                                        const std::string& period);

}  // namespace report
