#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "org/unit.h"
#include "store/db.h"

/// Files that papers, tasks and reports carry. Kept in the database itself, in parts, so that a
/// backup holds them and they commit with what they belong to.
namespace registry {

struct Attachment {
  std::int64_t id = 0;
  std::string object;  ///< what it belongs to: "document:5"
  org::UnitId unit;    ///< whose it is
  std::string name, media_type;
  std::int64_t size = 0;
  std::string sha256;
  base::Instant recorded_at;
  std::string recorded_by;
};

/// The media type that the content shows it to be, when the name says the same: PDF, PNG, JPEG,
/// .docx, .xlsx, .csv, .txt. None for anything else: names lie, contents less so.
std::optional<std::string> media_type_of(std::string_view bytes, std::string_view name);

inline constexpr std::size_t kMostBytes = 20 * 1024 * 1024;

/// Stores a file; whoever calls has checked authority and writes the journal. Refuses
/// "attachment.kind", "attachment.empty", "attachment.too_large", "attachment.base64".
base::Result<Attachment> attach(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                const std::string& object, org::UnitId unit,
                                const std::string& name, std::string_view base64);

std::vector<Attachment> attachments(store::Tx& tx, const std::string& object);
std::optional<Attachment> find_attachment(store::Tx& tx, std::int64_t id);
/// The bytes; throws when what is kept is not what was stored.
std::string content_of(store::Tx& tx, const Attachment& attachment);

}  // namespace registry
