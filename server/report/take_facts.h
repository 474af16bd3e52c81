#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/period.h"
#include "report/fact.h"
#include "report/service.h"
#include "store/db.h"

/// The one way by which facts come in from outside, whatever they were written in.
namespace report {

/// A figure to be taken in, and where it stood in what was sent.
struct Incoming {
  org::UnitId unit;
  direct::IndicatorId indicator;
  base::Period period;
  FactState state = FactState::value;  ///< `blank`: the cell is to be emptied
  FactStatus status = FactStatus::accepted;
  std::optional<std::int64_t> amount;
  std::string remark, note;
  std::size_t place = 0;  ///< the caller's: a row's number
};

/// What may become of figures that are there already, or not yet.
enum class Strategy {
  once,               ///< new ones are written; another figure in the place is a fault
  create,             ///< new ones are written; what is there stays
  update,             ///< what is there is changed; nothing new is written
  create_and_update,  ///< both
  erase,              ///< what is there is emptied
};

/// What is to be done with one figure. Pure.
enum class Outcome { add, change, same, stays, absent, differs };
/// `known` is none when there is no such cell; one never touched counts as not there.
Outcome judge(const Fact* known, const Incoming& fact, Strategy strategy);

struct Intake {
  Strategy strategy = Strategy::once;
  bool dry_run = false;
  std::string act = "fact.imported";  ///< of each revision
  std::string journal_act = "facts.imported";
  std::map<std::string, std::string> detail = {};  ///< more for the journal leaf
  /// Place of a fault: "line 12, value" or "/dataValues/3/value".
  std::function<std::string(const Incoming&, std::string_view column)> place;
  /// Code of the unit, code of the indicator, period, as the sender wrote them.
  std::function<std::vector<std::string>(const Incoming&)> named;
  std::function<void(std::size_t, std::size_t)> progress = {};  ///< done, of all
};

struct Taken {
  std::size_t created = 0, updated = 0, deleted = 0;
  std::size_t unchanged = 0;  ///< said again what stands
  std::size_t ignored = 0;    ///< there already, or not there, and the strategy leaves it
};

/// What is wrong with something that was sent, and where it stood.
struct Fault {
  std::size_t place = 0;
  base::Problem problem;
};
/// In the order of their places.
base::Problems problems_of(std::vector<Fault> faults);

/// Faults told of one file; a file of nonsense is not answered line by line.
inline constexpr std::size_t kMostFaults = 1000;

/// Takes all of `facts` or none. Refused, with `faults` found before: a cell named twice
/// ("fact.twice"), a frequency that is not the indicator's ("fact.frequency"), another figure in
/// the place under `once` ("fact.differs"), a change of what a report holds ("fact.in_report"), and
/// a change of an accepted figure by one that is not ("fact.accepted_before"). Settles the
/// frequency of indicators never collected before, writes one revision a changed fact and one
/// journal leaf. `indicators` are those of the facts.
base::Result<Taken> take_facts(store::Tx& tx, const auth::Actor& actor, Now now,
                               std::vector<Incoming> facts,
                               const std::vector<direct::Indicator>& indicators,
                               const Intake& intake, std::vector<Fault> faults = {});

}  // namespace report
