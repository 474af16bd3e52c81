#include "exchange/packet.h"

#include <gtest/gtest.h>

#include "exchange/mapping.h"

namespace exchange {
namespace {

using http::json::array;
using http::json::object;
using http::json::parse;
using http::json::value;

const FieldNames kNames{{{"*", "id"}, "MaGoi"},
                        {{"indicator_data", "data"}, "DuLieu"},
                        {{"indicator_data", "data.unit"}, "Ma"},
                        {{"indicator_data", "data.indicator"}, "unit"}};

Envelope envelope() { return {PacketKind::indicator_data, "p1", "279", "tinh", {0}}; }

object body() { return {{"data", array{object{{"unit", "10183"}, {"indicator", "F05"}}}}}; }

std::string refusal(const std::string& text, const FieldNames& names = {}) {
  const auto packet = read_packet(text, names);
  return packet ? "" : packet.error().front().code;
}

TEST(Packets, KeysStandInOrderWithoutBlanksInWhatIsSummed) {
  EXPECT_EQ(canonical(parse(R"({"b": [1, {"z": null, "a": "é\n\""}], "a": {}})")),
            R"({"a":{},"b":[1,{"a":"é\n\"","z":null}]})");
}

TEST(Packets, WhatIsWrittenIsReadBackThroughAReceiversNames) {
  const std::string text = write_packet(envelope(), body(), kNames);
  EXPECT_NE(text.find(R"("MaGoi":"p1")"), std::string::npos);
  // A field may be called there what another is called here.
  EXPECT_NE(text.find(R"({"Ma":"10183","unit":"F05"})"), std::string::npos);
  const auto packet = read_packet(text, kNames);
  ASSERT_TRUE(packet.has_value());
  EXPECT_EQ(packet->body, value(body()));
  EXPECT_EQ(packet->envelope.id, "p1");
  EXPECT_EQ(packet->envelope.sender, "279");
  EXPECT_EQ(refusal(text), "json.missing");  // MaGoi is no id without the names
}

TEST(Packets, AChangedBodyAnotherVersionAnUntakenKindAndAnotherShapeAreRefused) {
  std::string text = write_packet(envelope(), body(), {});
  EXPECT_EQ(refusal(text), "");
  text.replace(text.find("10183"), 5, "10184");
  EXPECT_EQ(refusal(text), "packet.sha256");
  Envelope of_regime = envelope();
  of_regime.kind = PacketKind::regime;
  EXPECT_EQ(refusal(write_packet(of_regime, {}, {})), "packet.kind");
  EXPECT_EQ(refusal("{}"), "packet.shape");
  EXPECT_EQ(refusal(R"({"packet": {}, "body": []})"), "packet.shape");
  EXPECT_EQ(refusal("{"), "json.malformed");
}

TEST(Mappings, ACombinationIsTheWholeOrAnIndicatorOfItsOwn) {
  const auto row = [](Kind kind, const char* foreign, const char* option, std::int64_t indicator) {
    Mapping made;
    made.kind = kind;
    made.foreign_id = foreign;
    made.option_id = option;
    if (indicator > 0) made.indicator = direct::IndicatorId{indicator};
    if (kind == Kind::option && indicator == 0) made.ours = kDefault;
    return made;
  };
  auto out = row(Kind::option, "gone", "", -1);
  out.is_left_out = true;
  const MappingBook book({row(Kind::indicator, "E", "", 1), row(Kind::indicator, "E", "girls", 2),
                          row(Kind::option, "all", "", 0), out});
  EXPECT_EQ(book.indicator("E", "", "")->indicator->value, 1);
  EXPECT_EQ(book.indicator("E", "default", "default")->indicator->value, 1);
  EXPECT_EQ(book.indicator("E", "all", "")->indicator->value, 1);
  EXPECT_EQ(book.indicator("E", "girls", "")->indicator->value, 2);
  EXPECT_EQ(book.indicator("E", "boys", ""), nullptr);
  EXPECT_EQ(book.indicator("E", "girls", "fund"), nullptr);
  EXPECT_EQ(book.indicator("X", "", ""), nullptr);
  EXPECT_TRUE(book.indicator("E", "gone", "")->is_left_out);
}

}  // namespace
}  // namespace exchange
