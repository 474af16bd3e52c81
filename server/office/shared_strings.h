#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "office/xml_reader.h"

namespace office {

/// Texts that cells share (ECMA-376 part 1, 18.4), one after the other in one string: as strings
/// of their own, two million of them would take 64 MB even when empty.
class SharedStrings {
 public:
  void add(std::string_view text, bool is_too_long);
  std::size_t size() const { return ends_.size(); }
  std::string_view text(std::size_t index) const;
  bool is_too_long(std::size_t index) const { return too_long_.contains(index); }

 private:
  std::string all_;
  std::vector<std::uint32_t> ends_;
  std::set<std::size_t> too_long_;
};

/// The texts of <si> or <is> just entered: its own and its runs', without phonetic runs.
std::string rich_text(XmlReader& xml, std::size_t most_units, bool& is_too_long);

}  // namespace office
