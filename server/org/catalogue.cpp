#include "org/catalogue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "http/json.h"
#include "office/csv.h"

namespace org {
namespace {

using base::ProblemKind;
namespace json = http::json;

base::Problem fault(const char* code, std::string place, std::vector<std::string> args = {}) {
  return {ProblemKind::invalid, code, std::move(place), std::move(args)};
}

bool is_json(std::string_view bytes) {
  const std::size_t at = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at != std::string_view::npos && (bytes[at] == '[' || bytes[at] == '{');
}

base::Result<json::value> parse(std::string_view bytes, const char* code) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  boost::system::error_code error;
  json::value parsed = json::parse(bytes, error);
  if (error) return base::refuse(ProblemKind::invalid, code, "", {error.message()});
  return parsed;
}

/// A member as text: a string or an integer; empty when it is absent or something else.
std::string text(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  if (!value) return "";
  if (value->is_string()) return base::tidy(std::string_view(value->get_string()));
  if (value->is_int64()) return std::to_string(value->get_int64());
  return "";
}

const json::array* list(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value ? value->if_array() : nullptr;
}

/// A column of a table by any of its names.
class Columns {
 public:
  explicit Columns(const office::CsvTable& table) : table_(table) {}
  bool has(std::string_view name) const { return table_.column(name) != std::string::npos; }
  std::string at(std::size_t row, std::string_view name) const {
    const std::size_t column = table_.column(name);
    return column == std::string::npos ? std::string() : base::tidy(table_.rows[row][column]);
  }
  std::string place(std::size_t row) const { return "line " + std::to_string(table_.lines[row]); }

 private:
  const office::CsvTable& table_;
};

std::string kind_by_name(const std::string& name) {
  static const std::array<std::pair<std::string, std::string>, 9> kKinds{
      {{"thanh pho", "Thành phố"},
       {"thi xa", "Thị xã"},
       {"thi tran", "Thị trấn"},
       {"tinh", "Tỉnh"},
       {"quan", "Quận"},
       {"huyen", "Huyện"},
       {"phuong", "Phường"},
       {"xa", "Xã"},
       {"dac khu", "Đặc khu"}}};
  const std::string key = base::fold(name);
  for (const auto& [begin, kind] : kKinds) {
    if (key.starts_with(begin + " ")) return kind;
  }
  return "";
}

std::string province_kind(const std::string& name) {
  const std::string kind = kind_by_name(name);
  return kind == "Thành phố" ? "Thành phố Trung ương" : kind;
}

Catalogue plain_catalogue(const office::CsvTable& table) {
  const Columns columns(table);
  Catalogue made;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    CatalogueUnit unit{
        columns.place(row),      columns.at(row, "code"),        columns.at(row, "name"),
        columns.at(row, "type"), columns.at(row, "parent_code"), {}};
    const std::string level = columns.at(row, "level");
    if (level.size() == 1 && level[0] >= '1' && level[0] <= '9') unit.level = level[0] - '0';
    made.units.push_back(std::move(unit));
  }
  return made;
}

/// The statistics office's tables name each row's superiors, which are taken from there.
Catalogue office_catalogue(const office::CsvTable& table, bool has_communes) {
  const Columns columns(table);
  Catalogue made;
  made.is_whole = has_communes;
  std::set<std::string> provinces, districts;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string place = columns.place(row);
    const std::string province = columns.at(row, "mã tp");
    const std::string province_name = columns.at(row, "tỉnh / thành phố");
    if (!province.empty() && provinces.insert(province).second) {
      made.units.push_back({place, province, province_name, province_kind(province_name), "", 1});
    }
    const std::string district = has_communes ? columns.at(row, "mã qh") : columns.at(row, "mã");
    const std::string district_name =
        has_communes ? columns.at(row, "quận huyện") : columns.at(row, "tên");
    if (!district.empty() && (districts.insert(district).second || !has_communes)) {
      made.units.push_back(
          {place, district, district_name, kind_by_name(district_name), province, 2});
    }
    if (!has_communes) continue;
    const std::string kind = columns.at(row, "cấp");
    const std::string name = columns.at(row, "tên");
    made.units.push_back({place, columns.at(row, "mã"), name,
                          kind.empty() ? kind_by_name(name) : kind, district, 3});
  }
  return made;
}

