#include "report/form_mapping.h"

#include <algorithm>
#include <optional>
#include <set>

#include "office/cell_values.h"
#include "office/xml_text.h"
#include "report/form_head.h"
#include "report/form_measure.h"
#include "report/form_words.h"

namespace report {
namespace {

using base::ProblemKind;

constexpr int kAlike = 72;    // below, a head is another column's
constexpr int kSection = 75;  // likewise of a section
constexpr int kPlain = 97;    // from here on there is no doubt

std::string joined(const std::vector<std::string>& heads, std::size_t from, std::size_t to) {
  std::string made;
  for (std::size_t i = from; i < to; ++i) made += (made.empty() ? "" : " / ") + heads[i];
  std::replace(made.begin(), made.end(), '\n', ' ');
  return made;
}

class Proposer {
 public:
  Proposer(const office::Workbook& book, const Form& form, const AskedMapping& asked,
           base::Problems& doubts)
      : book_(book), form_(form), asked_(asked), doubts_(doubts), words_(form) {}

  base::Result<FormMapping> propose() {
    RETURN_IF_REFUSED(choose_sheet());
    place_head();
    RETURN_IF_REFUSED(check_places());
    heads_.resize(sheet_->last_column() + 1);
    for (std::uint32_t column = 1; column <= sheet_->last_column(); ++column) {
      if (column != mapping_.name_column && column != mapping_.ordinal_column)
        heads_[column] = sheet_->heads_over(column, mapping_.head_first, mapping_.head_last);
    }
    RETURN_IF_REFUSED(assign_columns());
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
      for (const FormColumn& wanted : form_.columns) best = std::max(best, score(wanted, heads));
      if (best >= kAlike) worth += best;
    }
    for (const std::string& word : form_.sheet_words) {
      bool is_there = words_.section_likeness(sheet.sheet().name, {word}) >= kPlain - 2;
      for (const auto& row : sheet.sheet().rows) {
        if (row.number >= head.first) break;
        for (const auto& cell : row.cells)
          is_there = is_there || words_.section_likeness(cell.text, {word}) >= kPlain - 2;
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

  /// How well the heads over a column fit a wanted one, 0 to 100.
  int score(const FormColumn& wanted, const std::vector<std::string>& heads) const {
    if (heads.empty()) return 0;
    if (wanted.sections.empty())
      return words_.likeness(joined(heads, 0, heads.size()), wanted.names);
    const int section = words_.section_likeness(heads.front(), wanted.sections);
    if (section < kSection || heads.size() < 2) return 0;
    const int own = words_.likeness(joined(heads, 1, heads.size()), wanted.names);
    return own < kAlike ? 0 : (own * 9 + section) / 10;
  }

  base::Result<void> assign_columns() {
    mapping_.columns.resize(form_.columns.size());
    base::Problems refused;
    for (std::size_t i = 0; i < form_.columns.size(); ++i)
      mapping_.columns[i].code = form_.columns[i].code;
    for (const auto& [code, columns] : asked_.columns) {
      const auto at = std::find_if(mapping_.columns.begin(), mapping_.columns.end(),
                                   [&](const MappedColumn& one) { return one.code == code; });
      const bool is_sound = std::all_of(columns.begin(), columns.end(), [](std::uint32_t column) {
        return column >= 1 && column <= office::kLastColumn;
      });
      if (at == mapping_.columns.end() || !is_sound) {
        refused.push_back(
            {ProblemKind::invalid, "form.no_such_column", "/columns/" + code, {code}});
        continue;
      }
      at->columns = columns;
      at->score = 100;
      for (const std::uint32_t column : columns) taken_.insert(column);
    }
    if (!refused.empty()) return base::refuse(std::move(refused));
    for (const int least : {kPlain, kAlike}) {  // what is plain first, divided columns too
      take_best(least);
      for (std::size_t i = 0; i < form_.columns.size(); ++i) {
        if (is_open(i)) take_divided(i, least);
      }
    }
    return tell_columns();
  }

  bool is_open(std::size_t i) const {
    return mapping_.columns[i].columns.empty() && !asked_.columns.contains(form_.columns[i].code);
  }

  struct Fit {
    int score;
    std::size_t wanted;
    std::uint32_t column;
  };

  void take_best(int least) {
    std::vector<Fit> fits;
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
      for (std::uint32_t column = 1; is_open(i) && column < heads_.size(); ++column) {
        const int fit = score(form_.columns[i], heads_[column]);
        if (fit >= least && !taken_.contains(column)) fits.push_back({fit, i, column});
      }
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const Fit& a, const Fit& b) { return a.score > b.score; });
    for (const Fit& fit : fits) {
      MappedColumn& mapped = mapping_.columns[fit.wanted];
      if (taken_.contains(fit.column)) continue;
      if (!mapped.columns.empty()) {
        if (mapped.score == fit.score) {
          doubt("form.column_tied", head_place(fit.column),
                {form_.columns[fit.wanted].title, office::column_letters(mapped.columns.front()),
                 office::column_letters(fit.column)});
        }
        continue;
      }
      mapped.columns = {fit.column};
      mapped.score = fit.score;
      taken_.insert(fit.column);
    }
  }

