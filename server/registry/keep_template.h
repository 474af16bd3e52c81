#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/actor.h"
#include "office/template.h"
#include "registry/template_store.h"

/// A unit's own templates. Each act runs inside one write transaction and leaves one journal leaf.
namespace registry {

/// Whose template, and what was last seen of it: the number of versions and one, so 1 for none.
struct OnTemplate {
  org::UnitId unit;
  std::string kind;
  office::Profile profile = office::Profile::party_36_2018;
  std::int64_t revision = 1;
};

/// A file found fit to be a template, before any transaction: reading one takes its time.
class CheckedTemplate {
 public:
  /// Refuses "attachment.base64" and what office::Template::read does. REQUIRES:
  /// has_templates(kind).
  static base::Result<CheckedTemplate> of(std::string_view kind, std::string name,
                                          std::string base64);
  const std::string& name() const { return name_; }
  const std::string& base64() const { return base64_; }

 private:
  CheckedTemplate(std::string name, std::string base64)
      : name_(std::move(name)), base64_(std::move(base64)) {}
  std::string name_, base64_;
};

/// Keeps a file as the next version. Refuses "template.kind_unknown", "template.changed" and what
/// attach does.
base::Result<StoredTemplate> keep_template(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date today,
                                           const OnTemplate& on, const CheckedTemplate& file);

/// From now on the program's own template serves; the versions stay. Refuses
/// "template.kind_unknown", "template.changed", "template.not_kept".
base::Result<StoredTemplate> remove_template(store::Tx& tx, const auth::Actor& actor,
                                             base::Instant now, base::Date today,
                                             const OnTemplate& on);

/// The bytes of a version's file, or of the program's own template when it has none.
std::string template_bytes(store::Tx& tx, const StoredTemplate& version);

/// The newest version that can be used (an older program may have known other fields), since the
/// last removal; none when the program's own serves.
std::optional<office::Template> template_in_use(store::Tx& tx, org::UnitId unit,
                                                const std::string& kind, office::Profile profile);

}  // namespace registry
