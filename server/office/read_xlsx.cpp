#include "office/read_xlsx.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.h"
#include "office/read_sheet.h"
#include "office/workbook_parts.h"

namespace office {
namespace {

using base::Problem;
using base::ProblemKind;

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t kNotSheets = 5;  // types, two lists of relations, the workbook, and one more

std::string utf16(std::string_view ascii) {
  std::string made;
  for (const char c : ascii) made.append({c, '\0'});
  return made;
}

/// What it is when it is not a zip.
std::optional<Problem> fault_of_kind(std::string_view bytes) {
  if (bytes.empty()) return Problem{ProblemKind::malformed, "xlsx.truncated", "", {}};
  if (bytes.starts_with(kOle)) {
    // MS-OFFCRYPTO 2.3.4: a workbook under a password is a stream of that name in an OLE file.
    const bool is_encrypted = bytes.find(utf16("EncryptedPackage")) != std::string_view::npos;
    return Problem{ProblemKind::invalid, is_encrypted ? "xlsx.encrypted" : "xlsx.old_xls", "", {}};
  }
  for (const std::string_view biff : {"\x09\x08", "\x09\x04", "\x09\x02"}) {
    if (bytes.starts_with(biff)) return Problem{ProblemKind::invalid, "xlsx.old_xls", "", {}};
  }
  if (!bytes.starts_with("PK\x03\x04"))
    return Problem{ProblemKind::malformed, "xlsx.not_a_workbook", "", {}};
  return std::nullopt;
}

bool is_workbook(std::string_view type) {
  return type.ends_with("spreadsheetml.sheet.main+xml") ||
         type.ends_with("spreadsheetml.template.main+xml") ||
         (type.starts_with("application/vnd.ms-excel.") && type.ends_with("macroEnabled.main+xml"));
}

class WorkbookReader {
 public:
  WorkbookReader(Zip zip, const XlsxLimits& limits) : zip_(std::move(zip)), context_(limits) {}

  base::Result<Workbook> read() {
    ASSIGN_OR_RETURN(const std::string main, main_part());
    ASSIGN_OR_RETURN(relations_, relations_of(zip_, main));
    const std::size_t most_parts = context_.limits.zip.most_parts;
    ASSIGN_OR_RETURN(
        const ListedWorkbook listed,
        listed_workbook(zip_, main, most_parts - std::min(most_parts, kNotSheets + 1)));
    context_.from_1904 = listed.from_1904;
    RETURN_IF_REFUSED(shared_parts());
    sheets(listed.sheets);
    base::Problems& problems = context_.problems;
    if (book_.sheets.empty() && problems.empty())
      return base::refuse(ProblemKind::invalid, "xlsx.no_sheet", main);
    if (!problems.empty()) return base::refuse(std::move(problems));
    for (const Workbook::Sheet& sheet : book_.sheets)
      doubts_.insert(sheet.doubts.begin(), sheet.doubts.end());
    book_.doubts.assign(doubts_.begin(), doubts_.end());
    return std::move(book_);
  }

 private:
  /// The workbook's part, by the package's relation to it and not by its usual name.
  base::Result<std::string> main_part() {
    const auto not_a_workbook = [](const std::string& field) {
      return base::refuse(ProblemKind::malformed, "xlsx.not_a_workbook", field);
    };
    if (!zip_.has("[Content_Types].xml")) return not_a_workbook("");
    ASSIGN_OR_RETURN(types_, ContentTypes::of(zip_));
    ASSIGN_OR_RETURN(const Relations relations, relations_of(zip_, ""));
    for (const auto& [id, relation] : relations) {
      if (relation.type != "officeDocument" || relation.is_external) continue;
      const std::string type = types_.type(relation.target);
      if (!is_workbook(type)) return not_a_workbook(relation.target);
      if (type.find("macroEnabled") != std::string::npos) doubts_.insert("xlsx.macros");
      return relation.target;
    }
    return not_a_workbook("_rels/.rels");
  }

