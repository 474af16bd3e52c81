#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace office {

/// Format profiles of official documents: how the head, the body and the signature are laid out.
/// - party_36_2018: Guidance 36-HD/VPTW of 3 April 2018, annex 3;
/// - party_05_2026: Guidance 05-HD/VPTW of 2026. Known of it: margins 20/20/30/15 mm. Its own sizes
///   are not known for certain, so all else is as in 2018;
/// - state_nd30_2020: Decree 30/2020/NĐ-CP, annex I;
/// - front: the Fatherland Front and the unions but the Youth Union, laid out like the State
///   (Guidance 91/HD-MTTW-BTT of 2013 follows the State's circular of its day);
/// - youth_union: Guidance 29-HD/TWĐTN-VP of 2013: a title of its own, `***`, right margin 20 mm.
enum class Profile { party_36_2018, party_05_2026, state_nd30_2020, front, youth_union };

inline constexpr std::array kProfiles{Profile::party_36_2018, Profile::party_05_2026,
                                      Profile::state_nd30_2020, Profile::front,
                                      Profile::youth_union};

/// "party-36-2018", "party-05-2026", "state-nd30-2020", "front", "youth-union".
std::string_view name(Profile profile);
std::optional<Profile> profile_named(std::string_view name);

/// "Thường Tín, ngày 05 tháng 01 năm 2022", "…, ngày 28 tháng 4 năm 2022": a zero before days under
/// ten and before months 1 and 2 only (Decree 30/2020, annex I, 4; the Party writes the same).
std::string place_and_date(const std::string& place, base::Date day);

}  // namespace office
