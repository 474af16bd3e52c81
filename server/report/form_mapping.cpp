#include "report/form_mapping.h"

#include <algorithm>
#include <optional>

#include "office/cell_values.h"
#include "office/xml_text.h"
#include "report/form_columns.h"
#include "report/form_head.h"
#include "report/form_measure.h"
#include "report/form_words.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr int kSaysSo = 95;  // a word of the sheet the form should have

class Proposer {
 public:
  Proposer(const office::Workbook& book, const Form& form, const AskedMapping& asked,
           base::Problems& doubts)
      : book_(book), form_(form), asked_(asked), doubts_(doubts), words_(form) {}

  base::Result<FormMapping> propose() {
    RETURN_IF_REFUSED(choose_sheet());
    place_head();
    RETURN_IF_REFUSED(check_places());
    ASSIGN_OR_RETURN(mapping_.columns,
                     choose_columns(*sheet_, mapping_, form_, words_, asked_, doubts_));
    RETURN_IF_REFUSED(find_measure());
    mapping_.decimal_comma = asked_.decimal_comma.value_or(true);
    mapping_.rows = asked_.rows;
    mapping_.legacy = asked_.legacy.value_or(office::LegacyTaking::sure);
    return std::move(mapping_);
  }

 private:
  void doubt(std::string code, std::string field, std::vector<std::string> args = {}) {
    doubts_.push_back({ProblemKind::invalid, std::move(code), std::move(field), std::move(args)});
  }

  /// How well a sheet would do: by its required columns, then all, then the words it should have.
  int worth_of(const FormSheet& sheet, const FormHead& head) const {
    int worth = 1;
    for (std::uint32_t column = 1; column <= sheet.last_column(); ++column) {
      const auto heads = sheet.heads_over(column, head.first, head.last);
      int best = 0;
      for (const FormColumn& wanted : form_.columns)
        best = std::max(best, column_fit(wanted, heads, words_));
      worth += best;
    }
    for (const std::string& word : form_.sheet_words) {
      bool is_there = words_.section_likeness(sheet.sheet().name, {word}) >= kSaysSo;
      for (const auto& row : sheet.sheet().rows) {
        if (row.number >= head.first) break;
        for (const auto& cell : row.cells)
          is_there = is_there || words_.section_likeness(cell.text, {word}) >= kSaysSo;
      }
      if (is_there) worth += 300;
    }
    return worth;
  }

  struct Candidate {
    const office::Workbook::Sheet* sheet = nullptr;
    std::optional<FormHead> head;
    int worth = 0;
  };

