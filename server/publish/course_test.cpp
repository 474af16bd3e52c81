#include "publish/course.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace publish {
namespace {

constexpr Parts kNobody{}, kWriter{.writer = true}, kOwnHead{true, true, true},
    kHead{true, true, false};

std::string tried(State state, Deed deed, const Parts& by) {
  const auto made = after(state, deed, by);
  return std::string(made ? name(*made) : made.error().front().code);
}

/// From each state by each deed, for somebody who may do everything.
TEST(Course, IsThisTable) {
  const std::array<std::array<std::string, kDeeds>, kStates> expected{{
      // write, submit, send_back, publish, withdraw, redraft
      {"draft", "in_review", "-", "-", "-", "-"},
      {"-", "-", "draft", "published", "-", "-"},
      {"-", "-", "-", "-", "withdrawn", "-"},
      {"-", "-", "-", "-", "-", "draft"},
  }};
  for (int s = 0; s < kStates; ++s) {
    for (int d = 0; d < kDeeds; ++d) {
      const std::string got = tried(static_cast<State>(s), static_cast<Deed>(d), kHead);
      const std::string& wanted =
          expected[static_cast<std::size_t>(s)][static_cast<std::size_t>(d)];
      EXPECT_EQ(got, wanted == "-" ? "bulletin.state" : wanted) << s << " " << d;
    }
  }
}

TEST(Course, WhoWroteItDoesNotOpenIt) {
  EXPECT_EQ(tried(State::in_review, Deed::publish, kOwnHead), "bulletin.own_review");
  EXPECT_EQ(tried(State::in_review, Deed::publish, kWriter), "authority.not_yours");
  EXPECT_EQ(tried(State::in_review, Deed::publish, kHead), "published");
  EXPECT_EQ(tried(State::published, Deed::withdraw, kOwnHead), "withdrawn");
  EXPECT_EQ(tried(State::published, Deed::withdraw, kWriter), "authority.not_yours");
  for (int d = 0; d < kDeeds; ++d) {
    EXPECT_EQ(tried(State::draft, static_cast<Deed>(d), kNobody), "authority.not_yours");
  }
}

TEST(Course, DeedsAreThoseThatWouldBeDone) {
  for (const Parts& by : {kNobody, kWriter, kOwnHead, kHead}) {
    for (int s = 0; s < kStates; ++s) {
      const auto listed = deeds_of(static_cast<State>(s), by);
      for (int d = 0; d < kDeeds; ++d) {
        const bool is_listed =
            std::find(listed.begin(), listed.end(), static_cast<Deed>(d)) != listed.end();
        const auto done = after(static_cast<State>(s), static_cast<Deed>(d), by);
        EXPECT_EQ(is_listed, done.has_value());
      }
    }
  }
}

TEST(Course, StatesAreReadByTheirNames) {
  for (int s = 0; s < kStates; ++s) {
    EXPECT_EQ(state_named(name(static_cast<State>(s))), static_cast<State>(s));
  }
  EXPECT_FALSE(state_named("open").has_value());
}

}  // namespace
}  // namespace publish
