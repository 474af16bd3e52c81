#include "registry/profile.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

using base::Date;

TEST(ProfileOfTheDay, ThePartyChangesOnTheNinthOfJanuary2026) {
  EXPECT_EQ(profile_on(IssuerKind::party, Date(2022, 4, 28)), Profile::party_36_2018);
  EXPECT_EQ(profile_on(IssuerKind::party, Date(2026, 1, 8)), Profile::party_36_2018);
  EXPECT_EQ(profile_on(IssuerKind::party, Date(2026, 1, 9)), Profile::party_05_2026);
  EXPECT_EQ(profile_on(IssuerKind::party, Date(2030, 1, 1)), Profile::party_05_2026);
}

TEST(ProfileOfTheDay, TheStateHasTheDecreeFromItsFirstDay) {
  EXPECT_EQ(in_force_from(Profile::state_nd30_2020), Date(2020, 3, 5));
  EXPECT_EQ(profile_on(IssuerKind::state, Date(2020, 3, 5)), Profile::state_nd30_2020);
  EXPECT_EQ(profile_on(IssuerKind::state, Date(2026, 6, 1)), Profile::state_nd30_2020);
}

TEST(ProfileOfTheDay, BeforeTheFirstKnownFormTheFirstOneServes) {
  EXPECT_EQ(profile_on(IssuerKind::party, Date(2017, 1, 1)), Profile::party_36_2018);
  EXPECT_LT(Date(2017, 1, 1), *in_force_from(Profile::party_36_2018));
  EXPECT_EQ(profile_on(IssuerKind::state, Date(2019, 1, 1)), Profile::state_nd30_2020);
}

TEST(ProfileOfTheDay, TheFrontAndTheUnionsHaveTheirOwn) {
  for (const char* line : {"front", "trade_union", "farmers", "women", "veterans", "của-riêng"}) {
    EXPECT_EQ(profile_on(issuer_in(line), Date(2022, 1, 1)), Profile::front) << line;
    EXPECT_EQ(layout_of(Profile::front, issuer_in(line)), office::Profile::front) << line;
  }
  EXPECT_EQ(issuer_in("party"), IssuerKind::party);
  EXPECT_EQ(issuer_in("government"), IssuerKind::state);
  EXPECT_EQ(profile_on(issuer_in("youth"), Date(2022, 1, 1)), Profile::front);
  EXPECT_EQ(layout_of(Profile::front, issuer_in("youth")), office::Profile::youth_union);
}

TEST(ProfileOfTheDay, EachProfileIsLaidOutUnderItsOwnName) {
  for (const Profile one :
       {Profile::party_36_2018, Profile::party_05_2026, Profile::state_nd30_2020, Profile::front}) {
    EXPECT_EQ(office::name(layout_of(one)), name(one));
  }
}

TEST(ProfileOfTheDay, NumbersAreHeadedAsTheProfileWritesThem) {
  EXPECT_EQ(heading_of(text_of({3, "BC", "ĐU"}, Profile::party_05_2026), Profile::party_05_2026),
            "Số 03-BC/ĐU");
  EXPECT_EQ(heading_of(text_of({15, "BC", "MTTQ-BTT"}, Profile::front), Profile::front),
            "Số: 15/BC-MTTQ-BTT");
}

}  // namespace
}  // namespace registry