  base::Result<void> choose_sheet() {
    constexpr std::size_t kMostSheets = 100;
    std::vector<Candidate> candidates;
    bool is_known = false;
    for (const auto& sheet : book_.sheets) {
      if (asked_.sheet && sheet.name != *asked_.sheet) continue;
      is_known = true;
      if (sheet.rows.empty() || candidates.size() == kMostSheets) continue;
      const FormSheet tried(sheet);
      Candidate candidate{&sheet, tried.find_head(form_, words_), 0};
      if (candidate.head) {
        candidate.worth = worth_of(tried, *candidate.head);
        if (sheet.is_hidden) candidate.worth = candidate.worth / 4 + 1;
      }
      candidates.push_back(std::move(candidate));
    }
    if (asked_.sheet && !is_known)
      return base::refuse(ProblemKind::invalid, "form.no_such_sheet", "", {*asked_.sheet});
    const auto best =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Candidate& a, const Candidate& b) { return a.worth < b.worth; });
    const bool can_be_read = best != candidates.end() && (best->worth > 0 || has_asked_head());
    if (!can_be_read) {
      return base::refuse(ProblemKind::invalid, "form.no_sheet", "",
                          {form_.name_names.empty() ? "" : form_.name_names[0], form_.code});
    }
    head_ = best->head;
    sheet_.emplace(*best->sheet);
    mapping_.sheet = best->sheet->name;
    const std::string place = "sheet " + mapping_.sheet;
    if (head_ && head_->is_unnamed && !asked_.name_column)
      doubt("form.unnamed_head", place, {office::column_letters(head_->name_column)});
    if (best->sheet->is_hidden) doubt("form.sheet_hidden", place, {mapping_.sheet});
    for (const Candidate& other : candidates) {
      if (&other != &*best && other.worth > best->worth * 3 / 4)
        doubt("form.sheet_chosen", place, {mapping_.sheet, other.sheet->name});
    }
    return {};
  }

  bool has_asked_head() const {
    return asked_.head_first && asked_.head_last && asked_.name_column && asked_.body_first;
  }

  void place_head() {
    const FormHead head = head_.value_or(FormHead{});
    mapping_.head_first = asked_.head_first.value_or(head.first);
    mapping_.head_last = asked_.head_last.value_or(head.last);
    mapping_.ordinal_column = asked_.ordinal_column.value_or(head.ordinal_column);
    mapping_.name_column = asked_.name_column.value_or(head.name_column);
    mapping_.body_first = asked_.body_first.value_or(head.body_first);
    mapping_.body_last = asked_.body_last.value_or(sheet_->last_row());
  }

  base::Result<void> check_places() const {
    const bool is_sound = mapping_.head_first >= 1 && mapping_.head_first <= mapping_.head_last &&
                          mapping_.head_last - mapping_.head_first < 60 &&
                          mapping_.body_first > mapping_.head_last &&
                          mapping_.body_first <= mapping_.body_last && mapping_.name_column >= 1 &&
                          mapping_.name_column <= office::kLastColumn &&
                          mapping_.ordinal_column != mapping_.name_column;
    if (is_sound) return {};
    return base::refuse(ProblemKind::invalid, "form.bad_place", "sheet " + mapping_.sheet);
  }

  base::Result<void> find_measure() {
    const auto wanted = measure_named(form_.measure);
    if (!wanted) return base::refuse(ProblemKind::invalid, "form.measure_other", "/form/measure");
    if (asked_.measure) {
      const auto asked = measure_named(*asked_.measure);
      if (!asked || asked->of != wanted->of)
        return base::refuse(ProblemKind::invalid, "form.measure_other", "/measure",
                            {*asked_.measure, form_.measure});
      mapping_.measure = *asked_.measure;
      return {};
    }
    std::string field = "sheet " + mapping_.sheet;
    std::string other;
    bool is_taken_hidden = false;
    for (const auto& row : sheet_->sheet().rows) {
      if (row.number >= mapping_.body_first) break;
      for (const auto& cell : row.cells) {
        auto found = measure_in(cell.text, *wanted);
        if (!found) continue;
        const bool is_hidden = sheet_->sheet().hides_column(cell.column);
        if (mapping_.measure.empty() || (is_taken_hidden && !is_hidden)) {
          if (!mapping_.measure.empty()) other = mapping_.measure;
          mapping_.measure = *std::move(found);
          is_taken_hidden = is_hidden;
        } else if (measure_named(*found)->power != measure_named(mapping_.measure)->power) {
          other = *std::move(found);
          field = place_of(mapping_.sheet, row.number, cell.column);
        }
      }
    }
    if (mapping_.measure.empty()) {
      mapping_.measure = form_.measure;
      doubt("form.measure_missing", field, {form_.measure});
    } else if (!other.empty()) {
      doubt("form.measure_twice", field, {mapping_.measure, other});
    }
    return {};
  }

  const office::Workbook& book_;
  const Form& form_;
  const AskedMapping& asked_;
  base::Problems& doubts_;
  FormWords words_;
  FormMapping mapping_;
  std::optional<FormSheet> sheet_;
  std::optional<FormHead> head_;
};

}  // namespace

std::string place_of(const std::string& sheet, std::uint32_t row, std::uint32_t column) {
  return "sheet " + sheet + ", cell " + office::column_letters(column) + std::to_string(row);
}

base::Result<FormMapping> propose_mapping(const office::Workbook& book, const Form& form,
                                          const AskedMapping& asked, base::Problems& doubts) {
  return Proposer(book, form, asked, doubts).propose();
}

}  // namespace report
