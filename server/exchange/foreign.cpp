#include "exchange/foreign.h"

#include <algorithm>
#include <array>

namespace exchange {
namespace {

constexpr std::array<std::string_view, 4> kForms{"json", "xml", "csv", "adx"};

struct StrategyName {
  std::string_view name;
  Strategy strategy;
};
constexpr std::array<StrategyName, 7> kStrategies{
    {{"CREATE", Strategy::create},
     {"NEW", Strategy::create},
     {"UPDATE", Strategy::update},
     {"UPDATES", Strategy::update},
     {"CREATE_AND_UPDATE", Strategy::create_and_update},
     {"NEW_AND_UPDATES", Strategy::create_and_update},
     {"DELETE", Strategy::erase}}};

}  // namespace

Names::Key Names::key(std::string_view text) {
  const auto [at, is_new] = keys_.emplace(text, static_cast<Key>(texts_.size()));
  if (is_new) texts_.push_back(&at->first);
  return at->second;
}

std::string_view name(Form form) { return kForms[static_cast<std::size_t>(form)]; }

std::optional<Form> form_named(std::string_view name) {
  const auto* const at = std::find(kForms.begin(), kForms.end(), name);
  if (at == kForms.end()) return std::nullopt;
  return static_cast<Form>(at - kForms.begin());
}

std::optional<Strategy> strategy_named(std::string_view name) {
  const auto* const at = std::find_if(kStrategies.begin(), kStrategies.end(),
                                      [&](const auto& one) { return one.name == name; });
  if (at == kStrategies.end()) return std::nullopt;
  return at->strategy;
}

std::string ForeignSet::place(const ForeignValue& value, std::string_view field) const {
  const std::string number = std::to_string(value.place);
  const std::string after(field);
  const std::string nth = std::to_string(value.place + 1);
  switch (form) {
    case Form::json:
      return "/dataValues/" + number + (field.empty() ? "" : "/" + after);
    case Form::xml:
      return "/dataValueSet/dataValue[" + nth + "]" + (field.empty() ? "" : "/@" + after);
    case Form::csv:
      return "line " + number + (field.empty() ? "" : ", " + after);
    case Form::adx:
      return "/adx/group[" + std::to_string(value.group + 1) + "]/dataValue[" + nth + "]" +
             (field.empty() ? "" : "/@" + after);
  }
  return after;
}

Form form_of(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Form::csv;
  if (bytes[first] == '{' || bytes[first] == '[') return Form::json;
  if (bytes[first] != '<') return Form::csv;
  // The root stands near the beginning, behind a declaration and perhaps a licence as a comment.
  std::string_view rest = bytes.substr(first, 64 * 1024);
  while (!rest.empty()) {
    const bool is_comment = rest.starts_with("<!--");
    if (!is_comment && !rest.starts_with("<?")) break;
    const std::string_view end = is_comment ? "-->" : "?>";
    const std::size_t at = rest.find(end);
    if (at == std::string_view::npos) return Form::xml;
    rest.remove_prefix(at + end.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  }
  const std::string_view tag = rest.substr(0, rest.find_first_of(" \t\r\n/>"));
  return tag == "<adx" || tag.ends_with(":adx") ? Form::adx : Form::xml;
}

base::Result<ForeignSet> read_foreign(std::string_view bytes, Form form, std::size_t most_values) {
  switch (form) {
    case Form::json:
      return read_json(bytes, most_values);
    case Form::xml:
      return read_xml(bytes, most_values);
    case Form::csv:
      return read_csv_values(bytes, most_values);
    case Form::adx:
      return read_adx(bytes, most_values);
  }
  return base::refuse(base::ProblemKind::invalid, "exchange.form");
}

}  // namespace exchange
