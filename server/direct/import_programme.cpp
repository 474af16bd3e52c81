#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "direct/follow_task.h"
#include "direct/service.h"
#include "org/authority.h"
#include "org/unit_store.h"

namespace direct {
namespace {

using base::ProblemKind;

/// What a column holds, by the names it may have, folded.
constexpr std::array<std::pair<std::string_view, std::string_view>, 34> kColumns{{
    {"loai", "kind"},
    {"kind", "kind"},
    {"ma", "code"},
    {"code", "code"},
    {"noi dung", "title"},
    {"title", "title"},
    {"muc tieu", "objective"},
    {"objective", "objective"},
    {"chi so", "indicator"},
    {"indicator", "indicator"},
    {"ky", "period"},
    {"period", "period"},
    {"gia tri", "value"},
    {"value", "value"},
    {"dvt", "measure_unit"},
    {"measure_unit", "measure_unit"},
    {"chu tri", "lead"},
    {"lead", "lead"},
    {"phoi hop", "supporting"},
    {"supporting", "supporting"},
    {"san pham", "deliverable"},
    {"deliverable", "deliverable"},
    {"bat dau", "from"},
    {"from", "from"},
    {"thoi han", "due"},
    {"due", "due"},
    {"cau hoi", "question"},
    {"question", "question"},
    {"don vi tinh", "measure_unit"},
    {"chi tieu giao", "value"},
    {"muc tieu so", "objective"},
    {"han", "due"},
    {"ten", "title"},
    {"ma chi so", "indicator"},
}};

/// A row's cells by what they hold; the column's own title is kept for its faults.
class Sheet {
 public:
  explicit Sheet(const office::CsvTable& table) : table_(table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string folded = base::fold(table.columns[c]);
      const auto known = std::find_if(kColumns.begin(), kColumns.end(),
                                      [&](const auto& one) { return one.first == folded; });
      if (known != kColumns.end()) columns_.emplace(std::string(known->second), c);
    }
  }

  std::size_t rows() const { return table_.rows.size(); }
  bool has(const char* what) const { return columns_.contains(what); }
  std::string at(std::size_t row, const char* what) const {
    const auto column = columns_.find(what);
    return column == columns_.end() ? std::string() : table_.rows[row][column->second];
  }
  std::string row(std::size_t row) const { return "row " + std::to_string(table_.lines[row]); }
  std::string place(std::size_t row, std::string_view what) const {
    const auto column = columns_.find(std::string(what));
    return this->row(row) + ", column " +
           (column == columns_.end() ? std::string(what) : table_.columns[column->second]);
  }

 private:
  const office::CsvTable& table_;
  std::map<std::string, std::size_t> columns_;
};

/// "2022-04-20" or "20/4/2022".
std::optional<base::Date> read_day(const std::string& text) {
  if (auto day = base::Date::parse(text)) return day;
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '/' && ++part == parts.size()) return std::nullopt;
    if (c != '/') parts[part] += c;
  }
  for (std::string& one : parts) {
    if (one.size() == 1) one.insert(0, "0");
  }
  return base::Date::parse(parts[2] + "-" + parts[1] + "-" + parts[0]);
}

enum class RowKind { objective, target, item, task };

std::optional<RowKind> row_kind(const std::string& text) {
  const std::string key = base::fold(text);
  if (key == "muc tieu" || key == "objective") return RowKind::objective;
  if (key == "chi tieu" || key == "target") return RowKind::target;
  if (key == "dieu" || key == "item" || key == "noi dung kiem tra") return RowKind::item;
  if (key == "nhiem vu" || key == "task") return RowKind::task;
  return std::nullopt;
}

/// Reads the rows under a head, gathering every fault.
class Reader {
 public:
  Reader(store::Tx& tx, base::Date day, const office::CsvTable& table, NewProgramme head)
      : tx_(tx), day_(day), sheet_(table), made_(std::move(head)) {}

  void read() {
    if (!sheet_.has("kind")) {
      problems_.push_back({ProblemKind::invalid, "worksheet.column_missing", "", {"Loại"}});
      return;
    }
    for (std::size_t r = 0; r < sheet_.rows(); ++r) {
      const auto kind = row_kind(sheet_.at(r, "kind"));
      if (!kind) {
        fault("worksheet.kind", r, "kind", {sheet_.at(r, "kind")});
        continue;
      }
      switch (*kind) {
        case RowKind::objective:
          objective_rows_.push_back(r);
          made_.objectives.push_back({0, wanted(r, "code"), wanted(r, "title")});
          break;
        case RowKind::item:
          item_rows_.push_back(r);
          made_.items.push_back({wanted(r, "code"), wanted(r, "title"), sheet_.at(r, "question")});
          break;
        case RowKind::target:
          read_target(r);
          break;
        case RowKind::task:
          read_task(r);
          break;
      }
    }
  }

  NewProgramme& programme() { return made_; }
  base::Problems& problems() { return problems_; }
  const std::vector<std::pair<std::size_t, Task>>& tasks() const { return tasks_; }

