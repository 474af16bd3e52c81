#include <gtest/gtest.h>

#include "direct/indicator_store.h"
#include "office/form_xlsx.h"
#include "office/made_workbook_test.h"
#include "org/unit_store.h"
#include "report/workbook_store.h"
#include "report/workbooks.h"
#include "store/testing.h"

namespace report {
namespace {

using Codes = std::vector<std::string>;

const base::Date kBegin(2021, 1, 1);
const base::Instant kAt{1'000'000};

/// A district, three communes and one request of two indicators.
class Workbooks : public ::testing::TestWithParam<std::string> {
 protected:
  Workbooks() : db_(store::testing::fresh(GetParam())), actor_(auth::console_actor("test")) {
    db_->write([&](store::Tx& tx) {
      const auto add = [&](const std::string& code, std::optional<org::UnitId> parent, int level) {
        const auto unit = org::unit_store::add(tx, {code, "Xã " + code, "Xã", level, kBegin}, kAt);
        org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
        return unit;
      };
      const org::UnitId district = add("D", {}, 1);
      NewRequest asked;
      asked.request.unit = district;
      asked.request.title = "Báo cáo tháng";
      asked.request.line = org::kGovernment;
      asked.request.period = "2022-04";
      asked.request.due_on = base::Date(2022, 4, 25);
      for (const char* code : {"F05", "F06"}) {
        direct::Indicator indicator;
        indicator.code = code, indicator.name = "Chỉ số " + std::string(code);
        indicator.measure_unit = "hồ sơ";
        direct::indicator_store::add(tx, indicator).value();
        asked.indicators.push_back(code);
      }
      for (const char* code : {"1", "2", "3"}) asked.units.push_back(add(code, district, 2));
      request_ = create_request(tx, actor_, now(), asked).value();
    });
    key_ = place_key(*db_);
  }

  static Now now() { return {kAt, base::Date(2022, 4, 20)}; }

  std::vector<std::string> sent() {
    const auto pack = db_->read([&](store::Tx& tx) {
      return workbook_pack(tx, org::scope_of(actor_, now().day), request_, {}, 100);
    });
    std::vector<std::string> made;
    for (auto& [name, bytes] : workbook_files(pack.forms, key_)) made.push_back(std::move(bytes));
    return made;
  }

  /// The workbook of the report with figures put in, as somebody would.
  std::string filled(std::size_t which, std::int64_t figure) {
    auto forms = db_->read([&](store::Tx& tx) {
      return workbook_pack(tx, org::scope_of(actor_, now().day), request_, {}, 100).forms;
    });
    office::XlsxForm form = workbook_form(forms[which], key_);
    for (auto& row : form.rows) row[7].value = office::Figure{figure++, 0};
    return office::write_form(form);
  }

  std::vector<FileReading> read(const std::vector<std::string>& files) {
    ReturnedFiles reader(key_, request_);
    db_->read([&](store::Tx& tx) {
      for (std::size_t i = 0; i < files.size(); ++i)
        reader.read(tx, actor_, now().day, std::to_string(i) + ".xlsx", files[i]);
    });
    return reader.done();
  }

  std::size_t take(std::vector<FileReading>& files, Take how = Take::clear_files) {
    return db_->write(
        [&](store::Tx& tx) { return take_files(tx, actor_, now(), files, 0, files.size(), how); });
  }

