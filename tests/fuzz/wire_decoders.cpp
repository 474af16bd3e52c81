#include <algorithm>
#include <string>

#include "decoders.h"
#include "exchange/foreign.h"
#include "exchange/packet.h"
#include "http/head_scan.h"
#include "http/json.h"
#include "http/target.h"
#include "org/import_boundaries.h"

namespace fuzz {
namespace {

constexpr http::HeadScan::Limits kHeadLimits{4096, 64, 1024};

/// Head by head, `step` bytes more at a time: where it ends, or why it is refused.
std::string scanned(std::string_view bytes, std::size_t step) {
  http::HeadScan scan(kHeadLimits);
  for (std::size_t got = std::min(step, bytes.size());; got = std::min(got + step, bytes.size())) {
    switch (scan.look(bytes.substr(0, got))) {
      case http::HeadScan::State::complete:
        return "ends at " + std::to_string(scan.size());
      case http::HeadScan::State::refused:
        return std::to_string(scan.status()) + " " + std::string(scan.code());
      case http::HeadScan::State::incomplete:
        if (got == bytes.size()) return "goes on";
    }
  }
}

}  // namespace

void foreign_values(std::string_view bytes) {
  // The first byte says which of the four, so that each finds the others' texts too.
  if (bytes.empty()) return;
  const auto form = static_cast<exchange::Form>(static_cast<unsigned char>(bytes.front()) % 4);
  const std::string_view text = bytes.substr(1);
  (void)exchange::form_of(text);
  const auto set = exchange::read_foreign(text, form, 10'000);
  if (!set) {
    require(!set.error().empty(), "a refusal says why");
    return;
  }
  for (const auto& value : set->values) {
    require(!set->place(value, "value").empty(), "a value has a place");
    require(value.element < set->names.size() && value.unit < set->names.size() &&
                value.period < set->names.size(),
            "a value's names are known");
  }
}

void packet(std::string_view bytes) {
  static const exchange::FieldNames kNames{{{"*", "sender"}, "nguoi_gui"},
                                           {{"indicator_data", "indicators"}, "chi_tieu"},
                                           {{"indicator_data", "indicators.code"}, "ma"}};
  (void)exchange::read_packet(bytes, kNames);
  const auto read = exchange::read_packet(bytes, {});
  if (!read) require(!read.error().empty(), "a refusal says why");
  // Nobody guesses a checksum: any object is sent as a body of ours too.
  const auto body = http::parse_json(bytes);
  if (!body || !body->is_object()) return;
  const exchange::Envelope envelope{exchange::PacketKind::indicator_data, "1", "279", "x", {}};
  const auto again =
      exchange::read_packet(exchange::write_packet(envelope, body->get_object(), {}), {});
  require(again.has_value(), "what we wrote is read");
  require(exchange::canonical(again->body) == exchange::canonical(*body), "the body comes back");
  (void)exchange::read_packet(exchange::write_packet(envelope, body->get_object(), kNames), kNames);
}

/// Every reader of a field, under the names that the corpus uses.
void take_fields(http::Fields& fields) {
  (void)fields.text("title", 100);
  (void)fields.maybe_text("name", 10);
  (void)fields.raw_text("prose", 100);
  (void)fields.maybe_raw_text("value", 40);
  (void)fields.integer("unit", 1, 1'000'000);
  (void)fields.maybe_integer("level", -5, 5);
  (void)fields.boolean("final", true);
  (void)fields.date("day");
  (void)fields.maybe_date("until");
  (void)fields.period("period");
  (void)fields.one_of("kind", {"actual", "estimate"});
  (void)fields.integers("units", true, 100);
  (void)fields.texts("codes", true, 100);
  (void)fields.raw_texts("lines", 10, 50);
  (void)fields.has("e");
  fields.object("one", [](http::Fields& inner) { (void)inner.date("day"); });
  fields.objects("cells", true, 100,
                 [](http::Fields& cell) { (void)cell.maybe_raw_text("value", 40); });
}

void json(std::string_view bytes) {
  const auto value = http::parse_json(bytes);
  if (!value) {
    require(!value.error().empty(), "a refusal says why");
  } else {
    const auto again = http::parse_json(http::json::serialize(*value));
    require(again.has_value() && *again == *value, "what we wrote is what we read");
    base::Problems problems;
    http::Fields fields(*value, problems);
    take_fields(fields);
    fields.finish();
    for (const base::Problem& problem : problems)
      require(!problem.code.empty(), "a fault has a code");
  }
  http::Request sent;
  sent.headers.emplace_back("content-type",
                            bytes.size() % 2 == 0 ? "application/json" : "text/plain");
  sent.body = bytes;
  (void)http::body_json(sent);
}

void request(std::string_view bytes) {
  const std::string whole = scanned(bytes, std::max<std::size_t>(1, bytes.size()));
  require(whole == scanned(bytes, 1), "a head is judged the same however its bytes come");
  require(whole == scanned(bytes, 7), "a head is judged the same however its bytes come");
  const std::size_t line = bytes.find('\n');
  const std::string_view first = bytes.substr(0, line);
  http::Request asked;
  if (http::read_target(first, asked)) {
    require(asked.path.starts_with('/'), "a path begins at the root");
    require(asked.path.find("/../") == asked.path.npos && !asked.path.ends_with("/.."),
            "a path never climbs");
    require(asked.path.find('\0') == asked.path.npos && asked.path.find('\\') == asked.path.npos,
            "a path has no byte that files read otherwise");
  }
  (void)http::is_host(first);
  asked.headers.emplace_back("accept-language",
                             std::string(line == bytes.npos ? "" : bytes.substr(line + 1)));
  (void)http::language_of(asked);
}

void boundaries(std::string_view bytes) {
  const auto rows = org::read_boundaries(bytes);
  if (!rows) {
    require(!rows.error().empty(), "a refusal says why");
    return;
  }
  for (const auto& row : *rows) {
    require(!row.code.empty(), "a boundary has a code");
    require(
        http::parse_json(row.geometry).has_value() || row.geometry.find('.') != row.geometry.npos,
        "a geometry is JSON");
  }
}

}  // namespace fuzz
