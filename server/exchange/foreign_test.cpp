#include "exchange/foreign.h"

#include <gtest/gtest.h>

#include "exchange/foreign_period.h"

namespace exchange {
namespace {

std::string period(const char* text) {
  const auto made = period_of(text, "here");
  return made ? made->text() : made.error().front().code;
}

TEST(ForeignPeriods, MonthsQuartersHalvesAndYearsAreOurs) {
  EXPECT_EQ(period("202101"), "2021-01");
  EXPECT_EQ(period("2021-12"), "2021-12");
  EXPECT_EQ(period("2021Q3"), "2021-Q3");
  EXPECT_EQ(period("2021S2"), "2021-H2");
  EXPECT_EQ(period("2021"), "2021");
  EXPECT_EQ(period("2021-9M"), "2021-9M");
}

TEST(ForeignPeriods, IntervalsOfAdxMustBeginWhereSuchAPeriodDoes) {
  EXPECT_EQ(period("2015-01-01/P1M"), "2015-01");
  EXPECT_EQ(period("2015-01-01T00:00:00/P1M"), "2015-01");
  EXPECT_EQ(period("2021-04-01/P3M"), "2021-Q2");
  EXPECT_EQ(period("2021-07-01/P6M"), "2021-H2");
  EXPECT_EQ(period("2021-01-01/P9M"), "2021-9M");
  EXPECT_EQ(period("2021-01-01/P1Y"), "2021");
  EXPECT_EQ(period("2021-01-01/P12M"), "2021");
  for (const char* wrong : {"2021-02-01/P3M", "2021-01-02/P1M", "2021-04-01/P1Y", "2021-04-01/P9M",
                            "2021-01-04/P7D", "2021-01-01/P1D", "2021-01-01/P2M"}) {
    EXPECT_EQ(period(wrong), "exchange.period_type") << wrong;
  }
  for (const char* wrong : {"2021-02-30/P1M", "/P1M", "2021-01-01/", "2021-01-01/P1M/P1M"}) {
    EXPECT_EQ(period(wrong), "exchange.period") << wrong;
  }
}

TEST(ForeignPeriods, WhatIsNotCollectedHereIsNamed) {
  for (const char* wrong : {"20210105", "2021W5", "2021WedW5", "2021BiW3", "202101B", "2021AprilS1",
                            "2021April", "2021July", "2021Oct", "2021Nov", "2021NovQ1"}) {
    EXPECT_EQ(period(wrong), "exchange.period_type") << wrong;
  }
  for (const char* wrong : {"", "202113", "2021Q5", "0000", "20211", "tháng 7", "2021-Q5"}) {
    EXPECT_EQ(period(wrong), "exchange.period") << wrong;
  }
}

TEST(ForeignPeriods, WhatIsWrittenIsReadBack) {
  for (const char* text :
       {"2021", "2021-H1", "2021-H2", "2021-9M", "2021-Q1", "2021-Q4", "2021-01", "2021-12"}) {
    const auto ours = base::Period::parse(text).value();
    EXPECT_EQ(period_of(adx_period(ours), "").value(), ours) << text;
    if (const auto theirs = dhis2_period(ours)) {
      EXPECT_EQ(period_of(*theirs, "").value(), ours) << text;
    } else {
      EXPECT_EQ(ours.frequency(), base::Frequency::nine_months);
    }
  }
}

/// "element/period/unit/option/attribute/dataset=value" of each; or "place code;" of each fault.
std::string read(std::string_view bytes, Form form, std::size_t most = 100) {
  const auto set = read_foreign(bytes, form, most);
  std::string made;
  if (!set) {
    for (const auto& problem : set.error()) made += problem.field + " " + problem.code + ";";
    return made;
  }
  const auto text = [&](Names::Key key) { return set->names.text(key); };
  for (const ForeignValue& value : set->values) {
    made += text(value.element) + "/" + text(value.period) + "/" + text(value.unit) + "/" +
            text(value.option) + "/" + text(value.attribute) + "/" + text(value.dataset) + "=" +
            (value.has_value ? value.value : "none") + (value.is_deleted ? " deleted" : "") +
            (value.follows_up ? " follow" : "") +
            (value.comment.empty() ? "" : " '" + value.comment + "'") + ";";
  }
  return made;
}

TEST(ReadingJson, FieldsOfTheSetStandForThoseAValueLacksWhereverTheyStand) {
  EXPECT_EQ(read(R"({"dataValues":[{"dataElement":"A","value":"1"},{"dataElement":"B","period":
      "2022","orgUnit":"V","categoryOptionCombo":"C","attributeOptionCombo":"E","value":-2.50,
      "comment":"x","followup":true,"deleted":"true"},{"dataElement":"D","value":null}],
      "period":"202101","orgUnit":"U","dataSet":"S","attributeOptionCombo":"T",
      "completeDate":"2021-02-01","idScheme":"code"})",
                 Form::json),
            "A/202101/U//T/S=1;B/2022/V/C/E/S=-2.50 deleted follow 'x';D/202101/U//T/S=none;");
}

