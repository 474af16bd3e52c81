#include "petition/routes.h"

#include "org/routes.h"
#include "petition/desk.h"
#include "petition/petition_json.h"
#include "petition/petition_store.h"
#include "registry/attachment.h"

namespace petition {

base::Result<OnPetition> on_petition(const http::Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision)
    return base::refuse(base::ProblemKind::invalid, "petition.revision_missing", "If-Match");
  return OnPetition{{request.id_parameter("petition")}, *revision};
}

base::Result<OnPart> on_part(const http::Request& request) {
  ASSIGN_OR_RETURN(const OnPetition on, on_petition(request));
  return OnPart{on, {request.id_parameter("part")}};
}

http::Response petition_response(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                 PetitionId id, int status) {
  const Petition petition = petition_store::find(tx, id).value();
  http::Response response = http::json_response(page_json(tx, actor, petition, day), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(petition.revision) + "\"");
  return response;
}

base::Result<http::Response> on_one(const Desk& desk, const auth::Actor& actor,
                                    const http::Request& request,
                                    const std::function<base::Result<void>(store::Tx&, Now)>& act,
                                    int status) {
  const Now now = desk.now();
  return journal::act(
      desk.db, actor, request, now.at, [&](store::Tx& tx) -> base::Result<http::Response> {
        RETURN_IF_REFUSED(act(tx, now));
        return petition_response(tx, actor, now.day, {request.id_parameter("petition")}, status);
      });
}

namespace {

constexpr std::size_t kFileLimit = registry::kMostBytes / 3 * 4 + 64 * 1024;

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](Handler* handler) {
    return [desk, handler](const auth::Actor& actor, const http::Request& request) {
      return handler(desk, actor, request);
    };
  };
#define ONE "/petitions/{petition}"
#define PART "/petitions/{petition}/parts/{part}"
  return {
      {get, "/petition-subjects", "listPetitionSubjects", with(list_subjects)},
      {get, "/competences", "listCompetences", with(list_competences)},
      {post, "/competences", "defineCompetence", with(define_competence_route)},
      {put, "/competences/{competence}/ending", "endCompetence", with(end_competence_route)},
      {get, "/units/{unit}/competent-bodies", "listCompetentBodies", with(list_proposals)},
      {get, "/units/{unit}/similar-petitions", "listSimilarPetitions", with(list_similar)},
      {get, "/units/{unit}/petition-overview", "getPetitionOverview", with(get_overview)},
      {get, "/petitions", "listPetitions", with(list_petitions)},
      {post, "/petitions", "createPetition", with(create_petition)},
      {get, ONE, "getPetition", with(get_petition)},
      {post, ONE "/raisers", "joinPetition", with(join_route)},
      {put, ONE "/merging", "mergePetition", with(merge_route)},
      {post, ONE "/statements", "sayInPetition", with(say_route)},
      {post, ONE "/attachments", "attachToPetition", with(attach_route), kFileLimit},
      {get, ONE "/attachments/{attachment}", "getPetitionAttachment", with(get_attachment_route)},
      {put, ONE "/withdrawal", "withdrawPetition", with(withdraw_route)},
      {put, ONE "/public-version", "openPetition", with(open_route)},
      {del, ONE "/public-version", "closePetition", with(close_route)},
      {post, ONE "/papers", "issuePetitionPaper", with(issue_paper_route)},
      {get, ONE "/papers/{letter}", "getPetitionPaper", with(get_paper)},
      {put, PART "/forwarding", "forwardPetitionPart", with(forward_route)},
      {put, PART "/dispatch", "dispatchPetitionPart", with(dispatch_route)},
      {put, PART "/return", "giveBackPetitionPart", with(give_back_route)},
      {put, PART "/question", "questionPetitionPart", with(question_route)},
      {put, PART "/supply", "supplyPetitionPart", with(supply_route)},
      {put, PART "/extension", "extendPetitionPart", with(extend_route)},
      {put, PART "/routing", "routePetitionPart", with(route_route)},
      {put, PART "/answer", "answerPetitionPart", with(answer_route)},
      {post, PART "/task", "makePetitionTask", with(make_task_route)},
  };
#undef PART
#undef ONE
}

}  // namespace petition
