#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/form_xlsx.h"
#include "org/unit.h"
#include "report/report.h"
#include "report/report_store.h"
#include "report/workbook_identity.h"

/// The workbook in which a unit fills in its report away from the program. Pure. Its form and what
/// may come back: docs/formats/report-workbook.md.
namespace report {

/// What was known of the same cell earlier.
struct Before {
  std::optional<std::int64_t> previous, year_before;
};

/// All that a unit's workbook says.
struct ReportForm {
  Sheet sheet;
  Request request;
  org::UnitRef unit, requester;  ///< as of the period's last day
  std::vector<Before> before;    ///< a line for each of the sheet's cells, or none at all
};

/// "actual": with its indicator's code, a cell's identity in a workbook.
std::string_view kind_of(const Cell& cell);

WorkbookIdentity identity_of(const ReportForm& form);

/// "code|actual" and so on: what `form` and `given` of an identity are fingerprints of.
std::vector<std::string> form_lines(const Sheet& sheet);
std::vector<std::string> given_lines(const Sheet& sheet);
std::string given_line(const std::string& code, std::string_view kind, std::string_view state,
                       const std::string& figure, const std::string& remark);

/// What a column is found by when the workbook comes back; its head reads as here.
namespace workbook_head {
inline constexpr const char* kCode = "Mã";
inline constexpr const char* kName = "Chỉ số";
inline constexpr const char* kKind = "Loại";
inline constexpr const char* kMeasure = "ĐVT";
inline constexpr const char* kDecimals = "Số lẻ";
inline constexpr const char* kPrevious = "Kỳ trước";
inline constexpr const char* kYearBefore = "Cùng kỳ năm trước";
inline constexpr const char* kFigure = "Số kỳ này";
inline constexpr const char* kRemark = "Ghi chú";
inline constexpr const char* kVerdict = "Kết quả đọc";
inline constexpr const char* kReason = "Lý do";
}  // namespace workbook_head

inline constexpr const char* kNotApplicableWords = "không áp dụng";
inline constexpr const char* kNotYetWords = "chưa có";
inline constexpr const char* kIdentityMark = "thongsuot";  ///< first cell of the hidden sheet
inline constexpr const char* kGivenMark =
    "given";  ///< first cell of each row of it that tells a cell

struct Reading;

/// The form to fill in. With `returned`, the copy of what came back: its figures, each with the
/// verdict and the reasons in words, in colour and as a comment; it may be mended and sent back in
/// its turn.
office::XlsxForm workbook_form(const ReportForm& form, const PlaceKey& key,
                               const Reading* returned = nullptr);

/// "98,5", "không áp dụng", "chưa có", "" for blank.
std::string shown_fact(FactState state, const std::optional<std::int64_t>& amount, int decimals);

/// "10183-thi-tran-thuong-tin-2022-04.xlsx": ASCII, for zips that any program opens.
std::string workbook_file_name(const ReportForm& form);

}  // namespace report
