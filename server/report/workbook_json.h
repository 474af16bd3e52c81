#pragma once

#include "http/json.h"
#include "report/workbooks.h"

namespace report {

http::json::object reading_json(const Reading& reading, const ReportForm& form);
/// `files` with at most `most_told` remarks of each.
http::json::object files_json(const std::vector<FileReading>& files, std::size_t most_told);
/// {"code","field","args","detail_vi","detail_en"} of each.
http::json::array told_json(const base::Problems& problems);

}  // namespace report
