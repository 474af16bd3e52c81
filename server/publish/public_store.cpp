#include "publish/public_store.h"

#include <set>

#include "org/unit_store.h"
#include "publish/bulletin_store.h"
#include "registry/attachment.h"

namespace publish {
namespace {

#define IS_PUBLIC "b.state = 'published' and b.shown_at <= :now "

#define BRIEF_COLUMNS                                                                            \
  "select b.id, b.slug, b.title, b.lead, b.category, b.dated_on, b.shown_at, b.unit_id, "        \
  "p.thumbnail_hash, p.thumbnail_width, p.thumbnail_height, p.alternative from bulletin b left " \
  "join bulletin_picture p on p.id = (select min(f.id) from bulletin_picture f where "           \
  "f.bulletin_id = b.id) where " IS_PUBLIC

constexpr int kRelated = 4;
constexpr int kMostUnits = 500;

}  // namespace

std::int64_t PublicRows::generation() {
  static constexpr store::Sql kGeneration{"public_generation.value",
                                          "select value from public_generation where id = 1"};
  return tx_.integer(kGeneration);
}

std::optional<base::Instant> PublicRows::next_change() {
  static constexpr store::Sql kNext{
      "bulletin.next_shown",
      "select shown_at from bulletin where state = 'published' and shown_at > :now order by "
      "shown_at limit 1"};
  return tx_.one(kNext, {{"now", now_}}, [](const store::Row& row) { return row.instant(0); });
}

std::string PublicRows::unit_name(org::UnitId unit, base::Instant at) {
  return unit_name(unit, clock_.day_of(at));
}

std::string PublicRows::unit_name(org::UnitId unit, base::Date day) {
  const auto [place, is_new] = names_.try_emplace({unit.value, day});
  if (is_new) place->second = org::unit_store::ref(tx_, unit, day).name;
  return place->second;
}

Brief PublicRows::brief_of(const store::Row& row) {
  Brief made;
  made.id = row.id<BulletinId>(0);
  made.slug = row.string(1), made.title = row.string(2), made.lead = row.string(3);
  made.category = row.string(4);
  made.dated_on = row.date(5);
  made.shown_at = row.instant(6);
  if (!row.is_null(8)) {
    made.thumbnail =
        Copy{row.string(8), static_cast<int>(row.integer(9)), static_cast<int>(row.integer(10)), 0};
    made.alternative = row.string(11);
  }
  return made;
}

void PublicRows::fill(std::vector<Brief>& briefs, const std::vector<org::UnitId>& units) {
  for (std::size_t i = 0; i < briefs.size(); ++i) {
    briefs[i].unit_name = unit_name(units[i], briefs[i].shown_at);
  }
}

std::vector<Brief> PublicRows::latest(std::string_view category,
                                      const std::optional<ListPlace>& after, int limit) {
#define GOES_ON "and (b.shown_at < :at or (b.shown_at = :at and b.id < :id)) "
#define NEWEST "order by b.shown_at desc, b.id desc limit :limit"
  static constexpr store::Sql kLatest{"bulletin.public_latest", BRIEF_COLUMNS GOES_ON NEWEST};
  static constexpr store::Sql kOfCategory{
      "bulletin.public_of_category", BRIEF_COLUMNS "and b.category = :category " GOES_ON NEWEST};
#undef GOES_ON
#undef NEWEST
  const ListPlace place = after.value_or(ListPlace{{now_.microseconds + 1}, 0});
  std::vector<store::Param> params{
      {"now", now_}, {"at", place.shown_at}, {"id", place.id}, {"limit", limit}};
  if (!category.empty()) params.push_back({"category", category});
  std::vector<org::UnitId> units;
  auto briefs =
      tx_.all(category.empty() ? kLatest : kOfCategory, params, [&](const store::Row& row) {
        units.push_back(row.id<org::UnitId>(7));
        return brief_of(row);
      });
  fill(briefs, units);
  return briefs;
}

std::vector<std::string> PublicRows::used_categories() {
  static constexpr store::Sql kAny{
      "bulletin.public_any", "select count(*) from (select b.id from bulletin b where " IS_PUBLIC
                             "and b.category = :category limit 1) found"};
  std::vector<std::string> made;
  for (const Category& one : categories()) {
    if (tx_.integer(kAny, {{"now", now_}, {"category", one.code}}) > 0) made.emplace_back(one.code);
  }
  return made;
}

std::optional<Article> PublicRows::article(std::string_view slug) {
  static constexpr store::Sql kBySlug{
      "bulletin.public_by_slug", "select b.id from bulletin b where b.slug = :slug and " IS_PUBLIC};
  const auto id = tx_.one(kBySlug, {{"slug", slug}, {"now", now_}},
                          [](const store::Row& row) { return row.id<BulletinId>(0); });
  if (!id) return std::nullopt;
  Article made;
  made.bulletin = bulletin_store::find(tx_, *id).value();
  made.unit_name = unit_name(made.bulletin.unit, *made.bulletin.shown_at);
  for (Brief& one : latest(made.bulletin.category, std::nullopt, kRelated + 1)) {
    if (one.id != *id && made.related.size() < kRelated) made.related.push_back(std::move(one));
  }
  look_up_figures(made);
  return made;
}

void PublicRows::look_up_figures(Article& article) {
  static constexpr store::Sql kIsOpen{
      "opened_publication.is_open",
      "select count(*) from opened_publication where publication_id = :id and is_open = 1"};
  std::set<report::PublicationId> known;
  for (const Figure& one : article.bulletin.figures) {
    if (!known.insert(one.publication).second) continue;
    if (tx_.integer(kIsOpen, {{"id", one.publication}}) > 0) {
      article.opened.push_back(one.publication);
    }
    const report::PublicationId newer = newer_than(one.publication);
    if (newer) article.corrected.emplace(one.publication, newer);
  }
}

/// The newest version that is open; zero for none.
report::PublicationId PublicRows::newer_than(report::PublicationId id) {
  static constexpr store::Sql kNewer{
      "opened_publication.newer",
      "select n.id, coalesce(o.is_open, 0) from publication n left join opened_publication o on "
      "o.publication_id = n.id where n.replaces_id = :id"};
  report::PublicationId newest;
  for (auto at = id; at;) {
    const auto next = tx_.one(kNewer, {{"id", at}}, [](const store::Row& row) {
      return std::pair(row.id<report::PublicationId>(0), row.integer(1) != 0);
    });
    if (next && next->second) newest = next->first;
    at = next ? next->first : report::PublicationId{};
  }
  return newest;
}

std::optional<Gone> PublicRows::withdrawn(std::string_view slug) {
  static constexpr store::Sql kGone{
      "bulletin.public_withdrawn",
      "select b.title, b.unit_id, b.withdrawn_at, b.withdrawn_by, b.withdrawn_reason from bulletin "
      "b where b.slug = :slug and b.was_shown = 1 and b.withdrawn_at is not null and not "
      "(b.state = 'published' and b.shown_at <= :now)"};
  org::UnitId unit;
  auto made = tx_.one(kGone, {{"slug", slug}, {"now", now_}}, [&](const store::Row& row) {
    unit = row.id<org::UnitId>(1);
    return Gone{row.string(0), "", {row.instant(2), row.string(3), row.string(4)}};
  });
  if (made) made->unit_name = unit_name(unit, *made->withdrawn.at);
  return made;
}

std::optional<std::string> PublicRows::picture(std::string_view hash) {
  static constexpr store::Sql kFull{"bulletin_picture.public_full",
                                    "select p.attachment_id from bulletin_picture p join bulletin "
                                    "b on b.id = p.bulletin_id where "
                                    "p.hash = :hash and " IS_PUBLIC "limit 1"};
  static constexpr store::Sql kThumbnail{
      "bulletin_picture.public_thumbnail",
      "select p.thumbnail_attachment_id from bulletin_picture p join bulletin b on b.id = "
      "p.bulletin_id where p.thumbnail_hash = :hash and " IS_PUBLIC "limit 1"};
  for (const store::Sql& sql : {kFull, kThumbnail}) {
    const auto id = tx_.one(sql, {{"hash", hash}, {"now", now_}},
                            [](const store::Row& row) { return row.integer(0); });
    if (id) return registry::content_of(tx_, registry::find_attachment(tx_, *id).value());
  }
  return std::nullopt;
}

std::vector<OpenBrief> PublicRows::opened(int limit) {
  static constexpr store::Sql kOpened{
      "opened_publication.newest",
      "select o.publication_id, p.title, p.period, o.opened_at, o.unit_id from opened_publication "
      "o join publication p on p.id = o.publication_id where o.is_open = 1 order by o.opened_at "
      "desc, o.publication_id desc limit :limit"};
  std::vector<org::UnitId> units;
  auto made = tx_.all(kOpened, {{"limit", limit}}, [&](const store::Row& row) {
    units.push_back(row.id<org::UnitId>(4));
    return OpenBrief{row.id<report::PublicationId>(0), row.string(1), "", row.string(2),
                     row.instant(3)};
  });
  for (std::size_t i = 0; i < made.size(); ++i) {
    made[i].unit_name = unit_name(units[i], made[i].opened_at);
  }
  return made;
}

std::optional<OpenFigures> PublicRows::figures(report::PublicationId id) {
  static constexpr store::Sql kFigures{
      "opened_publication.content",
      "select content, opened_at, map from opened_publication where publication_id = :id and "
      "is_open = 1"};
  auto made = tx_.one(kFigures, {{"id", id}}, [&](const store::Row& row) {
    return OpenFigures{id, row.string(0), {}, row.instant(1), {}, open_map_of(row.string(2))};
  });
  if (!made) return std::nullopt;
  made->table = open_table_of(made->text);
  made->newer = newer_than(id);
  return made;
}

std::optional<Gone> PublicRows::closed(report::PublicationId id) {
  static constexpr store::Sql kClosed{
      "opened_publication.closed",
      "select p.title, o.unit_id, o.withdrawn_at, o.withdrawn_by, o.withdrawn_reason from "
      "opened_publication o join publication p on p.id = o.publication_id where "
      "o.publication_id = :id and o.is_open = 0"};
  org::UnitId unit;
  auto made = tx_.one(kClosed, {{"id", id}}, [&](const store::Row& row) {
    unit = row.id<org::UnitId>(1);
    return Gone{row.string(0), "", {row.instant(2), row.string(3), row.string(4)}};
  });
  if (made) made->unit_name = unit_name(unit, *made->withdrawn.at);
  return made;
}

std::vector<PublicUnit> PublicRows::units() {
  static constexpr store::Sql kUnits{
      "unit.that_opened_something",
      "select unit_id from (select distinct b.unit_id from bulletin b where " IS_PUBLIC
      "union select distinct unit_id from opened_publication where is_open = 1) found order by "
      "unit_id limit :limit"};
  const base::Date day = clock_.day_of(now_);
  std::vector<org::UnitId> left =
      tx_.all(kUnits, {{"now", now_}, {"limit", kMostUnits}},
              [](const store::Row& row) { return row.id<org::UnitId>(0); });
  std::map<std::int64_t, PublicUnit> made;
  while (!left.empty()) {
    const org::UnitId id = left.back();
    left.pop_back();
    if (made.contains(id.value)) continue;
    const auto unit = org::unit_store::find(tx_, id, day);
    if (!unit) continue;
    made.emplace(id.value, PublicUnit{unit->code, unit->name, unit->kind,
                                      unit->parent ? unit->parent->name : ""});
    if (unit->parent) left.push_back(unit->parent->id);
  }
  std::vector<PublicUnit> list;
  for (auto& [id, unit] : made) list.push_back(std::move(unit));
  return list;
}

}  // namespace publish