TEST(ReadingJson, NumbersAreTakenDigitByDigit) {
  EXPECT_EQ(read(R"({"dataValues":[
      {"dataElement":"A","period":"2021","orgUnit":"U","value":12345678901234567890123},
      {"dataElement":"A","period":"2021","orgUnit":"U","value":0.10},
      {"dataElement":"A","period":"2021","orgUnit":"U","value":1e300},
      {"dataElement":"A","period":"2021","orgUnit":"U","value":false}]})",
                 Form::json),
            "A/2021/U///=12345678901234567890123;A/2021/U///=0.10;A/2021/U///=1e300;"
            "A/2021/U///=false;");
}

TEST(ReadingJson, EveryFaultAtOnceWithItsPlace) {
  EXPECT_EQ(read(R"({"colour":"red","dataValues":[{"dataElement":"A","dataElement":"B"},
      {"dataElement":"A","period":"2021","orgUnit":"U","size":"x","deleted":"maybe",
       "lastUpdated":"yesterday"}]})",
                 Form::json),
            "/colour exchange.unknown_field;/dataValues/0/dataElement json.duplicate_key;"
            "/dataValues/1/size exchange.unknown_field;"
            "/dataValues/1/deleted exchange.not_true_or_false;"
            "/dataValues/1/lastUpdated exchange.timestamp;/dataValues/0/period exchange.missing;"
            "/dataValues/0/orgUnit exchange.missing;");
}

