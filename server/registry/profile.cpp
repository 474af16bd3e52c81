#include "registry/profile.h"

namespace registry {

std::optional<base::Date> in_force_from(Profile profile) {
  switch (profile) {
    case Profile::party_36_2018:
      return base::Date(2018, 4, 3);
    case Profile::party_05_2026:
      return base::Date(2026, 1, 9);
    case Profile::state_nd30_2020:
      return base::Date(2020, 3, 5);
    case Profile::front:
      return std::nullopt;
  }
  return std::nullopt;
}

Profile profile_on(IssuerKind issuer, base::Date issued_on) {
  switch (issuer) {
    case IssuerKind::party:
      return issued_on < *in_force_from(Profile::party_05_2026) ? Profile::party_36_2018
                                                                : Profile::party_05_2026;
    case IssuerKind::state:
      return Profile::state_nd30_2020;
    case IssuerKind::front:
    case IssuerKind::youth_union:
      return Profile::front;
  }
  return Profile::state_nd30_2020;
}

office::Profile layout_of(Profile profile, IssuerKind issuer) {
  switch (profile) {
    case Profile::party_36_2018:
      return office::Profile::party_36_2018;
    case Profile::party_05_2026:
      return office::Profile::party_05_2026;
    case Profile::state_nd30_2020:
      return office::Profile::state_nd30_2020;
    case Profile::front:
      return issuer == IssuerKind::youth_union ? office::Profile::youth_union
                                               : office::Profile::front;
  }
  return office::Profile::state_nd30_2020;
}

office::Profile layout_of(Profile profile) { return layout_of(profile, IssuerKind::front); }

IssuerKind issuer_in(std::string_view line) {
  if (line == "party") return IssuerKind::party;
  if (line == "government") return IssuerKind::state;
  if (line == "youth") return IssuerKind::youth_union;
  return IssuerKind::front;
}

}  // namespace registry
