#include <algorithm>
#include <limits>

#include "inspect/change_inspection.h"
#include "inspect/desk.h"
#include "inspect/inspection_json.h"
#include "office/docx.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "registry/attachment.h"

namespace inspect {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;

namespace {

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

InspectionId of_path(const Request& request) { return {request.id_parameter("inspection")}; }

/// The revision of a session or a note.
Result<std::int64_t> asked_revision(const Request& request) {
  const auto revision = org::asked_revision(request);
  if (!revision)
    return base::refuse(ProblemKind::invalid, "inspection.revision_missing", "If-Match");
  return *revision;
}

Response session_response(store::Tx& tx, const Actor& actor, base::Date day,
                          const Inspection& inspection, WorkingSessionId id, int status = 200) {
  const WorkingSession session = session_store::find(tx, id).value();
  const auto deeds = deeds_of(inspection.state, parts_of(tx, actor, day, inspection));
  const bool may_write = std::find(deeds.begin(), deeds.end(), Deed::hold_session) != deeds.end();
  Response response = http::json_response(to_json(tx, session, may_write, day), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(session.revision) + "\"");
  return response;
}

Response note_response(store::Tx& tx, const Actor& actor, NoteId id, int status = 200) {
  const Note note = note_store::find(tx, id).value();
  Response response = http::json_response(to_json(note, actor.account()), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(note.revision) + "\"");
  return response;
}

struct AskedNote {
  std::string text;
  bool is_shared = false;
};
AskedNote read_note(http::Fields& fields) {
  return {fields.raw_text("text", 20000), fields.boolean("is_shared", false)};
}

}  // namespace

Result<Inspection> inside(store::Tx& tx, const Actor& actor, base::Date day, InspectionId id) {
  ASSIGN_OR_RETURN(Inspection inspection, seen_inspection(tx, actor, day, id));
  if (!only_units(tx, actor, day, inspection).empty())
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  return inspection;
}

Result<Response> create_session_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  ASSIGN_OR_RETURN(WorkingSession asked, http::decode<WorkingSession>(request, read_session));
  asked.inspection = of_path(request);
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const WorkingSessionId id, hold_session(tx, actor, now, asked));
    ASSIGN_OR_RETURN(const Inspection inspection,
                     seen_inspection(tx, actor, now.day, asked.inspection));
    return session_response(tx, actor, now.day, inspection, id, 201);
  });
}

namespace {

/// The session when it is of the inspection and of a unit the actor is told of.
Result<Inspection> seen_session(store::Tx& tx, const Actor& actor, base::Date day,
                                const Request& request, WorkingSessionId id) {
  ASSIGN_OR_RETURN(Inspection inspection, seen_inspection(tx, actor, day, of_path(request)));
  const auto session = session_store::find(tx, id);
  const auto only = only_units(tx, actor, day, inspection);
  const bool is_seen =
      session && session->inspection == inspection.id &&
      (only.empty() || std::find(only.begin(), only.end(), session->unit) != only.end());
  if (!is_seen) return base::refuse(ProblemKind::not_found, "session.not_found");
  return inspection;
}

}  // namespace

Result<Response> attach_to_session_route(const Desk& desk, const Actor& actor,
                                         const Request& request) {
  ASSIGN_OR_RETURN(const direct::AskedFile file,
                   http::decode<direct::AskedFile>(request, [](http::Fields& fields) {
                     return direct::AskedFile{
                         fields.text("name", 200),
                         fields.raw_text("base64", registry::kMostBytes / 3 * 4 + 8)};
                   }));
  const WorkingSessionId id{request.id_parameter("session")};
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(attach_to_session(tx, actor, now, of_path(request), id, file));
    ASSIGN_OR_RETURN(const Inspection inspection, seen_session(tx, actor, now.day, request, id));
    return session_response(tx, actor, now.day, inspection, id, 201);
  });
}

Result<Response> get_session_attachment(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  const base::Date day = desk.clock.today();
  const WorkingSessionId id{request.id_parameter("session")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_session(tx, actor, day, request, id));
    const auto file = registry::find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != object_of(id))
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    return org::file_response(file->name, file->media_type, registry::content_of(tx, *file));
  });
}

Result<Response> get_session_route(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const WorkingSessionId id{request.id_parameter("session")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Inspection inspection, seen_session(tx, actor, day, request, id));
    return session_response(tx, actor, day, inspection, id);
  });
}

