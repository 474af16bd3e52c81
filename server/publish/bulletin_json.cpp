#include "publish/bulletin_json.h"

#include "base/decimal.h"
#include "org/unit_json.h"
#include "org/unit_store.h"
#include "publish/change_bulletin.h"
#include "publish/page_frame.h"

namespace publish {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::int64_t kMostId = 1LL << 53;

value instant_json(const std::optional<base::Instant>& at) {
  return at ? value(at->text()) : value(nullptr);
}

value withdrawal_json(const Withdrawal& withdrawn) {
  if (!withdrawn.at) return nullptr;
  return object{{"at", withdrawn.at->text()}, {"by", withdrawn.by}, {"reason", withdrawn.reason}};
}

object copy_json(const Copy& copy) {
  return {{"hash", copy.hash}, {"width", copy.width}, {"height", copy.height}};
}

object picture_json(const Picture& one) {
  return {{"id", one.id.value},
          {"caption", one.caption},
          {"alternative", one.alternative},
          {"full", copy_json(one.full)},
          {"thumbnail", copy_json(one.thumbnail)}};
}

object figure_json(const Figure& one) {
  return {{"publication", one.publication.value},
          {"indicator", one.indicator},
          {"unit", one.unit.value},
          {"label", one.label},
          {"unit_name", one.unit_name},
          {"measure_unit", one.measure_unit},
          {"period", one.period},
          {"value", base::canonical_figure(one.amount, one.decimals)}};
}

void read_source(http::Fields& fields, Bulletin& made) {
  if (!fields.has("source")) return;
  fields.object("source", [&](http::Fields& of) {
    static constexpr const char* kKinds[] = {"session", "movement", "publication"};
    made.source.kind = kKinds[of.one_of("kind", {"session", "movement", "publication"})];
    made.source.id = of.maybe_integer("id", 1, kMostId).value_or(0);
    made.source.text = of.text("text", 300);
  });
}

}  // namespace

Bulletin read_bulletin(http::Fields& fields, bool is_new) {
  Bulletin made;
  if (is_new) made.unit = {fields.integer("unit", 1, kMostId)};
  made.title = fields.text("title", 300);
  made.lead = fields.maybe_text("lead", 1000).value_or("");
  made.dated_on = fields.date("dated_on");
  made.category = fields.text("category", 40);
  made.is_illustrative = fields.boolean("is_illustrative", false);
  fields.objects("body", false, kMostParagraphs, [&](http::Fields& of) {
    const bool is_heading = of.has("kind") && of.one_of("kind", {"paragraph", "heading"}) == 1;
    made.body.push_back({is_heading, of.maybe_text("text", 5000).value_or("")});
  });
  fields.objects("figures", false, kMostFigures, [&](http::Fields& of) {
    Figure one;
    one.publication = {of.integer("publication", 1, kMostId)};
    one.indicator = of.text("indicator", 100);
    one.unit = {of.integer("unit", 1, kMostId)};
    made.figures.push_back(std::move(one));
  });
  read_source(fields, made);
  if (!fields.has("source")) fields.maybe_text("source");  // null is none
  return made;
}

object head_json(store::Tx& tx, const Bulletin& bulletin, Now now) {
  const auto path =
      bulletin.slug.empty() ? value(nullptr) : value(page::article_path(bulletin.slug));
  return {{"id", bulletin.id.value},
          {"unit", org::to_json(org::unit_store::ref(tx, bulletin.unit, now.day))},
          {"title", bulletin.title},
          {"lead", bulletin.lead},
          {"dated_on", bulletin.dated_on.text()},
          {"category", bulletin.category},
          {"is_illustrative", bulletin.is_illustrative},
          {"state", name(bulletin.state)},
          {"path", path},
          {"is_public", bulletin.is_public(now.at)},
          {"shown_at", instant_json(bulletin.shown_at)},
          {"published_at", instant_json(bulletin.published_at)},
          {"published_by", bulletin.published_by},
          {"withdrawn", withdrawal_json(bulletin.withdrawn)},
          {"revision", bulletin.revision},
          {"author", bulletin.author}};
}

object page_json(store::Tx& tx, const Bulletin& bulletin, const auth::Actor& actor, Now now) {
  object made = head_json(tx, bulletin, now);
  array body, pictures, figures, deeds;
  for (const Paragraph& one : bulletin.body) {
    body.push_back(object{{"kind", one.is_heading ? "heading" : "paragraph"}, {"text", one.text}});
  }
  for (const Picture& one : bulletin.pictures) pictures.push_back(picture_json(one));
  for (const Figure& one : bulletin.figures) figures.push_back(figure_json(one));
  for (const Deed one : deeds_of(bulletin.state, parts_of(tx, actor, now.day, bulletin))) {
    deeds.push_back(value(name(one)));
  }
  made["body"] = std::move(body);
  made["pictures"] = std::move(pictures);
  made["figures"] = std::move(figures);
  made["source"] = nullptr;
  if (!bulletin.source.kind.empty()) {
    made["source"] =
        object{{"kind", bulletin.source.kind},
               {"id", bulletin.source.id == 0 ? value(nullptr) : value(bulletin.source.id)},
               {"text", bulletin.source.text}};
  }
  made["review_remark"] = bulletin.review_remark;
  made["deeds"] = std::move(deeds);
  return made;
}

object opening_json(report::PublicationId id, const std::optional<Opening>& opening) {
  const bool is_open = opening && opening->is_open;
  return {{"publication", id.value},
          {"is_open", is_open},
          {"path", is_open ? value(page::figures_path(id)) : value(nullptr)},
          {"opened_at", opening ? value(opening->opened_at.text()) : value(nullptr)},
          {"opened_by", opening ? opening->opened_by : ""},
          {"withdrawn", opening ? withdrawal_json(opening->withdrawn) : value(nullptr)}};
}

}  // namespace publish
