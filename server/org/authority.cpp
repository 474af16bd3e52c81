#include "org/authority.h"

#include <algorithm>
#include <array>

#include "org/lent_sight.h"
#include "org/post_store.h"
#include "org/unit_store.h"

namespace org {
namespace {

constexpr std::array<std::string_view, 5> kRoleNames{"clerk", "compiler", "head", "administrator",
                                                     "viewer"};

struct Rule {
  Act act;
  Relation relation;
  std::vector<Role> roles;
};

const std::vector<Rule>& rules() {
  using enum Role;
  static const std::vector<Rule> kRules{
      {Act::see, Relation::own, {clerk, compiler, head, administrator, viewer}},
      {Act::see, Relation::above, {clerk, compiler, head, administrator, viewer}},
      {Act::enter, Relation::own, {clerk, compiler, head}},
      {Act::decide, Relation::own, {compiler, head}},
      {Act::request, Relation::own, {compiler, head}},
      {Act::direct, Relation::own, {compiler, head}},
      {Act::inspect, Relation::own, {compiler, head}},
      {Act::number, Relation::own, {clerk, compiler, head}},
      {Act::keep_templates, Relation::own, {head, administrator}},
      {Act::keep_templates, Relation::above, {administrator}},
      {Act::adopt, Relation::own, {clerk, compiler, head}},
      {Act::define_indicator, Relation::own, {compiler, head, administrator}},
      {Act::appoint, Relation::own, {administrator}},
      {Act::appoint, Relation::above, {administrator}},
      {Act::reorganise, Relation::own, {administrator}},
      {Act::reorganise, Relation::above, {administrator}},
  };
  return kRules;
}

}  // namespace

std::string_view name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<Role> role_named(std::string_view name) {
  const auto at = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (at == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(at - kRoleNames.begin());
}

bool role_may(Role role, Act act, Relation relation) {
  return std::any_of(rules().begin(), rules().end(), [&](const Rule& rule) {
    return rule.act == act && rule.relation == relation &&
           std::find(rule.roles.begin(), rule.roles.end(), role) != rule.roles.end();
  });
}

base::Result<void> allows(store::Tx& tx, const auth::Actor& actor, Act act, UnitId unit,
                          base::Date day) {
  if (actor.is_console()) return {};
  const std::vector<Post> posts = post_store::of_account(tx, actor.account(), day);
  const base::Date standing = std::max(day, unit_store::first_day(tx, unit).value_or(day));
  const std::vector<UnitId> bearers = post_store::unit_or_heirs(tx, unit, day);
  std::vector<UnitId> above;
  // As much is asked of a unit that is not there as of one out of sight.
  if (bearers.empty()) (void)post_store::unit_and_superiors(tx, unit, standing);
  for (const UnitId bearer : bearers) {
    for (const UnitId superior : post_store::unit_and_superiors(tx, bearer, standing)) {
      above.push_back(superior);
    }
  }
  bool in_sight = false;
  for (const Post& post : posts) {
    if (std::find(above.begin(), above.end(), post.unit) == above.end()) continue;
    in_sight = true;
    const bool is_own = std::find(bearers.begin(), bearers.end(), post.unit) != bearers.end();
    const Relation relation = is_own ? Relation::own : Relation::above;
    if (role_may(post.role, act, relation)) return {};
  }
  for (const UnitId unit_lent : lent_sight::of_account(tx, actor.account(), day)) {
    // An ended unit's own past stays in the sight that was lent of it.
    const bool reaches =
        unit_lent == unit || std::find(above.begin(), above.end(), unit_lent) != above.end();
    if (!reaches) continue;
    if (act == Act::see) return {};
    in_sight = true;
  }
  if (in_sight) return base::refuse(base::ProblemKind::forbidden, "authority.not_yours");
  return base::refuse(base::ProblemKind::not_found, "unit.not_found");
}

bool sees(store::Tx& tx, const auth::Actor& actor, std::optional<UnitId> unit, base::Date day) {
  return allows(tx, actor, Act::see, unit.value_or(UnitId{}), day).has_value() && unit.has_value();
}

Scope scope_of(const auth::Actor& actor, base::Date day) {
  return {actor.account(), day, actor.is_console()};
}

}  // namespace org
