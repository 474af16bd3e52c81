#include "store/params.h"

#include <string>

namespace store {

const Value& value_for(const Sql& sql, std::string_view name, Params params) {
  for (const Param& param : params) {
    if (param.name != name) continue;
    const auto* const text = std::get_if<std::string>(&param.value.held());
    if (text && text->find('\0') != std::string::npos) {
      throw std::invalid_argument(std::string(sql.name) + ": the text for :" + std::string(name) +
                                  " holds a NUL");
    }
    return param.value;
  }
  throw std::logic_error(std::string(sql.name) + ": no value for :" + std::string(name));
}

void refuse_extra(const Sql& sql, std::size_t wanted, Params params) {
  if (params.size() == wanted) return;
  std::string given;
  for (const Param& param : params) given += " :" + std::string(param.name);
  throw std::logic_error(std::string(sql.name) + ": wants " + std::to_string(wanted) +
                         " parameters, given" + given);
}

}  // namespace store
