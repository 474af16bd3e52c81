#include "org/post_store.h"

namespace org::post_store {

std::vector<Post> of_account(store::Tx& tx, auth::AccountId account, base::Date day) {
  static constexpr store::Sql kPosts{
      "post.of_account",
      "select p.id, p.unit_id, p.role, p.title, coalesce(l.name, '') from post p join appointment "
      "a "
      "on a.post_id = p.id left join appointment d on d.id = a.delegated_from left join account l "
      "on l.id = d.account_id where a.account_id = :account and a.valid_from <= :day and :day < "
      "a.valid_to order by p.id"};
  return tx.all(kPosts, {{"account", account}, {"day", day}}, [](const store::Row& row) {
    return Post{row.integer(0), row.id<UnitId>(1), role_named(row.text(2)).value_or(Role::viewer),
                row.string(3), row.string(4)};
  });
}

std::vector<UnitId> unit_or_heirs(store::Tx& tx, UnitId unit, base::Date day) {
  static constexpr store::Sql kHeirs{
      "unit.heirs",
      "with recursive heir(unit_id) as (select id from unit where id = :unit "
      "union select s.to_id from succession s join heir h on s.from_id = h.unit_id "
      "where s.from_ends = 1 and s.on_day <= :day) "
      "select unit_id from heir where not exists (select 1 from succession e where e.from_id = "
      "heir.unit_id and e.from_ends = 1 and e.on_day <= :day)"};
  return tx.all(kHeirs, {{"unit", unit}, {"day", day}},
                [](const store::Row& row) { return row.id<UnitId>(0); });
}

std::vector<UnitId> unit_and_superiors(store::Tx& tx, UnitId unit, base::Date day,
                                       std::string_view line) {
  static constexpr store::Sql kAbove{
      "unit.superiors",
      "with recursive above(unit_id) as (select id from unit where id = :unit "
      "union select p.parent_id from unit_parent p join above a on p.unit_id = a.unit_id "
      "where p.parent_id is not null and p.valid_from <= :day and :day < p.valid_to and (:line = "
      "'' "
      "or p.line = :line)) select unit_id from above"};
  return tx.all(kAbove, {{"unit", unit}, {"day", day}, {"line", line}},
                [](const store::Row& row) { return row.id<UnitId>(0); });
}

void appoint(store::Tx& tx, const Appointment& appointment) {
  static constexpr store::Sql kPost{
      "post.add",
      "insert into post (unit_id, role, title) values (:unit, :role, :title) returning id"};
  static constexpr store::Sql kAppoint{
      "appointment.add",
      "insert into appointment (post_id, account_id, valid_from, valid_to) "
      "values (:post, :account, :from, :to)"};
  const std::int64_t post = tx.integer(
      kPost,
      {{"unit", appointment.unit}, {"role", name(appointment.role)}, {"title", appointment.title}});
  tx.run(kAppoint, {{"post", post},
                    {"account", appointment.account},
                    {"from", appointment.from},
                    {"to", appointment.to}});
}

}  // namespace org::post_store
