#include <algorithm>
#include <map>

#include "inspect/inspection_store.h"
#include "inspect/session.h"
#include "mobilise/movement_store.h"
#include "org/authority.h"
#include "publish/service.h"
#include "report/publication_json.h"

namespace publish {
namespace {

using base::ProblemKind;

/// Publications of one act, each read once; none where there is none in sight.
class Publications {
 public:
  Publications(store::Tx& tx, const auth::Actor& actor, base::Date day)
      : tx_(tx), actor_(actor), day_(day) {}

  const report::Published* find(report::PublicationId id) {
    const auto known = read_.find(id.value);
    if (known != read_.end()) return known->second ? &*known->second : nullptr;
    auto& place = read_[id.value];
    if (is_in_sight(id)) {
      place = report::content_of(report::publication_store::frozen(tx_, id));
    }
    return place ? &*place : nullptr;
  }
  bool is_in_sight(report::PublicationId id) {
    const auto found = report::publication_store::find(tx_, id);
    return found && org::allows(tx_, actor_, org::Act::see, found->unit, day_).has_value();
  }

 private:
  store::Tx& tx_;
  const auth::Actor& actor_;
  base::Date day_;
  std::map<std::int64_t, std::optional<report::Published>> read_;
};

/// True when the publication has a value there.
bool fill(Figure& figure, const report::Published& published) {
  const auto line = std::find_if(published.lines.begin(), published.lines.end(),
                                 [&](const auto& one) { return one.unit == figure.unit; });
  if (line == published.lines.end()) return false;
  for (std::size_t i = 0; i < published.indicators.size(); ++i) {
    const direct::Indicator& indicator = published.indicators[i].indicator;
    if (indicator.code != figure.indicator || !line->totals[i].value) continue;
    figure.label = indicator.name, figure.measure_unit = indicator.measure_unit;
    figure.decimals = indicator.decimals, figure.amount = *line->totals[i].value;
    figure.period = published.period;
    for (const report::Place& place : published.places) {
      if (place.unit.id == figure.unit) figure.unit_name = place.unit.name;
    }
    return true;
  }
  return false;
}

bool source_is_known(store::Tx& tx, const auth::Actor& actor, base::Date day,
                     Publications& publications, const Source& source) {
  if (source.id == 0) return true;
  if (source.kind == "publication") return publications.is_in_sight({source.id});
  if (source.kind == "movement") {
    using mobilise::movement_store::Sight;
    return mobilise::movement_store::sight(tx, org::scope_of(actor, day),
                                           mobilise::MovementId{source.id}) != Sight::none;
  }
  if (source.kind != "session") return false;
  const auto session = inspect::session_store::find(tx, inspect::WorkingSessionId{source.id});
  return session &&
         inspect::inspection_store::in_scope(tx, org::scope_of(actor, day), session->inspection);
}

}  // namespace

WrittenBulletin bound(store::Tx& tx, const auth::Actor& actor, base::Date day, Bulletin asked) {
  WrittenBulletin made{std::move(asked), {}};
  Publications publications(tx, actor, day);
  for (std::size_t i = 0; i < made.bulletin.figures.size(); ++i) {
    Figure& figure = made.bulletin.figures[i];
    const report::Published* const published = publications.find(figure.publication);
    if (published != nullptr && fill(figure, *published)) continue;
    made.problems.push_back({ProblemKind::invalid,
                             "bulletin.figure_unpublished",
                             "/figures/" + std::to_string(i),
                             {figure.indicator}});
  }
  if (!source_is_known(tx, actor, day, publications, made.bulletin.source)) {
    made.problems.push_back({ProblemKind::invalid, "bulletin.source_unknown", "/source/id", {}});
  }
  return made;
}

}  // namespace publish
