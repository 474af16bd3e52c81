#include "org/reorganisation_json.h"

#include <stdexcept>

namespace org {
namespace {

using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kMostUnits = 20'000;
constexpr std::size_t kMostEvents = 40'000;
constexpr std::size_t kLongestTelling = 300'000;

array texts(const std::vector<std::string>& all) {
  array made;
  made.reserve(all.size());
  for (const std::string& one : all) made.push_back(value(one));
  return made;
}

void if_said(object& made, const char* key, const std::string& text) {
  if (!text.empty()) made[key] = text;
}

value doubts_json(const std::vector<base::Problem>& doubts) {
  array made;
  for (const base::Problem& doubt : doubts) {
    made.push_back(object{{"code", doubt.code}, {"args", texts(doubt.args)}});
  }
  return made;
}

value doubt_words(const std::vector<base::Problem>& doubts, base::Language language) {
  if (doubts.empty()) return nullptr;
  std::string words;
  for (const base::Problem& doubt : doubts) {
    words += (words.empty() ? "" : " ") + base::words(doubt, language);
  }
  return value(words);
}

Change read_change(http::Fields& f) {
  Change change;
  change.kind = static_cast<ChangeKind>(f.one_of(
      "kind", {"rename", "recode", "rekind", "reparent", "merge", "split", "create", "end"}));
  change.from = f.texts("from", false, 1000);
  change.to = f.texts("to", false, 1000);
  // Beside a merger or a division they only tell all the units' names.
  const bool tells = change.kind == ChangeKind::merge || change.kind == ChangeKind::split;
  const std::size_t longest = tells ? kLongestTelling : 200;
  change.name_before = f.maybe_text("name_before", longest).value_or("");
  change.name_after = f.maybe_text("name_after", longest).value_or("");
  change.kind_after = f.maybe_text("kind_after", 60).value_or("");
  change.parent_after = f.maybe_text("parent_after", 40).value_or("");
  change.line = f.maybe_text("line", 40).value_or("");
  change.leaves_line = f.maybe_text("leaves_line", 40).value_or("");
  change.level_after = f.maybe_integer("level_after", 1, 9);
  f.objects("shares", false, 1000, [&](http::Fields& share) {
    change.shares.push_back({share.text("to", 40),
                             share.integer("numerator", -1'000'000'000'000, 1'000'000'000'000),
                             share.integer("denominator", -1'000'000'000'000, 1'000'000'000'000)});
  });
  if (f.has("basis")) {
    change.basis = static_cast<Basis>(
        f.one_of("basis", {"whole", "population", "area", "people", "equal", "stated"}));
  }
  change.is_taken = f.boolean("taken", true);
  f.objects("doubts", false, 50, [&](http::Fields& doubt) {
    change.doubts.push_back(
        {base::ProblemKind::invalid, doubt.text("code", 100), "", doubt.texts("args", false, 50)});
  });
  f.maybe_raw_text("doubt");
  return change;
}

}  // namespace

object to_json(const Change& change, std::optional<base::Language> words) {
  object made{{"kind", name(change.kind)},
              {"from", texts(change.from)},
              {"to", texts(change.to)},
              {"name_before", change.name_before},
              {"name_after", change.name_after}};
  if_said(made, "kind_after", change.kind_after);
  if_said(made, "parent_after", change.parent_after);
  if_said(made, "line", change.line);
  if_said(made, "leaves_line", change.leaves_line);
  if (change.level_after) made["level_after"] = *change.level_after;
  if (!change.shares.empty()) {
    array shares;
    for (const PlannedShare& share : change.shares) {
      shares.push_back(object{
          {"to", share.to}, {"numerator", share.numerator}, {"denominator", share.denominator}});
    }
    made["shares"] = std::move(shares);
    made["basis"] = name(change.basis);
  }
  made["taken"] = change.is_taken;
  if (words) made["doubt"] = doubt_words(change.doubts, *words);
  if (!change.doubts.empty()) made["doubts"] = doubts_json(change.doubts);
  return made;
}

object to_json(const Plan& plan, std::optional<base::Language> words) {
  array units, events;
  units.reserve(plan.units.size());
  events.reserve(plan.changes.size());
  for (const PlannedUnit& unit : plan.units) {
    object made{{"code", unit.code}, {"name", unit.name}, {"kind", unit.kind}};
    if (unit.level) made["level"] = *unit.level;
    if_said(made, "parent", unit.parent_code);
    units.push_back(std::move(made));
  }
  for (const Change& change : plan.changes) events.push_back(to_json(change, words));
  return {{"title", plan.title},        {"document", plan.document},   {"line", plan.line},
          {"on", plan.on.text()},       {"hand_over", plan.hand_over}, {"units", std::move(units)},
          {"events", std::move(events)}};
}

Plan read_plan(http::Fields& f) {
  Plan plan;
  plan.title = f.text("title", 300);
  plan.document = f.text("document", 200);
  plan.line = f.maybe_text("line", 40).value_or(kGovernment);
  plan.on = f.date("on");
  plan.hand_over = f.boolean("hand_over", true);
  f.objects("units", false, kMostUnits, [&](http::Fields& unit) {
    plan.units.push_back(
        {unit.text("code", 40), unit.text("name", 200), unit.maybe_text("kind", 60).value_or(""),
         unit.maybe_text("parent", 40).value_or(""), unit.maybe_integer("level", 1, 9)});
  });
  f.objects("events", true, kMostEvents,
            [&](http::Fields& event) { plan.changes.push_back(read_change(event)); });
  return plan;
}

Plan kept_plan(const std::string& text) {
  const auto parsed = http::parse_json(text);
  if (!parsed) throw std::runtime_error("reorganisation: its plan cannot be read");
  base::Problems problems;
  Plan plan;
  {
    http::Fields fields(*parsed, problems);
    plan = read_plan(fields);
  }
  if (!problems.empty()) {
    throw std::runtime_error("reorganisation: its plan has " + problems.front().code + " at " +
                             problems.front().field);
  }
  return plan;
}

}  // namespace org
