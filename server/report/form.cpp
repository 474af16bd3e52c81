#include "report/form.h"

#include <algorithm>
#include <array>

namespace report {

std::string_view name(RowKind kind) {
  static constexpr std::array<std::string_view, 5> kNames{"total", "group", "detail", "part",
                                                          "ignored"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(FormDifference::Kind kind) {
  static constexpr std::array<std::string_view, 3> kNames{"differs", "rounding", "not_divided"};
  return kNames[static_cast<std::size_t>(kind)];
}

const FormRow* FormReading::total() const {
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [](const FormRow& row) { return row.kind == RowKind::total; });
  return at == rows.end() ? nullptr : &*at;
}

const FormRow* FormReading::find(const std::string& group) const {
  if (group == "total") return total();
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const FormRow& row) {
    return row.kind == RowKind::group && row.group == group;
  });
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace report