  base::Result<void> shared_parts() {
    for (const auto& [id, relation] : relations_) {
      if (relation.type == "externalLink") doubts_.insert("xlsx.external_links");
      if (relation.type == "vbaProject") doubts_.insert("xlsx.macros");
      const bool is_styles = relation.type == "styles";
      if (!is_styles && relation.type != "sharedStrings") continue;
      if (relation.target.empty())
        return base::refuse(ProblemKind::malformed, "xlsx.bad_relation", id, {id});
      if (is_styles) {
        ASSIGN_OR_RETURN(context_.styles, cell_styles(zip_, relation.target, book_.fonts));
        context_.has_styles = true;
      } else {
        ASSIGN_OR_RETURN(context_.strings, shared_strings(zip_, relation.target, context_.limits));
      }
    }
    return {};
  }

  void sheets(const std::vector<ListedSheet>& listed) {
    std::set<std::string> names;
    for (const ListedSheet& one : listed) {
      if (!names.insert(base::same_name_key(one.name)).second)
        fault(one, "xlsx.duplicate_sheet", one.name);
      if (context_.problems.size() >= kMostProblems || !sheet(one)) return;
    }
  }

  /// False when nothing more should be read.
  bool sheet(const ListedSheet& one) {
    const auto at = relations_.find(one.relation);
    if (at == relations_.end() || at->second.target.empty()) {
      fault(one, "xlsx.bad_relation", one.relation);
      return true;
    }
    const Relation& relation = at->second;
    if (relation.type == "chartsheet" || relation.type == "dialogsheet") return true;
    if (relation.type == "xlMacrosheet" || relation.type == "xlIntlMacrosheet") {
      doubts_.insert("xlsx.macros");
      return true;
    }
    const std::string type = types_.type(relation.target);
    if (relation.type != "worksheet" || !type.ends_with("spreadsheetml.worksheet+xml")) {
      fault(one, "xlsx.wrong_type", type);
      return true;
    }
    auto part = zip_.part(relation.target);
    if (!part) {
      Problem& refusal = part.error().front();
      const bool is_limit = refusal.kind == ProblemKind::too_large;
      refusal.field = "sheet " + one.name;
      context_.problems.push_back(std::move(refusal));
      return !is_limit;
    }
    Workbook::Sheet& made = book_.sheets.emplace_back();
    made.name = one.name;
    made.is_hidden = one.is_hidden;
    return read_sheet(XmlReader(*std::move(part)), context_, made);
  }

  void fault(const ListedSheet& sheet, const char* code, const std::string& what) {
    context_.problems.push_back({ProblemKind::invalid, code, "sheet " + sheet.name, {what}});
  }

  Zip zip_;
  SheetContext context_;
  ContentTypes types_;
  Relations relations_;
  Workbook book_;
  std::set<std::string> doubts_;
};

}  // namespace

std::string doubt_of_name(std::string_view file_name) {
  std::string name(file_name.substr(file_name.rfind('.') + 1));  // npos + 1 is 0
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool is_right = name == "xlsx" || name == "xlsm" || name == "xltx" || name == "xltm";
  return is_right ? "" : "xlsx.named_otherwise";
}

const Workbook::Cell* Workbook::Sheet::at(std::size_t row, std::size_t column) const {
  const auto line = std::lower_bound(rows.begin(), rows.end(), row,
                                     [](const Row& one, std::size_t r) { return one.number < r; });
  if (line == rows.end() || line->number != row) return nullptr;
  const auto cell = std::lower_bound(line->cells.begin(), line->cells.end(), column,
                                     [](const Cell& one, std::size_t c) { return one.column < c; });
  return cell == line->cells.end() || cell->column != column ? nullptr : &*cell;
}

bool Workbook::Sheet::is_merged(std::size_t row, std::size_t column) const {
  return std::any_of(merged.begin(), merged.end(), [&](const Range& range) {
    return range.first_row <= row && row <= range.last_row && range.first_column <= column &&
           column <= range.last_column;
  });
}

bool Workbook::Sheet::hides_column(std::size_t column) const {
  return std::any_of(hidden_columns.begin(), hidden_columns.end(), [&](const Columns& hidden) {
    return column >= hidden.first && column <= hidden.last;
  });
}

base::Result<Workbook> read_xlsx(std::string_view bytes, const XlsxLimits& limits) {
  if (auto fault = fault_of_kind(bytes)) return base::refuse(*std::move(fault));
  ASSIGN_OR_RETURN(Zip zip, Zip::open(bytes, limits.zip));
  return WorkbookReader(std::move(zip), limits).read();
}

}  // namespace office
