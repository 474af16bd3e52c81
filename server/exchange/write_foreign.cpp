#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

#include "exchange/service.h"
#include "office/csv.h"

namespace exchange {
namespace {

namespace json = boost::json;

/// An attribute's value, quotes included.
std::string in_quotes(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      case '\n':
      case '\r':
      case '\t':
        made += "&#" + std::to_string(static_cast<int>(c)) + ";";
        break;
      default:
        made += c;
    }
  }
  return made + "\"";
}

class Writer {
 public:
  explicit Writer(const ForeignSet& set) : set_(set) {}

  std::string json() const {
    std::string text = "{\"dataValues\":[";
    for (const ForeignValue& value : set_.values) {
      json::object one;
      for_each(value, [&](const char* name, const std::string& of) { one[name] = of; });
      text += (&value == set_.values.data() ? "\n" : ",\n") + json::serialize(one);
    }
    return text + "\n]}\n";
  }

  std::string xml() const {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<dataValueSet xmlns=\"http://dhis2.org/schema/dxf/2.0\">\n";
    for (const ForeignValue& value : set_.values) {
      text += "  <dataValue";
      for_each(value, [&](const char* name, const std::string& of) {
        text += " " + std::string(name) + "=" + in_quotes(of);
      });
      text += "/>\n";
    }
    return text + "</dataValueSet>\n";
  }

  std::string csv() const {
    std::vector<std::vector<std::string>> rows;
    for (const ForeignValue& value : set_.values) {
      rows.push_back({name(value.element), name(value.period), name(value.unit), name(value.option),
                      name(value.attribute), value.value, "", "", value.comment, "false", ""});
    }
    return office::write_csv(
        {"dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo", "value",
         "storedby", "lastupdated", "comment", "followup", "deleted"},
        rows);
  }

  /// Values of one data set, period, unit and attribute stand in one group.
  std::string adx() const {
    std::vector<const ForeignValue*> sorted;
    for (const ForeignValue& value : set_.values) sorted.push_back(&value);
    const auto group_of = [](const ForeignValue* value) {
      return std::tuple(value->period, value->unit, value->dataset, value->attribute);
    };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto* a, const auto* b) { return group_of(a) < group_of(b); });
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<adx xmlns=\"urn:ihe:qrph:adx:2015\">\n";
    const ForeignValue* before = nullptr;
    for (const ForeignValue* value : sorted) {
      if (!before || group_of(before) != group_of(value)) {
        if (before) text += "  </group>\n";
        text += "  <group dataSet=" + in_quotes(name(value->dataset)) +
                " period=" + in_quotes(name(value->period)) +
                " orgUnit=" + in_quotes(name(value->unit)) +
                combination("attributeOptionCombo", name(value->attribute)) + ">\n";
      }
      before = value;
      text += "    <dataValue dataElement=" + in_quotes(name(value->element)) +
              combination("categoryOptionCombo", name(value->option)) +
              " value=" + in_quotes(value->value);
      text += value->comment.empty()
                  ? "/>\n"
                  : "><annotation>" + escaped(value->comment) + "</annotation></dataValue>\n";
    }
    if (before) text += "  </group>\n";
    return text + "</adx>\n";
  }

 private:
  const std::string& name(Names::Key key) const { return set_.names.text(key); }

  static std::string escaped(std::string_view text) {
    const std::string made = in_quotes(text);
    return made.substr(1, made.size() - 2);
  }

  /// "sex=F;age=5" as the attributes it came from, another text as the attribute of that name.
  static std::string combination(const char* attribute, const std::string& text) {
    if (text.empty()) return {};
    if (text.find('=') == std::string::npos)
      return " " + std::string(attribute) + "=" + in_quotes(text);
    std::string made;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t to = std::min(text.find(';', from), text.size());
      const std::size_t equals = std::min(text.find('=', from), to);
      made += " " + text.substr(from, equals - from) + "=" +
              in_quotes(text.substr(std::min(equals + 1, to), to - std::min(equals + 1, to)));
      from = to + 1;
    }
    return made;
  }

  template <class Take>
  void for_each(const ForeignValue& value, Take take) const {
    take("dataElement", name(value.element));
    take("period", name(value.period));
    take("orgUnit", name(value.unit));
    if (value.option != Names::kNone) take("categoryOptionCombo", name(value.option));
    if (value.attribute != Names::kNone) take("attributeOptionCombo", name(value.attribute));
    take("value", value.value);
    if (!value.comment.empty()) take("comment", value.comment);
  }

  const ForeignSet& set_;
};

}  // namespace

std::string write_foreign(const ForeignSet& set) {
  const Writer writer(set);
  switch (set.form) {
    case Form::json:
      return writer.json();
    case Form::xml:
      return writer.xml();
    case Form::csv:
      return writer.csv();
    case Form::adx:
      return writer.adx();
  }
  return {};
}

}  // namespace exchange
