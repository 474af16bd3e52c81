#include "registry/template_store.h"

namespace registry::template_store {

std::vector<StoredTemplate> versions(store::Tx& tx, org::UnitId unit, const std::string& kind,
                                     office::Profile profile, int most) {
  static constexpr store::Sql kVersions{
      "template.versions",
      "select id, version, attachment_id, recorded_at, recorded_by from template where unit_id = "
      ":unit and kind = :kind and profile = :profile order by version desc limit :most"};
  return tx.all(
      kVersions,
      {{"unit", unit}, {"kind", kind}, {"profile", office::name(profile)}, {"most", most}},
      [&](const store::Row& row) {
        return StoredTemplate{row.integer(0), unit,           kind,
                              profile,        row.integer(1), row.maybe_integer(2),
                              row.instant(3), row.string(4)};
      });
}

std::int64_t newest(store::Tx& tx, org::UnitId unit, const std::string& kind,
                    office::Profile profile) {
  static constexpr store::Sql kNewest{
      "template.newest",
      "select coalesce(max(version), 0) from template where unit_id = :unit and kind = :kind and "
      "profile = :profile"};
  return tx.integer(kNewest, {{"unit", unit}, {"kind", kind}, {"profile", office::name(profile)}});
}

std::int64_t add(store::Tx& tx, const StoredTemplate& version) {
  static constexpr store::Sql kAdd{
      "template.add",
      "insert into template (unit_id, kind, profile, version, recorded_at, recorded_by) values "
      "(:unit, :kind, :profile, :version, :at, :by) returning id"};
  return tx.integer(kAdd, {{"unit", version.unit},
                           {"kind", version.kind},
                           {"profile", office::name(version.profile)},
                           {"version", version.version},
                           {"at", version.recorded_at},
                           {"by", version.recorded_by}});
}

void bind(store::Tx& tx, std::int64_t id, std::int64_t attachment) {
  static constexpr store::Sql kBind{
      "template.bind", "update template set attachment_id = :attachment where id = :id"};
  tx.run(kBind, {{"attachment", attachment}, {"id", id}});
}

}  // namespace registry::template_store
