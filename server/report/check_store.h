#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auth/actor.h"
#include "report/check.h"
#include "report/report.h"
#include "store/db.h"

/// All SQL of checks, explanations and drafts.
namespace report::check_store {

/// None when the code is taken.
std::optional<CheckId> add(store::Tx& tx, const Check& check,
                           const std::vector<direct::IndicatorId>& indicators);
/// Everything but the code; false when someone saved a newer revision first.
[[nodiscard]] bool save(store::Tx& tx, const Check& check,
                        const std::vector<direct::IndicatorId>& indicators);
std::optional<Check> find(store::Tx& tx, CheckId id);
/// In order of id.
std::vector<Check> all(store::Tx& tx, std::int64_t after, int limit);
/// Those in force on the day that name an indicator the request asks for, by code.
std::vector<Check> of_request(store::Tx& tx, RequestId request, base::Date day);

struct Explanation {
  std::string doubt, fingerprint, text, actor;
  base::Instant at;
};
std::vector<Explanation> explanations(store::Tx& tx, ReportId report);
void explain(store::Tx& tx, ReportId report, const Explanation& explanation,
             auth::AccountId account);

/// What an account has typed into a report and not saved; empty for nothing.
struct Draft {
  std::string body;  ///< JSON, as it was sent
  base::Instant at;
};
std::optional<Draft> draft(store::Tx& tx, ReportId report, auth::AccountId account);
/// Replaces it; an empty body takes it away.
void keep_draft(store::Tx& tx, ReportId report, auth::AccountId account, const Draft& draft);

}  // namespace report::check_store
