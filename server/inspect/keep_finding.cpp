#include <algorithm>

#include "inspect/change_inspection.h"
#include "inspect/inspection_store.h"
#include "registry/register_document.h"
#include "report/fact_store.h"
#include "report/report_store.h"

namespace inspect {
namespace {

using base::ProblemKind;

/// Is the evidence there, and may the actor see it?
bool is_known(store::Tx& tx, const auth::Actor& actor, base::Date day, const Finding& finding,
              const Evidence& evidence) {
  switch (evidence.kind) {
    case EvidenceKind::fact: {
      const auto fact = report::fact_store::find(tx, report::FactId{evidence.id});
      return fact && org::allows(tx, actor, org::Act::see, fact->unit, day);
    }
    case EvidenceKind::section: {
      const auto sheet = report::report_store::sheet(tx, report::ReportId{evidence.id});
      return sheet && org::allows(tx, actor, org::Act::see, sheet->report.unit, day) &&
             sheet->narrative.find(evidence.section) != nullptr;
    }
    case EvidenceKind::document:
      return registry::seen_document(tx, actor, day, {evidence.id}).has_value();
    case EvidenceKind::note: {
      // What others are to read must have been shared.
      const auto note = note_store::find(tx, {evidence.id});
      return note && note->inspection == finding.inspection && note->is_shared;
    }
  }
  return false;
}

base::Problems faults_of(store::Tx& tx, const auth::Actor& actor, base::Date day,
                         const Finding& finding) {
  base::Problems problems;
  if (finding.evidence.empty())
    problems.push_back({ProblemKind::invalid, "finding.no_evidence", "/evidence", {}});
  for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
    if (is_known(tx, actor, day, finding, finding.evidence[i])) continue;
    problems.push_back({ProblemKind::invalid,
                        "finding.evidence_unknown",
                        "/evidence/" + std::to_string(i),
                        {std::string(name(finding.evidence[i].kind))}});
  }
  if (finding.repeats) {
    const auto earlier = finding_store::find(tx, *finding.repeats);
    const auto of = earlier ? inspection_store::find(tx, earlier->inspection) : std::nullopt;
    if (!of || !of->concluded_on || earlier->unit != finding.unit ||
        earlier->inspection == finding.inspection)
      problems.push_back({ProblemKind::invalid, "finding.repeats_unknown", "/repeats", {}});
  }
  return problems;
}

/// The finding of the inspection, when the actor wrote it or leads the team.
base::Result<Finding> own_finding(store::Tx& tx, const auth::Actor& actor,
                                  const Inspection& inspection, FindingId id) {
  auto kept = finding_store::find(tx, id);
  if (!kept || kept->inspection != inspection.id)
    return base::refuse(ProblemKind::not_found, "finding.not_found");
  const Member* const member = inspection.member(actor.account());
  const bool leads = member != nullptr && member->role != TeamRole::member;
  if (kept->account != actor.account() && !leads)
    return base::refuse(ProblemKind::forbidden, "finding.not_yours", "", {kept->actor});
  return *std::move(kept);
}

base::Result<void> complete(store::Tx& tx, const auth::Actor& actor, base::Date day,
                            const Inspection& inspection, Finding& finding) {
  finding.inspection = inspection.id;
  const auto asked = finding.unit ? std::optional(finding.unit) : std::nullopt;
  ASSIGN_OR_RETURN(finding.unit, inspected_unit(inspection, asked, "/unit"));
  if (auto problems = faults_of(tx, actor, day, finding); !problems.empty())
    return base::refuse(std::move(problems));
  return {};
}

}  // namespace

base::Result<FindingId> add_finding(store::Tx& tx, const auth::Actor& actor, Now now,
                                    OnInspection on, Finding finding) {
  FindingId id;
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    RETURN_IF_REFUSED(complete(tx, actor, now.day, kept, finding));
    finding.account = actor.account();
    finding.actor = actor.name();
    finding.at = now.at;
    id = finding_store::add(tx, finding);
    return {};
  };
  RETURN_IF_REFUSED(change_inspection(tx, actor, now, on, {Deed::find, rule}));
  return id;
}

base::Result<void> rewrite_finding(store::Tx& tx, const auth::Actor& actor, Now now,
                                   OnInspection on, const Finding& finding) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    RETURN_IF_REFUSED(own_finding(tx, actor, kept, finding.id));
    Finding made = finding;
    RETURN_IF_REFUSED(complete(tx, actor, now.day, kept, made));
    finding_store::save(tx, made);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::find, rule});
}

base::Result<void> remove_finding(store::Tx& tx, const auth::Actor& actor, Now now, OnInspection on,
                                  FindingId finding) {
  const auto rule = [&](Inspection& kept) -> base::Result<void> {
    RETURN_IF_REFUSED(own_finding(tx, actor, kept, finding));
    finding_store::remove(tx, finding);
    return {};
  };
  return change_inspection(tx, actor, now, on, {Deed::find, rule});
}

std::vector<EarlierFinding> earlier_findings(store::Tx& tx, const Inspection& inspection) {
  constexpr int kMostInspections = 50;
  std::vector<EarlierFinding> made;
  for (const Inspected& unit : inspection.units) {
    for (const Inspection& earlier :
         inspection_store::concluded_at(tx, unit.unit, inspection.id, kMostInspections)) {
      for (Finding& finding : finding_store::of_inspection(tx, earlier.id)) {
        if (finding.kind != FindingKind::shortcoming || finding.unit != unit.unit) continue;
        EarlierFinding one{std::move(finding), earlier.title, *earlier.concluded_on};
        for (const FollowUp& follow_up : follow_up_store::of_finding(tx, one.finding.id))
          ++(follow_up.verified_on ? one.closed : one.open);
        for (const Finding& later : finding_store::repeats_of(tx, one.finding.id)) {
          one.is_taken = one.is_taken || later.inspection == inspection.id;
          one.is_repeated = true;
        }
        one.is_repeated = one.is_repeated || one.finding.repeats.has_value();
        made.push_back(std::move(one));
      }
    }
  }
  std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) {
    const auto weight = [](const EarlierFinding& one) {
      return one.open > 0 ? 0 : one.is_repeated ? 1 : 2;
    };
    return weight(a) < weight(b);
  });
  return made;
}

}  // namespace inspect
