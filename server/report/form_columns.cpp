#include "report/form_columns.h"

#include <algorithm>
#include <set>

#include "office/cell_values.h"
#include "office/xml_text.h"
#include "report/form_mapping.h"

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

class ColumnChooser {
 public:
  ColumnChooser(const FormSheet& sheet, const FormMapping& mapping, const Form& form,
                const FormWords& words, const AskedMapping& asked, base::Problems& doubts)
      : sheet_(sheet),
        mapping_(mapping),
        form_(form),
        words_(words),
        asked_(asked),
        doubts_(doubts),
        heads_(sheet.last_column() + 1),
        columns_(form.columns.size()) {
    for (std::uint32_t column = 1; column <= sheet.last_column(); ++column) {
      if (column != mapping.name_column && column != mapping.ordinal_column)
        heads_[column] = sheet.heads_over(column, mapping.head_first, mapping.head_last);
    }
  }

  base::Result<std::vector<MappedColumn>> choose() {
    base::Problems refused;
    for (std::size_t i = 0; i < form_.columns.size(); ++i) columns_[i].code = form_.columns[i].code;
    for (const auto& [code, columns] : asked_.columns) {
      const auto at = std::find_if(columns_.begin(), columns_.end(),
                                   [&](const MappedColumn& one) { return one.code == code; });
      const bool is_sound = std::all_of(columns.begin(), columns.end(), [](std::uint32_t column) {
        return column >= 1 && column <= office::kLastColumn;
      });
      if (at == columns_.end() || !is_sound) {
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
    RETURN_IF_REFUSED(tell_columns());
    return std::move(columns_);
  }

 private:
  void doubt(std::string code, std::string field, std::vector<std::string> args = {}) {
    doubts_.push_back({ProblemKind::invalid, std::move(code), std::move(field), std::move(args)});
  }

  bool is_open(std::size_t i) const {
    return columns_[i].columns.empty() && !asked_.columns.contains(form_.columns[i].code);
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
        const int fit = column_fit(form_.columns[i], heads_[column], words_);
        if (fit >= least && !taken_.contains(column)) fits.push_back({fit, i, column});
      }
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const Fit& a, const Fit& b) { return a.score > b.score; });
    for (const Fit& fit : fits) {
      MappedColumn& mapped = columns_[fit.wanted];
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
    MappedColumn& mapped = columns_[i];
    for (std::uint32_t column = 1; column < heads_.size(); ++column) {
      const auto& heads = heads_[column];
      if (heads.size() < 3 || taken_.contains(column)) continue;
      const std::vector<std::string> above(heads.begin(), heads.end() - 1);
      const int fit = column_fit(wanted, above, words_);
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
      MappedColumn& mapped = columns_[i];
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
        if (sheet_.sheet().hides_column(column))
          doubt("form.hidden_column", head_place(column),
                {office::column_letters(column), wanted.title});
      }
    }
    if (!refused.empty()) return base::refuse(std::move(refused));
    return {};
  }

  const FormSheet& sheet_;
  const FormMapping& mapping_;
  const Form& form_;
  const FormWords& words_;
  const AskedMapping& asked_;
  base::Problems& doubts_;
  std::vector<std::vector<std::string>> heads_;  // by column of the sheet
  std::vector<MappedColumn> columns_;
  std::set<std::uint32_t> taken_;
};

}  // namespace

int column_fit(const FormColumn& wanted, const std::vector<std::string>& heads,
               const FormWords& words) {
  if (heads.empty()) return 0;
  if (wanted.sections.empty()) {
    const int alone = words.likeness(joined(heads, 0, heads.size()), wanted.names);
    return alone < kAlike ? 0 : alone;
  }
  const int section = words.section_likeness(heads.front(), wanted.sections);
  if (section < kSection || heads.size() < 2) return 0;
  const int own = words.likeness(joined(heads, 1, heads.size()), wanted.names);
  return own < kAlike ? 0 : (own * 9 + section) / 10;
}

base::Result<std::vector<MappedColumn>> choose_columns(const FormSheet& sheet,
                                                       const FormMapping& mapping, const Form& form,
                                                       const FormWords& words,
                                                       const AskedMapping& asked,
                                                       base::Problems& doubts) {
  return ColumnChooser(sheet, mapping, form, words, asked, doubts).choose();
}

}  // namespace report
