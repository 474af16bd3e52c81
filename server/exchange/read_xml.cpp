#include "exchange/set_builder.h"
#include "office/xml_reader.h"

namespace exchange {
namespace {

bool is_of_xml(std::string_view name) {
  return name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") ||
         name.starts_with("xml:");
}

}  // namespace

base::Result<ForeignSet> read_xml(std::string_view bytes, std::size_t most_values) {
  office::XmlReader xml(bytes);
  SetBuilder builder(Form::xml, most_values);
  if (xml.next_child(0)) {
    if (xml.name() != "dataValueSet") {
      return base::refuse(base::ProblemKind::malformed, "exchange.xml_root", "/",
                          {std::string(xml.name().substr(0, 80))});
    }
    for (const std::string& name : xml.attribute_names()) {
      if (!is_of_xml(name))
        builder.head(name, xml.attribute(name).value_or(""), "/dataValueSet/@" + name);
    }
    std::uint32_t count = 0;
    while (!builder.is_over() && xml.next_child(1)) {
      if (xml.name() != "dataValue") {
        builder.fault("exchange.unknown_field", "/dataValueSet",
                      {std::string(xml.name().substr(0, 80))});
        continue;
      }
      ForeignValue value = builder.begin(count++);
      for (const std::string& name : xml.attribute_names()) {
        const auto field = field_named(name);
        if (field) {
          builder.take(value, *field, xml.attribute(name).value_or(""));
        } else if (!is_of_xml(name)) {
          builder.fault("exchange.unknown_field", builder.set().place(value, name), {name});
        }
      }
      builder.end(std::move(value));
    }
  }
  if (!builder.is_over()) {
    if (auto fault = xml.finish()) builder.fault(*std::move(fault));
  }
  return builder.result();
}

}  // namespace exchange
