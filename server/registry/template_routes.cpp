#include "registry/template_routes.h"

#include "journal/journal.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "registry/attachment.h"
#include "registry/document_json.h"
#include "registry/keep_template.h"
#include "registry/template.h"

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

constexpr std::size_t kUploadLimit = office::TemplateLimits{}.most_bytes / 3 * 4 + 64 * 1024;
constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

struct Desk {
  store::Db& db;
  const base::Clock& clock;
};

Result<std::string> asked_kind(const Request& request) {
  const std::string& kind = request.parameters.find("kind")->second;
  if (!has_templates(kind))
    return base::refuse(ProblemKind::not_found, "template.kind_unknown", "", {kind});
  return kind;
}

Result<office::Profile> asked_profile(const Request& request) {
  const std::string asked(request.asked("profile").value_or(""));
  if (const auto profile = office::profile_named(asked)) return *profile;
  std::string all;
  for (const office::Profile one : office::kProfiles)
    all += (all.empty() ? "" : ", ") + std::string(office::name(one));
  return base::refuse(ProblemKind::invalid, "template.profile", "?profile", {asked, all});
}

Result<OnTemplate> on_template(const Request& request) {
  ASSIGN_OR_RETURN(const std::string kind, asked_kind(request));
  ASSIGN_OR_RETURN(const office::Profile profile, asked_profile(request));
  const auto revision = org::asked_revision(request);
  if (!revision) return base::refuse(ProblemKind::invalid, "template.revision_missing", "If-Match");
  return OnTemplate{{request.id_parameter("unit")}, kind, profile, *revision};
}

std::string kind_words(office::TemplateField::Kind kind) {
  using Kind = office::TemplateField::Kind;
  return kind == Kind::text ? "text" : kind == Kind::rows ? "rows" : "blocks";
}

object version_json(store::Tx& tx, const StoredTemplate& version) {
  const auto file = version.attachment ? find_attachment(tx, *version.attachment) : std::nullopt;
  return {{"version", version.version},
          {"file", file ? value(to_json(*file)) : value(nullptr)},
          {"recorded_at", version.recorded_at.text()},
          {"recorded_by", version.recorded_by}};
}

/// Every profile with the versions kept, newest first, and the fields a template may hold.
object templates_json(store::Tx& tx, org::UnitId unit, const std::string& kind, const Actor& actor,
                      base::Date day) {
  array profiles, fields;
  for (const office::Profile profile : office::kProfiles) {
    array versions;
    for (const StoredTemplate& one : template_store::versions(tx, unit, kind, profile))
      versions.push_back(version_json(tx, one));
    const std::int64_t newest = template_store::newest(tx, unit, kind, profile);
    profiles.push_back(object{{"profile", office::name(profile)},
                              {"revision", newest + 1},
                              {"is_own", template_in_use(tx, unit, kind, profile).has_value()},
                              {"versions", std::move(versions)}});
  }
  for (const office::TemplateField& field : template_fields(kind)) {
    array columns;
    for (const std::string& column : field.columns) columns.push_back(value(column));
    fields.push_back(object{{"name", field.name},
                            {"kind", kind_words(field.kind)},
                            {"meaning_vi", field.meaning_vi},
                            {"meaning_en", field.meaning_en},
                            {"columns", std::move(columns)},
                            {"is_required", field.is_required}});
  }
  array acts;
  if (org::allows(tx, actor, org::Act::keep_templates, unit, day)) acts.push_back("keep");
  return {{"kind", kind},
          {"profiles", std::move(profiles)},
          {"fields", std::move(fields)},
          {"acts", std::move(acts)}};
}

Response answer(store::Tx& tx, const StoredTemplate& made, const Actor& actor, base::Date day) {
  Response response = http::json_response(templates_json(tx, made.unit, made.kind, actor, day));
  response.headers.emplace_back("ETag", "\"" + std::to_string(made.version + 1) + "\"");
  return response;
}

Result<Response> get_templates(const Desk& desk, const Actor& actor, const Request& request) {
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    ASSIGN_OR_RETURN(const std::string kind, asked_kind(request));
    return http::json_response(templates_json(tx, unit, kind, actor, day));
  });
}

Result<Response> put_template(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::string name, base64;
  };
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  RETURN_IF_REFUSED(desk.db.read([&](store::Tx& tx) -> Result<void> {
    return org::allows(tx, actor, org::Act::keep_templates, unit, day);
  }));
  ASSIGN_OR_RETURN(const OnTemplate on, on_template(request));
  ASSIGN_OR_RETURN(Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     return Asked{f.text("name", 200), f.raw_text("base64", kUploadLimit)};
                   }));
  ASSIGN_OR_RETURN(const CheckedTemplate file,
                   CheckedTemplate::of(on.kind, std::move(asked.name), std::move(asked.base64)));
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const StoredTemplate made, keep_template(tx, actor, now, day, on, file));
    return answer(tx, made, actor, day);
  });
}

Result<Response> delete_template(const Desk& desk, const Actor& actor, const Request& request) {
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  RETURN_IF_REFUSED(desk.db.read([&](store::Tx& tx) -> Result<void> {
    return org::allows(tx, actor, org::Act::keep_templates, unit, day);
  }));
  ASSIGN_OR_RETURN(const OnTemplate on, on_template(request));
  return journal::act(desk.db, actor, request, now, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const StoredTemplate made, remove_template(tx, actor, now, day, on));
    return answer(tx, made, actor, day);
  });
}

/// ?version=: that one; ?version=0: the program's own; none: the one that serves.
Result<Response> get_template_file(const Desk& desk, const Actor& actor, const Request& request) {
  const org::UnitId unit{request.id_parameter("unit")};
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, desk.clock.today()));
    ASSIGN_OR_RETURN(const std::string kind, asked_kind(request));
    ASSIGN_OR_RETURN(const office::Profile profile, asked_profile(request));
    const std::string name = "mau-" + kind + "-" + std::string(office::name(profile)) + ".docx";
    const auto versions = template_store::versions(tx, unit, kind, profile);
    const auto wanted = request.asked("version");
    if (wanted == "0" || (!wanted && (versions.empty() || !versions.front().attachment)))
      return org::file_response(name, kDocx, default_template(profile));
    for (const StoredTemplate& one : versions) {
      if (!one.attachment || (wanted && *wanted != std::to_string(one.version))) continue;
      return org::file_response(name, kDocx, template_bytes(tx, one));
    }
    return base::refuse(ProblemKind::not_found, "template.no_version");
  });
}

}  // namespace

auth::Routes template_routes(store::Db& db, const base::Clock& clock) {
  using enum http::Method;
  const Desk desk{db, clock};
  const auto with = [desk](auto handler) {
    return [desk, handler](const Actor& actor, const Request& request) {
      return handler(desk, actor, request);
    };
  };
  const std::string all = "/units/{unit}/templates/{kind}";
  return {
      {get, all, "getTemplates", with(get_templates)},
      {put, all, "putTemplate", with(put_template), kUploadLimit},
      {del, all, "deleteTemplate", with(delete_template)},
      {get, all + "/file", "getTemplateFile", with(get_template_file)},
  };
}

}  // namespace registry
