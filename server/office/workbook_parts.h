#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/read_sheet.h"
#include "office/unzip.h"

namespace office {

/// One arrow from a part to another (ECMA-376 part 2, 6.5).
struct Relation {
  std::string type;    ///< last segment of its type: "worksheet"; transitional and strict alike
  std::string target;  ///< name of the part, from the package's root; empty when it leaves it
  bool is_external = false;
  std::string uri;      ///< its type as it is written
  std::string outside;  ///< where it leads when it is external
};

using Relations = std::map<std::string, Relation>;  ///< by id

/// The relations of a part; of the package for "". None when there is no such list. Refuses what
/// the zip and its XML do, "xlsx.too_many_entries", and "xlsx.bad_relation" for two of one id.
base::Result<Relations> relations_of(Zip& zip, const std::string& part);

/// Content types (ECMA-376 part 2, 6.2.3) of parts, by their names.
class ContentTypes {
 public:
  static base::Result<ContentTypes> of(Zip& zip);
  /// Empty when the package does not say.
  std::string type(std::string_view part) const;

 private:
  std::map<std::string, std::string> by_part_;  // lower case
  std::map<std::string, std::string> by_extension_;
};

/// A sheet as the workbook lists it (18.2.19).
struct ListedSheet {
  std::string name;
  std::string relation;
  bool is_hidden = false;
};

struct ListedWorkbook {
  std::vector<ListedSheet> sheets;
  bool from_1904 = false;
};

/// xl/workbook.xml. Refuses "xlsx.not_a_workbook" for another root, "xlsx.too_many_sheets".
base::Result<ListedWorkbook> listed_workbook(Zip& zip, const std::string& part, std::size_t most);

/// What each cell format of xl/styles.xml shows (18.8.10) and in which font, by its number; the
/// fonts' names are added to `fonts`.
base::Result<std::vector<CellStyle>> cell_styles(Zip& zip, const std::string& part,
                                                 std::vector<std::string>& fonts);

/// xl/sharedStrings.xml (18.4.9). Refuses "xlsx.too_many_strings".
base::Result<SharedStrings> shared_strings(Zip& zip, const std::string& part,
                                           const XlsxLimits& limits);

}  // namespace office
