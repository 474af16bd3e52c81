#include "report/report_workbook.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "base/words.h"
#include "report/period_words.h"
#include "report/read_returned.h"

namespace report {
namespace {

using office::FormCell;
namespace head = workbook_head;

std::string day_words(base::Date day) {  // 25/4/2022
  const std::string iso = day.text();
  return std::to_string(std::stoi(iso.substr(8, 2))) + "/" +
         std::to_string(std::stoi(iso.substr(5, 2))) + "/" + iso.substr(0, 4);
}

FormCell shown_text(std::string text) { return {std::move(text)}; }

FormCell shown_figure(const std::optional<std::int64_t>& amount, int decimals) {
  if (!amount) return {std::string()};
  return {office::Figure{*amount, decimals}};
}

std::string kind_words(std::string_view kind) {
  return kind == "estimate" ? "Ước thực hiện" : "Thực hiện";
}

office::Cell entry_of(FactState state, const std::optional<std::int64_t>& amount, int decimals) {
  if (state == FactState::value && amount) return office::Figure{*amount, decimals};
  const std::string words = shown_fact(state, amount, decimals);
  return words.empty() ? office::Cell() : office::Cell(words);
}

FormCell::Mark mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fresh:
      return FormCell::Mark::fresh;
    case Verdict::doubtful:
      return FormCell::Mark::doubtful;
    case Verdict::refused:
      return FormCell::Mark::refused;
    case Verdict::same:
      break;
  }
  return FormCell::Mark::none;
}

std::string verdict_words(const CellReading& cell) {
  switch (cell.verdict) {
    case Verdict::fresh:
      return "Mới";
    case Verdict::doubtful:
      return "Nghi ngờ, cần xem lại";
    case Verdict::refused:
      return "Không nhận được";
    case Verdict::same:
      break;
  }
  return cell.place.empty() ? "Không có dòng này" : "Không đổi";
}

std::string reason_words(const base::Problems& reasons) {
  std::string text;
  for (const base::Problem& reason : reasons)
    text += (text.empty() ? "" : "\n") + base::words(reason, base::Language::vi);
  return text;
}

class FormMaker {
 public:
  FormMaker(const ReportForm& form, const PlaceKey& key, const Reading* returned)
      : form_(form), returned_(returned), token_(sealed(identity_of(form), key)) {}

  office::XlsxForm make() {
    office::XlsxForm made;
    made.name = "Biểu số liệu";
    made.title = returned_ == nullptr ? "BIỂU SỐ LIỆU BÁO CÁO" : "BIỂU SỐ LIỆU ĐÃ ĐỌC, CÓ NHẬN XÉT";
    made.notes = notes();
    made.identity = token_;
    made.columns = {head::kCode,       head::kName,     head::kKind,
                    head::kMeasure,    head::kDecimals, head::kPrevious,
                    head::kYearBefore, head::kFigure,   head::kRemark};
    made.widths = {10, 46, 13, 12, 7, 14, 14, 18, 34};
    if (returned_ != nullptr) {
      made.columns.insert(made.columns.end(), {head::kVerdict, head::kReason});
      made.widths.insert(made.widths.end(), {18, 60});
    }
    for (std::size_t i = 0; i < form_.sheet.cells.size(); ++i) made.rows.push_back(row(i));
    made.words = {kNotApplicableWords, kNotYetWords};
    made.rule = "Gõ số (ví dụ 98,5), hoặc \"không áp dụng\", hoặc \"chưa có\".";
    made.hidden_name = "Nhận dạng";
    made.hidden_rows = hidden_rows();
    return made;
  }

 private:
  std::vector<std::string> notes() const {
    const auto period = base::Period::parse(form_.request.period);
    std::vector<std::string> made{
        "Đơn vị: " + form_.unit.name + " (mã " + form_.unit.code + ")",
        "Kỳ báo cáo: " + (period ? period_words(*period) : form_.request.period) +
            ". Hạn gửi: " + day_words(form_.request.due_on) + ".",
        "Yêu cầu: " + form_.request.title + " (" + form_.requester.name + ")" +
            (form_.request.is_illustrative ? ", số liệu minh hoạ" : "")};
    if (returned_ == nullptr) {
      made.push_back(
          "Chỉ gõ vào cột \"Số kỳ này\" và \"Ghi chú\": gõ số, hoặc \"không áp dụng\", hoặc \"chưa "
          "có\". Số 0 là có số liệu; để trống là chưa điền. Xong thì gửi lại tệp này.");
    } else {
      made.push_back(
          "Chưa có gì được ghi vào báo cáo. Cột \"Kết quả đọc\" và \"Lý do\" nói từng ô; sửa ô "
          "nghi ngờ ngay ở cột \"Số kỳ này\" rồi nạp lại tệp này.");
      for (const base::Problem& one : returned_->told)
        made.push_back("Lưu ý: " + base::words(one, base::Language::vi));
    }
    return made;
  }

