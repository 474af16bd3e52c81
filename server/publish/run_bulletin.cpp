#include "base/text.h"
#include "publish/bulletin_store.h"
#include "publish/change_bulletin.h"

namespace publish {
namespace {

using base::ProblemKind;

constexpr std::int64_t kFarMicroseconds = 366LL * 24 * 3600 * 1'000'000;

bool is_short(const std::string& reason) { return base::length(reason) < kLeastReason; }

}  // namespace

base::Result<void> submit_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                   OnBulletin on) {
  const auto rule = [](Bulletin& bulletin) -> base::Result<void> {
    if (auto problems = lacking(bulletin); !problems.empty()) {
      return base::refuse(std::move(problems));
    }
    bulletin.review_remark.clear();
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::submit, "submitted", rule});
}

base::Result<void> send_back_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                      OnBulletin on, const std::string& remark) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    const bool is_own = bulletin_store::is_hand(tx, bulletin.id, actor.account());
    if (!is_own && is_short(remark)) {
      return base::refuse(ProblemKind::invalid, "bulletin.remark", "/remark",
                          {std::to_string(kLeastReason)});
    }
    bulletin.review_remark = remark;
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::send_back, "sent_back", rule});
}

base::Result<void> publish_bulletin(store::Tx& tx, const auth::Actor& actor, Now now, OnBulletin on,
                                    const std::optional<base::Instant>& from) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    if (from && *from < now.at) {
      return base::refuse(ProblemKind::invalid, "bulletin.moment_past", "/on");
    }
    if (from && from->microseconds - now.at.microseconds > kFarMicroseconds) {
      return base::refuse(ProblemKind::invalid, "bulletin.moment_far", "/on");
    }
    if (bulletin.slug.empty()) {
      bulletin.slug = bulletin_store::free_slug(tx, slug_of(bulletin.title));
    }
    bulletin.shown_at = from.value_or(now.at);
    bulletin.published_at = now.at;
    bulletin.published_by = actor.name();
    opening_store::bump_generation(tx);
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::publish, "published", rule});
}

base::Result<void> withdraw_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                     OnBulletin on, const std::string& reason) {
  const auto rule = [&](Bulletin& bulletin) -> base::Result<void> {
    if (is_short(reason)) {
      return base::refuse(ProblemKind::invalid, "bulletin.reason", "/reason",
                          {std::to_string(kLeastReason)});
    }
    bulletin.was_shown = bulletin.was_shown || *bulletin.shown_at <= now.at;
    bulletin.shown_at.reset();
    bulletin.withdrawn = {now.at, actor.name(), reason};
    opening_store::bump_generation(tx);
    return {};
  };
  return change_bulletin(tx, actor, now, on, {Deed::withdraw, "withdrawn", rule});
}

base::Result<void> redraft_bulletin(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnBulletin on) {
  return change_bulletin(
      tx, actor, now, on,
      {Deed::redraft, "redrafted", [](Bulletin&) -> base::Result<void> { return {}; }});
}

}  // namespace publish
