#include "report/publication.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace report {
namespace {

constexpr std::array<std::string_view, 10> kSteps{
    "came",    "went",   "share",   "counted_no_more", "counted_now",
    "changed", "period", "formula", "rounding",        "others"};

}  // namespace

std::string_view name(StepKind kind) { return kSteps[static_cast<std::size_t>(kind)]; }

std::string why_not(const PublishedCell* cell) {
  if (!cell || cell->state == FactState::blank) return "silent";
  if (cell->status == FactStatus::excluded) return "excluded";
  if (cell->status != FactStatus::accepted) return "not_accepted";
  if (cell->state == FactState::not_applicable) return "not_applicable";
  if (cell->state == FactState::not_yet) return "not_yet";
  return "";
}

const Definition* Published::definition(const std::string& code) const {
  const auto at = std::find_if(indicators.begin(), indicators.end(),
                               [&](const Definition& one) { return one.indicator.code == code; });
  return at == indicators.end() ? nullptr : &*at;
}

std::size_t changed_cells(const std::vector<PublishedCell>& then,
                          const std::vector<PublishedCell>& now) {
  using Where = std::tuple<std::int64_t, std::string_view, std::string_view>;
  std::map<Where, const PublishedCell*> known;
  for (const PublishedCell& cell : then) {
    known.emplace(Where{cell.unit.value, cell.indicator, cell.period}, &cell);
  }
  std::size_t changed = 0;
  for (const PublishedCell& cell : now) {
    const auto at = known.find({cell.unit.value, cell.indicator, cell.period});
    if (at == known.end()) {
      if (cell.state != FactState::blank) ++changed;
      continue;
    }
    const PublishedCell& was = *at->second;
    if (was.state != cell.state || was.status != cell.status || was.amount != cell.amount) {
      ++changed;
    }
    known.erase(at);
  }
  for (const auto& [where, cell] : known) {
    if (cell->state != FactState::blank) ++changed;
  }
  return changed;
}

}  // namespace report