TEST(ReadingJson, WhatIsNotTheFormIsRefused) {
  for (const char* wrong : {"[]", "1", "{\"dataValues\":{}}", "{\"dataValues\":[[1]]}",
                            "{\"dataValues\":[1]}", "{\"dataValues\":[{\"value\":[1]}]}",
                            "{\"dataValues\":[{\"value\":{\"a\":1}}]}", "{\"other\":[]}"}) {
    EXPECT_NE(read(wrong, Form::json).find("exchange.json_shape"), std::string::npos) << wrong;
  }
  for (const char* wrong : {"", "{", "{\"dataValues\":[{\"value\":NaN}]}", "{} {}", "{\"a\":01}",
                            "{\"dataValues\":[]} x", "{\"dataSet\":\"\xff\"}"}) {
    EXPECT_NE(read(wrong, Form::json).find("json.malformed"), std::string::npos) << wrong;
  }
  EXPECT_NE(read(std::string(100'000, '['), Form::json).find("exchange.json_shape"),
            std::string::npos);
}

TEST(ReadingXml, AttributesOfTheSetAndOfItsValues) {
  EXPECT_EQ(read("<?xml version='1.0'?><!-- x --><d:dataValueSet xmlns:d='x' dataSet='S' "
                 "period='2021' orgUnit='U'><d:dataValue dataElement='A &amp; B' value='1' "
                 "comment='a&#10;b'/><dataValue dataElement='C'/></d:dataValueSet>",
                 Form::xml),
            "A & B/2021/U///S=1 'a b';C/2021/U///S=none;");
}

TEST(ReadingXml, NoDtdNoEntitiesNoOtherRootAndNoBrokenText) {
  EXPECT_EQ(read("<!DOCTYPE x [<!ENTITY a 'b'>]>\n<dataValueSet/>", Form::xml),
            "line 1 xml.doctype;");
  EXPECT_EQ(read("<dataValueSet>\n<dataValue dataElement='&a;' period='2021' orgUnit='U'/>"
                 "</dataValueSet>",
                 Form::xml)
                .substr(0, 20),
            "line 2 xml.malformed");
  EXPECT_EQ(read("<html/>", Form::xml), "/ exchange.xml_root;");
  EXPECT_EQ(read("<dataValueSet><dataValue></dataValueSet>", Form::xml).substr(0, 6), "line 1");
  EXPECT_NE(read("<dataValueSet dataSet='\xff'/>", Form::xml).find("xml.encoding"),
            std::string::npos);
  EXPECT_NE(read("<?xml version='1.0' encoding='utf-16'?><dataValueSet/>", Form::xml)
                .find("xml.encoding"),
            std::string::npos);
  EXPECT_EQ(read("<dataValueSet><row/><dataValue colour='red' dataElement='A' period='2021' "
                 "orgUnit='U'/></dataValueSet>",
                 Form::xml),
            "/dataValueSet exchange.unknown_field;"
            "/dataValueSet/dataValue[1]/@colour exchange.unknown_field;");
}

TEST(ReadingCsv, WithAHeaderInAnyOrderOrNoneAtAll) {
  EXPECT_EQ(read("\"value\",\"dataelement\",\"period\",\"orgunit\"\n1,A,2021,U\n", Form::csv),
            "A/2021/U///=1;");
  EXPECT_EQ(read("A,2021,U,,,1,john,2012-01-01,\"a, b\",false\n", Form::csv),
            "A/2021/U///=1 'a, b';");
  EXPECT_EQ(read("\"dataelement\",   \"period\",  \"orgunit\",  \"value\"\n"
                 "\"A\",   \"2021\",   \"U\",  \"1\"\n",
                 Form::csv),
            "A/2021/U///=1;");
  EXPECT_EQ(read("A,2021,U,,,x,,,,perhaps\n", Form::csv),
            "line 1, followup exchange.not_true_or_false;");
  EXPECT_EQ(read("dataelement,period,orgunit,size\nA,2021,U,1\n", Form::csv),
            "line 1 exchange.unknown_field;");
  EXPECT_EQ(read("dataelement,period,orgunit,value\nA,2021,U\n", Form::csv),
            "line 2 csv.row_width;");
  EXPECT_EQ(read("\xff\xfe"
                 "A",
                 Form::csv),
            "line 1 csv.not_utf8;");
}

TEST(ReadingAdx, GroupsDimensionsAndAnnotations) {
  EXPECT_EQ(read("<adx xmlns='urn:ihe:qrph:adx:2015' exported='x'><group dataSet='S' "
                 "period='2021-01-01/P1M' orgUnit='U' mechanism='M' completeDate='2021-02-01'>"
                 "<dataValue dataElement='A' sex='F' age='5' value='1'><annotation>x</annotation>"
                 "</dataValue><dataValue dataElement='B' categoryOptionCombo='C' value='2' "
                 "created='2020-01-01'/></group></adx>",
                 Form::adx),
            "A/2021-01-01/P1M/U/age=5;sex=F/mechanism=M/S=1 'x';"
            "B/2021-01-01/P1M/U/C/mechanism=M/S=2;");
}

TEST(ReadingAdx, FaultsOfDimensions) {
  EXPECT_EQ(read("<adx><group dataSet='S' period='2021-01-01/P1M' orgUnit='U'>"
                 "<dataValue dataElement='A' sex='F;M' value='1'/>"
                 "<dataValue dataElement='A' sex='F' categoryOptionCombo='C' value='1'/>"
                 "<dataValue value='1'/><note/></group><x/></adx>",
                 Form::adx),
            "/adx/group[1]/dataValue[1]/@sex exchange.dimension;"
            "/adx/group[1]/dataValue[2] exchange.dimension_twice;"
            "/adx/group[1] exchange.unknown_field;/adx exchange.unknown_field;"
            "/adx/group[1]/dataValue[3]/@dataElement exchange.missing;");
}

TEST(Reading, NoMoreValuesThanAllowedAndNoMoreFaultsThanAThousand) {
  std::string csv = "dataelement,period,orgunit,value\n", json = "{\"dataValues\":[";
  for (int i = 0; i < 2000; ++i) {
    csv += "A,2021,U,1\n";
    json += (i ? ",{" : "{") + std::string("\"x\":1}");
  }
  EXPECT_EQ(read(csv, Form::csv, 3), "line 5 csv.too_large;");
  EXPECT_NE(read(json + "]}", Form::json, 3).find("exchange.too_many_values"), std::string::npos);
  const auto refused = read_foreign(json + "]}", Form::json, 5000);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().size(), kMostFaults);
}

TEST(Reading, TheFormIsKnownByTheBeginning) {
  EXPECT_EQ(form_of("  {\"a\":1}"), Form::json);
  EXPECT_EQ(form_of("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <adx> --><dataValueSet/>"), Form::xml);
  EXPECT_EQ(form_of("<?xml version='1.0'?><adx xmlns='x'>"), Form::adx);
  EXPECT_EQ(form_of("<a:adx>"), Form::adx);
  EXPECT_EQ(form_of("\"dataelement\",\"period\""), Form::csv);
  EXPECT_EQ(form_of(""), Form::csv);
}

}  // namespace
}  // namespace exchange
