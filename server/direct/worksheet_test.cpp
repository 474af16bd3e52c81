#include <set>

#include "direct/testing.h"
#include "office/read_xlsx.h"
#include "office/xlsx.h"

namespace direct {
namespace {

class Worksheet : public testing::World {
 protected:
  NewProgramme head() const {
    NewProgramme made = asked();
    made.programme.number = "06-CTr/HU";
    made.objectives.clear();
    made.targets.clear();
    return made;
  }
  base::Result<ProgrammeId> taken(const office::CsvTable& table) {
    return db_->write(
        [&](store::Tx& tx) { return import_programme(tx, ha_, {}, kToday, head(), table); });
  }
  std::string faults(const base::Result<ProgrammeId>& result) {
    std::string made;
    if (!result) {
      for (const auto& problem : result.error()) made += problem.field + ": " + problem.code + "\n";
    }
    return made;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Worksheet, ::testing::ValuesIn(store::testing::databases()));

const std::string kHead =
    "Loại,Mã,Nội dung,Mục tiêu,Chỉ số,Kỳ,Giá trị,ĐVT,Chủ trì,Phối hợp,Sản phẩm,Bắt đầu,Thời hạn\n";

TEST_P(Worksheet, ObjectivesTargetsAndTasksAreTakenFromAWorkbook) {
  office::Sheet sheet;
  sheet.name = "Chương trình";
  sheet.columns = {"Loại", "Mã",      "Nội dung", "Mục tiêu", "Chỉ số",  "Kỳ",      "Giá trị",
                   "ĐVT",  "Chủ trì", "Phối hợp", "Sản phẩm", "Bắt đầu", "Thời hạn"};
  using Row = std::vector<office::Cell>;
  const auto text = [](const char* words) { return office::Cell(std::string(words)); };
  const office::Cell none;
  sheet.rows = {
      Row{text("Mục tiêu"), text("1"), text("Xây dựng Đảng")},
      Row{text("Chỉ tiêu"), none, none, text("1"), text("F1"), text("2022"), office::Figure{310, 0},
          text("người")},
      Row{text("nhiệm vụ"), none, text("Rà soát"), text("1"), none, none, none, none, text("10183"),
          text("10186; 10189"), text("5 bản"), text("1/3/2022"), text("20/4/2022")}};
  for (Row& row : sheet.rows) row.resize(sheet.columns.size());
  const auto workbook = office::read_xlsx(office::write_xlsx({sheet}));
  ASSERT_TRUE(workbook.has_value());
  const auto table = office::table_of(workbook->sheets.at(0));
  ASSERT_TRUE(table.has_value());
  const auto id = taken(*table);
  ASSERT_TRUE(id.has_value()) << faults(id);
  db_->read([&](store::Tx& tx) {
    EXPECT_EQ(programme_store::objectives(tx, *id).size(), 1U);
    EXPECT_EQ(programme_store::targets(tx, *id, district_).at(0).amount, 310);
    task_store::Wanted wanted;
    wanted.programme = *id;
    const auto tasks = task_store::visible(tx, org::scope_of(ha_, kToday), wanted);
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].lead, first_);
    EXPECT_EQ(tasks[0].supporting, (std::vector<org::UnitId>{second_, third_}));
    EXPECT_EQ(tasks[0].due, base::Date(2022, 4, 20));
  });
}

/// Two hundred rows, thirty of them wrong in one way each: all thirty are named, nothing is taken.
TEST_P(Worksheet, ThirtyFaultyRowsOfTwoHundredAreAllNamed) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"Việc,,x,,,,,,,,,,", "loại: worksheet.kind"},
      {"Chỉ tiêu,,,1,F1,2022,,,,,,,", "giá trị: worksheet.missing"},
      {"Chỉ tiêu,,,1,F1,năm nay,5,,,,,,", "kỳ: worksheet.period"},
      {"Chỉ tiêu,,,9,F2,@YEAR,5,,,,,,", "mục tiêu: programme.objective_unknown"},
      {"Chỉ tiêu,,,1,F9,2022,5,,,,,,", "chỉ số: indicator.unknown"},
      {"Chỉ tiêu,,,1,F2,@YEAR,\"1,5\",,,,,,", "giá trị: figure.too_many_decimals"},
      {"Chỉ tiêu,,,1,F2,@YEAR,5,hộ,,,,,", "đvt: target.measure_unit"},
      {"Nhiệm vụ,,x,1,,,,,99999,,s,1/3/2022,20/4/2022", "chủ trì: worksheet.unit_unknown"},
      {"Nhiệm vụ,,x,1,,,,,10183,,,1/3/2022,20/4/2022", "sản phẩm: task.deliverable_missing"},
      {"Nhiệm vụ,,x,1,,,,,10183,,s,20/4/2022,1/3/2022", "thời hạn: task.due_before_start"},
  };
  std::string text = kHead + "Mục tiêu,1,Một,,,,,,,,,,\n";
  std::set<std::string> expected;
  for (int row = 3; row <= 201; ++row) {
    const int n = row / 7;
    if (row % 7 == 0 && n >= 1 && n <= 30 && expected.size() < 30) {
      const auto& [line, fault] = wrong[expected.size() % wrong.size()];
      std::string filled = line;  // each row's target has a year of its own
      if (const auto at = filled.find("@YEAR"); at != std::string::npos) {
        filled.replace(at, 5, std::to_string(2022 + row));
      }
      text += filled + "\n";
      const std::size_t colon = fault.find(": ");
      expected.insert("row " + std::to_string(row) + ", column " + fault.substr(0, colon) + ": " +
                      fault.substr(colon + 2));
    } else {
      text += "Nhiệm vụ,,Việc " + std::to_string(row) + ",1,,,,,10183,,s,1/3/2022,20/4/2022\n";
    }
  }
  ASSERT_GE(expected.size(), 28U);
  const auto count = [&] {
    return db_->read([&](store::Tx& tx) {
      static constexpr store::Sql kCount{"test.count",
                                         "select (select count(*) from programme) + (select "
                                         "count(*) from task) + (select count(*) "
                                         "from target) + (select count(*) from objective)"};
      return tx.integer(kCount);
    });
  };
  const std::int64_t before = count();
  const auto refused = taken(office::read_csv(text).value());
  ASSERT_FALSE(refused.has_value());
  std::set<std::string> found;
  for (const auto& problem : refused.error()) found.insert(problem.field + ": " + problem.code);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(count(), before) << "something was half-taken";
}

TEST_P(Worksheet, ASheetWithoutKindsIsRefused) {
  EXPECT_EQ(faults(taken(office::read_csv("Mã,Nội dung\n1,x\n").value())),
            ": worksheet.column_missing\n");
}

}  // namespace
}  // namespace direct
