#include <algorithm>
#include <map>

#include "exchange/set_builder.h"
#include "office/xml_reader.h"

namespace exchange {
namespace {

constexpr std::size_t kLongestAnnotation = 2000;

/// Attributes that are neither ADX's own nor XML's say in which category the figure is; sorted, so
/// that their order in the file makes no difference.
using Dimensions = std::map<std::string, std::string>;

std::string text_of(const Dimensions& dimensions) {
  std::string made;
  for (const auto& [category, option] : dimensions) {
    made += (made.empty() ? "" : ";") + category + "=" + option;
  }
  return made;
}

bool is_of_xml(std::string_view name) {
  return name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") ||
         name.starts_with("xml:");
}

class AdxReader {
 public:
  AdxReader(std::string_view bytes, std::size_t most_values)
      : xml_(bytes), builder_(Form::adx, most_values) {}

  base::Result<ForeignSet> read() {
    if (xml_.next_child(0)) {
      if (xml_.name() != "adx") {
        return base::refuse(base::ProblemKind::malformed, "exchange.xml_root", "/",
                            {std::string(xml_.name().substr(0, 80))});
      }
      for (std::uint32_t group = 0; !builder_.is_over() && xml_.next_child(1); ++group) {
        if (xml_.name() == "group") {
          read_group(group);
        } else {
          unknown("/adx", xml_.name());
        }
      }
    }
    if (!builder_.is_over()) {
      if (auto fault = xml_.finish()) builder_.fault(*std::move(fault));
    }
    return builder_.result();
  }

 private:
  void unknown(const std::string& place, std::string_view name) {
    builder_.fault("exchange.unknown_field", place, {std::string(name.substr(0, 80))});
  }

  /// Notes a dimension; its texts may not hold what stands between them in a mapping.
  void dimension(Dimensions& dimensions, const std::string& name, const std::string& place) {
    const std::string option = xml_.attribute(name).value_or("");
    if ((name + option).find_first_of(";=") != std::string::npos || option.empty()) {
      builder_.fault("exchange.dimension", place, {name});
    } else {
      dimensions.emplace(name, option);
    }
  }

  Names::Key combined(Dimensions& dimensions, Names::Key named, const std::string& place) {
    if (dimensions.empty()) return named;
    if (named != Names::kNone) {
      builder_.fault("exchange.dimension_twice", place, {text_of(dimensions)});
      return named;
    }
    return builder_.key(text_of(dimensions), place);
  }

  void read_group(std::uint32_t group) {
    const std::string here = "/adx/group[" + std::to_string(group + 1) + "]";
    ForeignValue of_all = builder_.begin(0, group);
    Dimensions dimensions;
    for (const std::string& name : xml_.attribute_names()) {
      const std::string place = here + "/@" + name;
      if (is_of_xml(name)) continue;
      if (name == "completeDate") {
        builder_.head(name, xml_.attribute(name).value_or(""), place);
      } else if (name == "orgUnit" || name == "period" || name == "dataSet" ||
                 name == "attributeOptionCombo") {
        builder_.take(of_all, *field_named(name), xml_.attribute(name).value_or(""));
      } else {
        dimension(dimensions, name, place);
      }
    }
    of_all.attribute = combined(dimensions, of_all.attribute, here);
    std::uint32_t count = 0;
    while (!builder_.is_over() && xml_.next_child(2)) {
      if (xml_.name() != "dataValue") {
        unknown(here, xml_.name());
        continue;
      }
      ForeignValue value = of_all;
      value.place = count++;
      read_value(value);
    }
  }

  void read_value(ForeignValue& value) {
    Dimensions dimensions;
    const std::string here = builder_.set().place(value, "");
    for (const std::string& name : xml_.attribute_names()) {
      if (is_of_xml(name)) continue;
      if (name == "dataElement" || name == "value" || name == "categoryOptionCombo" ||
          name == "created" || name == "lastUpdated") {
        builder_.take(value, *field_named(name), xml_.attribute(name).value_or(""));
      } else {
        dimension(dimensions, name, here + "/@" + name);
      }
    }
    value.option = combined(dimensions, value.option, here);
    while (!builder_.is_over() && xml_.next_child(3)) {
      const std::string child(xml_.name());
      bool is_too_long = false;
      const std::string text = xml_.text(kLongestAnnotation, is_too_long);
      if (is_too_long) {
        builder_.fault("exchange.too_long", here + "/" + child.substr(0, 80),
                       {std::to_string(kLongestAnnotation)});
      } else if (child == "annotation") {
        builder_.take(value, Field::comment, text);
      } else if (child == "created" || child == "lastUpdated") {
        builder_.take(value, *field_named(child), text);
      } else {
        unknown(here, child);
      }
    }
    builder_.end(std::move(value));
  }

  office::XmlReader xml_;
  SetBuilder builder_;
};

}  // namespace

base::Result<ForeignSet> read_adx(std::string_view bytes, std::size_t most_values) {
  return AdxReader(bytes, most_values).read();
}

}  // namespace exchange