base::Result<Catalogue> nested_catalogue(const json::value& parsed) {
  const json::array* provinces = parsed.if_array();
  if (!provinces) return base::refuse(ProblemKind::invalid, "catalogue.form");
  Catalogue made;
  const auto unit = [&](const json::object& object, std::string place, std::string parent,
                        std::int64_t level) {
    std::string kind = text(object, "AdministrativeUnitShortName");
    if (level == 1 && base::fold(kind) == "thanh pho") kind = "Thành phố Trung ương";
    std::string name = text(object, "FullName");
    if (name.empty()) name = text(object, "Name");
    made.units.push_back({std::move(place), text(object, "Code"), std::move(name), std::move(kind),
                          std::move(parent), level});
  };
  for (std::size_t p = 0; p < provinces->size(); ++p) {
    const json::object* province = (*provinces)[p].if_object();
    if (!province || !province->contains("Code")) {
      return base::refuse(ProblemKind::invalid, "catalogue.form", "/" + std::to_string(p));
    }
    unit(*province, "/" + std::to_string(p), "", 1);
    const std::string code = text(*province, "Code");
    const json::array* wards = list(*province, "Wards");
    for (std::size_t w = 0; wards && w < wards->size(); ++w) {
      const std::string place = "/" + std::to_string(p) + "/Wards/" + std::to_string(w);
      const json::object* ward = (*wards)[w].if_object();
      if (!ward) return base::refuse(ProblemKind::invalid, "catalogue.form", place);
      unit(*ward, place, code, 2);
    }
  }
  return made;
}

base::Result<Catalogue> checked(Catalogue made) {
  base::Problems problems;
  std::unordered_map<std::string, const CatalogueUnit*> by_code;
  for (const CatalogueUnit& unit : made.units) {
    if (unit.code.empty()) problems.push_back(fault("unit.code_missing", unit.place));
    if (unit.name.empty()) problems.push_back(fault("unit.name_missing", unit.place, {unit.code}));
    const auto [at, is_new] = by_code.emplace(unit.code, &unit);
    if (!is_new && !unit.code.empty()) {
      problems.push_back(fault("unit.code_twice", unit.place, {unit.code}));
    }
  }
  for (const CatalogueUnit& unit : made.units) {
    if (!unit.parent_code.empty() && !by_code.contains(unit.parent_code)) {
      problems.push_back(fault("unit.parent_unknown", unit.place, {unit.parent_code, ""}));
    }
  }
  if (made.units.empty()) problems.push_back(fault("catalogue.form", ""));
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

std::string padded(std::string code, std::size_t width) {
  if (const std::size_t dot = code.find('.'); dot != std::string::npos) code.resize(dot);
  const bool digits =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (code.empty() || !digits || code.size() >= width) return code;
  return std::string(width - code.size(), '0') + code;
}

/// Keeps each link once, in the order met.
class Links {
 public:
  void add(MappingLink link) {
    const std::string key =
        std::to_string(link.from_level) + " " + link.from_code + " " + link.to_code;
    if (seen_.insert(key).second) made_.links.push_back(std::move(link));
  }
  Mapping done() { return std::move(made_); }

 private:
  Mapping made_;
  std::set<std::string> seen_;
};

MappingLink link(std::string place, int level, const json::object& from, const char* from_key,
                 const json::object& to, const char* to_key, std::string province) {
  return {std::move(place),
          level,
          text(from, from_key),
          text(from, "name"),
          text(to, to_key),
          text(to, "name"),
          province,
          {},
          {}};
}

/// Both directions have one shape: provinces with a list of links, and units under them with
/// theirs.
base::Result<Mapping> nested_mapping(const json::value& parsed) {
  const json::object* top = parsed.if_object();
  const json::array* provinces = top ? list(*top, "data") : nullptr;
  if (!provinces) return base::refuse(ProblemKind::invalid, "mapping.form");
  Links links;
  for (std::size_t p = 0; p < provinces->size(); ++p) {
    const std::string place = "/data/" + std::to_string(p);
    const json::object* province = (*provinces)[p].if_object();
    const bool forward = province && list(*province, "splits");
    if (!province || !(forward || list(*province, "merges"))) {
      return base::refuse(ProblemKind::invalid, "mapping.form", place);
    }
    const char* links_key = forward ? "splits" : "merges";
    const auto take = [&](const json::object& unit, const char* own_key, int level,
                          const std::string& at, const std::string& new_province) {
      const json::array* others = list(unit, links_key);
      for (std::size_t i = 0; others && i < others->size(); ++i) {
        const json::object* other = (*others)[i].if_object();
        if (!other) continue;
        std::string here = at + "/" + links_key + "/" + std::to_string(i);
        links.add(forward ? link(std::move(here), level, unit, own_key, *other, "new_id",
                                 level == 1 ? "" : new_province)
                          : link(std::move(here), level, *other, "old_id", unit, own_key,
                                 level == 1 ? "" : new_province));
      }
    };
    take(*province, "level1_id", 1, place, "");
    std::string new_province = text(*province, "level1_id");
    if (forward) {
      const json::array& to = *list(*province, "splits");
      new_province = to.size() == 1 && to[0].is_object() ? text(to[0].get_object(), "new_id") : "";
    }
    const char* units_key = forward ? "level3s" : "level2s";
    const char* unit_key = forward ? "level3_id" : "level2_id";
    const json::array* units = list(*province, units_key);
    for (std::size_t u = 0; units && u < units->size(); ++u) {
      if (const json::object* unit = (*units)[u].if_object()) {
        take(*unit, unit_key, 3, place + "/" + units_key + "/" + std::to_string(u), new_province);
      }
    }
  }
  return links.done();
}

Mapping wide_mapping(const office::CsvTable& table) {
  const Columns columns(table);
  Links links;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string place = columns.place(row);
    const std::string province = padded(columns.at(row, "newprovincecode"), 2);
    links.add({place,
               1,
               padded(columns.at(row, "provincecode"), 2),
               "",
               province,
               columns.at(row, "newprovince"),
               "",
               {},
               {}});
    const std::string commune = padded(columns.at(row, "wardcode"), 5);
    const bool from_district = commune.empty();
    links.add({place,
               from_district ? 2 : 3,
               from_district ? padded(columns.at(row, "districtcode"), 3) : commune,
               from_district ? columns.at(row, "district") : columns.at(row, "ward"),
               padded(columns.at(row, "newwardcode"), 5),
               columns.at(row, "newward"),
               province,
               {},
               {}});
  }
  return links.done();
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t made = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), made);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return made;
}

