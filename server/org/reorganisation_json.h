#pragma once

#include <optional>

#include "base/words.h"
#include "http/json.h"
#include "org/reorganisation.h"

namespace org {

/// The plan as it is kept and sent. With a language each event also tells its doubts in words
/// ("doubt", null for none).
http::json::object to_json(const Plan& plan, std::optional<base::Language> words = {});
http::json::object to_json(const Change& change, std::optional<base::Language> words = {});

/// The fields of a plan; what is only shown ("doubt") is passed over.
Plan read_plan(http::Fields& fields);
/// A plan as kept.
Plan kept_plan(const std::string& text);

}  // namespace org
