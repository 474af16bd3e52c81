#include "direct/programme_json.h"

#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/routes.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace direct {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

value figure(const std::optional<base::Wide>& amount, int decimals) {
  if (!amount) return nullptr;
  return value(base::canonical_figure(*amount, decimals));
}

value figure(const std::optional<std::int64_t>& amount, int decimals) {
  return figure(amount ? std::optional<base::Wide>(*amount) : std::nullopt, decimals);
}

value text_or_null(const std::string& text) { return text.empty() ? value(nullptr) : value(text); }

}  // namespace

object summary_json(store::Tx& tx, const Programme& programme, base::Date day) {
  object made{{"id", programme.id.value},
              {"unit", org::to_json(org::unit_store::ref(tx, programme.unit, day))},
              {"kind", programme.kind == ProgrammeKind::regulation ? "regulation" : "programme"},
              {"number", programme.number},
              {"title", programme.title},
              {"issued_on", programme.issued_on.text()},
              {"implements", nullptr},
              {"document", programme.document ? value(programme.document->value) : value(nullptr)},
              {"is_illustrative", programme.is_illustrative}};
  if (programme.implements) {
    const auto above = programme_store::find(tx, *programme.implements).value();
    made["implements"] =
        object{{"id", above.id.value}, {"number", above.number}, {"title", above.title}};
  }
  return made;
}

object full_json(store::Tx& tx, const Programme& programme, base::Date day) {
  object made = summary_json(tx, programme, day);
  made["from"] = programme.from.text();
  made["to"] = programme.to.text();
  array objectives, targets, items, addressees;
  for (const Objective& objective : programme_store::objectives(tx, programme.id)) {
    objectives.push_back(
        object{{"id", objective.id}, {"code", objective.code}, {"title", objective.title}});
  }
  for (const Target& target : programme_store::targets(tx, programme.id, programme.unit)) {
    const Indicator indicator = indicator_store::find(tx, target.indicator).value();
    array milestones;
    for (const Milestone& one : programme_store::milestones(tx, target.id)) {
      milestones.push_back(
          object{{"period", one.period.text()},
                 {"value", base::canonical_figure(one.amount, indicator.decimals)}});
    }
    targets.push_back(object{{"id", target.id.value},
                             {"milestones", std::move(milestones)},
                             {"objective", text_or_null(target.objective)},
                             {"indicator", to_json(tx, indicator)},
                             {"period", target.period},
                             {"value", base::canonical_figure(target.amount, indicator.decimals)},
                             {"unit", org::to_json(org::unit_store::ref(tx, target.unit, day))}});
  }
  for (const RegulationItem& item : programme_store::items(tx, programme.id)) {
    items.push_back(object{{"code", item.code}, {"text", item.text}, {"question", item.question}});
  }
  for (const org::UnitId unit : programme_store::addressees(tx, programme.id)) {
    addressees.push_back(org::to_json(org::unit_store::ref(tx, unit, day)));
  }
  made["objectives"] = objectives;
  made["targets"] = targets;
  made["items"] = items;
  made["addressees"] = addressees;
  return made;
}

