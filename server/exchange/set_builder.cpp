#include "exchange/set_builder.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"

namespace exchange {
namespace {

constexpr std::size_t kLongestId = 230;
constexpr std::size_t kLongestValue = 100;
constexpr std::size_t kLongestComment = 1000;

struct FieldName {
  std::string_view name, of_csv;
  Field field;
};
constexpr std::array<FieldName, 15> kFields{{
    {"dataElement", "dataelement", Field::element},
    {"period", "period", Field::period},
    {"orgUnit", "orgunit", Field::unit},
    {"categoryOptionCombo", "categoryoptioncombo", Field::option},
    {"attributeOptionCombo", "attributeoptioncombo", Field::attribute},
    {"dataSet", "dataset", Field::dataset},
    {"value", "value", Field::value},
    {"storedBy", "storedby", Field::stored_by},
    {"created", "created", Field::created},
    {"lastUpdated", "lastupdated", Field::last_updated},
    {"timestamp", "timestamp", Field::last_updated},
    {"comment", "comment", Field::comment},
    {"followup", "followup", Field::followup},
    {"followUp", "follow_up", Field::followup},
    {"deleted", "deleted", Field::deleted},
}};

/// In which ids are written does not matter here: the mapping knows them as they are.
constexpr std::array<std::string_view, 6> kSchemes{
    "idScheme",        "dataElementIdScheme",         "orgUnitIdScheme",
    "dataSetIdScheme", "categoryOptionComboIdScheme", "attributeOptionComboIdScheme"};

}  // namespace

std::optional<Field> field_named(std::string_view name) {
  const auto* const at = std::find_if(kFields.begin(), kFields.end(), [&](const auto& one) {
    return one.name == name || one.of_csv == name;
  });
  if (at == kFields.end()) return std::nullopt;
  return at->field;
}

void SetBuilder::fault(const char* code, std::string place, std::vector<std::string> args) {
  fault(base::Problem{base::ProblemKind::invalid, code, std::move(place), std::move(args)});
}

void SetBuilder::fault(base::Problem problem) {
  if (!is_over_) faults_.push_back(std::move(problem));
  is_over_ = is_over_ || faults_.size() >= kMostFaults;
}

std::string SetBuilder::limited(std::string_view text, std::size_t most, const std::string& place) {
  // A text far too long is not even made tidy.
  if (text.size() <= most * 4) {
    std::string made = base::tidy(text);
    if (base::length(made) <= most) return made;
  }
  fault("exchange.too_long", place, {std::to_string(most)});
  return {};
}

Names::Key SetBuilder::key(std::string_view text, const std::string& place) {
  return text.empty() ? Names::kNone : set_.names.key(limited(text, kLongestId, place));
}

bool SetBuilder::truth(std::string_view text, const std::string& place) {
  if (text == "true") return true;
  if (text != "false" && !text.empty())
    fault("exchange.not_true_or_false", place, {std::string(text.substr(0, 40))});
  return false;
}

void SetBuilder::day(std::string_view text, const std::string& place) {
  if (text.empty() || base::Date::parse(text.substr(0, 10))) return;
  fault("exchange.timestamp", place, {std::string(text.substr(0, 40))});
}

void SetBuilder::head(std::string_view name, std::string_view text, const std::string& place) {
  if (std::find(kSchemes.begin(), kSchemes.end(), name) != kSchemes.end()) return;
  if (name == "dataSet") {
    dataset_ = key(text, place);
  } else if (name == "period") {
    period_ = key(text, place);
  } else if (name == "orgUnit") {
    unit_ = key(text, place);
  } else if (name == "attributeOptionCombo") {
    attribute_ = key(text, place);
  } else if (name == "completeDate") {
    day(text, place);
    set_.has_complete_date = set_.has_complete_date || !text.empty();
  } else if (name == "dryRun") {
    set_.is_dry_run = truth(text, place);
  } else if (name == "importStrategy" || name == "strategy") {
    set_.strategy = strategy_named(text);
    if (!set_.strategy) fault("exchange.strategy", place, {std::string(text.substr(0, 40))});
  } else {
    fault("exchange.unknown_field", place, {std::string(name.substr(0, 80))});
  }
}

ForeignValue SetBuilder::begin(std::uint32_t place, std::uint32_t group) {
  ForeignValue value;
  value.place = place;
  value.group = group;
  return value;
}

void SetBuilder::take(ForeignValue& value, Field field, std::string_view text) {
  const auto place = [&](std::string_view of) { return set_.place(value, of); };
  // Places are made for faults only: most texts are short and plain.
  const auto id = [&](std::string_view of) {
    return text.size() <= kLongestId && !text.empty() ? set_.names.key(base::tidy(text))
                                                      : key(text, place(of));
  };
  switch (field) {
    case Field::element:
      value.element = id("dataElement");
      return;
    case Field::period:
      value.period = id("period");
      return;
    case Field::unit:
      value.unit = id("orgUnit");
      return;
    case Field::option:
      value.option = id("categoryOptionCombo");
      return;
    case Field::attribute:
      value.attribute = id("attributeOptionCombo");
      return;
    case Field::dataset:
      value.dataset = id("dataSet");
      return;
    case Field::value:
      value.value = text.size() <= kLongestValue ? base::tidy(text)
                                                 : limited(text, kLongestValue, place("value"));
      value.has_value = !value.value.empty();
      return;
    case Field::stored_by:
      return;
    case Field::created:
      return day(text, place("created"));
    case Field::last_updated:
      return day(text, place("lastUpdated"));
    case Field::comment:
      if (!text.empty()) value.comment = limited(text, kLongestComment, place("comment"));
      return;
    case Field::followup:
      value.follows_up = truth(text, place("followup"));
      return;
    case Field::deleted:
      value.is_deleted = truth(text, place("deleted"));
      return;
  }
}

void SetBuilder::end(ForeignValue value) {
  if (set_.values.size() == most_values_) {
    if (!is_over_) {
      faults_.push_back({base::ProblemKind::too_large,
                         "exchange.too_many_values",
                         set_.place(value, ""),
                         {std::to_string(most_values_)}});
    }
    is_over_ = true;
    return;
  }
  set_.values.push_back(std::move(value));
}

base::Result<ForeignSet> SetBuilder::result() {
  const auto need = [&](const ForeignValue& value, Names::Key& key, Names::Key otherwise,
                        std::string_view field) {
    if (key == Names::kNone) key = otherwise;
    if (key == Names::kNone)
      fault("exchange.missing", set_.place(value, field), {std::string(field)});
  };
  for (ForeignValue& value : set_.values) {
    need(value, value.element, Names::kNone, "dataElement");
    need(value, value.period, period_, "period");
    need(value, value.unit, unit_, "orgUnit");
    if (value.attribute == Names::kNone) value.attribute = attribute_;
    if (value.dataset == Names::kNone) value.dataset = dataset_;
  }
  if (!faults_.empty()) return base::refuse(std::move(faults_));
  return std::move(set_);
}

}  // namespace exchange
