#include <limits>

#include "base/text.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "petition/change_petition.h"
#include "petition/desk.h"
#include "petition/papers.h"
#include "petition/petition_json.h"
#include "petition/petition_store.h"
#include "petition/words.h"
#include "registry/attachment.h"

namespace petition {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;

namespace {

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();

PetitionId of_path(const Request& request) { return {request.id_parameter("petition")}; }

}  // namespace

Result<Response> create_petition(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedPetition asked, http::decode<AskedPetition>(request, read_petition));
  const Now now = desk.now();
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const PetitionId id, raise_petition(tx, actor, now, asked));
    return petition_response(tx, actor, now.day, id, 201);
  });
}

Result<Response> get_petition(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Petition found, seen_petition(tx, actor, day, of_path(request)));
    return petition_response(tx, actor, day, found.id);
  });
}

Result<Response> join_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    org::UnitId unit;
    std::string text;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{{fields.integer("unit", 1, kMostId)},
                                  fields.maybe_raw_text("text", 5000).value_or("")};
                   }));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now) {
        return join_petition(tx, actor, now, of_path(request), asked.unit, asked.text);
      },
      201);
}

Result<Response> merge_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPetition on, on_petition(request));
  ASSIGN_OR_RETURN(const PetitionId into,
                   http::decode<PetitionId>(request, [](http::Fields& fields) {
                     return PetitionId{fields.integer("into", 1, kMostId)};
                   }));
  return on_one(desk, actor, request,
                [&](store::Tx& tx, Now now) { return merge_petition(tx, actor, now, on, into); });
}

Result<Response> say_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const std::string text, asked_words(request, "text"));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now) { return say(tx, actor, now, of_path(request), text); }, 201);
}

Result<Response> attach_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const direct::AskedFile file,
                   http::decode<direct::AskedFile>(request, [](http::Fields& fields) {
                     return direct::AskedFile{
                         fields.text("name", 200),
                         fields.raw_text("base64", registry::kMostBytes / 3 * 4 + 8)};
                   }));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now) {
        return attach_to_petition(tx, actor, now, of_path(request), file);
      },
      201);
}

Result<Response> get_attachment_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Petition petition, seen_petition(tx, actor, day, of_path(request)));
    const auto file = registry::find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != object_of(petition.id))
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    return org::file_response(file->name, file->media_type, registry::content_of(tx, *file));
  });
}

Result<Response> withdraw_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPetition on, on_petition(request));
  ASSIGN_OR_RETURN(const std::string reason, asked_words(request, "reason"));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return withdraw_petition(tx, actor, now, on, reason);
  });
}

Result<Response> open_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPetition on, on_petition(request));
  ASSIGN_OR_RETURN(const PublicVersion version,
                   http::decode<PublicVersion>(request, [](http::Fields& fields) {
                     PublicVersion made;
                     made.title = fields.text("title", 300);
                     made.question = read_words(fields, "question", 10000);
                     made.answer = read_words(fields, "answer", 10000);
                     return made;
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return open_to_public(tx, actor, now, on, version);
  });
}

Result<Response> close_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPetition on, on_petition(request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return open_to_public(tx, actor, now, on, std::nullopt);
  });
}

Result<Response> issue_paper_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    PaperKind kind = PaperKind::petition;
    std::optional<PartId> part;
    std::string profile;
    std::optional<base::Date> issued_on;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made;
                     made.kind =
                         static_cast<PaperKind>(fields.one_of("paper", {"petition", "answer"}));
                     if (const auto part = fields.maybe_integer("part", 1, kMostId))
                       made.part = PartId{*part};
                     made.profile = fields.maybe_text("profile", 40).value_or("");
                     made.issued_on = fields.maybe_date("issued_on");
                     return made;
                   }));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now) {
        return issue_paper(tx, actor, now, of_path(request), asked.kind, asked.part, asked.profile,
                           asked.issued_on);
      },
      201);
}

Result<Response> get_paper(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const auto kind = paper_kind_named(request.parameters.find("letter")->second);
  if (!kind) return base::refuse(ProblemKind::not_found, "paper.not_found");
  std::optional<PartId> part;
  if (const auto id = org::asked_id(request, "part")) part = PartId{*id};
  ASSIGN_OR_RETURN(
      const office::Document made, desk.db.read([&](store::Tx& tx) -> Result<office::Document> {
        ASSIGN_OR_RETURN(const Petition petition, seen_petition(tx, actor, day, of_path(request)));
        return write_paper(tx, petition, *kind, part, day,
                           std::string(request.asked("profile").value_or("")));
      }));
  ASSIGN_OR_RETURN(std::string docx, report::written_paper(made, std::nullopt, ""));
  const std::string of = part ? "-" + std::to_string(part->value) : "";
  return org::file_response("kien-nghi-" + std::to_string(of_path(request).value) + "-" +
                                std::string(name(*kind)) + of + ".docx",
                            kDocx, std::move(docx));
}

}  // namespace petition
