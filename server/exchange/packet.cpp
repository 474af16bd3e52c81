#include "exchange/packet.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace exchange {
namespace {

using base::ProblemKind;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::string_view kVersion = "1";

struct KindName {
  std::string_view name;
  bool is_given, is_taken;
};
constexpr std::array<KindName, kPacketKinds> kKinds{{{"regime", false, false},
                                                     {"form", true, false},
                                                     {"outline_form", false, false},
                                                     {"figures", true, true},
                                                     {"list_figures", false, false},
                                                     {"outline_submission", false, false},
                                                     {"report_status", true, true},
                                                     {"period_catalogue", true, true},
                                                     {"indicator_catalogue", true, true},
                                                     {"indicator_set_catalogue", false, false},
                                                     {"group_catalogue", false, false},
                                                     {"breakdown_catalogue", false, false},
                                                     {"indicator_data", true, true}}};

const KindName& of(PacketKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string below(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// The value with every field renamed by `rename(path of the parent, key) → (our key, new key)`.
template <class Rename>
value renamed(const value& given, const std::string& path, const Rename& rename) {
  if (const auto* list = given.if_array()) {
    array made;
    for (const value& one : *list) made.push_back(renamed(one, path, rename));
    return made;
  }
  const auto* fields = given.if_object();
  if (fields == nullptr) return given;
  object made;
  for (const auto& [key, one] : *fields) {
    const auto [ours, written] = rename(path, std::string(key));
    made[written] = renamed(one, below(path, ours), rename);
  }
  return made;
}

value outward(const value& given, const std::string& kind, const FieldNames& names) {
  return renamed(given, "", [&](const std::string& path, const std::string& key) {
    const auto at = names.find({kind, below(path, key)});
    return std::pair(key, at == names.end() ? key : at->second);
  });
}

value inward(const value& given, const std::string& kind, const FieldNames& names) {
  return renamed(given, "", [&](const std::string& path, const std::string& key) {
    for (const auto& [field, theirs] : names) {
      const std::size_t dot = field.second.rfind('.');
      const std::string parent =
          dot == std::string::npos ? std::string() : field.second.substr(0, dot);
      if (field.first != kind || theirs != key || parent != path) continue;
      const std::string ours =
          dot == std::string::npos ? field.second : field.second.substr(dot + 1);
      return std::pair(ours, ours);
    }
    return std::pair(key, key);
  });
}

}  // namespace

std::string_view name(PacketKind kind) { return of(kind).name; }
bool is_given(PacketKind kind) { return of(kind).is_given; }
bool is_taken(PacketKind kind) { return of(kind).is_taken; }

std::optional<PacketKind> packet_kind_named(std::string_view name) {
  const auto* const at =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& one) { return one.name == name; });
  if (at == kKinds.end()) return std::nullopt;
  return static_cast<PacketKind>(at - kKinds.begin());
}

std::string canonical(const value& given) {
  if (const auto* list = given.if_array()) {
    std::string made = "[";
    for (const value& one : *list) made += (made.size() > 1 ? "," : "") + canonical(one);
    return made + "]";
  }
  const auto* fields = given.if_object();
  if (fields == nullptr) return http::json::serialize(given);
  std::map<std::string, const value*> sorted;
  for (const auto& [key, one] : *fields) sorted.emplace(key, &one);
  std::string made = "{";
  for (const auto& [key, one] : sorted) {
    made +=
        (made.size() > 1 ? "," : "") + http::json::serialize(value(key)) + ":" + canonical(*one);
  }
  return made + "}";
}

std::string write_packet(const Envelope& envelope, object body, const FieldNames& names) {
  const std::string kind(name(envelope.kind));
  const value sent = outward(value(std::move(body)), kind, names);
  const object head{{"id", envelope.id},
                    {"kind", kind},
                    {"version", kVersion},
                    {"sender", envelope.sender},
                    {"receiver", envelope.receiver},
                    {"at", envelope.at.text()},
                    {"sha256", base::sha256_hex(canonical(sent))}};
  // The two outermost names and the kind stay, so that a packet can be told from anything else.
  return http::json::serialize(
             object{{"packet", outward(value(head), "*", names)}, {"body", sent}}) +
         "\n";
}

base::Result<Packet> read_packet(std::string_view bytes, const FieldNames& names) {
  ASSIGN_OR_RETURN(const value whole, http::parse_json(bytes));
  base::Problems problems;
  Packet packet;
  const auto* fields = whole.if_object();
  if (fields == nullptr || fields->size() != 2 || !fields->contains("packet") ||
      !fields->contains("body") || !fields->at("body").is_object()) {
    return base::refuse(ProblemKind::malformed, "packet.shape");
  }
  const value& body = fields->at("body");
  {
    const value head = inward(fields->at("packet"), "*", names);
    http::Fields asked(head, problems, "/packet");
    packet.envelope.id = asked.text("id", 100);
    const std::string kind = asked.text("kind", 40);
    const std::string version = asked.text("version", 10);
    packet.envelope.sender = asked.maybe_text("sender", 100).value_or("");
    packet.envelope.receiver = asked.maybe_text("receiver", 100).value_or("");
    asked.text("at", 40);
    const std::string sum = asked.text("sha256", 64);
    if (!kind.empty()) {
      const auto named = packet_kind_named(kind);
      if (!named || !is_taken(*named)) {
        problems.push_back({ProblemKind::invalid, "packet.kind", "/packet/kind", {kind}});
      } else {
        packet.envelope.kind = *named;
      }
    }
    if (!version.empty() && version != kVersion)
      problems.push_back({ProblemKind::invalid, "packet.version", "/packet/version", {version}});
    if (!sum.empty() && sum != base::sha256_hex(canonical(body)))
      problems.push_back({ProblemKind::invalid, "packet.sha256", "/packet/sha256", {}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  packet.body = inward(body, std::string(name(packet.envelope.kind)), names);
  return packet;
}

}  // namespace exchange
