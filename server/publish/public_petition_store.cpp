#include "publish/public_store.h"

namespace publish {
namespace {

#define PETITION_COLUMNS                                                           \
  "select p.id, p.public_title, p.public_question, p.public_answer, p.public_on, " \
  "p.is_illustrative from petition p where p.public_on is not null and "

constexpr int kMostAsking = 20;

PublicPetition petition_of(const store::Row& row) {
  PublicPetition made;
  made.id = row.integer(0);
  made.title = row.string(1), made.question = row.string(2), made.answer = row.string(3);
  made.on = row.date(4);
  made.is_illustrative = row.integer(5) != 0;
  return made;
}

}  // namespace

std::vector<PublicPetition> PublicRows::petitions(const std::optional<PetitionPlace>& after,
                                                  int limit) {
  static constexpr store::Sql kNewest{
      "petition.public_newest", PETITION_COLUMNS
      "(p.public_on < :on or (p.public_on = :on and p.id < :id)) order by p.public_on desc, p.id "
      "desc limit :limit"};
  const PetitionPlace place = after.value_or(PetitionPlace{base::kForever, 0});
  auto made = tx_.all(kNewest, {{"on", place.on}, {"id", place.id}, {"limit", limit}}, petition_of);
  for (PublicPetition& one : made) name_units(one);
  return made;
}

std::optional<PublicPetition> PublicRows::petition(std::int64_t id) {
  static constexpr store::Sql kOne{"petition.public_one", PETITION_COLUMNS "p.id = :id"};
  auto made = tx_.one(kOne, {{"id", id}}, petition_of);
  if (made) name_units(*made);
  return made;
}

/// Who asked and answered until it was opened, by the names of that day; who joins later opened
/// nothing.
void PublicRows::name_units(PublicPetition& petition) {
  static constexpr store::Sql kAsking{"petition_raiser.public",
                                      "select unit_id from petition_raiser where petition_id = :id "
                                      "and since <= :on order by since, "
                                      "unit_id limit :limit"};
  static constexpr store::Sql kAnswering{
      "petition_part.public",
      "select distinct holder_id from petition_part where petition_id = :id and state = 'answered' "
      "and answered_on <= :on order by holder_id limit :limit"};
  const auto names = [&](const store::Sql& sql) {
    std::vector<std::string> made;
    for (const org::UnitId unit :
         tx_.all(sql, {{"id", petition.id}, {"on", petition.on}, {"limit", kMostAsking}},
                 [](const store::Row& row) { return row.id<org::UnitId>(0); })) {
      made.push_back(unit_name(unit, petition.on));
    }
    return made;
  };
  petition.asked_by = names(kAsking);
  petition.answered_by = names(kAnswering);
}

}  // namespace publish
