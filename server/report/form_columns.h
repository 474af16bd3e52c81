#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/form_head.h"
#include "report/form_words.h"

namespace report {

/// How well the heads over a column fit a wanted one: 0 when they are another's, to 100.
int column_fit(const FormColumn& wanted, const std::vector<std::string>& heads,
               const FormWords& words);

/// Which column of the sheet is which of the form, under the head that `mapping` has: what was
/// asked for, then what is plain, then what is alike. Doubts and refusals as in propose_mapping.
base::Result<std::vector<MappedColumn>> choose_columns(const FormSheet& sheet,
                                                       const FormMapping& mapping, const Form& form,
                                                       const FormWords& words,
                                                       const AskedMapping& asked,
                                                       base::Problems& doubts);

}  // namespace report
