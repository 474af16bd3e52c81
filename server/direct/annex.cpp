#include "direct/annex.h"

#include <algorithm>

#include "base/text.h"
#include "direct/coverage.h"
#include "direct/indicator_store.h"
#include "direct/programme_store.h"
#include "direct/task_store.h"
#include "org/unit_store.h"
#include "registry/document_store.h"
#include "registry/profile.h"

namespace direct {
namespace {

using Kind = office::Paragraph::Kind;

std::string name_of(store::Tx& tx, org::UnitId unit, base::Date day) {
  return org::unit_store::ref(tx, unit, day).name;
}

std::string names_of(store::Tx& tx, const std::vector<org::UnitId>& units, base::Date day) {
  std::string made;
  for (const org::UnitId unit : units) made += (made.empty() ? "" : ", ") + name_of(tx, unit, day);
  return made;
}

std::vector<std::string> task_cells(store::Tx& tx, const Task& task, std::size_t number,
                                    base::Date day, const base::WorkingCalendar& calendar) {
  const TaskStanding standing = standing_of(task, day, calendar);
  return {std::to_string(number),
          task.title,
          name_of(tx, task.lead, day),
          names_of(tx, task.supporting, day),
          task.deliverable,
          task.due.vietnamese(),
          words(standing) + ", " + std::to_string(task.percent) + "%",
          task.overdue_reason};
}

std::string letter_words(char letter) {
  return letter == 'a'   ? "Đã nhận"
         : letter == 'd' ? "Không nhận"
         : letter == 'p' ? "Một phần"
                         : "–";
}

/// The head of an annex: it goes with the programme's paper, in its profile.
office::Document annex_of(store::Tx& tx, const Programme& programme, base::Date day,
                          const std::string& subject) {
  office::Document made;
  const auto paper =
      programme.document ? registry::document_store::find(tx, *programme.document) : std::nullopt;
  const auto profile = paper ? paper->profile : registry::Profile::party_36_2018;
  made.header.profile = registry::layout_of(profile);
  made.header.issuer = base::upper(name_of(tx, programme.unit, day));
  made.header.number = registry::heading_of(programme.number, profile);
  made.header.place_date = "Ngày " + std::to_string(day.day()) + " tháng " +
                           std::to_string(day.month()) + " năm " + std::to_string(day.year());
  made.header.type = "PHỤ LỤC";
  made.header.subject = subject;
  made.blocks.emplace_back(office::Paragraph{
      Kind::centred,
      "(Kèm theo " +
          std::string(programme.kind == ProgrammeKind::regulation ? "Quy định" : "Chương trình") +
          " số " + programme.number + " ngày " + programme.issued_on.vietnamese() + ": " +
          programme.title + ")"});
  if (programme.is_illustrative) made.watermark_note = "Số liệu minh hoạ";
  return made;
}

}  // namespace

std::string words(TaskStanding standing) {
  switch (standing) {
    case TaskStanding::open:
      return "Đang làm";
    case TaskStanding::due_soon:
      return "Sắp đến hạn";
    case TaskStanding::overdue:
      return "Quá hạn";
    case TaskStanding::done:
      return "Hoàn thành";
    case TaskStanding::done_late:
      return "Hoàn thành muộn";
    case TaskStanding::cancelled:
      return "Đã hủy";
  }
  return {};
}

std::string words(AdoptionState state) {
  return state == AdoptionState::adopted    ? "Đã nhận"
         : state == AdoptionState::declined ? "Không nhận"
                                            : "Chưa trả lời";
}

office::Sheet task_sheet(store::Tx& tx, const std::vector<Task>& tasks, base::Date day) {
  const base::WorkingCalendar calendar = task_store::calendar(tx);
  office::Sheet sheet;
  sheet.name = "Nhiệm vụ";
  sheet.columns = {"STT",      "Nhiệm vụ",   "Chủ trì",     "Phối hợp",  "Sản phẩm",
                   "Thời hạn", "Tình trạng", "Tiến độ (%)", "Lý do chậm"};
  sheet.widths = {6, 60, 26, 30, 40, 12, 16, 10, 30};
  std::size_t number = 0;
  for (const Task& task : tasks) {
    sheet.rows.push_back({office::Figure{static_cast<std::int64_t>(++number), 0}, task.title,
                          name_of(tx, task.lead, day), names_of(tx, task.supporting, day),
                          task.deliverable, task.due.text(),
                          words(standing_of(task, day, calendar)), office::Figure{task.percent, 0},
                          task.overdue_reason});
  }
  return sheet;
}

office::Sheet programme_sheet(store::Tx& tx, const std::vector<Programme>& programmes,
                              base::Date day) {
  office::Sheet sheet;
  sheet.name = "Chương trình";
  sheet.columns = {"Số", "Tên", "Cơ quan ban hành", "Ngày ban hành", "Hiệu lực từ", "đến"};
  sheet.widths = {16, 70, 30, 14, 14, 14};
  for (const Programme& one : programmes) {
    sheet.rows.push_back({one.number, one.title, name_of(tx, one.unit, day), one.issued_on.text(),
                          one.from.text(), one.to == base::kForever ? "" : one.to.text()});
  }
  return sheet;
}

office::Sheet duty_sheet(store::Tx& tx, const Duties& duties, base::Date day) {
  const base::WorkingCalendar calendar = task_store::calendar(tx);
  office::Sheet sheet;
  sheet.name = "Việc phải làm";
  sheet.title = "Việc phải làm của " + name_of(tx, duties.unit, day);
  sheet.columns = {"Loại", "Chương trình", "Nội dung", "Chỉ tiêu", "ĐVT", "Thời hạn", "Tình trạng"};
  sheet.widths = {14, 16, 70, 16, 12, 14, 20};
  const auto number = [&](ProgrammeId id) { return programme_store::find(tx, id)->number; };
  for (const Programme& one : duties.programmes) {
    sheet.rows.push_back({"Chương trình",
                          one.number,
                          one.title,
                          {},
                          {},
                          {},
                          words(programme_store::adoption(tx, one.id, duties.unit).state)});
  }
  for (const Target& one : duties.targets) {
    const Indicator indicator = indicator_store::find(tx, one.indicator).value();
    const Adoption answer =
        one.parent ? programme_store::target_adoption(tx, *one.parent, duties.unit) : Adoption{};
    sheet.rows.push_back({"Chỉ tiêu", number(one.programme), indicator.name,
                          office::Figure{one.amount, indicator.decimals}, indicator.measure_unit,
                          one.period, words(answer.state)});
  }
  for (const Task& one : duties.tasks) {
    sheet.rows.push_back({one.lead == duties.unit ? "Nhiệm vụ" : "Phối hợp",
                          number(one.programme),
                          one.title,
                          {},
                          {},
                          one.due.text(),
                          words(standing_of(one, day, calendar))});
  }
  return sheet;
}

office::Sheet coverage_sheet(store::Tx& tx, const Programme& programme, base::Date day) {
  const CoverageMatrix matrix = coverage_matrix(tx, programme, day);
  office::Sheet sheet;
  sheet.name = "Độ phủ";
  sheet.title = "Độ phủ " + programme.number;
  sheet.columns = {"Mã", "Đơn vị"};
  sheet.widths = {10, 30};
  for (const auto& row : matrix.rows) {
    sheet.columns.push_back(row.code.empty() ? "Chương trình" : row.code + " " + row.title);
    sheet.widths.push_back(18);
  }
  for (std::size_t u = 0; u < matrix.units.size(); ++u) {
    std::vector<office::Cell> cells{matrix.units[u].code, matrix.units[u].name};
    for (const auto& row : matrix.rows) cells.emplace_back(letter_words(row.states[u]));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

office::Document task_annex(store::Tx& tx, const Programme& programme,
                            const std::vector<Task>& tasks, base::Date day) {
  office::Document made = annex_of(tx, programme, day, "danh mục nhiệm vụ");
  const base::WorkingCalendar calendar = task_store::calendar(tx);
  made.landscape = true;
  office::Table table;
  table.columns = {{"STT", 9, false},       {"Nhiệm vụ", 58, false},  {"Chủ trì", 30, false},
                   {"Phối hợp", 34, false}, {"Sản phẩm", 40, false},  {"Thời hạn", 20, false},
                   {"Tiến độ", 26, false},  {"Lý do chậm", 30, false}};
  std::size_t number = 0;
  for (const Task& task : tasks) {
    table.rows.push_back(task_cells(tx, task, ++number, day, calendar));
  }
  made.blocks.emplace_back(std::move(table));
  return made;
}

office::Document coverage_annex(store::Tx& tx, const Programme& programme, base::Date day) {
  office::Document made = annex_of(tx, programme, day, "tình hình cụ thể hóa ở các đơn vị");
  const CoverageMatrix matrix = coverage_matrix(tx, programme, day);
  // A page holds so many objectives beside the units' names.
  constexpr std::size_t kColumns = 8, kUpright = 4;
  made.landscape = matrix.rows.size() > kUpright;
  for (std::size_t first = 0; first < matrix.rows.size(); first += kColumns) {
    const std::size_t last = std::min(first + kColumns, matrix.rows.size());
    office::Table table;
    table.columns = {{"STT", 9, false}, {"Đơn vị", 46, false}};
    for (std::size_t r = first; r < last; ++r) {
      const auto& row = matrix.rows[r];
      table.columns.push_back(
          {row.code.empty() ? "Chương trình" : row.code + "\n" + row.title, 24, false});
    }
    std::vector<std::string> counts{"", "Đã nhận / không nhận / một phần / chưa trả lời"};
    for (std::size_t r = first; r < last; ++r) {
      const auto& row = matrix.rows[r];
      counts.push_back(std::to_string(row.adopted) + " / " + std::to_string(row.declined) + " / " +
                       std::to_string(row.partly) + " / " + std::to_string(row.silent));
    }
    table.rows.push_back(std::move(counts));
    table.is_total.push_back(true);
    for (std::size_t u = 0; u < matrix.units.size(); ++u) {
      std::vector<std::string> cells{std::to_string(u + 1), matrix.units[u].name};
      for (std::size_t r = first; r < last; ++r) {
        cells.push_back(letter_words(matrix.rows[r].states[u]));
      }
      table.rows.push_back(std::move(cells));
    }
    made.blocks.emplace_back(std::move(table));
  }
  return made;
}

}  // namespace direct
