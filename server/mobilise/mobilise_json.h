#pragma once

#include "http/json.h"
#include "mobilise/contribution_store.h"
#include "mobilise/service.h"

/// Bodies ↔ structs. Quantities travel as text.
namespace mobilise {

Movement read_movement(http::Fields& fields, bool is_new);
std::vector<PlanLine> read_plan(http::Fields& fields);
/// A contribution as it is sent, with the body that reports it and what was answered.
struct AskedContribution {
  Contribution contribution;
  org::UnitId body;
  Sameness sameness;
  std::string reason;
};
AskedContribution read_contribution(http::Fields& fields, bool is_new);
Model read_model(http::Fields& fields, bool is_new, base::Date today);
Recognition read_recognition(http::Fields& fields);
Commendation read_commendation(http::Fields& fields);

http::json::value unit_json(store::Tx& tx, org::UnitId unit, base::Date day);
http::json::object head_json(store::Tx& tx, const Movement& movement, base::Date day);
http::json::object page_json(store::Tx& tx, const Movement& movement, const auth::Actor& actor,
                             base::Date day);
http::json::array to_json(const Tally& tally);
http::json::object to_json(const Totals& totals, const TotalsQuestion& question);
http::json::object to_json(store::Tx& tx, const Contribution& contribution, base::Date day);
http::json::object page_json(store::Tx& tx, const Contribution& contribution, base::Date day);
http::json::object to_json(store::Tx& tx, const Model& model, base::Date day);
http::json::object page_json(store::Tx& tx, const Model& model, base::Date day);
http::json::object to_json(store::Tx& tx, const Commendation& commendation, base::Date day);
http::json::object to_json(store::Tx& tx, const YearOfBody& year, org::UnitId unit, int of,
                           base::Date day);
http::json::object to_json(const ReformPage& page, const ReformQuestion& question);

}  // namespace mobilise