Result<Response> replace_session_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(WorkingSession asked, http::decode<WorkingSession>(request, read_session));
  ASSIGN_OR_RETURN(asked.revision, asked_revision(request));
  asked.inspection = of_path(request);
  asked.id = {request.id_parameter("session")};
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(rewrite_session(tx, actor, now, asked));
    ASSIGN_OR_RETURN(const Inspection inspection,
                     seen_inspection(tx, actor, now.day, asked.inspection));
    return session_response(tx, actor, now.day, inspection, asked.id);
  });
}

Result<Response> list_notes(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Inspection inspection,
                     seen_inspection(tx, actor, day, of_path(request)));
    if (!inspection.member(actor.account()) || !runs(inspection.state))
      return base::refuse(ProblemKind::forbidden, "inspection.not_on_team");
    array items;
    for (const Note& one : note_store::readable(tx, inspection.id, actor.account()))
      items.push_back(to_json(one, actor.account()));
    return http::json_response(object{{"items", std::move(items)}, {"next", nullptr}});
  });
}

Result<Response> create_note_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedNote asked, http::decode<AskedNote>(request, read_note));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const NoteId id,
                     write_note(tx, actor, now, of_path(request), asked.text, asked.is_shared));
    return note_response(tx, actor, id, 201);
  });
}

Result<Response> replace_note_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedNote asked, http::decode<AskedNote>(request, read_note));
  ASSIGN_OR_RETURN(const std::int64_t revision, asked_revision(request));
  const NoteId id{request.id_parameter("note")};
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(
        rewrite_note(tx, actor, now, of_path(request), id, revision, asked.text, asked.is_shared));
    return note_response(tx, actor, id);
  });
}

Result<Response> create_finding_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  ASSIGN_OR_RETURN(const Finding asked, http::decode<Finding>(request, read_finding));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now, OnInspection on) -> Result<void> {
        RETURN_IF_REFUSED(add_finding(tx, actor, now, on, asked));
        return {};
      },
      201);
}

Result<Response> replace_finding_route(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  ASSIGN_OR_RETURN(Finding asked, http::decode<Finding>(request, read_finding));
  asked.id = {request.id_parameter("finding")};
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return rewrite_finding(tx, actor, now, on, asked);
  });
}

Result<Response> delete_finding_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  const FindingId id{request.id_parameter("finding")};
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return remove_finding(tx, actor, now, on, id);
  });
}

Result<Response> list_earlier_findings(const Desk& desk, const Actor& actor,
                                       const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Inspection inspection, inside(tx, actor, day, of_path(request)));
    array items;
    for (const EarlierFinding& one : earlier_findings(tx, inspection))
      items.push_back(to_json(tx, one, day));
    return http::json_response(object{{"items", std::move(items)}, {"next", nullptr}});
  });
}

Result<Response> issue_paper_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    PaperKind kind = PaperKind::decision;
    std::int64_t of = 0;
    std::string profile;
    std::optional<base::Date> issued_on;
  };
  ASSIGN_OR_RETURN(
      const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
        Asked made;
        made.kind = static_cast<PaperKind>(fields.one_of(
            "paper", {"decision", "plan", "outline", "announcement", "self_report", "supplement",
                      "minutes", "draft_result", "result", "conclusion"}));
        made.of =
            fields.maybe_integer("of", 1, std::numeric_limits<std::int64_t>::max()).value_or(0);
        made.profile = fields.maybe_text("profile", 40).value_or("");
        made.issued_on = fields.maybe_date("issued_on");
        return made;
      }));
  const Now now = desk.now();
  const InspectionId id = of_path(request);
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(
        issue_paper(tx, actor, now, id, asked.kind, asked.of, asked.profile, asked.issued_on));
    return inspection_response(tx, actor, now.day, id, 201);
  });
}

Result<Response> get_paper(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const auto kind = paper_kind_named(request.parameters.find("paper")->second);
  if (!kind) return base::refuse(ProblemKind::not_found, "paper.not_found");
  const std::int64_t of = org::asked_id(request, "of").value_or(0);
  ASSIGN_OR_RETURN(const WrittenPaper made,
                   desk.db.read([&](store::Tx& tx) -> Result<WrittenPaper> {
                     ASSIGN_OR_RETURN(const Inspection inspection,
                                      seen_inspection(tx, actor, day, of_path(request)));
                     return write_paper(tx, actor, day, inspection, *kind, of,
                                        std::string(request.asked("profile").value_or("")));
                   }));
  ASSIGN_OR_RETURN(std::string docx, report::written_paper(made.document, made.own, made.period));
  return org::file_response("kiem-tra-" + std::to_string(of_path(request).value) + "-" +
                                std::string(name(*kind)) + ".docx",
                            kDocx, std::move(docx));
}

}  // namespace inspect
