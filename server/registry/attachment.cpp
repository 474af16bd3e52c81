#include "registry/attachment.h"

#include <stdexcept>

#include "base/base64.h"
#include "base/hash.h"
#include "base/text.h"

namespace registry {
namespace {

constexpr std::size_t kPart = 48 * 1024;  // a multiple of three, so that parts are joined as text

#define ATTACHMENT_COLUMNS                                                                     \
  "select id, object, unit_id, name, media_type, size, sha256, recorded_at, recorded_by from " \
  "attachment "

Attachment attachment_of(const store::Row& row) {
  return {row.integer(0), row.string(1), row.id<org::UnitId>(2), row.string(3), row.string(4),
          row.integer(5), row.string(6), row.instant(7),         row.string(8)};
}

bool is_plain_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && base::is_utf8(bytes);
}

}  // namespace

std::optional<std::string> media_type_of(std::string_view bytes, std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto is = [&](const char* ending, std::string_view magic) {
    return lower.ends_with(ending) && bytes.starts_with(magic);
  };
  if (is(".pdf", "%PDF-")) return "application/pdf";
  if (is(".png", "\x89PNG\r\n\x1a\n")) return "image/png";
  if (is(".jpg", "\xff\xd8\xff") || is(".jpeg", "\xff\xd8\xff")) return "image/jpeg";
  const std::string office = "application/vnd.openxmlformats-officedocument.";
  if (is(".docx", "PK\x03\x04")) return office + "wordprocessingml.document";
  if (is(".xlsx", "PK\x03\x04")) return office + "spreadsheetml.sheet";
  if (lower.ends_with(".csv") && is_plain_text(bytes)) return "text/csv";
  if (lower.ends_with(".txt") && is_plain_text(bytes)) return "text/plain";
  return std::nullopt;
}

base::Result<Attachment> attach(store::Tx& tx, const auth::Actor& actor, base::Instant now,
                                const std::string& object, org::UnitId unit,
                                const std::string& name, std::string_view base64) {
  static constexpr store::Sql kAdd{
      "attachment.add",
      "insert into attachment (object, unit_id, name, media_type, size, sha256, recorded_at, "
      "recorded_by) values (:object, :unit, :name, :type, :size, :hash, :at, :by) returning id"};
  static constexpr store::Sql kPartAdd{
      "attachment_part.add",
      "insert into attachment_part (attachment_id, position, base64) values (:id, :position, "
      ":base64)"};
  const auto refuse = [&](const char* code, const char* field) {
    return base::refuse(base::ProblemKind::invalid, code, field, {name});
  };
  const auto bytes = base::from_base64(base64);
  if (!bytes) return refuse("attachment.base64", "/base64");
  if (bytes->empty()) return refuse("attachment.empty", "/base64");
  if (bytes->size() > kMostBytes) return refuse("attachment.too_large", "/base64");
  const auto type = media_type_of(*bytes, name);
  if (!type) return refuse("attachment.kind", "/name");
  Attachment made{0,
                  object,
                  unit,
                  name,
                  *type,
                  static_cast<std::int64_t>(bytes->size()),
                  base::sha256_hex(*bytes),
                  now,
                  actor.name()};
  made.id = tx.integer(kAdd, {{"object", object},
                              {"unit", unit},
                              {"name", name},
                              {"type", made.media_type},
                              {"size", made.size},
                              {"hash", made.sha256},
                              {"at", now},
                              {"by", made.recorded_by}});
  std::int64_t position = 0;
  for (std::size_t at = 0; at < bytes->size(); at += kPart) {
    tx.run(kPartAdd, {{"id", made.id},
                      {"position", position++},
                      {"base64", base::to_base64(std::string_view(*bytes).substr(at, kPart))}});
  }
  return made;
}

std::vector<Attachment> attachments(store::Tx& tx, const std::string& object) {
  static constexpr store::Sql kAll{"attachment.of_object",
                                   ATTACHMENT_COLUMNS "where object = :object order by id"};
  return tx.all(kAll, {{"object", object}}, attachment_of);
}

std::optional<Attachment> find_attachment(store::Tx& tx, std::int64_t id) {
  static constexpr store::Sql kFind{"attachment.find", ATTACHMENT_COLUMNS "where id = :id"};
  return tx.one(kFind, {{"id", id}}, attachment_of);
}

std::string content_of(store::Tx& tx, const Attachment& attachment) {
  static constexpr store::Sql kParts{
      "attachment_part.all",
      "select base64 from attachment_part where attachment_id = :id order by position"};
  std::string bytes;
  tx.each(kParts, {{"id", attachment.id}},
          [&](const store::Row& row) { bytes += base::from_base64(row.text(0)).value_or(""); });
  if (base::sha256_hex(bytes) != attachment.sha256) {
    throw std::runtime_error("attachment " + std::to_string(attachment.id) +
                             " is not what was stored");
  }
  return bytes;
}

}  // namespace registry
