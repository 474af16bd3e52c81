#pragma once

#include "http/json.h"
#include "org/reorganise.h"

namespace org {

/// What a plan would touch and what speaks against it: every problem; how many units end, are made,
/// change, are divided; the first two hundred that end with their heirs; what they have, by kind
/// with the first hundred units; and the people who would go on elsewhere.
http::json::object to_json(const Plan& plan, const Preview& preview);

}  // namespace org