base::Result<Mapping> plain_mapping(const office::CsvTable& table) {
  const Columns columns(table);
  Links links;
  base::Problems problems;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    MappingLink made{
        columns.place(row), 3, columns.at(row, "from"), "", columns.at(row, "to"), "", "", {}, {}};
    if (made.from_code.empty() || made.to_code.empty()) {
      problems.push_back(fault("unit.code_missing", made.place));
    }
    made.from_level = made.from_code.size() <= 2 ? 1 : made.from_code.size() == 3 ? 2 : 3;
    const std::string share = columns.at(row, "share");
    if (!share.empty()) {
      const std::size_t slash = share.find('/');
      made.numerator = number(std::string_view(share).substr(0, slash));
      made.denominator = slash == std::string::npos
                             ? std::optional<std::int64_t>(1)
                             : number(std::string_view(share).substr(slash + 1));
      if (!made.numerator || !made.denominator || *made.denominator <= 0) {
        problems.push_back(fault("mapping.share", made.place, {share}));
      }
    }
    links.add(std::move(made));
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return links.done();
}

base::Problems seen_in(const office::CsvTable& table) {
  base::Problems doubts;
  for (const std::string& code : table.doubts) {
    doubts.push_back({ProblemKind::invalid, code, "", {}});
  }
  return doubts;
}

}  // namespace

base::Result<Catalogue> read_catalogue(std::string_view bytes) {
  if (is_json(bytes)) {
    ASSIGN_OR_RETURN(const json::value parsed, parse(bytes, "catalogue.json"));
    ASSIGN_OR_RETURN(Catalogue made, nested_catalogue(parsed));
    return checked(std::move(made));
  }
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(bytes));
  const Columns columns(table);
  Catalogue made;
  if (columns.has("code") && columns.has("name")) {
    made = plain_catalogue(table);
  } else if (columns.has("mã") && columns.has("tên") && columns.has("mã tp")) {
    made = office_catalogue(table, columns.has("mã qh"));
  } else {
    return base::refuse(ProblemKind::invalid, "catalogue.form", "line 1");
  }
  made.doubts = seen_in(table);
  return checked(std::move(made));
}

base::Result<Mapping> read_mapping(std::string_view bytes) {
  if (is_json(bytes)) {
    ASSIGN_OR_RETURN(const json::value parsed, parse(bytes, "mapping.json"));
    return nested_mapping(parsed);
  }
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(bytes));
  const Columns columns(table);
  base::Result<Mapping> made = base::refuse(ProblemKind::invalid, "mapping.form", "line 1");
  if (columns.has("wardcode") && columns.has("newwardcode")) made = wide_mapping(table);
  if (columns.has("from") && columns.has("to")) made = plain_mapping(table);
  if (made) made->doubts = seen_in(table);
  return made;
}

}  // namespace org