  /// What creating the programme says, by the rows it came from.
  void place(base::Problems more) {
    for (base::Problem& problem : more) {
      problem.field = placed(problem.field);
      problems_.push_back(std::move(problem));
    }
  }
  std::string placed(const std::string& field) const {
    for (const auto& [prefix, rows] : {std::pair(std::string("/objectives/"), &objective_rows_),
                                       std::pair(std::string("/items/"), &item_rows_)}) {
      if (!field.starts_with(prefix)) continue;
      const auto n = static_cast<std::size_t>(std::atoi(field.c_str() + prefix.size()));
      if (n < rows->size()) return sheet_.place((*rows)[n], field.substr(field.rfind('/') + 1));
    }
    const std::string target = "/targets/";
    if (field.starts_with(target)) {
      const auto row = static_cast<std::size_t>(std::atoi(field.c_str() + target.size()));
      const std::size_t slash = field.find('/', target.size());
      return slash == std::string::npos ? sheet_.row(row)
                                        : sheet_.place(row, field.substr(slash + 1));
    }
    return field;
  }
  std::string place(std::size_t row, const std::string& what) const {
    return sheet_.place(row, what);
  }

 private:
  void fault(const char* code, std::size_t row, std::string_view what,
             std::vector<std::string> args = {}) {
    problems_.push_back({ProblemKind::invalid, code, sheet_.place(row, what), std::move(args)});
  }

  std::string wanted(std::size_t row, const char* what) {
    std::string text = sheet_.at(row, what);
    if (text.empty()) fault("worksheet.missing", row, what);
    return text;
  }

  std::optional<org::UnitId> unit(std::size_t row, const char* what, const std::string& code) {
    const auto found = org::unit_store::find_by_code(tx_, code, day_);
    if (!found) fault("worksheet.unit_unknown", row, what, {code, day_.text()});
    return found;
  }

  void read_target(std::size_t row) {
    NewTarget target;
    target.objective = sheet_.at(row, "objective");
    target.indicator = wanted(row, "indicator");
    target.value = wanted(row, "value");
    target.measure_unit = sheet_.at(row, "measure_unit");
    target.notation = base::Notation::typed;
    target.pointer = "/targets/" + std::to_string(row);
    const std::string text = wanted(row, "period");
    const auto period = base::Period::parse(text);
    if (!text.empty() && !period) fault("worksheet.period", row, "period", {text});
    target.period = period.value_or(base::Period());
    if (period && !target.indicator.empty() && !target.value.empty()) {
      made_.targets.push_back(std::move(target));
    }
  }

  base::Date day(std::size_t row, const char* what) {
    const std::string text = wanted(row, what);
    const auto read = read_day(text);
    if (!text.empty() && !read) fault("worksheet.day", row, what, {text});
    return read.value_or(base::Date());
  }

  void read_task(std::size_t row) {
    Task task;
    const std::size_t before = problems_.size();
    task.objective = sheet_.at(row, "objective");
    task.title = wanted(row, "title");
    task.deliverable = sheet_.at(row, "deliverable");
    if (const std::string lead = sheet_.at(row, "lead"); !lead.empty()) {
      if (const auto found = unit(row, "lead", lead)) task.lead = *found;
    }
    std::string codes = sheet_.at(row, "supporting");
    std::replace(codes.begin(), codes.end(), ';', ',');
    for (std::size_t at = 0; at < codes.size();) {
      const std::size_t end = std::min(codes.find(',', at), codes.size());
      const std::string code = base::tidy(codes.substr(at, end - at));
      if (!code.empty()) {
        if (const auto found = unit(row, "supporting", code)) task.supporting.push_back(*found);
      }
      at = end + 1;
    }
    task.from = day(row, "from");
    task.due = day(row, "due");
    const bool lead_is_told = !sheet_.at(row, "lead").empty() && !task.lead;
    const bool days_are_told = problems_.size() > before && task.due < task.from;
    for (base::Problem problem : faults_of(task)) {
      if (problem.code == "task.lead_missing" && lead_is_told) continue;
      if (problem.code == "task.due_before_start" && days_are_told) continue;
      problem.field = sheet_.place(row, problem.field);
      problems_.push_back(std::move(problem));
    }
    tasks_.emplace_back(row, std::move(task));
  }

  store::Tx& tx_;
  base::Date day_;
  Sheet sheet_;
  NewProgramme made_;
  base::Problems problems_;
  std::vector<std::size_t> objective_rows_, item_rows_;
  std::vector<std::pair<std::size_t, Task>> tasks_;
};

}  // namespace

base::Result<ProgrammeId> import_programme(store::Tx& tx, const auth::Actor& actor,
                                           base::Instant now, base::Date day, NewProgramme head,
                                           const office::CsvTable& table) {
  RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::direct, head.programme.unit, day));
  Reader reader(tx, day, table, std::move(head));
  reader.read();
  const auto id = create_programme(tx, actor, now, day, reader.programme());
  if (!id) reader.place(id.error());
  for (const auto& [row, read] : reader.tasks()) {
    if (!id) break;  // what a task needs of the programme cannot be looked at
    Task task = read;
    task.programme = *id;
    task.unit = reader.programme().programme.unit;
    if (!faults_of(task).empty()) continue;  // told already
    const auto made = create_task(tx, actor, now, day, task, "");
    if (made) continue;
    for (base::Problem problem : made.error()) {
      const std::string what = problem.field.substr(0, problem.field.find('/'));
      problem.field = reader.place(row, what);
      reader.problems().push_back(std::move(problem));
    }
  }
  if (!reader.problems().empty()) return base::refuse(std::move(reader.problems()));
  return *id;
}

}  // namespace direct
