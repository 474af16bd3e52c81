#pragma once

#include <vector>

#include "direct/programme.h"
#include "direct/task.h"
#include "office/docx.h"
#include "office/xlsx.h"
#include "store/db.h"

/// Lists of this folder as sheets and as annexes of official papers.
namespace direct {

/// Everything a unit owes on a day.
struct Duties {
  org::UnitId unit;
  std::vector<Programme> programmes;  ///< addressed to it
  std::vector<Target> targets;        ///< given to it
  std::vector<Task> tasks;            ///< open, led or supported
};

/// STT, Nhiệm vụ, Chủ trì, Phối hợp, Sản phẩm, Thời hạn, Tiến độ, Lý do chậm (domain note i.3).
office::Sheet task_sheet(store::Tx& tx, const std::vector<Task>& tasks, base::Date day);
/// Số, Tên, Cơ quan ban hành, Ngày ban hành, Hiệu lực từ, đến.
office::Sheet programme_sheet(store::Tx& tx, const std::vector<Programme>& programmes,
                              base::Date day);
/// What a unit owes: a row for each programme to answer, target given and task to do.
office::Sheet duty_sheet(store::Tx& tx, const Duties& duties, base::Date day);
office::Sheet coverage_sheet(store::Tx& tx, const Programme& programme, base::Date day);

/// The same as an annex in the profile of the programme's paper, else the Party's.
office::Document task_annex(store::Tx& tx, const Programme& programme,
                            const std::vector<Task>& tasks, base::Date day);
office::Document coverage_annex(store::Tx& tx, const Programme& programme, base::Date day);

/// Vietnamese words for how a task stands and for a unit's answer.
std::string words(TaskStanding standing);
std::string words(AdoptionState state);

}  // namespace direct
