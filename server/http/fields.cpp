#include <algorithm>

#include "base/text.h"
#include "http/json.h"

namespace http {
namespace {

std::string joined(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

}  // namespace

Fields::Fields(const json::value& value, base::Problems& problems, std::string pointer)
    : object_(value.if_object()), problems_(problems), pointer_(std::move(pointer)) {
  if (object_ == nullptr) {
    problems_.push_back({base::ProblemKind::invalid, "json.expected_object", pointer_, {}});
  }
}

Fields::~Fields() { finish(); }

void Fields::finish() {
  if (finished_ || object_ == nullptr) return;
  finished_ = true;
  for (const auto& pair : *object_) {
    const std::string_view key(pair.key().data(), pair.key().size());
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
      fault("json.unknown_field", key);
    }
  }
}

std::string Fields::pointer(std::string_view key) const { return pointer_ + "/" + escaped(key); }

void Fields::fault(std::string code, std::string_view key, std::vector<std::string> args) {
  problems_.push_back({base::ProblemKind::invalid, std::move(code), pointer(key), std::move(args)});
}

const json::value* Fields::find(std::string_view key, bool required) {
  asked_.emplace_back(key);
  if (object_ == nullptr) return nullptr;  // said once, for the whole object
  const json::value* value = object_->if_contains({key.data(), key.size()});
  if (value != nullptr && !value->is_null()) return value;
  if (required) fault("json.missing", key);
  return nullptr;
}

bool Fields::has(std::string_view key) const {
  if (object_ == nullptr) return false;
  const json::value* value = object_->if_contains({key.data(), key.size()});
  return value != nullptr && !value->is_null();
}

std::string Fields::text(std::string_view key, std::size_t longest) {
  const std::size_t before = problems_.size();
  auto found = maybe_text(key, longest);
  if (found) return *std::move(found);
  if (problems_.size() == before && object_ != nullptr) fault("json.missing", key);
  return {};
}

std::optional<std::string> Fields::maybe_text(std::string_view key, std::size_t longest) {
  const json::value* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) {
    fault("json.expected_text", key);
    return std::nullopt;
  }
  std::string tidied = base::tidy(view(value->get_string()));
  if (tidied.empty()) return std::nullopt;
  if (base::length(tidied) > longest) fault("json.too_long", key, {std::to_string(longest)});
  return tidied;
}

std::string Fields::raw_text(std::string_view key, std::size_t longest) {
  const std::size_t before = problems_.size();
  auto found = maybe_raw_text(key, longest);
  if (found && !found->empty()) return *std::move(found);
  if (problems_.size() == before && object_ != nullptr) fault("json.missing", key);
  return {};
}

std::optional<std::string> Fields::maybe_raw_text(std::string_view key, std::size_t longest) {
  const json::value* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) {
    fault("json.expected_text", key);
    return std::nullopt;
  }
  std::string raw(view(value->get_string()));
  if (base::length(raw) > longest) fault("json.too_long", key, {std::to_string(longest)});
  return raw;
}

std::int64_t Fields::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const std::size_t before = problems_.size();
  const auto found = maybe_integer(key, least, most);
  if (!found && problems_.size() == before && object_ != nullptr) fault("json.missing", key);
  return found.value_or(0);
}

std::optional<std::int64_t> Fields::maybe_integer(std::string_view key, std::int64_t least,
                                                  std::int64_t most) {
  const json::value* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (!value->is_int64()) {
    fault("json.expected_integer", key);
    return std::nullopt;
  }
  const std::int64_t number = value->get_int64();
  if (number < least || number > most) {
    fault("json.out_of_range", key, {std::to_string(least), std::to_string(most)});
    return std::nullopt;
  }
  return number;
}

bool Fields::boolean(std::string_view key, bool otherwise) {
  const json::value* value = find(key, false);
  if (value == nullptr) return otherwise;
  if (value->is_bool()) return value->get_bool();
  fault("json.expected_boolean", key);
  return otherwise;
}

