#pragma once

#include <vector>

#include "direct/programme.h"
#include "direct/task.h"
#include "office/docx.h"
#include "office/xlsx.h"
#include "store/db.h"

/// Lists of this folder as sheets and as annexes of official papers.
namespace direct {

/// STT, Nhiệm vụ, Chủ trì, Phối hợp, Sản phẩm, Thời hạn, Tiến độ, Lý do chậm (domain note i.3).
office::Sheet task_sheet(store::Tx& tx, const std::vector<Task>& tasks, base::Date day);
office::Sheet coverage_sheet(store::Tx& tx, const Programme& programme, base::Date day);

/// The same as an annex in the profile of the programme's paper, else the Party's.
office::Document task_annex(store::Tx& tx, const Programme& programme,
                            const std::vector<Task>& tasks, base::Date day);
office::Document coverage_annex(store::Tx& tx, const Programme& programme, base::Date day);

/// Vietnamese words for how a task stands and for a unit's answer.
std::string words(TaskStanding standing);
std::string words(AdoptionState state);

}  // namespace direct
