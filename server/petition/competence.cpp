#include "petition/competence.h"

#include <algorithm>
#include <array>

#include "org/post_store.h"

namespace petition {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"commune", "district", "province", "centre"};
constexpr int kUsualDays = 15;

std::size_t place(std::string_view level) {
  return static_cast<std::size_t>(std::find(kLevels.begin(), kLevels.end(), level) -
                                  kLevels.begin());
}

}  // namespace

std::vector<Proposal> proposals(const std::vector<Competence>& rows,
                                const std::vector<org::UnitId>& superiors, base::Date day) {
  const auto nearness = [&](org::UnitId unit) {
    return std::find(superiors.begin(), superiors.end(), unit) - superiors.begin();
  };
  std::vector<Proposal> made;
  for (const Competence& row : rows) {
    const bool holds = row.from <= day && day < row.to;
    const bool is_above = nearness(row.unit) < static_cast<std::ptrdiff_t>(superiors.size());
    if (holds && is_above) made.push_back({row.unit, row.body, row.level, row.days, row.basis});
  }
  std::stable_sort(made.begin(), made.end(), [&](const Proposal& a, const Proposal& b) {
    return std::pair(place(a.level), nearness(a.unit)) <
           std::pair(place(b.level), nearness(b.unit));
  });
  if (!made.empty()) return made;
  for (const org::UnitId unit : superiors) made.push_back({unit, "", "", kUsualDays, "", false});
  return made;
}

std::optional<int> days_for(const std::vector<Proposal>& proposals, org::UnitId unit,
                            std::string_view body) {
  for (const Proposal& one : proposals) {
    if (one.is_for(unit, body)) return one.days;
  }
  return std::nullopt;
}

std::vector<Proposal> proposals_for(store::Tx& tx, org::UnitId unit, std::string_view subject,
                                    base::Date day) {
  auto superiors = org::post_store::unit_and_superiors(tx, unit, day);
  std::erase(superiors, unit);
  return proposals(competence_store::in_force(tx, subject, day), superiors, day);
}

namespace competence_store {
namespace {

#define COMPETENCE_COLUMNS \
  "select id, subject, level, unit_id, body, days, basis, valid_from, valid_to from competence "

Competence competence_of(const store::Row& row) {
  return {row.id<CompetenceId>(0), row.string(1), row.string(2),
          row.id<org::UnitId>(3),  row.string(4), static_cast<int>(row.integer(5)),
          row.string(6),           row.date(7),   row.date(8)};
}

}  // namespace

std::vector<Subject> subjects(store::Tx& tx) {
  static constexpr store::Sql kAll{
      "petition_subject.all",
      "select code, name_vi, name_en from petition_subject order by position"};
  return tx.all(kAll, {}, [](const store::Row& row) {
    return Subject{row.string(0), row.string(1), row.string(2)};
  });
}

bool is_subject(store::Tx& tx, std::string_view code) {
  static constexpr store::Sql kCount{"petition_subject.count",
                                     "select count(*) from petition_subject where code = :code"};
  return tx.integer(kCount, {{"code", code}}) > 0;
}

CompetenceId add(store::Tx& tx, const Competence& row, const auth::Actor& actor, base::Instant at) {
  static constexpr store::Sql kAdd{
      "competence.add",
      "insert into competence (subject, level, unit_id, body, days, basis, valid_from, valid_to, "
      "actor, made_at) values (:subject, :level, :unit, :body, :days, :basis, :from, :to, :actor, "
      ":at) returning id"};
  return {tx.integer(kAdd, {{"subject", row.subject},
                            {"level", row.level},
                            {"unit", row.unit},
                            {"body", row.body},
                            {"days", row.days},
                            {"basis", row.basis},
                            {"from", row.from},
                            {"to", row.to},
                            {"actor", actor.name()},
                            {"at", at}})};
}

std::optional<Competence> find(store::Tx& tx, CompetenceId id) {
  static constexpr store::Sql kFind{"competence.find", COMPETENCE_COLUMNS "where id = :id"};
  return tx.one(kFind, {{"id", id}}, competence_of);
}

void end(store::Tx& tx, CompetenceId id, base::Date on) {
  static constexpr store::Sql kEnd{"competence.end",
                                   "update competence set valid_to = :on where id = :id"};
  tx.run(kEnd, {{"on", on}, {"id", id}});
}

std::vector<Competence> in_force(store::Tx& tx, std::string_view subject, base::Date day) {
  static constexpr store::Sql kAll{
      "competence.in_force", COMPETENCE_COLUMNS
      "where (:subject = '' or subject = :subject) and valid_from <= :day and :day < valid_to "
      "order by subject, case level when 'commune' then 0 when 'district' then 1 when 'province' "
      "then 2 else 3 end, id limit 5000"};
  return tx.all(kAll, {{"subject", subject}, {"day", day}}, competence_of);
}

std::optional<Competence> overlapping(store::Tx& tx, const Competence& row) {
  static constexpr store::Sql kFind{
      "competence.overlapping", COMPETENCE_COLUMNS
      "where subject = :subject and unit_id = :unit and body = :body and valid_from < :to and "
      ":from < valid_to order by id limit 1"};
  return tx.one(kFind,
                {{"subject", row.subject},
                 {"unit", row.unit},
                 {"body", row.body},
                 {"to", row.to},
                 {"from", row.from}},
                competence_of);
}

}  // namespace competence_store
}  // namespace petition
