#include "report/restate.h"

#include <algorithm>
#include <unordered_set>

namespace report {
namespace {

/// The units that stood in the line on the day and had none under them.
std::unordered_set<org::UnitId> leaves_on(store::Tx& tx, const std::string& line, base::Date day) {
  static constexpr store::Sql kPlaces{"unit_parent.places_on",
                                      "select unit_id, coalesce(parent_id, 0) from unit_parent "
                                      "where line = :line and valid_from <= "
                                      ":day and :day < valid_to"};
  std::unordered_set<org::UnitId> leaves;
  std::vector<org::UnitId> parents;
  tx.each(kPlaces, {{"line", line}, {"day", day}}, [&](const store::Row& row) {
    leaves.insert(row.id<org::UnitId>(0));
    parents.push_back(row.id<org::UnitId>(1));
  });
  for (const org::UnitId parent : parents) leaves.erase(parent);
  return leaves;
}

}  // namespace

Restatement::Restatement(store::Tx& tx, const std::vector<org::unit_store::Node>& nodes,
                         std::string line, base::Date on, const std::vector<base::Date>& days)
    : nodes_(nodes), line_(std::move(line)), on_(on) {
  base::Date first = on, last = on;
  for (const base::Date day : days) {
    first = std::min(first, day);
    last = std::max(last, day);
  }
  if (first == last) return;
  links_ = org::succession_store::between(tx, first, last);
  if (links_.empty()) return;
  node_of_.reserve(nodes.size());
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    node_of_.emplace(nodes[n].id, static_cast<int>(n));
  }
}

/// The lowest node that all of `nodes` are or stand under; -1 when there is none.
int Restatement::common_seat(const std::vector<int>& nodes) const {
  if (std::find(nodes.begin(), nodes.end(), -1) != nodes.end()) return -1;
  int common = nodes.front();
  for (int node : nodes) {
    // Parents stand before children, so the later of the two climbs.
    while (common != node && common >= 0 && node >= 0) {
      int& later = common > node ? common : node;
      later = nodes_[static_cast<std::size_t>(later)].parent;
    }
    if (common < 0 || node < 0) return -1;
  }
  return common;
}

Restated Restatement::of(store::Tx& tx, base::Date of) const {
  Restated made;
  if (links_.empty() || of == on_) return made;
  const org::Restating restating(links_, of, on_);
  if (restating.moved().empty()) return made;
  const auto seat = [&](org::UnitId unit) {
    const auto node = node_of_.find(unit);
    return node == node_of_.end() ? -1 : node->second;
  };
  const auto leaves = leaves_on(tx, line_, of);
  made.passed.assign(nodes_.size(), false);
  for (const org::UnitId unit : restating.moved()) {
    const org::Destination destination = restating.of(unit);
    Guest guest{unit, {}, {}, leaves.contains(unit), destination.basis};
    bool is_here = false;
    for (const auto& part : destination.parts) {
      const int node = seat(part.unit);
      guest.seats.push_back({node, part.numerator, part.denominator});
      is_here = is_here || node >= 0;
    }
    if (!destination.among.empty()) {
      std::vector<int> nodes;
      for (const org::UnitId one : destination.among) nodes.push_back(seat(one));
      const int common = common_seat(nodes);
      if (common >= 0) guest.seats.push_back({common, 1, 1});
      for (const int node : nodes) {
        if (node < 0) continue;
        is_here = true;
        for (int below = node; below >= 0 && below != common;
             below = nodes_[static_cast<std::size_t>(below)].parent) {
          guest.undivided.push_back(below);
        }
      }
      std::sort(guest.undivided.begin(), guest.undivided.end());
      guest.undivided.erase(std::unique(guest.undivided.begin(), guest.undivided.end()),
                            guest.undivided.end());
    }
    if (const int self = seat(unit); self >= 0) {
      made.passed[static_cast<std::size_t>(self)] = true;
      is_here = true;
    }
    if (is_here) made.guests.push_back(std::move(guest));
  }
  // What came of others since was not there to report.
  for (const org::Succession& link : links_) {
    if (link.kind == org::ChangeKind::end) continue;
    const bool forward = of < on_ && link.on > of && link.on <= on_;
    const bool back = of > on_ && link.on > on_ && link.on <= of;
    const int node = forward ? seat(link.to) : back ? seat(link.from) : -1;
    if (node >= 0) made.passed[static_cast<std::size_t>(node)] = true;
  }
  return made;
}

}  // namespace report
