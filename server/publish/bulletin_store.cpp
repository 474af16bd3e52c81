#include "publish/bulletin_store.h"

namespace publish::bulletin_store {
namespace {

#define BULLETIN_COLUMNS                                                                       \
  "select b.id, b.unit_id, b.title, b.lead, b.dated_on, b.category, b.source_kind, "           \
  "b.source_id, b.source_text, b.is_illustrative, b.state, coalesce(b.slug, ''), "             \
  "b.review_remark, b.shown_at, b.published_at, b.published_by, b.was_shown, b.withdrawn_at, " \
  "b.withdrawn_by, b.withdrawn_reason, b.revision, b.actor from bulletin b "

std::optional<base::Instant> instant_or_none(const store::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.instant(column);
}

Bulletin bulletin_of(const store::Row& row) {
  Bulletin made;
  made.id = row.id<BulletinId>(0);
  made.unit = row.id<org::UnitId>(1);
  made.title = row.string(2);
  made.lead = row.string(3);
  made.dated_on = row.date(4);
  made.category = row.string(5);
  made.source = {row.string(6), row.integer(7), row.string(8)};
  made.is_illustrative = row.integer(9) != 0;
  made.state = state_named(row.text(10)).value();
  made.slug = row.string(11);
  made.review_remark = row.string(12);
  made.shown_at = instant_or_none(row, 13);
  made.published_at = instant_or_none(row, 14);
  made.published_by = row.string(15);
  made.was_shown = row.integer(16) != 0;
  made.withdrawn = {instant_or_none(row, 17), row.string(18), row.string(19)};
  made.revision = row.integer(20);
  made.author = row.string(21);
  return made;
}

void add_body(store::Tx& tx, BulletinId id, const Bulletin& bulletin) {
  static constexpr store::Sql kParagraph{
      "bulletin_paragraph.add",
      "insert into bulletin_paragraph (bulletin_id, position, is_heading, text) values (:id, "
      ":position, :heading, :text)"};
  static constexpr store::Sql kFigure{
      "bulletin_figure.add",
      "insert into bulletin_figure (bulletin_id, position, publication_id, indicator, unit_id, "
      "label, unit_name, measure_unit, period, decimals, amount) values (:id, :position, "
      ":publication, :indicator, :unit, :label, :unit_name, :measure, :period, :decimals, "
      ":amount)"};
  std::int64_t position = 0;
  for (const Paragraph& one : bulletin.body) {
    tx.run(kParagraph, {{"id", id},
                        {"position", position++},
                        {"heading", one.is_heading ? 1 : 0},
                        {"text", one.text}});
  }
  position = 0;
  for (const Figure& one : bulletin.figures) {
    tx.run(kFigure, {{"id", id},
                     {"position", position++},
                     {"publication", one.publication},
                     {"indicator", one.indicator},
                     {"unit", one.unit},
                     {"label", one.label},
                     {"unit_name", one.unit_name},
                     {"measure", one.measure_unit},
                     {"period", one.period},
                     {"decimals", one.decimals},
                     {"amount", one.amount}});
  }
}

Picture picture_of(const store::Row& row) {
  Picture made;
  made.id = row.id<PictureId>(0);
  made.caption = row.string(1);
  made.alternative = row.string(2);
  const auto copy = [&](int at) {
    return Copy{row.string(at), static_cast<int>(row.integer(at + 1)),
                static_cast<int>(row.integer(at + 2)), row.integer(at + 3)};
  };
  made.full = copy(3);
  made.thumbnail = copy(7);
  return made;
}

void fill(store::Tx& tx, Bulletin& bulletin) {
  static constexpr store::Sql kBody{"bulletin_paragraph.of_bulletin",
                                    "select is_heading, text from bulletin_paragraph where "
                                    "bulletin_id = :id order by position"};
  static constexpr store::Sql kPictures{
      "bulletin_picture.of_bulletin",
      "select id, caption, alternative, hash, width, height, attachment_id, thumbnail_hash, "
      "thumbnail_width, thumbnail_height, thumbnail_attachment_id from bulletin_picture where "
      "bulletin_id = :id order by id"};
  static constexpr store::Sql kFigures{
      "bulletin_figure.of_bulletin",
      "select publication_id, indicator, unit_id, label, unit_name, measure_unit, period, "
      "decimals, amount from bulletin_figure where bulletin_id = :id order by position"};
  bulletin.body = tx.all(kBody, {{"id", bulletin.id}}, [](const store::Row& row) {
    return Paragraph{row.integer(0) != 0, row.string(1)};
  });
  bulletin.pictures = tx.all(kPictures, {{"id", bulletin.id}}, picture_of);
  bulletin.figures = tx.all(kFigures, {{"id", bulletin.id}}, [](const store::Row& row) {
    return Figure{row.id<report::PublicationId>(0),
                  row.string(1),
                  row.id<org::UnitId>(2),
                  row.string(3),
                  row.string(4),
                  row.string(5),
                  row.string(6),
                  static_cast<int>(row.integer(7)),
                  row.integer(8)};
  });
}

}  // namespace

BulletinId add(store::Tx& tx, const Bulletin& bulletin, const auth::Actor& actor,
               base::Instant at) {
  static constexpr store::Sql kAdd{
      "bulletin.add",
      "insert into bulletin (unit_id, title, lead, dated_on, category, source_kind, source_id, "
      "source_text, is_illustrative, state, account_id, actor, at) values (:unit, :title, :lead, "
      ":dated, :category, :kind, :source, :text, :illustrative, 'draft', :account, :actor, :at) "
      "returning id"};
  const BulletinId id{tx.integer(kAdd, {{"unit", bulletin.unit},
                                        {"title", bulletin.title},
                                        {"lead", bulletin.lead},
                                        {"dated", bulletin.dated_on},
                                        {"category", bulletin.category},
                                        {"kind", bulletin.source.kind},
                                        {"source", bulletin.source.id},
                                        {"text", bulletin.source.text},
                                        {"illustrative", bulletin.is_illustrative ? 1 : 0},
                                        {"account", actor.account()},
                                        {"actor", actor.name()},
                                        {"at", at}})};
  add_body(tx, id, bulletin);
  return id;
}

bool save(store::Tx& tx, const Bulletin& bulletin) {
  static constexpr store::Sql kSave{
      "bulletin.save",
      "update bulletin set title = :title, lead = :lead, dated_on = :dated, category = :category, "
      "source_kind = :kind, source_id = :source, source_text = :text, is_illustrative = "
      ":illustrative, state = :state, slug = :slug, review_remark = :remark, shown_at = :shown, "
      "published_at = :published, published_by = :published_by, was_shown = :was_shown, "
      "withdrawn_at = :withdrawn, withdrawn_by = :withdrawn_by, withdrawn_reason = :reason, "
      "revision = revision + 1 where id = :id and revision = :revision"};
  static constexpr store::Sql kClearBody{"bulletin_paragraph.remove",
                                         "delete from bulletin_paragraph where bulletin_id = :id"};
  static constexpr store::Sql kClearFigures{"bulletin_figure.remove",
                                            "delete from bulletin_figure where bulletin_id = :id"};
  const auto slug = bulletin.slug.empty() ? std::nullopt : std::optional(bulletin.slug);
  const bool is_saved = tx.run(kSave, {{"title", bulletin.title},
                                       {"lead", bulletin.lead},
                                       {"dated", bulletin.dated_on},
                                       {"category", bulletin.category},
                                       {"kind", bulletin.source.kind},
                                       {"source", bulletin.source.id},
                                       {"text", bulletin.source.text},
                                       {"illustrative", bulletin.is_illustrative ? 1 : 0},
                                       {"state", name(bulletin.state)},
                                       {"slug", slug},
                                       {"remark", bulletin.review_remark},
                                       {"shown", bulletin.shown_at},
                                       {"published", bulletin.published_at},
                                       {"published_by", bulletin.published_by},
                                       {"was_shown", bulletin.was_shown ? 1 : 0},
                                       {"withdrawn", bulletin.withdrawn.at},
                                       {"withdrawn_by", bulletin.withdrawn.by},
                                       {"reason", bulletin.withdrawn.reason},
                                       {"id", bulletin.id},
                                       {"revision", bulletin.revision}}) == 1;
  if (!is_saved) return false;
  tx.run(kClearBody, {{"id", bulletin.id}});
  tx.run(kClearFigures, {{"id", bulletin.id}});
  add_body(tx, bulletin.id, bulletin);
  return true;
}

std::optional<org::UnitId> unit_of(store::Tx& tx, BulletinId id) {
  static constexpr store::Sql kUnit{"bulletin.unit", "select unit_id from bulletin where id = :id"};
  return tx.one(kUnit, {{"id", id}}, [](const store::Row& row) { return row.id<org::UnitId>(0); });
}

std::optional<Bulletin> find(store::Tx& tx, BulletinId id) {
  static constexpr store::Sql kFind{"bulletin.find", BULLETIN_COLUMNS "where b.id = :id"};
  auto found = tx.one(kFind, {{"id", id}}, bulletin_of);
  if (found) fill(tx, *found);
  return found;
}

std::vector<Bulletin> visible(store::Tx& tx, const org::Scope& scope, const Wanted& wanted) {
  static constexpr store::Sql kVisible{
      "bulletin.visible",
      "with recursive " ORG_VISIBLE_UNITS BULLETIN_COLUMNS
      "where b.unit_id in (select unit_id from visible) and (cast(:unit as bigint) = 0 or "
      "b.unit_id = :unit) and (cast(:state as text) = '' or b.state = :state) and (cast(:category "
      "as text) = '' or b.category = :category) and (cast(:before "
      "as bigint) = 0 or b.id < :before) order by b.id desc limit :limit"};
  return tx.all(kVisible,
                {{"account", scope.account},
                 {"day", scope.day},
                 {"sees_all", scope.sees_all ? 1 : 0},
                 {"unit", wanted.unit.value_or(org::UnitId{})},
                 {"state", wanted.state ? name(*wanted.state) : std::string_view()},
                 {"category", wanted.category},
                 {"before", wanted.before},
                 {"limit", wanted.limit}},
                bulletin_of);
}

void add_hand(store::Tx& tx, BulletinId id, auth::AccountId account) {
  static constexpr store::Sql kAdd{"bulletin_hand.add",
                                   "insert into bulletin_hand (bulletin_id, account_id) values "
                                   "(:id, :account) on conflict (bulletin_id, account_id) do "
                                   "nothing"};
  tx.run(kAdd, {{"id", id}, {"account", account}});
}

bool is_hand(store::Tx& tx, BulletinId id, auth::AccountId account) {
  static constexpr store::Sql kIs{
      "bulletin_hand.is",
      "select count(*) from bulletin_hand where bulletin_id = :id and account_id = :account"};
  return tx.integer(kIs, {{"id", id}, {"account", account}}) > 0;
}

PictureId add_picture(store::Tx& tx, BulletinId id, const Picture& picture) {
  static constexpr store::Sql kAdd{
      "bulletin_picture.add",
      "insert into bulletin_picture (bulletin_id, caption, alternative, hash, width, height, "
      "attachment_id, thumbnail_hash, thumbnail_width, thumbnail_height, "
      "thumbnail_attachment_id) values (:id, :caption, :alternative, :hash, :width, :height, "
      ":attachment, :small_hash, :small_width, :small_height, :small_attachment) returning id"};
  return {tx.integer(kAdd, {{"id", id},
                            {"caption", picture.caption},
                            {"alternative", picture.alternative},
                            {"hash", picture.full.hash},
                            {"width", picture.full.width},
                            {"height", picture.full.height},
                            {"attachment", picture.full.attachment},
                            {"small_hash", picture.thumbnail.hash},
                            {"small_width", picture.thumbnail.width},
                            {"small_height", picture.thumbnail.height},
                            {"small_attachment", picture.thumbnail.attachment}})};
}

void save_picture(store::Tx& tx, const Picture& picture) {
  static constexpr store::Sql kSave{
      "bulletin_picture.save",
      "update bulletin_picture set caption = :caption, alternative = :alternative where id = :id"};
  tx.run(kSave,
         {{"caption", picture.caption}, {"alternative", picture.alternative}, {"id", picture.id}});
}

void remove_picture(store::Tx& tx, PictureId id) {
  static constexpr store::Sql kRemove{"bulletin_picture.remove",
                                      "delete from bulletin_picture where id = :id"};
  tx.run(kRemove, {{"id", id}});
}

std::string free_slug(store::Tx& tx, const std::string& slug) {
  static constexpr store::Sql kTaken{"bulletin.slug_taken",
                                     "select count(*) from bulletin where slug = :slug"};
  std::string made = slug;
  for (int next = 2; tx.integer(kTaken, {{"slug", made}}) > 0; ++next) {
    made = slug + "-" + std::to_string(next);
  }
  return made;
}

}  // namespace publish::bulletin_store
