#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "org/unit.h"

/// Numbered papers and the rules of their numbers, pure.
namespace registry {

using DocumentId = base::Id<struct DocumentTag>;

/// The prescribed form a paper is numbered and laid out by.
/// - party-36-2018: Hướng dẫn 36-HD/VPTW; party-05-2026: Hướng dẫn 05-HD/VPTW, from 2026 on.
/// Numbers
///   run from 01 for each kind within one term of the committee: 05-BC/HU;
/// - state-nd30-2020: Decree 30/2020/NĐ-CP. Numbers run within a year: 05/BC-UBND, a letter
/// 12/UBND;
/// - front: the Front and the organisations, numbered like the State: 15/BC-MTTQ-BTT.
enum class Profile { party_36_2018, party_05_2026, state_nd30_2020, front };
std::string_view name(Profile profile);  ///< "party-36-2018"
std::optional<Profile> profile_named(std::string_view name);
bool is_party(Profile profile);

/// A kind of paper by the abbreviation its number bears; "CV" (công văn) has none in State numbers.
struct DocumentKind {
  std::string_view code;  ///< "CTr"
  std::string_view name;  ///< "Chương trình"
};
/// Appendix III of Decree 30/2020 and the Party's kinds.
std::span<const DocumentKind> kinds();
const DocumentKind* kind_coded(std::string_view code);

struct Number {
  std::int64_t sequence = 0;
  std::string kind;  ///< code of a kind
  std::string mark;  ///< of the issuer: "HU", "UBND", "MTTQ-BTT"
  friend bool operator==(const Number&, const Number&) = default;
};

/// "05-BC/HU", "05/BC-UBND", "12/UBND": at least two digits.
std::string text_of(const Number& number, Profile profile);
/// As the paper's head writes it: "Số 05-BC/HU", "Số: 05/BC-UBND".
std::string heading_of(const std::string& number, Profile profile);
/// Reads a number as its profile writes it: "document.number_form" (args: the text, an example)
/// with the field given.
base::Result<Number> read_number(std::string_view text, Profile profile, std::string field);

/// A committee's term of office, half-open.
struct Term {
  std::int64_t id = 0;
  org::UnitId unit;
  std::string name;
  base::Date from, to;
};

/// The counter a number comes from: a kind in a term for the Party, a year for the others.
/// "document.no_term" when the Party's paper is of a day in no known term.
base::Result<std::string> series_of(Profile profile, std::string_view kind, base::Date issued_on,
                                    const std::vector<Term>& terms);

enum class RelationKind { makes_concrete, implements, amends, replaces, answers };
std::string_view name(RelationKind kind);

struct Relation {
  RelationKind kind = RelationKind::makes_concrete;
  DocumentId other;
};

struct Document {
  DocumentId id;
  std::optional<org::UnitId> unit;  ///< the issuer, when it is a unit of the tree
  std::string issuer;               ///< its name on the day of issue
  org::UnitId kept_by;              ///< whose register it stands in
  Profile profile = Profile::party_36_2018;
  std::string kind;    ///< code
  std::string number;  ///< "05-BC/HU"
  std::string series;
  std::optional<std::int64_t> sequence;  ///< none for a number of no profile's form
  std::string subject;
  base::Date issued_on, effective_on;
  base::Instant recorded_at;
  std::string recorded_by;
  bool is_illustrative = false;
};

}  // namespace registry