  std::int64_t stored() {
    static constexpr store::Sql kSum{
        "test.sum", "select cast(coalesce(sum(amount), 0) as bigint) from fact where state = 1"};
    return db_->read([](store::Tx& tx) { return tx.integer(kSum); });
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor actor_;
  RequestId request_;
  PlaceKey key_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Workbooks, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Workbooks, TheKeyIsMadeOnceAndKept) {
  EXPECT_EQ(place_key(*db_).secret, key_.secret);
  EXPECT_GE(key_.secret.size(), 43U);
  EXPECT_EQ(db_->write([](store::Tx& tx) { return workbook_store::make_key(tx).name; }), key_.name);
}

TEST_P(Workbooks, ReadingStoresNothingAndTakingStoresAll) {
  auto files = read({filled(0, 10), filled(1, 20), sent()[2]});
  ASSERT_EQ(files.size(), 3U);
  EXPECT_TRUE(files[0].is_clear);
  EXPECT_EQ(files[0].fresh, 2U);
  EXPECT_EQ(files[2].fresh, 0U);
  EXPECT_EQ(stored(), 0);
  EXPECT_EQ(take(files), 2U);
  EXPECT_EQ(stored(), 10 + 11 + 20 + 21);
  EXPECT_TRUE(files[0].is_taken);
  EXPECT_FALSE(files[2].is_taken);
}

TEST_P(Workbooks, TakingTwiceChangesNothing) {
  const std::vector<std::string> sent{filled(0, 10)};
  auto files = read(sent);
  take(files);
  auto again = read(sent);
  EXPECT_EQ(again[0].same, 2U);
  EXPECT_EQ(take(again), 0U);
  auto stale = files;  // read before somebody saved
  stale[0].is_taken = false;
  stale[0].entries[0].figure = "99";
  EXPECT_EQ(take(stale), 0U);
  EXPECT_EQ(stale[0].refusals[0].code, "report.changed");
  EXPECT_EQ(stored(), 21);
}

TEST_P(Workbooks, AReportThatCameTwiceIsTakenFromNeitherFile) {
  auto files = read({filled(0, 10), filled(0, 50)});
  EXPECT_EQ(files[0].refusals[0].code, "workbook.twice");
  EXPECT_EQ(files[1].refusals[0].args, Codes{"0.xlsx"});
  EXPECT_EQ(take(files, Take::fresh_cells), 0U);
  EXPECT_EQ(stored(), 0);
}

TEST_P(Workbooks, OneBadFileHindersNoOther) {
  auto files = read({"no zip at all", filled(1, 20), office::MadeWorkbook("").bytes()});
  EXPECT_EQ(files[0].refusals[0].code, "xlsx.not_a_workbook");
  EXPECT_EQ(files[2].refusals[0].code, "workbook.no_identity");
  EXPECT_EQ(take(files), 1U);
  EXPECT_EQ(stored(), 41);
}

TEST_P(Workbooks, AZipIsReadFileByFileAndItsTrapsAreTold) {
  office::Package inner;
  inner.add("x", "y");
  office::Package zip;
  zip.add("xa/1.xlsx", filled(0, 10));
  zip.add("__MACOSX/xa/._1.xlsx", "junk");
  zip.add("xa/~$1.xlsx", "junk");
  zip.add("more.zip", inner.bytes());
  zip.add("large.xlsx", std::string(5 * 1024 * 1024, ' '));
  Codes said;
  const std::string bytes = zip.bytes();
  const auto read = each_in_zip(bytes, [&](const std::string& name, const auto& file) {
    said.push_back(name + " " + (file ? "read" : file.error()[0].code));
  });
  EXPECT_TRUE(read);
  EXPECT_EQ(said, (Codes{"xa/1.xlsx read", "more.zip workbook.nested_zip",
                         "large.xlsx xlsx.packed_too_tight"}));
  office::Package leaving;
  leaving.add("../x.xlsx", "y");
  const std::string evil = leaving.bytes();
  EXPECT_EQ(office::codes(each_in_zip(evil, [](const auto&, const auto&) {})),
            Codes{"xlsx.bad_part_name@"});
  office::Package empty;
  empty.add(".DS_Store", "x");
  const std::string nothing = empty.bytes();
  EXPECT_EQ(office::codes(each_in_zip(nothing, [](const auto&, const auto&) {})),
            Codes{"workbook.zip_empty@"});
}

TEST_P(Workbooks, APackIsBoundedAndSaysWhereToGoOn) {
  const auto pack = [&](ReportId after) {
    return db_->read([&](store::Tx& tx) {
      return workbook_pack(tx, org::scope_of(actor_, now().day), request_, after, 2);
    });
  };
  const auto first = pack({});
  EXPECT_EQ(first.forms.size(), 2U);
  ASSERT_TRUE(first.last);
  const auto rest = pack(*first.last);
  EXPECT_EQ(rest.forms.size(), 1U);
  EXPECT_FALSE(rest.last);
  EXPECT_EQ(rest.forms[0].unit.code, "3");
}

}  // namespace
}  // namespace report
