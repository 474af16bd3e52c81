#include "registry/keep_template.h"

#include "base/base64.h"
#include "journal/journal.h"
#include "org/authority.h"
#include "registry/attachment.h"
#include "registry/template.h"

namespace registry {
namespace {

using base::ProblemKind;

/// The next version, when the actor may make one and has seen the newest.
base::Result<StoredTemplate> next_version(store::Tx& tx, const auth::Actor& actor,
                                          base::Instant now, base::Date today,
                                          const OnTemplate& on) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::keep_templates, on.unit, today));
  if (!has_templates(on.kind))
    return base::refuse(ProblemKind::not_found, "template.kind_unknown", "", {on.kind});
  const std::int64_t newest = template_store::newest(tx, on.unit, on.kind, on.profile);
  if (newest + 1 != on.revision) {
    return base::refuse(ProblemKind::changed, "template.changed", "If-Match",
                        {std::to_string(newest)});
  }
  return StoredTemplate{0, on.unit, on.kind, on.profile, newest + 1, {}, now, actor.name()};
}

void record(store::Tx& tx, const auth::Actor& actor, base::Instant now, const char* act,
            const StoredTemplate& version, const std::string& hash) {
  const std::string file = hash.empty() ? "" : ",\"sha256\":\"" + hash + "\"";
  journal::record(tx, actor, now,
                  {act, "template:" + std::to_string(version.id), version.unit.value,
                   "{\"kind\":\"" + version.kind + "\",\"profile\":\"" +
                       std::string(office::name(version.profile)) + "\"" + file +
                       ",\"version\":" + std::to_string(version.version) + "}"});
}

}  // namespace

base::Result<CheckedTemplate> CheckedTemplate::of(std::string_view kind, std::string name,
                                                  std::string base64) {
  const auto bytes = base::from_base64(base64);
  if (!bytes) return base::refuse(ProblemKind::invalid, "attachment.base64", "/base64", {name});
  RETURN_IF_REFUSED(office::Template::read(*bytes, template_fields(kind)));
  return CheckedTemplate(std::move(name), std::move(base64));
}

base::Result<StoredTemplate> keep_template(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date today,
                                           const OnTemplate& on, const CheckedTemplate& file) {
  ASSIGN_OR_RETURN(StoredTemplate made, next_version(tx, actor, now, today, on));
  made.id = template_store::add(tx, made);
  ASSIGN_OR_RETURN(const Attachment kept,
                   attach(tx, actor, now, "template:" + std::to_string(made.id), on.unit,
                          file.name(), file.base64()));
  made.attachment = kept.id;
  template_store::bind(tx, made.id, kept.id);
  record(tx, actor, now, "template.kept", made, kept.sha256);
  return made;
}

base::Result<StoredTemplate> remove_template(store::Tx& tx, const auth::Actor& actor,
                                             base::Instant now, base::Date today,
                                             const OnTemplate& on) {
  ASSIGN_OR_RETURN(StoredTemplate made, next_version(tx, actor, now, today, on));
  const auto newest = template_store::versions(tx, on.unit, on.kind, on.profile, 1);
  if (newest.empty() || !newest.front().attachment)
    return base::refuse(ProblemKind::conflict, "template.not_kept");
  made.id = template_store::add(tx, made);
  record(tx, actor, now, "template.removed", made, "");
  return made;
}

std::string template_bytes(store::Tx& tx, const StoredTemplate& version) {
  const auto file = version.attachment ? find_attachment(tx, *version.attachment) : std::nullopt;
  return file ? content_of(tx, *file) : default_template(version.profile);
}

std::optional<office::Template> template_in_use(store::Tx& tx, org::UnitId unit,
                                                const std::string& kind, office::Profile profile) {
  for (const StoredTemplate& version : template_store::versions(tx, unit, kind, profile)) {
    if (!version.attachment) break;
    auto read = office::Template::read(template_bytes(tx, version), template_fields(kind));
    if (read) return *std::move(read);
  }
  return std::nullopt;
}

}  // namespace registry
