#pragma once

#include <string_view>

#include "base/date.h"
#include "office/profile.h"
#include "registry/document.h"

/// Which prescribed form a paper has: by who issues it and on which day.
namespace registry {

/// As far as the forms tell issuers apart.
enum class IssuerKind { party, state, front, youth_union };

/// The first day on which papers are written in the profile; none for one without a known day.
/// party-36-2018: 3 April 2018; party-05-2026: 9 January 2026 (Regulation 399-QĐ/TW);
/// state-nd30-2020: 5 March 2020.
std::optional<base::Date> in_force_from(Profile profile);

/// The form that holds for the issuer's papers of the day. For days before the first form that is
/// known (the Party before 3 April 2018, the State before 5 March 2020) the first one.
Profile profile_on(IssuerKind issuer, base::Date issued_on);

/// How a paper of the profile is laid out; the Youth Union numbers like the Front, under a head of
/// its own.
office::Profile layout_of(Profile profile, IssuerKind issuer);
office::Profile layout_of(Profile profile);

/// Who issues in a line of the tree: "party", "youth", "government"; the Front for the unions and
/// for lines of one's own.
IssuerKind issuer_in(std::string_view line);

}  // namespace registry
