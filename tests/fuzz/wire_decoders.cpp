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
  const auto read = exchange::read_packet(bytes, {});
  if (!read) {
    require(!read.error().empty(), "a refusal says why");
    return;
  }
  const std::string written = exchange::write_packet(read->envelope, read->body.as_object(), {});
  const auto again = exchange::read_packet(written, {});
  require(again.has_value(), "what we wrote is read");
  require(exchange::canonical(again->body) == exchange::canonical(read->body),
          "the body comes back");
}

void json(std::string_view bytes) {
  const auto value = http::parse_json(bytes);
  if (!value) {
    require(!value.error().empty(), "a refusal says why");
    return;
  }
  const auto again = http::parse_json(http::json::serialize(*value));
  require(again.has_value() && *again == *value, "what we wrote is what we read");
  base::Problems problems;
  http::Fields fields(*value, problems);
  (void)fields.text("title", 100);
  (void)fields.maybe_integer("unit", 1, 1'000'000);
  (void)fields.maybe_date("day");
  (void)fields.integers("units", false, 100);
  fields.objects("cells", false, 100,
                 [](http::Fields& cell) { (void)cell.maybe_raw_text("value", 40); });
  fields.finish();
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
