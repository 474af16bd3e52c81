#include "store/params.h"

#include <algorithm>
#include <string>

namespace store {

const Value& value_for(const Sql& sql, std::string_view name, Params params, std::size_t likely) {
  const auto is_it = [name](const Param& param) { return param.name == name; };
  auto at = params.begin();
  if (likely < params.size() && is_it(at[static_cast<std::ptrdiff_t>(likely)])) {
    at += static_cast<std::ptrdiff_t>(likely);
  } else {
    at = std::find_if(params.begin(), params.end(), is_it);
  }
  if (at != params.end()) {
    const auto* const text = std::get_if<std::string>(&at->value.held());
    if (text && text->find('\0') != std::string::npos) {
      throw std::invalid_argument(std::string(sql.name) + ": the text for :" + std::string(name) +
                                  " holds a NUL");
    }
    return at->value;
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
