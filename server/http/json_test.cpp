#include "http/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> faults(const base::Problems& problems) {
  std::vector<std::string> found;
  for (const base::Problem& problem : problems) found.push_back(problem.code + " " + problem.field);
  return found;
}

std::vector<std::string> faults_of(std::string_view text) {
  const auto value = parse_json(text);
  return value ? std::vector<std::string>{} : faults(value.error());
}

TEST(ParseJson, TakesExactIntegersUpTo64Bits) {
  const auto value = parse_json(R"({"a":[9223372036854775807,-9223372036854775808,0]})");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->at("a").at(0).as_int64(), 9223372036854775807);
}

TEST(ParseJson, RefusesEveryInexactNumberWithItsPlace) {
  EXPECT_THAT(faults_of(R"({"a":3.99,"b":[1,1e3,{"c/d~":9223372036854775808}],"e":-1.0})"),
              ElementsAre("json.inexact_number /a", "json.inexact_number /b/1",
                          "json.inexact_number /b/2/c~1d~0", "json.inexact_number /e"));
}

TEST(ParseJson, RefusesDuplicateKeysAtAnyDepth) {
  EXPECT_THAT(faults_of(R"({"a":1,"b":[{"x":1,"y":2,"\u0078":3}],"a":2})"),
              ElementsAre("json.duplicate_key /b/0/x", "json.duplicate_key /a"));
  EXPECT_THAT(faults_of(R"([{"a":1},{"a":1}])"), IsEmpty());
}

TEST(ParseJson, RefusesNulInTextsAndKeys) {
  EXPECT_THAT(faults_of(R"({"a":"x\u0000y"})"), ElementsAre("json.nul /a"));
  EXPECT_THAT(faults_of(R"({"a\u0000":1})").size(), 1U);
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const char* text :
       {"", "{", "{\"a\":1}x", "{'a':1}", "[1,]", "{\"a\":01}", "NaN", "\"\xFF\"", "\"\xC0\xAF\"",
        "\xEF\xBB\xBF{}", "\"\\ud800\"", "/* c */ 1", "\"\n\""}) {
    const auto value = parse_json(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error()[0].code, "json.malformed") << text;
    EXPECT_EQ(value.error()[0].kind, base::ProblemKind::malformed);
  }
}

TEST(ParseJson, RefusesDeepNestingWithoutBuildingIt) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
  const auto deep = parse_json(std::string(65, '[') + std::string(65, ']'));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error()[0].code, "json.too_deep");
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
}

struct Form {
  std::string name;
  std::int64_t figure = 0;
  bool is_final = false;
  base::Date day;
  std::size_t kind = 0;
};

base::Result<Form> decode_form(const std::string& body) {
  Request request;
  request.body = body;
  request.headers.emplace_back("content-type", "application/json; charset=utf-8");
  return decode<Form>(request, [](Fields& f) {
    Form form{f.text("name", 10), f.integer("figure", 0, 100), f.boolean("is_final", false),
              f.date("day"), f.one_of("kind", {"flow", "stock"})};
    f.objects("cells", false, 3, [](Fields& cell) {
      cell.integer("row", 1, 9);
      cell.maybe_text("note");
    });
    f.integers("units", false);
    return form;
  });
}

TEST(Fields, ReadsAWholeForm) {
  const auto form = decode_form(
      R"({"name":"Xã A","figure":7,"is_final":true,"day":"2021-07-01","kind":"stock","cells":[{"row":1}],"units":[1,2]})");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->name, "Xã A");
  EXPECT_EQ(form->figure, 7);
  EXPECT_TRUE(form->is_final);
  EXPECT_EQ(form->day.text(), "2021-07-01");
  EXPECT_EQ(form->kind, 1U);
}

TEST(Fields, CollectsEveryFaultWithItsPlace) {
  const auto form = decode_form(
      R"({"figure":101,"is_final":1,"day":"2021-02-30","kind":"ratio","cells":[{"row":1},{"row":"2","nota":""},3],"units":[1,"2"],"extra":null})");
  ASSERT_FALSE(form);
  EXPECT_THAT(faults(form.error()),
              ElementsAre("json.missing /name", "json.out_of_range /figure",
                          "json.expected_boolean /is_final", "json.expected_date /day",
                          "json.not_one_of /kind", "json.expected_integer /cells/1/row",
                          "json.unknown_field /cells/1/nota", "json.expected_object /cells/2",
                          "json.expected_integer /units/1", "json.unknown_field /extra"));
}