  /// A head that fits, over several columns of which none is its total: they are added up.
  void take_divided(std::size_t i, int least) {
    const FormColumn& wanted = form_.columns[i];
    if (wanted.kind == FormColumn::Kind::ratio) return;
    MappedColumn& mapped = mapping_.columns[i];
    for (std::uint32_t column = 1; column < heads_.size(); ++column) {
      const auto& heads = heads_[column];
      if (heads.size() < 3 || taken_.contains(column)) continue;
      const std::vector<std::string> above(heads.begin(), heads.end() - 1);
      const int fit = score(wanted, above);
      if (fit < least) continue;
      if (words_.likeness(heads.back(), form_.total_names) >= kPlain) return;
      const bool goes_on =
          mapped.columns.empty() ||
          std::vector<std::string>(heads_[mapped.columns.front()].begin(),
                                   heads_[mapped.columns.front()].end() - 1) == above;
      if (!goes_on) continue;
      mapped.columns.push_back(column);
      mapped.score = fit;
    }
    taken_.insert(mapped.columns.begin(), mapped.columns.end());
  }

  std::string head_place(std::uint32_t column) const {
    return place_of(mapping_.sheet, mapping_.head_last, column);
  }

  /// The columns a person may choose from.
  std::string free_heads() const {
    constexpr std::size_t kMostUnits = 400;
    std::string made;
    for (std::uint32_t column = 1; column < heads_.size() && made.size() < kMostUnits; ++column) {
      if (heads_[column].empty() || taken_.contains(column)) continue;
      made += (made.empty() ? "" : "; ") + office::column_letters(column) + " “" +
              joined(heads_[column], 0, heads_[column].size()) + "”";
    }
    return office::first_units(made, kMostUnits);
  }

  base::Result<void> tell_columns() {
    base::Problems refused;
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
      MappedColumn& mapped = mapping_.columns[i];
      const FormColumn& wanted = form_.columns[i];
      if (mapped.columns.empty()) {
        if (wanted.is_required) {
          refused.push_back({ProblemKind::invalid,
                             "form.required_column",
                             "sheet " + mapping_.sheet,
                             {wanted.title, free_heads()}});
        } else {
          doubt("form.column_missing", "sheet " + mapping_.sheet, {wanted.title});
        }
        continue;
      }
      const std::uint32_t first = mapped.columns.front();
      const std::vector<std::string>& heads =
          first < heads_.size() ? heads_[first] : std::vector<std::string>();
      mapped.head = joined(heads, 0, heads.size());
      if (mapped.columns.size() > 1) {
        std::string letters;
        for (const std::uint32_t column : mapped.columns)
          letters += (letters.empty() ? "" : " + ") + office::column_letters(column);
        doubt("form.column_summed", head_place(first), {wanted.title, letters});
      } else if (mapped.score < kPlain) {
        doubt("form.column_alike", head_place(first),
              {wanted.title, mapped.head, std::to_string(mapped.score)});
      }
      for (const std::uint32_t column : mapped.columns) {
        if (sheet_->sheet().hides_column(column))
          doubt("form.hidden_column", head_place(column),
                {office::column_letters(column), wanted.title});
      }
    }
    if (!refused.empty()) return base::refuse(std::move(refused));
    return {};
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
  std::vector<std::vector<std::string>> heads_;  // by column
  std::set<std::uint32_t> taken_;
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
