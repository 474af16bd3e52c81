#pragma once

#include <expected>
#include <utility>

#include "base/problem.h"

namespace base {

/// A value, or the reasons there is none. Refusals only: failures throw.
template <class T>
using Result = std::expected<T, Problems>;

/// One refusal as the error side of any Result.
inline std::unexpected<Problems> refuse(Problem problem) {
  Problems problems;
  problems.push_back(std::move(problem));
  return std::unexpected<Problems>(std::move(problems));
}

inline std::unexpected<Problems> refuse(Problems problems) {
  return std::unexpected<Problems>(std::move(problems));
}

inline std::unexpected<Problems> refuse(ProblemKind kind, std::string code, std::string field = {},
                                        std::vector<std::string> args = {}) {
  return refuse(Problem{kind, std::move(code), std::move(field), std::move(args)});
}

}  // namespace base

#define BASE_JOIN_(a, b) a##b
#define BASE_JOIN(a, b) BASE_JOIN_(a, b)

/// Returns from the enclosing function with the problems of `expression`, if it refused.
#define RETURN_IF_REFUSED(expression)                                               \
  do {                                                                              \
    auto refused_or_not = (expression);                                             \
    if (!refused_or_not) return std::unexpected(std::move(refused_or_not).error()); \
  } while (false)

/// `ASSIGN_OR_RETURN(const Unit unit, find(tx, id));`
#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_(BASE_JOIN(outcome_at_, __LINE__), declaration, expression)
#define ASSIGN_OR_RETURN_(outcome, declaration, expression)         \
  auto outcome = (expression);                                      \
  if (!outcome) return std::unexpected(std::move(outcome).error()); \
  declaration = *std::move(outcome)
