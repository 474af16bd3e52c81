#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "report/publication.h"

/// A publication made ready to reckon its totals again.
namespace report {

/// The rule by which a total is made; for what is not rolled up, of the unit's own figures.
direct::AcrossUnits rule_of(const direct::Indicator& indicator);

/// All cells of one unit in one collected period that a definition needs.
struct Group {
  std::vector<const PublishedCell*> cells;  ///< of the terms, none where there is no cell
  std::vector<std::int64_t> amounts;        ///< of the terms, what lies under the line
  bool is_placed = false;                   ///< some of it lies under the line
  std::string why = "silent";               ///< empty when it counts
  /// For "latest": time, period, place, unit.
  using Order = std::tuple<std::int64_t, std::size_t, std::size_t, std::int64_t>;
  Order order;

  bool is_in() const { return is_placed && why.empty(); }
};

using GroupKey = std::pair<std::int64_t, std::size_t>;  ///< unit, number of the collected period
using Groups = std::map<GroupKey, Group>;

/// Finds cells and places. Refers to the publication, which must outlive it.
class PublishedBook {
 public:
  explicit PublishedBook(const Published& published);

  /// Is it in the tree of that day?
  bool stands(org::UnitId unit) const;
  bool is_under(org::UnitId unit, org::UnitId line) const;
  /// What of a unit's `amounts` lies under the line, the unit seated as `cell` says.
  std::vector<std::int64_t> under_line(std::vector<std::int64_t> amounts, const PublishedCell* cell,
                                       org::UnitId line, direct::AcrossUnits rule) const;
  Groups groups(const Definition& definition, org::UnitId line) const;

 private:
  bool is_placed(const PublishedCell* cell, org::UnitId unit, org::UnitId line) const;
  void finish(Group& group, const Definition& definition, org::UnitId unit,
              const PublishedCell* any, std::size_t number, org::UnitId line) const;

  const Published& published_;
  std::map<std::int64_t, std::size_t> places_;
  std::map<std::pair<std::int64_t, std::string>, std::map<std::string, const PublishedCell*>>
      cells_;
};

/// A total as groups are put in and taken out. Refers to the definition.
class RunningTotal {
 public:
  explicit RunningTotal(const Definition& definition);

  void put(const Group& group) { turn(group, 1); }
  void take(const Group& group) { turn(group, -1); }
  /// None while nothing counts, or while it divides by zero.
  std::optional<direct::Rational> exact() const;

 private:
  direct::Rational scaled(std::int64_t amount) const;
  void turn(const Group& group, int sign);

  const Definition& definition_;
  direct::AcrossUnits rule_;
  std::int64_t counted_ = 0;
  boost::multiprecision::cpp_int above_ = 0, below_ = 0;
  std::multiset<std::int64_t> amounts_;
  std::map<Group::Order, std::int64_t> latest_;
};

}  // namespace report
