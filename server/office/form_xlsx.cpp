#include "office/form_xlsx.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

#include "base/decimal.h"
#include "office/cell_values.h"
#include "office/xlsx_parts.h"
#include "office/xml_text.h"

namespace office {
namespace {

using Kind = FormCell::Kind;
using Mark = FormCell::Mark;

constexpr std::size_t kLongestRule = 200;  // units; Excel takes 255

/// Never the only sign of a mark: the row says it in words too.
lxw_color_t colour_of(Kind kind, Mark mark) {
  switch (mark) {
    case Mark::fresh:
      return 0xDDF0DD;
    case Mark::doubtful:
      return 0xFFE699;
    case Mark::refused:
      return 0xF8CBAD;
    case Mark::none:
      break;
  }
  return kind == Kind::shown ? 0xF2F2F2 : 0xFFFFFF;
}

class FormWriter {
 public:
  FormWriter(lxw_workbook* book, const XlsxForm& form) : book_(book), form_(form) {
    title_ = plain_format(book, false, false);
    format_set_bold(title_);
    format_set_font_size(title_, 14);
    note_ = plain_format(book, false, false);
    identity_ = plain_format(book, false, false);
    format_set_font_size(identity_, 7);
    format_set_font_color(identity_, 0x808080);
    header_ = plain_format(book, true, true);
    format_set_bold(header_);
    format_set_align(header_, LXW_ALIGN_CENTER);
    format_set_bg_color(header_, 0xDDE7F0);
  }

  void write() {
    std::set<std::string> names{"history"};
    page_ = sheet(form_.name, names);
    head();
    for (std::size_t r = 0; r < form_.rows.size(); ++r) row(first_ + static_cast<lxw_row_t>(r), r);
    validations();
    set_up();
    lxw_worksheet* hidden = sheet(form_.hidden_name, names);
    for (std::size_t r = 0; r < form_.hidden_rows.size(); ++r) {
      for (std::size_t c = 0; c < form_.hidden_rows[r].size(); ++c) {
        write_text(hidden, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                   form_.hidden_rows[r][c], note_);
      }
    }
    worksheet_hide(hidden);
    lxw_protection all{};
    worksheet_protect(hidden, nullptr, &all);
  }

 private:
  lxw_worksheet* sheet(const std::string& name, std::set<std::string>& taken) {
    lxw_worksheet* made = workbook_add_worksheet(book_, sheet_name(name, taken).c_str());
    if (made == nullptr) throw std::runtime_error("xlsx: sheet name refused");
    return made;
  }

  void head() {
    lxw_row_t row = 0;
    write_text(page_, row++, 0, form_.title, title_);
    for (const std::string& note : form_.notes) write_text(page_, row++, 0, note, note_);
    write_text(page_, row++, 0, form_.identity, identity_);
    ++row;
    std::size_t lines = 1;
    for (std::size_t c = 0; c < form_.columns.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      must(worksheet_set_column(page_, column, column, width(c), nullptr), "column");
      write_text(page_, row, column, form_.columns[c], header_);
      lines = std::max(lines, lines_of(form_.columns[c], width(c)));
    }
    make_room(page_, row, lines);
    first_ = row + 1;
  }

  void row(lxw_row_t at, std::size_t r) {
    std::size_t lines = 1;
    for (std::size_t c = 0; c < form_.rows[r].size(); ++c) {
      const FormCell& cell = form_.rows[r][c];
      const auto column = static_cast<lxw_col_t>(c);
      if (const auto* words = std::get_if<std::string>(&cell.value))
        lines = std::max(lines, lines_of(*words, width(c)));
      put(at, column, cell);
      if (!cell.comment.empty()) comment(at, column, cell.comment);
    }
    make_room(page_, at, lines);
  }

  void put(lxw_row_t at, lxw_col_t column, const FormCell& cell) {
    const auto* figure = std::get_if<Figure>(&cell.value);
    if (figure != nullptr && fits_a_double(*figure)) {
      must(worksheet_write_number(page_, at, column, as_double(*figure),
                                  format(cell, figure->decimals)),
           "figure");
      return;
    }
    const auto* words = std::get_if<std::string>(&cell.value);
    const std::string text = figure != nullptr
                                 ? base::vietnamese_figure(figure->amount, figure->decimals)
                                 : (words != nullptr ? *words : std::string());
    const bool is_figure = cell.kind == Kind::figure;
    write_text(page_, at, column, text, format(cell, is_figure ? cell.decimals : -1));
  }

