#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/foreign.h"

namespace exchange {

/// What a value may say of itself, in all forms.
enum class Field {
  element,
  period,
  unit,
  option,
  attribute,
  dataset,
  value,
  stored_by,
  created,
  last_updated,
  comment,
  followup,
  deleted
};
/// "dataElement", "orgUnit" …; csv writes them in lower case.
std::optional<Field> field_named(std::string_view name);

/// Puts a set together for any of the readers, and keeps what is wrong with it.
class SetBuilder {
 public:
  SetBuilder(Form form, std::size_t most_values) : most_values_(most_values) { set_.form = form; }

  void fault(const char* code, std::string place, std::vector<std::string> args = {});
  void fault(base::Problem problem);
  /// Enough faults, or too many values: nothing more need be read.
  bool is_over() const { return is_over_; }

  /// One of the set's own fields: what it says of all its values.
  void head(std::string_view name, std::string_view text, const std::string& place);

  ForeignValue begin(std::uint32_t place, std::uint32_t group = 0);
  void take(ForeignValue& value, Field field, std::string_view text);
  void end(ForeignValue value);
  Names::Key key(std::string_view text, const std::string& place);

  const ForeignSet& set() const { return set_; }
  base::Result<ForeignSet> result();

 private:
  std::string limited(std::string_view text, std::size_t most, const std::string& place);
  bool truth(std::string_view text, const std::string& place);
  void day(std::string_view text, const std::string& place);

  ForeignSet set_;
  std::size_t most_values_;
  Names::Key period_ = 0, unit_ = 0, attribute_ = 0, dataset_ = 0;
  bool is_over_ = false;
  base::Problems faults_;
};

}  // namespace exchange
