#include "report/check_json.h"

namespace report {

using http::json::array;
using http::json::object;
using http::json::value;

object check_json(const Check& check) {
  return {{"id", check.id.value},
          {"code", check.code},
          {"formula", check.formula},
          {"words_vi", check.words_vi},
          {"words_en", check.words_en},
          {"severity", name(check.severity)},
          {"from", check.from.text()},
          {"to", check.to == base::kForever ? value(nullptr) : value(check.to.text())},
          {"revision", check.revision}};
}

Check read_check_body(http::Fields& fields, bool is_new) {
  Check made;
  if (is_new) made.code = fields.text("code", 40);
  made.formula = fields.text("formula", direct::kMostFormulaBytes);
  made.words_vi = fields.text("words_vi", 500);
  made.words_en = fields.text("words_en", 500);
  made.severity = static_cast<Severity>(fields.one_of("severity", {"blocks", "explain", "note"}));
  made.from = fields.date("from");
  made.to = fields.maybe_date("to").value_or(base::kForever);
  return made;
}

array doubts_json(const Sheet& sheet, const std::vector<Doubt>& doubts) {
  array made;
  for (const Doubt& doubt : doubts) {
    array cells;
    for (const std::size_t cell : doubt.cells) {
      cells.push_back(object{{"indicator", sheet.cells[cell].indicator.code},
                             {"kind", name(sheet.cells[cell].fact.kind)}});
    }
    made.push_back(object{
        {"code", doubt.code},
        {"severity", name(doubt.severity)},
        {"cells", std::move(cells)},
        {"words_vi", doubt.words_vi},
        {"words_en", doubt.words_en},
        {"explanation", doubt.is_explained() ? value(doubt.explanation) : value(nullptr)},
        {"explained_by", doubt.is_explained() ? value(doubt.explained_by) : value(nullptr)},
        {"explained_at", doubt.explained_at ? value(doubt.explained_at->text()) : value(nullptr)}});
  }
  return made;
}

}  // namespace report