base::Date Fields::date(std::string_view key) {
  const std::size_t before = problems_.size();
  const auto found = maybe_date(key);
  if (!found && problems_.size() == before && object_ != nullptr) fault("json.missing", key);
  return found.value_or(base::Date{});
}

std::optional<base::Date> Fields::maybe_date(std::string_view key) {
  const json::value* value = find(key, false);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    if (const auto date = base::Date::parse(view(value->get_string()))) return date;
  }
  fault("json.expected_date", key);
  return std::nullopt;
}

base::Period Fields::period(std::string_view key) {
  const json::value* value = find(key, true);
  if (value == nullptr) return {};
  if (value->is_string()) {
    if (const auto period = base::Period::parse(view(value->get_string()))) return *period;
  }
  fault("json.expected_period", key);
  return {};
}

std::size_t Fields::one_of(std::string_view key, std::initializer_list<std::string_view> names) {
  const json::value* value = find(key, true);
  if (value == nullptr) return 0;
  if (value->is_string()) {
    const auto found = std::find(names.begin(), names.end(), view(value->get_string()));
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  fault("json.not_one_of", key, {joined(names)});
  return 0;
}

const json::array* Fields::elements(std::string_view key, bool required, std::size_t most) {
  const json::value* value = find(key, required);
  if (value == nullptr) return nullptr;
  const json::array* array = value->if_array();
  if (array == nullptr) {
    fault("json.expected_array", key);
    return nullptr;
  }
  if (array->size() > most) {
    fault("json.too_many", key, {std::to_string(most)});
    return nullptr;
  }
  return array;
}

void Fields::object(std::string_view key, const std::function<void(Fields&)>& take) {
  const json::value* value = find(key, true);
  if (value == nullptr) return;
  Fields fields(*value, problems_, pointer(key));
  take(fields);
}

void Fields::objects(std::string_view key, bool required, std::size_t most,
                     const std::function<void(Fields&)>& take) {
  const json::array* array = elements(key, required, most);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->size(); ++i) {
    Fields fields((*array)[i], problems_, pointer(key) + "/" + std::to_string(i));
    take(fields);
  }
}

std::vector<std::int64_t> Fields::integers(std::string_view key, bool required, std::size_t most) {
  std::vector<std::int64_t> numbers;
  const json::array* array = elements(key, required, most);
  if (array == nullptr) return numbers;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (const std::int64_t* number = (*array)[i].if_int64()) {
      numbers.push_back(*number);
    } else {
      problems_.push_back({base::ProblemKind::invalid,
                           "json.expected_integer",
                           pointer(key) + "/" + std::to_string(i),
                           {}});
    }
  }
  return numbers;
}

std::vector<std::string> Fields::raw_texts(std::string_view key, std::size_t most,
                                           std::size_t longest) {
  std::vector<std::string> texts;
  const json::array* array = elements(key, false, most);
  if (array == nullptr) return texts;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto fault_here = [&](const char* code, std::vector<std::string> args) {
      problems_.push_back({base::ProblemKind::invalid, code, pointer(key) + "/" + std::to_string(i),
                           std::move(args)});
    };
    const json::string* text = (*array)[i].if_string();
    texts.emplace_back(text ? view(*text) : std::string_view());
    if (!text) fault_here("json.expected_text", {});
    if (base::length(texts.back()) > longest)
      fault_here("json.too_long", {std::to_string(longest)});
  }
  return texts;
}

std::vector<std::string> Fields::texts(std::string_view key, bool required, std::size_t most) {
  std::vector<std::string> texts;
  const json::array* array = elements(key, required, most);
  if (array == nullptr) return texts;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (const json::string* text = (*array)[i].if_string()) {
      texts.push_back(base::tidy(view(*text)));
    } else {
      problems_.push_back({base::ProblemKind::invalid,
                           "json.expected_text",
                           pointer(key) + "/" + std::to_string(i),
                           {}});
    }
  }
  return texts;
}

}  // namespace http
