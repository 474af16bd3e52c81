#include "registry/routes.h"

#include <charconv>

#include "journal/journal.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "org/unit_store.h"
#include "registry/document_json.h"
#include "registry/document_store.h"

namespace registry {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kUploadLimit = kMostBytes / 3 * 4 + 64 * 1024;
constexpr int kMostRows = 100'000;  // of a list as a file

struct Desk {
  store::Db& db;
  const base::Clock& clock;
};

Result<document_store::Wanted> asked_documents(const Request& request) {
  document_store::Wanted wanted;
  wanted.query = request.asked("query").value_or("");
  wanted.kind = request.asked("kind").value_or("");
  if (const auto unit = org::asked_id(request, "unit")) wanted.unit = org::UnitId{*unit};
  ASSIGN_OR_RETURN(wanted.from, org::asked_date(request, "from"));
  ASSIGN_OR_RETURN(wanted.to, org::asked_date(request, "to"));
  wanted.before = org::asked_cursor(request);
  return wanted;
}

office::Sheet register_sheet(const std::vector<Document>& documents) {
  office::Sheet sheet;
  sheet.name = "Sổ văn bản";
  sheet.columns = {"Số, ký hiệu",      "Loại",     "Ngày ban hành", "Ngày hiệu lực",
                   "Cơ quan ban hành", "Trích yếu"};
  sheet.widths = {18, 14, 12, 12, 30, 70};
  for (const Document& one : documents) {
    const DocumentKind* kind = kind_coded(one.kind);
    sheet.rows.push_back({one.number, std::string(kind ? kind->name : ""), one.issued_on.text(),
                          one.effective_on.text(), one.issuer, one.subject});
  }
  return sheet;
}

Result<Response> list_documents(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(document_store::Wanted wanted, asked_documents(request));
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  const base::Date day = desk.clock.today();
  const auto page =
      static_cast<std::size_t>(format ? kMostRows : org::asked_limit(request, 50, 500));
  wanted.limit = static_cast<int>(page) + 1;
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    auto found = document_store::visible(tx, org::scope_of(actor, day), wanted);
    const bool more = found.size() > page;
    if (more) found.pop_back();
    if (format) return org::table_response("so-van-ban", register_sheet(found), *format);
    array items;
    for (const Document& one : found) items.push_back(to_json(tx, one, day));
    return http::json_response(
        object{{"items", std::move(items)},
               {"next", more ? value(std::to_string(found.back().id.value)) : value(nullptr)}});
  });
}

Result<Response> create_document(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const NewDocument asked, http::decode<NewDocument>(request, read_document));
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const DocumentId id, register_document(tx, actor, now, day, asked));
    return http::json_response(full_json(tx, *document_store::find(tx, id), actor, day), 201);
  });
}

Result<Response> get_document(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Document found,
                     seen_document(tx, actor, day, {request.id_parameter("document")}));
    return http::json_response(full_json(tx, found, actor, day));
  });
}

Result<Response> get_chain(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Document found,
                     seen_document(tx, actor, day, {request.id_parameter("document")}));
    return http::json_response(chain_json(tx, found));
  });
}

Result<Response> create_relation(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const Relation asked, http::decode<Relation>(request, read_relation));
  const DocumentId id{request.id_parameter("document")};
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(relate(tx, actor, now, day, id, asked));
    return http::json_response(full_json(tx, *document_store::find(tx, id), actor, day), 201);
  });
}

Result<Response> create_attachment(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::string name, base64;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.text("name", 200), f.raw_text("base64", kUploadLimit)};
                   }));
  const DocumentId id{request.id_parameter("document")};
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Document found, seen_document(tx, actor, day, id));
    RETURN_IF_REFUSED(may_add_to(tx, actor, day, found));
    const std::string object_name = "document:" + std::to_string(id.value);
    ASSIGN_OR_RETURN(const Attachment made,
                     attach(tx, actor, now, object_name, found.kept_by, asked.name, asked.base64));
    journal::record(tx, actor, now,
                    {"document.attached", object_name, found.kept_by.value,
                     "{\"sha256\":\"" + made.sha256 + "\"}"});
    return http::json_response(to_json(made), 201);
  });
}

Result<Response> get_attachment(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const DocumentId id{request.id_parameter("document")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(seen_document(tx, actor, day, id));
    const auto file = find_attachment(tx, request.id_parameter("attachment"));
    if (!file || file->object != "document:" + std::to_string(id.value)) {
      return base::refuse(ProblemKind::not_found, "attachment.not_found");
    }
    return org::file_response(file->name, file->media_type, content_of(tx, *file));
  });
}

object register_json(store::Tx& tx, org::UnitId unit) {
  array marks, terms;
  for (const Profile profile :
       {Profile::party_36_2018, Profile::party_05_2026, Profile::state_nd30_2020, Profile::front}) {
    if (const auto mark = document_store::mark(tx, unit, profile)) {
      marks.push_back(object{{"profile", name(profile)}, {"mark", *mark}});
    }
  }
  for (const Term& term : document_store::terms(tx, unit)) {
    terms.push_back(object{
        {"id", term.id}, {"name", term.name}, {"from", term.from.text()}, {"to", term.to.text()}});
  }
  return {{"marks", std::move(marks)}, {"terms", std::move(terms)}};
}

Result<Response> get_register(const Desk& desk, const Actor& actor, const Request& request) {
  const org::UnitId unit{request.id_parameter("unit")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, desk.clock.today()));
    return http::json_response(register_json(tx, unit));
  });
}

Result<Response> put_mark(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    Profile profile;
    std::string mark;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{read_profile(f), f.text("mark", 40)};
                   }));
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Instant now = desk.clock.now();
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(
        set_mark(tx, actor, now, desk.clock.day_of(now), unit, asked.profile, asked.mark));
    return http::json_response(register_json(tx, unit));
  });
}

Result<Response> create_term(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(Term asked, http::decode<Term>(request, [](http::Fields& f) {
                     return Term{0, {}, f.text("name", 100), f.date("from"), f.date("to")};
                   }));
  asked.unit = org::UnitId{request.id_parameter("unit")};
  const base::Instant now = desk.clock.now();
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(add_term(tx, actor, now, desk.clock.day_of(now), asked));
    return http::json_response(register_json(tx, asked.unit), 201);
  });
}

Result<Response> list_kinds(const Desk&, const Actor&, const Request&) {
  array items;
  for (const DocumentKind& kind : kinds()) {
    items.push_back(object{{"code", kind.code}, {"name", kind.name}});
  }
  return http::json_response(object{{"items", std::move(items)}});
}

}  // namespace

auth::Routes routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](auto handler) {
    return [desk, handler](const Actor& actor, const Request& request) {
      return handler(desk, actor, request);
    };
  };
  const std::string one = "/documents/{document}";
  return {
      {get, "/document-kinds", "listDocumentKinds", with(list_kinds)},
      {get, "/documents", "listDocuments", with(list_documents)},
      {post, "/documents", "createDocument", with(create_document)},
      {get, one, "getDocumentPage", with(get_document)},
      {get, one + "/chain", "getDocumentChain", with(get_chain)},
      {post, one + "/relations", "createRelation", with(create_relation)},
      {post, one + "/attachments", "attachToDocument", with(create_attachment), kUploadLimit},
      {get, one + "/attachments/{attachment}", "getDocumentAttachment", with(get_attachment)},
      {get, "/units/{unit}/register", "getRegister", with(get_register)},
      {put, "/units/{unit}/register/mark", "putRegisterMark", with(put_mark)},
      {post, "/units/{unit}/terms", "createTerm", with(create_term)},
  };
}

}  // namespace registry