TEST(Fields, WrongTypesAndNullsAreNotMistakenForMissing) {
  const auto form =
      decode_form(R"({"name":5,"figure":true,"day":20210701,"kind":null,"cells":{}})");
  ASSERT_FALSE(form);
  EXPECT_THAT(
      faults(form.error()),
      ElementsAre("json.expected_text /name", "json.expected_integer /figure",
                  "json.expected_date /day", "json.missing /kind", "json.expected_array /cells"));
}

TEST(Fields, MakesDecomposedTextComposed) {
  const auto form = decode_form(R"({"name":" xa)"
                                "\xCC\x83"
                                R"( \u00a0 A ","figure":0,"day":"2021-07-01","kind":"flow"})");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->name, "xã A");
}

TEST(Fields, BlankTextIsMissingAndLongTextIsCounted) {
  const auto blank = decode_form(R"({"name":"  ","figure":0,"day":"2021-07-01","kind":"flow"})");
  EXPECT_THAT(faults(blank.error()), ElementsAre("json.missing /name"));
  const auto longer =
      decode_form(R"({"name":"ơơơơơơơơơơơ","figure":0,"day":"2021-07-01","kind":"flow"})");
  EXPECT_THAT(faults(longer.error()), ElementsAre("json.too_long /name"));
  EXPECT_TRUE(decode_form(R"({"name":"ơơơơơơơơơơ","figure":0,"day":"2021-07-01","kind":"flow"})"));
}

TEST(Fields, TooManyElementsAreRefusedAtOnce) {
  const auto form = decode_form(
      R"({"name":"a","figure":0,"day":"2021-07-01","kind":"flow","cells":[{},{},{},{}]})");
  EXPECT_THAT(faults(form.error()), ElementsAre("json.too_many /cells"));
}

TEST(Fields, RawTextKeepsItsLineBreaks) {
  base::Problems problems;
  const json::value value = json::parse(R"({"prose":"một\n\n  hai "})");
  Fields fields(value, problems);
  EXPECT_EQ(fields.raw_text("prose"), "một\n\n  hai ");
  EXPECT_THAT(problems, IsEmpty());
}

TEST(Fields, AnObjectInsideIsReadWithItsOwnPointer) {
  base::Problems problems;
  const json::value value = json::parse(R"({"plan":{"title":5,"more":1},"list":[]})");
  {
    Fields fields(value, problems);
    fields.object("plan", [](Fields& plan) { plan.text("title"); });
    fields.object("none", [](Fields&) { FAIL() << "there is none"; });
    fields.object("list", [](Fields& list) { list.maybe_text("x"); });
  }
  EXPECT_THAT(faults(problems),
              ElementsAre("json.expected_text /plan/title", "json.unknown_field /plan/more",
                          "json.missing /none", "json.expected_object /list"));
}

TEST(Fields, RawTextsComeAsTheyAre) {
  base::Problems problems;
  const json::value value = json::parse(R"({"files":["a\n b ",5,"dài quá"],"many":["","",""]})");
  Fields fields(value, problems);
  EXPECT_THAT(fields.raw_texts("files", 5, 5), ElementsAre("a\n b ", "", "dài quá"));
  EXPECT_THAT(fields.raw_texts("many", 2, 5), IsEmpty());
  EXPECT_THAT(fields.raw_texts("absent", 2, 5), IsEmpty());
  EXPECT_THAT(faults(problems), ElementsAre("json.expected_text /files/1", "json.too_long /files/2",
                                            "json.too_many /many"));
}

TEST(BodyJson, WantsAnObjectAndItsContentType) {
  Request request;
  request.body = "{}";
  EXPECT_EQ(body_json(request).error()[0].code, "json.content_type");
  request.headers.emplace_back("content-type", "text/plain");
  EXPECT_EQ(body_json(request).error()[0].code, "json.content_type");
  request.headers[0].second = "Application/JSON";
  EXPECT_TRUE(body_json(request));
  request.body = "[]";
  EXPECT_EQ(body_json(request).error()[0].code, "json.expected_object");
}

}  // namespace
}  // namespace http
