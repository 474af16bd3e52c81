#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "publish/bulletin.h"
#include "publish/open_map.h"
#include "publish/opening.h"
#include "store/db.h"

/// What everybody may see at one moment, and nothing else: the only way from a public page to the
/// database. Public are bulletins from their moment on until they are withdrawn, the pictures in
/// them, the publications that are open, and units as far as they opened something.
namespace publish {

/// A bulletin in a list.
struct Brief {
  BulletinId id;
  std::string slug, title, lead, category, unit_name;
  base::Date dated_on;
  base::Instant shown_at;
  std::optional<Copy> thumbnail;
  std::string alternative;
};

struct Article {
  Bulletin bulletin;
  std::string unit_name;
  std::vector<Brief> related;                 ///< newest of the same category
  std::vector<report::PublicationId> opened;  ///< of its figures, those whose tables are open
  /// Of its figures' publications, those that were corrected, and what is open of it now.
  std::map<report::PublicationId, report::PublicationId> corrected;
};

/// What was open and is not.
struct Gone {
  std::string title, unit_name;
  Withdrawal withdrawn;
};

struct OpenBrief {
  report::PublicationId id;
  std::string title, unit_name, period;
  base::Instant opened_at;
};
struct OpenFigures {
  report::PublicationId id;
  std::string text;  ///< as it may be loaded
  OpenTable table;
  base::Instant opened_at;
  report::PublicationId newer;  ///< zero for none that is open
  OpenMap map;
};

/// A unit and whom it answers to.
struct PublicUnit {
  std::string code, name, kind, parent_name;
};

/// An answered petition as whoever answered it told everybody.
struct PublicPetition {
  std::int64_t id = 0;
  std::string title, question, answer;
  base::Date on;
  bool is_illustrative = false;
  std::vector<std::string> asked_by, answered_by;  ///< names of units; of the first, twenty at most
};
/// Where a list of them goes on: after this one.
struct PetitionPlace {
  base::Date on;
  std::int64_t id = 0;
};

/// Where a list goes on: after this one.
struct ListPlace {
  base::Instant shown_at;
  std::int64_t id = 0;
};

class PublicRows {
 public:
  PublicRows(store::Tx& tx, const base::Clock& clock, base::Instant now)
      : tx_(tx), clock_(clock), now_(now) {}

  const base::Clock& clock() const { return clock_; }

  std::int64_t generation();
  /// When something appears by itself; none when nothing waits.
  std::optional<base::Instant> next_change();

  std::vector<Brief> latest(std::string_view category, const std::optional<ListPlace>& after,
                            int limit);
  /// Categories in which there is something.
  std::vector<std::string> used_categories();
  std::optional<Article> article(std::string_view slug);
  std::optional<Gone> withdrawn(std::string_view slug);
  /// The bytes of a picture by its address.
  std::optional<std::string> picture(std::string_view hash);
  std::vector<OpenBrief> opened(int limit);
  std::optional<OpenFigures> figures(report::PublicationId id);
  std::optional<Gone> closed(report::PublicationId id);
  std::vector<PublicPetition> petitions(const std::optional<PetitionPlace>& after, int limit);
  std::optional<PublicPetition> petition(std::int64_t id);
  /// At most 500 that opened something, and those above them in the government's line.
  std::vector<PublicUnit> units();

 private:
  std::string unit_name(org::UnitId unit, base::Date day);
  std::string unit_name(org::UnitId unit, base::Instant at);
  void name_units(PublicPetition& petition);
  Brief brief_of(const store::Row& row);
  report::PublicationId newer_than(report::PublicationId id);
  void look_up_figures(Article& article);
  void fill(std::vector<Brief>& briefs, const std::vector<org::UnitId>& units);

  store::Tx& tx_;
  const base::Clock& clock_;
  base::Instant now_;
  std::map<std::pair<std::int64_t, base::Date>, std::string> names_;  ///< of units, by day
};

}  // namespace publish