  std::vector<FormCell> row(std::size_t i) const {
    const Cell& cell = form_.sheet.cells[i];
    const int decimals = cell.indicator.decimals;
    const Before before = i < form_.before.size() ? form_.before[i] : Before{};
    const bool is_open = may_edit(form_.sheet.report, cell.fact, "").has_value();
    FormCell figure{entry_of(cell.fact.state, cell.fact.amount, decimals),
                    is_open ? FormCell::Kind::figure : FormCell::Kind::shown, decimals};
    FormCell remark{cell.fact.remark, is_open ? FormCell::Kind::text : FormCell::Kind::shown};
    std::vector<FormCell> made{shown_text(cell.indicator.code),
                               shown_text(cell.indicator.name),
                               shown_text(kind_words(kind_of(cell))),
                               shown_text(cell.indicator.measure_unit),
                               shown_figure(decimals, 0),
                               shown_figure(before.previous, decimals),
                               shown_figure(before.year_before, decimals)};
    if (returned_ == nullptr) {
      made.push_back(std::move(figure));
      made.push_back(std::move(remark));
      return made;
    }
    const CellReading& back = returned_->cells[i];
    const bool is_read = back.verdict != Verdict::refused && back.readings.size() < 2;
    figure.value = is_read ? entry_of(back.state, back.amount, decimals) : office::Cell(back.shown);
    figure.mark = mark_of(back.verdict);
    if (back.verdict != Verdict::same && back.verdict != Verdict::fresh)
      figure.comment = reason_words(back.reasons);
    if (back.remark) remark.value = *back.remark;
    made.push_back(std::move(figure));
    made.push_back(std::move(remark));
    made.push_back(shown_text(verdict_words(back)));
    made.push_back(shown_text(reason_words(back.reasons)));
    return made;
  }

  std::vector<std::vector<std::string>> hidden_rows() const {
    std::vector<std::vector<std::string>> made{
        {kIdentityMark, token_},
        {"Không sửa trang này: nhờ nó chương trình biết tệp là của đơn vị nào, kỳ nào."},
        {"", "code", "kind", "state", "figure", "remark"}};
    for (const Cell& cell : form_.sheet.cells) {
      made.push_back({kGivenMark, cell.indicator.code, std::string(kind_of(cell)),
                      std::string(name(cell.fact.state)),
                      cell.fact.amount
                          ? base::canonical_figure(*cell.fact.amount, cell.indicator.decimals)
                          : std::string(),
                      base::tidy(cell.fact.remark)});
    }
    return made;
  }

  const ReportForm& form_;
  const Reading* returned_;
  std::string token_;
};

}  // namespace

std::string_view kind_of(const Cell& cell) { return name(cell.fact.kind); }

std::vector<std::string> form_lines(const Sheet& sheet) {
  std::vector<std::string> lines;
  for (const Cell& cell : sheet.cells)
    lines.push_back(cell.indicator.code + "|" + std::string(kind_of(cell)));
  return lines;
}

std::string given_line(const std::string& code, std::string_view kind, std::string_view state,
                       const std::string& figure, const std::string& remark) {
  return code + "|" + std::string(kind) + "|" + std::string(state) + "|" + figure + "|" +
         (remark.empty() ? remark : base::tidy(remark));
}

std::vector<std::string> given_lines(const Sheet& sheet) {
  std::vector<std::string> lines;
  for (const Cell& cell : sheet.cells) {
    lines.push_back(given_line(
        cell.indicator.code, kind_of(cell), name(cell.fact.state),
        cell.fact.amount ? base::canonical_figure(*cell.fact.amount, cell.indicator.decimals) : "",
        cell.fact.remark));
  }
  return lines;
}

WorkbookIdentity identity_of(const ReportForm& form) {
  const Report& report = form.sheet.report;
  return {
      report.id.value, plain_code(form.unit.code),          form.request.period,
      report.revision, fingerprint(form_lines(form.sheet)), fingerprint(given_lines(form.sheet))};
}

std::string shown_fact(FactState state, const std::optional<std::int64_t>& amount, int decimals) {
  switch (state) {
    case FactState::value:
      return amount ? base::vietnamese_figure(*amount, decimals) : std::string();
    case FactState::not_applicable:
      return kNotApplicableWords;
    case FactState::not_yet:
      return kNotYetWords;
    case FactState::blank:
      break;
  }
  return {};
}

office::XlsxForm workbook_form(const ReportForm& form, const PlaceKey& key,
                               const Reading* returned) {
  return FormMaker(form, key, returned).make();
}

std::string workbook_file_name(const ReportForm& form) {
  std::string slug;
  for (const char c : base::fold(form.unit.name)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_plain) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
    if (slug.size() >= 60) break;
  }
  while (slug.ends_with('-')) slug.pop_back();
  return plain_code(form.unit.code) + (slug.empty() ? "" : "-" + slug) + "-" +
         plain_code(form.request.period) + ".xlsx";
}

}  // namespace report