  lxw_format* format(const FormCell& cell, int decimals) {
    const auto key = std::tuple(cell.kind, cell.mark, decimals);
    if (const auto at = formats_.find(key); at != formats_.end()) return at->second;
    lxw_format* made = plain_format(book_, true, decimals < 0);
    if (decimals >= 0) {
      format_set_num_format(made, number_format(decimals).c_str());
      format_set_align(made, LXW_ALIGN_RIGHT);
    }
    if (cell.kind != Kind::shown) format_set_unlocked(made);
    if (cell.mark == Mark::doubtful || cell.mark == Mark::refused) format_set_bold(made);
    format_set_bg_color(made, colour_of(cell.kind, cell.mark));
    return formats_.emplace(key, made).first->second;
  }

  void comment(lxw_row_t at, lxw_col_t column, const std::string& words) {
    const std::string text = cell_text(words);
    lxw_comment_options options{};
    options.width = 320;
    options.height =
        static_cast<std::uint16_t>(std::min<std::size_t>(20 + 18 * lines_of(text, 44), 400));
    must(worksheet_write_comment_opt(page_, at, column, text.c_str(), &options), "comment");
  }

  /// One rule for each run of such cells in a column.
  void validations() {
    for (std::size_t c = 0; c < form_.columns.size(); ++c) {
      for (std::size_t r = 0; r < form_.rows.size();) {
        std::size_t end = r;
        while (end < form_.rows.size() && takes_figure(end, c)) ++end;
        if (end > r) validate(static_cast<lxw_col_t>(c), r, end - 1);
        r = std::max(end, r + 1);
      }
    }
  }

  bool takes_figure(std::size_t r, std::size_t c) const {
    return c < form_.rows[r].size() && form_.rows[r][c].kind == Kind::figure;
  }

  void validate(lxw_col_t column, std::size_t from, std::size_t to) {
    const lxw_row_t first = first_ + static_cast<lxw_row_t>(from);
    const std::string cell = column_letters(column + 1U) + std::to_string(first + 1);
    std::string rule = "=OR(ISNUMBER(" + cell + ")";
    for (const std::string& word : form_.words) rule.append("," + cell).append("=\"" + word + "\"");
    rule += ")";
    std::string words = first_units(xml_text(form_.rule), kLongestRule);
    lxw_data_validation made{};
    made.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    made.value_formula = rule.data();
    made.ignore_blank = LXW_VALIDATION_ON;
    made.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    std::string title = "Chưa nhận";
    made.error_title = title.data();
    made.error_message = words.data();
    must(worksheet_data_validation_range(page_, first, column, first_ + static_cast<lxw_row_t>(to),
                                         column, &made),
         "validation");
  }

  void set_up() {
    worksheet_freeze_panes(page_, first_, 0);
    worksheet_set_landscape(page_);
    worksheet_set_paper(page_, 9);  // A4
    worksheet_fit_to_pages(page_, 1, 0);
    must(worksheet_set_footer(page_, "&C&\"Times New Roman,Regular\"&10&P/&N"), "footer");
    must(worksheet_repeat_rows(page_, first_ - 1, first_ - 1), "repeated header");
    lxw_protection allowed{};
    allowed.format_cells = 1;
    allowed.format_columns = 1;
    allowed.format_rows = 1;
    worksheet_protect(page_, nullptr, &allowed);
  }

  double width(std::size_t c) const { return c < form_.widths.size() ? form_.widths[c] : 16; }

  lxw_workbook* book_;
  const XlsxForm& form_;
  lxw_worksheet* page_ = nullptr;
  lxw_row_t first_ = 0;  ///< row of the first cell under the head
  lxw_format* title_;
  lxw_format* note_;
  lxw_format* identity_;
  lxw_format* header_;
  std::map<std::tuple<Kind, Mark, int>, lxw_format*> formats_;
};

}  // namespace

std::string write_form(const XlsxForm& form) {
  return workbook_bytes([&](lxw_workbook* book) { FormWriter(book, form).write(); });
}

}  // namespace office
