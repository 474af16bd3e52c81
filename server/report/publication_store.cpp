#include "report/publication_store.h"

namespace report::publication_store {
namespace {

#define PUBLICATION_COLUMNS                                                                        \
  "select p.id, p.unit_id, p.request_id, p.version, p.replaces_id, (select n.id from publication " \
  "n where n.replaces_id = p.id), p.reason, p.title, p.period, p.is_illustrative, p.sha256, "      \
  "p.actor, p.at from publication p "

template <class IdType>
IdType id_or_none(const store::Row& row, int column) {
  return row.is_null(column) ? IdType{} : row.id<IdType>(column);
}

Publication publication_of(const store::Row& row) {
  return {row.id<PublicationId>(0),
          row.id<org::UnitId>(1),
          id_or_none<RequestId>(row, 2),
          row.integer(3),
          id_or_none<PublicationId>(row, 4),
          id_or_none<PublicationId>(row, 5),
          row.string(6),
          row.string(7),
          row.string(8),
          row.integer(9) != 0,
          row.string(10),
          row.string(11),
          row.instant(12)};
}

#define CELL_COLUMNS                                                                               \
  "select f.unit_id, f.id, f.revision, f.state, f.status, f.amount, f.remark, f.note, f.at, "      \
  "coalesce(r.act, ''), coalesce(r.actor, '') from fact f left join fact_revision r on r.fact_id " \
  "= f.id and r.revision = f.revision where f.period = :period and f.kind = 0 and "                \
  "f.indicator_id = :indicator"

PublishedCell cell_of(const store::Row& row, const std::string& period) {
  PublishedCell made;
  made.unit = row.id<org::UnitId>(0);
  made.period = period;
  made.fact = row.id<FactId>(1);
  made.revision = row.integer(2);
  made.state = static_cast<FactState>(row.integer(3));
  made.status = static_cast<FactStatus>(row.integer(4));
  made.amount = row.maybe_integer(5);
  made.remark = row.string(6);
  made.note = row.string(7);
  made.at = row.integer(8);
  made.act = row.string(9);
  made.by = row.string(10);
  return made;
}

std::optional<std::int64_t> or_null(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional(id);
}

}  // namespace

PublicationId add(store::Tx& tx, const Publication& publication, const std::string& frozen,
                  auth::AccountId account) {
  static constexpr store::Sql kAdd{
      "publication.add",
      "insert into publication (unit_id, request_id, version, replaces_id, reason, title, period, "
      "is_illustrative, frozen, sha256, account_id, actor, at) values (:unit, :request, :version, "
      ":replaces, :reason, :title, :period, :illustrative, :frozen, :sha256, :account, :actor, "
      ":at) returning id"};
  return {tx.integer(kAdd, {{"unit", publication.unit},
                            {"request", or_null(publication.request.value)},
                            {"version", publication.version},
                            {"replaces", or_null(publication.replaces.value)},
                            {"reason", publication.reason},
                            {"title", publication.title},
                            {"period", publication.period},
                            {"illustrative", publication.is_illustrative ? 1 : 0},
                            {"frozen", frozen},
                            {"sha256", publication.sha256},
                            {"account", account},
                            {"actor", publication.by},
                            {"at", publication.at}})};
}

std::optional<Publication> find(store::Tx& tx, PublicationId id) {
  static constexpr store::Sql kFind{"publication.find", PUBLICATION_COLUMNS "where p.id = :id"};
  return tx.one(kFind, {{"id", id}}, publication_of);
}

std::string frozen(store::Tx& tx, PublicationId id) {
  static constexpr store::Sql kFrozen{"publication.frozen",
                                      "select frozen from publication where id = :id"};
  return tx.one(kFrozen, {{"id", id}}, [](const store::Row& row) { return row.string(0); }).value();
}

std::optional<Publication> newest_of(store::Tx& tx, RequestId request) {
  static constexpr store::Sql kNewest{"publication.newest_of_request", PUBLICATION_COLUMNS
                                      "where p.request_id = :request order by p.id desc limit 1"};
  return tx.one(kNewest, {{"request", request}}, publication_of);
}

std::vector<Publication> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kVisible{"publication.visible",
                                       "with recursive " ORG_VISIBLE_UNITS PUBLICATION_COLUMNS
                                       "where p.unit_id in (select unit_id from visible) and "
                                       "(cast(:unit as bigint) = 0 or p.unit_id = :unit) and "
                                       "(cast(:request as bigint) = 0 or p.request_id = :request) "
                                       "and (cast(:after as bigint) = 0 or p.id < :after) "
                                       "order by p.id desc limit :limit"};
  return tx.all(kVisible,
                {{"account", scope.account},
                 {"day", scope.day},
                 {"sees_all", scope.sees_all ? 1 : 0},
                 {"unit", wanted.unit.value_or(org::UnitId{})},
                 {"request", wanted.request.value_or(RequestId{})},
                 {"after", wanted.after},
                 {"limit", wanted.limit}},
                publication_of);
}

void cells_of_indicator(store::Tx& tx, direct::IndicatorId indicator, const std::string& period,
                        const TakeCell& take) {
  static constexpr store::Sql kCells{"fact.published_of_indicator",
                                     CELL_COLUMNS " order by f.unit_id"};
  tx.each(kCells, {{"period", period}, {"indicator", indicator}},
          [&](const store::Row& row) { take(cell_of(row, period)); });
}

void cells_of_unit(store::Tx& tx, org::UnitId unit, direct::IndicatorId indicator,
                   const std::string& period, const TakeCell& take) {
  static constexpr store::Sql kCell{"fact.published_of_unit",
                                    CELL_COLUMNS " and f.unit_id = :unit"};
  tx.each(kCell, {{"period", period}, {"indicator", indicator}, {"unit", unit}},
          [&](const store::Row& row) { take(cell_of(row, period)); });
}

}  // namespace report::publication_store
