#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "base/decimal.h"
#include "office/cell_values.h"
#include "report/form_checks.h"
#include "report/form_json.h"

namespace app {
namespace {

using report::Form;
using report::FormConsolidation;
using report::FormDifference;
using report::FormFile;
using report::FormReading;

struct FileMapping {
  std::string file;  ///< "" for all
  report::AskedMapping mapping;
};

/// {"mappings":[{"file":"a.xlsx","mapping":{…}}]}; a mapping without a file is for all.
base::Result<std::vector<FileMapping>> read_mappings(const std::string& text) {
  ASSIGN_OR_RETURN(const http::json::value body, http::parse_json(text));
  base::Problems problems;
  std::vector<FileMapping> made;
  {
    http::Fields fields(body, problems);
    fields.objects("mappings", true, 500, [&](http::Fields& one) {
      FileMapping mapping;
      mapping.file = one.maybe_raw_text("file", 300).value_or("");
      one.object("mapping",
                 [&](http::Fields& f) { mapping.mapping = report::read_asked_mapping(f); });
      made.push_back(std::move(mapping));
    });
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

report::AskedMapping mapping_for(const std::string& file, const std::vector<FileMapping>& all) {
  for (const bool wants_named : {true, false}) {
    for (const FileMapping& one : all) {
      if (wants_named ? one.file == file : one.file.empty()) return one.mapping;
    }
  }
  return {};
}

class Teller {
 public:
  Teller(const Form& form, base::Language language)
      : form_(form), language_(language), vi_(language == base::Language::vi) {}

  void tell(const FormConsolidation& made) const {
    for (const FormFile& file : made.files) tell(file);
    for (const base::Problem& doubt : made.doubts) line("doubt", doubt);
    std::cout << "\n"
              << say("Cộng các tệp đã đọc", "Sum of the files read") << " (" << form_.measure
              << ")\n";
    for (const report::FormLine& one : made.lines) {
      if (std::none_of(one.sums.begin(), one.sums.end(),
                       [](const auto& sum) { return sum.has_value(); }))
        continue;
      std::cout << "  " << (one.group == "total" ? say("Tổng số", "Total") : one.title) << ":";
      for (std::size_t i = 0; i < one.sums.size(); ++i) {
        if (one.sums[i].value_or(0) != 0)
          std::cout << " " << form_.columns[i].code << " "
                    << report::form_figure(*one.sums[i], form_, i) << ";";
      }
      std::cout << "\n";
    }
  }

 private:
  std::string say(const char* vi, const char* en) const { return vi_ ? vi : en; }

  void line(const char* kind, const base::Problem& problem) const {
    const bool is_doubt = std::string_view(kind) == "doubt";
    std::cout << "  " << (is_doubt ? say("ngờ", "doubt") : say("từ chối", "refused")) << "  "
              << (problem.field.empty() ? "" : problem.field + ": ")
              << base::words(problem, language_) << " [" << problem.code << "]\n";
  }

  void tell(const FormFile& file) const {
    const auto state = file.state();
    std::cout << "\n"
              << file.name << "  "
              << (state == FormFile::State::read ? say("đã đọc", "read")
                  : state == FormFile::State::doubtful
                      ? say("đã đọc, có chỗ ngờ", "read, with doubts")
                      : say("không nhận", "refused"))
              << "\n";
    for (const base::Problem& problem : file.refused) {
      line("refused", problem);
      if (problem.code == "xlsx.old_xls" && std::filesystem::exists("/usr/bin/soffice"))
        std::cout << "  " << say("Máy này có LibreOffice", "This machine has LibreOffice")
                  << ": soffice --headless --convert-to xlsx \"" << file.name << "\"\n";
    }
    if (file.reading) tell(*file.reading);
  }

  void tell(const FormReading& reading) const {
    const auto& mapping = reading.mapping;
    std::cout << "  " << say("trang tính", "sheet") << " “" << mapping.sheet << "”, "
              << say("đầu biểu hàng", "head in rows") << " " << mapping.head_first << "-"
              << mapping.head_last << ", " << say("số liệu từ hàng", "figures from row") << " "
              << mapping.body_first << ", " << mapping.measure << ", " << reading.rows.size() << " "
              << say("hàng", "rows") << "\n";
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
      const auto& column = mapping.columns[i];
      std::string letters;
      for (const std::uint32_t one : column.columns)
        letters += (letters.empty() ? "" : "+") + office::column_letters(one);
      std::cout << "    " << (letters.empty() ? "–" : letters) << "  " << form_.columns[i].title
                << (letters.empty()
                        ? ""
                        : " ← " + column.head + " (" + std::to_string(column.score) + ")")
                << "\n";
    }
    for (const base::Problem& doubt : reading.doubts) line("doubt", doubt);
    for (const auto& left : reading.left)
      std::cout << "  " << say("ngoài biểu", "not in the form") << "  "
                << office::column_letters(left.column) << "  " << left.head << "\n";
    for (const FormDifference& one : reading.differences) tell(one);
  }

  void tell(const FormDifference& one) const {
    const std::string kind = one.kind == FormDifference::Kind::differs ? say("lệch", "differs")
                             : one.kind == FormDifference::Kind::rounding
                                 ? say("làm tròn", "rounding")
                                 : say("không chia", "not divided");
    std::cout << "  " << kind << "  " << one.cell << " " << one.head << ": " << say("ghi", "states")
              << " " << base::canonical_figure(one.stated, form_.decimals) << ", "
              << say("cộng được", "adds up to") << " "
              << base::canonical_figure(one.summed, form_.decimals) << ", "
              << say("chênh", "difference") << " "
              << base::canonical_figure(base::Wide{one.stated} - one.summed, form_.decimals);
    if (one.why) std::cout << "; " << base::words(*one.why, language_);
    std::cout << "\n";
  }

  const Form& form_;
  base::Language language_;
  bool vi_;
};

base::Result<FormConsolidation> read_files(const FormOptions& options, const Form& form) {
  std::vector<FileMapping> mappings;
  if (!options.mapping.empty()) {
    ASSIGN_OR_RETURN(mappings, read_mappings(read_file(options.mapping)));
  }
  std::vector<FormFile> files;
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    FormFile file;
    file.name = std::filesystem::path(options.files[i]).filename().string();
    file.unit = i < options.units.size()   ? options.units[i]
                : form.unit_is_end_of_name ? report::unit_in_name(file.name)
                                           : "";
    auto reading = report::read_form_file(read_file(options.files[i]), file.name, form,
                                          mapping_for(file.name, mappings));
    if (reading) {
      file.reading = *std::move(reading);
    } else {
      file.refused = std::move(reading).error();
    }
    files.push_back(std::move(file));
  }
  return report::consolidate_forms(std::move(files), form);
}

int exit_code(const FormConsolidation& made) {
  const bool all_read = std::all_of(made.files.begin(), made.files.end(),
                                    [](const FormFile& file) { return file.reading.has_value(); });
  return all_read ? kDone : kRefused;
}

}  // namespace

int form_read_command(const Place& place, const FormOptions& options) {
  const auto refused = [&](const base::Problems& problems) {
    return print_refusal(problems, place.language, options.json);
  };
  const auto definition = http::parse_json(read_file(options.form));
  if (!definition) return refused(definition.error());
  const auto form = report::read_form_definition(*definition);
  if (!form) return refused(form.error());
  const auto made = read_files(options, *form);
  if (!made) return refused(made.error());
  if (!options.facts.empty()) {
    const auto csv =
        report::facts_csv(*made, *form, options.period.empty() ? form->period : options.period);
    if (!csv) return refused(csv.error());
    if (options.facts == "-") {
      std::cout << *csv;
      return exit_code(*made);
    }
    write_file(options.facts, *csv);
  }
  if (options.json) {
    std::cout << http::json::serialize(report::consolidation_json(*made, *form)) << "\n";
  } else {
    Teller(*form, place.language).tell(*made);
  }
  return exit_code(*made);
}

}  // namespace app
