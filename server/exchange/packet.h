#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "http/json.h"

/// Our own packets: an envelope and a body, as JSON. The kinds follow a list of packet names of a
/// regulation whose field tables are not known; nothing here is conformant to it.
namespace exchange {

enum class PacketKind {
  regime,
  form,
  outline_form,
  figures,
  list_figures,
  outline_submission,
  report_status,
  period_catalogue,
  indicator_catalogue,
  indicator_set_catalogue,
  group_catalogue,
  breakdown_catalogue,
  indicator_data
};
inline constexpr std::size_t kPacketKinds = 13;
std::string_view name(PacketKind kind);
std::optional<PacketKind> packet_kind_named(std::string_view name);
/// Which way a kind goes today; its place is kept when neither.
bool is_given(PacketKind kind);
bool is_taken(PacketKind kind);

struct Envelope {
  PacketKind kind = PacketKind::indicator_data;
  std::string id;        ///< of this packet alone
  std::string sender;    ///< code of the unit it speaks for; may be empty
  std::string receiver;  ///< the system it is for; may be empty
  base::Instant at;
};

/// What a receiver calls our fields: (packet kind, or "*" for the envelope; path of the field) →
/// its name there. A path has dots between objects and passes through lists: "indicators.code".
using FieldNames = std::map<std::pair<std::string, std::string>, std::string>;

/// The packet's text: {"packet": {…}, "body": {…}}, fields renamed, sha256 over the canonical text
/// of the body as sent.
std::string write_packet(const Envelope& envelope, http::json::object body,
                         const FieldNames& names);

struct Packet {
  Envelope envelope;
  http::json::value body;  ///< an object, in our field names
};
/// Reads it strictly, names turned back into ours. Refused: "packet.kind", "packet.version",
/// "packet.sha256" when the body is not what was sent, and the faults of JSON.
base::Result<Packet> read_packet(std::string_view bytes, const FieldNames& names);

/// JSON with keys in order of their bytes and no blanks: what the checksum is made of.
std::string canonical(const http::json::value& value);

}  // namespace exchange
