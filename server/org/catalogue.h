#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Official catalogues of units and the mappings from old units to new ones, as files say them.
/// Reading is pure: nothing here knows the database.
namespace org {

/// One unit as a catalogue says it.
struct CatalogueUnit {
  std::string place;                  ///< "line 12" of a table, "/0/Wards/3" of a JSON file
  std::string code;                   ///< as written, tidied
  std::string name;                   ///< the full name with its kind: "Xã Hồng Vân"
  std::string kind;                   ///< "Xã", "Phường", "Thành phố Trung ương" …
  std::string parent_code;            ///< empty for the topmost
  std::optional<std::int64_t> level;  ///< 1 is topmost
};

/// A catalogue of one day.
struct Catalogue {
  std::vector<CatalogueUnit> units;  ///< parents before children
  bool is_whole = true;              ///< down to the communes: a unit it does not name is gone
  base::Problems doubts;             ///< what was mended on reading: "csv.bom", "csv.nfd" …
};

/// Reads a catalogue, recognising its form by its content:
/// - csv with the columns code, name and optionally type, parent_code, level: whole when a unit in
///   it is of a commune's kind;
/// - the statistics office's communes (Mã, Tên, Cấp, Mã QH, Quận Huyện, Mã TP, Tỉnh / Thành Phố):
///   gives the provinces, districts and communes named in it; a district without communes is not;
/// - the statistics office's districts (Mã, Tên, Cấp, Mã TP, Tỉnh / Thành Phố): not whole;
/// - JSON: an array of provinces {Code, FullName, AdministrativeUnitShortName, Wards: [{Code,
///   FullName, AdministrativeUnitShortName}]}; Wards may be null or absent, not whole without any.
/// Names are NFC and tidied. Refuses, all faults at once: "catalogue.form" (none of these),
/// "catalogue.json" (not JSON), "unit.code_missing", "unit.name_missing", "unit.code_twice" (a
/// district in two provinces too), "unit.level_form", "unit.parent_unknown" (args: code, nothing),
/// "unit.cycle", and what office::read_csv refuses. Further columns and members are passed over.
base::Result<Catalogue> read_catalogue(std::string_view bytes);

/// One link of a mapping: a unit before, and a unit after that has it or a part of it.
struct MappingLink {
  std::string place;
  int from_level = 3;  ///< 1 province, 2 district, 3 commune, in the tree before
  std::string from_code, from_name;
  std::string to_code, to_name;
  std::string to_parent_code;  ///< the province after; empty when the file does not say
  std::optional<std::int64_t> numerator, denominator;  ///< the share, when the file states it
};

struct Mapping {
  std::vector<MappingLink> links;  ///< in the file's order, none twice
  base::Problems doubts;
};

/// Reads a mapping, recognising its form by its content:
/// - JSON old to new: {data: [{level1_id, name, splits: [{new_id, name}], level3s: [{level3_id,
///   name, splits}], level2s: [{level2_id, name, splits}]}]}, where level2s are districts without
///   communes;
/// - JSON new to old: {data: [{level1_id, name, merges: [{old_id, name, type}], level2s:
///   [{level2_id, name, merges}]}]}: the two give the same links; an old_id of three digits is a
///   district's;
/// - csv with provinceCode, districtCode, wardCode, newProvinceCode, newWardCode and optionally the
///   names province, district, ward, newProvince, newWard: codes there have lost their zeros ("1",
///   "7.0") and get them back (province 2, district 3, commune 5 digits); a row without a wardCode
///   is a link from the district; the provinces' links are made from the rows, each once;
/// - csv with from, to and optionally share ("3/5", "1"): the levels by the codes' lengths.
/// A link met again is passed over. Refuses, all faults at once: "mapping.form" (none of these),
/// "mapping.json" (not JSON), "unit.code_missing", "mapping.share" (no fraction from 0 to 1),
/// "mapping.share_twice" (one link with two shares), and
/// what office::read_csv refuses.
base::Result<Mapping> read_mapping(std::string_view bytes);

}  // namespace org