object coverage_json(store::Tx& tx, const Programme& programme, base::Date day) {
  const std::vector<org::UnitId> units = programme_store::addressees(tx, programme.id);
  array unit_items, target_items;
  CoverageCounts total;
  std::vector<CoverageCell> whole;
  for (const org::UnitId unit : units) {
    const Adoption adoption = programme_store::adoption(tx, programme.id, unit);
    whole.push_back({unit, adoption, {}});
    unit_items.push_back(object{{"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
                                {"state", name(adoption.state)},
                                {"reason", adoption.reason}});
  }
  const auto targets = programme_store::targets(tx, programme.id, programme.unit);
  for (const Target& target : targets) {
    const Indicator indicator = indicator_store::find(tx, target.indicator).value();
    const auto cells = programme_store::cells(tx, target.id, units);
    const auto difference = allocation_difference(indicator, target.amount, cells);
    array cell_items;
    for (const CoverageCell& cell : cells) {
      cell_items.push_back(object{{"unit", cell.unit.value},
                                  {"state", name(cell.adoption.state)},
                                  {"reason", cell.adoption.reason},
                                  {"allocated", figure(cell.allocated, indicator.decimals)},
                                  {"value", figure(cell.adoption.amount, indicator.decimals)}});
    }
    const CoverageCounts counts = count(cells);
    total.adopted += counts.adopted;
    total.declined += counts.declined;
    total.silent += counts.silent;
    const std::optional<base::Wide> allocated =
        difference ? std::optional<base::Wide>(*difference + target.amount) : std::nullopt;
    target_items.push_back(
        object{{"id", target.id.value},
               {"indicator", to_json(tx, indicator)},
               {"period", target.period},
               {"value", base::canonical_figure(target.amount, indicator.decimals)},
               {"allocated", figure(allocated, indicator.decimals)},
               {"difference", figure(difference, indicator.decimals)},
               {"cells", cell_items}});
  }
  if (targets.empty()) total = count(whole);
  return {
      {"programme", summary_json(tx, programme, day)},
      {"units", unit_items},
      {"targets", target_items},
      {"counts",
       object{{"adopted", total.adopted}, {"declined", total.declined}, {"silent", total.silent}}}};
}

NewProgramme read_head(http::Fields& fields) {
  constexpr std::int64_t kMost = 1LL << 53;
  NewProgramme made;
  Programme& programme = made.programme;
  programme.unit = {fields.integer("unit", 1, kMost)};
  programme.kind = fields.one_of("kind", {"programme", "regulation"}) == 1
                       ? ProgrammeKind::regulation
                       : ProgrammeKind::programme;
  programme.number = fields.text("number", 60);
  programme.title = fields.text("title", 1000);
  programme.issued_on = fields.date("issued_on");
  programme.from = fields.maybe_date("from").value_or(programme.issued_on);
  programme.to = fields.maybe_date("to").value_or(base::kForever);
  if (const auto above = fields.maybe_integer("implements", 1, kMost))
    programme.implements = ProgrammeId{*above};
  programme.is_illustrative = fields.boolean("is_illustrative", false);
  if (const auto paper = fields.maybe_integer("document", 1, kMost)) {
    programme.document = registry::DocumentId{*paper};
  }
  for (const std::int64_t unit : fields.integers("addressees", false))
    made.addressees.push_back({unit});
  return made;
}

NewProgramme read_programme(http::Fields& fields) {
  NewProgramme made = read_head(fields);
  fields.objects("objectives", false, 500, [&](http::Fields& one) {
    made.objectives.push_back({0, one.text("code", 40), one.text("title", 1000)});
  });
  fields.objects("targets", false, 500, [&](http::Fields& one) {
    NewTarget target;
    target.objective = one.maybe_text("objective", 40).value_or("");
    target.indicator = one.text("indicator", 40);
    target.period = one.period("period");
    target.value = one.text("value", 40);
    target.pointer = one.pointer("");
    if (target.pointer.ends_with('/')) target.pointer.pop_back();
    target.measure_unit = one.maybe_text("measure_unit", 60).value_or("");
    one.objects("milestones", false, 100, [&](http::Fields& milestone) {
      std::string pointer = milestone.pointer("");
      if (pointer.ends_with('/')) pointer.pop_back();
      target.milestones.push_back(
          {milestone.period("period"), milestone.text("value", 40), pointer});
    });
    made.targets.push_back(std::move(target));
  });
  fields.objects("items", false, 500, [&](http::Fields& one) {
    made.items.push_back({one.text("code", 40), one.text("text", 2000),
                          one.maybe_text("question", 1000).value_or("")});
  });
  return made;
}

AskedAdoption read_adoption(http::Fields& fields, bool of_target) {
  AskedAdoption made;
  made.state = fields.one_of("state", {"adopted", "declined"}) == 1 ? AdoptionState::declined
                                                                    : AdoptionState::adopted;
  made.reason = fields.maybe_text("reason", 1000).value_or("");
  if (of_target) {
    made.value = fields.maybe_text("value", 40);
  } else if (const auto own = fields.maybe_integer("programme", 1, 1LL << 53)) {
    made.by_programme = ProgrammeId{*own};
  }
  return made;
}

}  // namespace direct
