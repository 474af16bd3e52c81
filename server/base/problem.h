#pragma once

#include <string>
#include <utility>
#include <vector>

namespace base {

/// What kind of refusal it is; `http/` maps each kind to one status.
enum class ProblemKind {
  invalid,          ///< 422: a field or a file says something that cannot be taken
  malformed,        ///< 400: not readable as what it claims to be
  unauthenticated,  ///< 401
  forbidden,        ///< 403: seen, but not yours to change
  not_found,        ///< 404: not there, or not in your scope (the two look the same)
  conflict,         ///< 409: the state does not allow it
  changed,          ///< 412: someone saved a newer revision first
  too_large,        ///< 413
  too_many,         ///< 429
  unavailable,      ///< 503
  storage_full,     ///< 507
};

/// A reason we refuse a request, in terms its sender can act on.
/// `code` is stable, dotted, lower-case ("report.locked"); its words in Vietnamese and English
/// stand in the folder's `problems.json`. `field` is a JSON pointer into the body
/// ("/cells/3/value"), or a place in a file ("row 12, column value"), or empty. `args` fill {0},
/// {1} … in the words.
struct Problem {
  ProblemKind kind = ProblemKind::invalid;
  std::string code;
  std::string field;
  std::vector<std::string> args;

  friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

}  // namespace base
