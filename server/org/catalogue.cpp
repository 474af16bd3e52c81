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

/// Takes the objects of a list with their places; a list may be null or absent. What is no list of
/// objects is faulted with `code`.
template <class Take>
void each(const json::object& object, const char* key, const std::string& at, const char* code,
          base::Problems& problems, Take take) {
  const json::value* value = object.if_contains(key);
  if (!value || value->is_null()) return;
  const std::string place = at + "/" + key;
  const json::array* elements = value->if_array();
  if (!elements) problems.push_back(fault(code, place));
  for (std::size_t i = 0; elements && i < elements->size(); ++i) {
    std::string here = place + "/" + std::to_string(i);
    if (const json::object* element = (*elements)[i].if_object()) {
      take(*element, std::move(here));
    } else {
      problems.push_back(fault(code, std::move(here)));
    }
  }
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

bool is_commune(const CatalogueUnit& unit) {
  const std::string key = base::fold(unit.kind.empty() ? kind_by_name(unit.name) : unit.kind);
  return key == "xa" || key == "phuong" || key == "thi tran" || key == "dac khu";
}

Catalogue plain_catalogue(const office::CsvTable& table, base::Problems& problems) {
  const Columns columns(table);
  Catalogue made;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    CatalogueUnit unit{
        columns.place(row),      columns.at(row, "code"),        columns.at(row, "name"),
        columns.at(row, "type"), columns.at(row, "parent_code"), {}};
    const std::string level = columns.at(row, "level");
    if (level.size() == 1 && level[0] >= '1' && level[0] <= '9') {
      unit.level = level[0] - '0';
    } else if (!level.empty()) {
      problems.push_back(fault("unit.level_form", unit.place, {level}));
    }
    made.units.push_back(std::move(unit));
  }
  made.is_whole = std::any_of(made.units.begin(), made.units.end(), is_commune);
  return made;
}

/// The statistics office's tables name each row's superiors, which are taken from there.
Catalogue office_catalogue(const office::CsvTable& table, bool has_communes,
                           base::Problems& problems) {
  const Columns columns(table);
  Catalogue made;
  made.is_whole = has_communes;
  std::set<std::string> provinces;
  std::unordered_map<std::string, std::string> districts;  // code → its province
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string place = columns.place(row);
    const std::string province = columns.at(row, "mã tp");
    const std::string province_name = columns.at(row, "tỉnh / thành phố");
    const std::string district = columns.at(row, has_communes ? "mã qh" : "mã");
    const std::string district_name = columns.at(row, has_communes ? "quận huyện" : "tên");
    // A row that does not say its superior must not become a topmost unit.
    if (province.empty() || (has_communes && district.empty())) {
      problems.push_back(fault("unit.parent_unknown", place, {"", ""}));
    }
    if (!province.empty() && provinces.insert(province).second) {
      made.units.push_back({place, province, province_name, province_kind(province_name), "", 1});
    }
    if (!has_communes || !district.empty()) {
      const auto [known, is_new] = districts.emplace(district, province);
      if (is_new || !has_communes) {
        made.units.push_back(
            {place, district, district_name, kind_by_name(district_name), province, 2});
      } else if (known->second != province) {  // one district in two provinces
        problems.push_back(fault("unit.code_twice", place, {district}));
      }
    }
    if (!has_communes) continue;
    const std::string kind = columns.at(row, "cấp");
    const std::string name = columns.at(row, "tên");
    made.units.push_back({place, columns.at(row, "mã"), name,
                          kind.empty() ? kind_by_name(name) : kind, district, 3});
  }
  return made;
}

CatalogueUnit nested_unit(const json::object& object, std::string place, std::string parent,
                          std::int64_t level) {
  std::string name = text(object, "FullName");
  if (name.empty()) name = text(object, "Name");
  std::string kind = text(object, "AdministrativeUnitShortName");
  if (kind.empty()) kind = kind_by_name(name);
  // Short names call every city "Thành phố"; a city at the top is run by the centre.
  if (level == 1 && base::fold(kind) == "thanh pho") kind = "Thành phố Trung ương";
  return {std::move(place), text(object, "Code"), std::move(name),
          std::move(kind),  std::move(parent),    level};
}

Catalogue nested_catalogue(const json::value& parsed, base::Problems& problems) {
  Catalogue made;
  const auto is_province = [](const json::value& value) {
    return value.is_object() && value.get_object().contains("Code");
  };
  const json::array* provinces = parsed.if_array();
  if (!provinces || std::none_of(provinces->begin(), provinces->end(), is_province)) {
    problems.push_back(fault("catalogue.form", ""));
    return made;
  }
  made.is_whole = false;
  for (std::size_t p = 0; p < provinces->size(); ++p) {
    const std::string place = "/" + std::to_string(p);
    const json::object* province = (*provinces)[p].if_object();
    if (!province) {
      problems.push_back(fault("catalogue.form", place));
      continue;
    }
    made.units.push_back(nested_unit(*province, place, "", 1));
    const std::string code = made.units.back().code;
    each(*province, "Wards", place, "catalogue.form", problems,
         [&](const json::object& ward, std::string at) {
           made.units.push_back(nested_unit(ward, std::move(at), code, 2));
           made.is_whole = true;
         });
  }
  return made;
}

/// Puts parents before their children, else in the file's order; faults those that stand in a ring.
void order_parents_first(std::vector<CatalogueUnit>& units, base::Problems& problems) {
  std::unordered_map<std::string, std::size_t> by_code;
  for (std::size_t i = 0; i < units.size(); ++i) by_code.emplace(units[i].code, i);
  std::vector<std::size_t> walk(units.size(), 0), order;  // 0 unseen, else the walk that saw it
  for (std::size_t i = 0; i < units.size(); ++i) {
    std::vector<std::size_t> chain;
    std::size_t at = i;
    while (walk[at] == 0) {
      walk[at] = i + 1;
      chain.push_back(at);
      const auto parent =
          units[at].parent_code.empty() ? by_code.end() : by_code.find(units[at].parent_code);
      if (parent == by_code.end()) break;
      at = parent->second;
      if (walk[at] != i + 1) continue;
      for (auto c = std::find(chain.begin(), chain.end(), at); c != chain.end(); ++c) {
        const CatalogueUnit& unit = units[*c];
        problems.push_back(fault("unit.cycle", unit.place, {unit.code, unit.parent_code}));
      }
    }
    order.insert(order.end(), chain.rbegin(), chain.rend());
  }
  std::vector<CatalogueUnit> ordered;
  for (const std::size_t i : order) ordered.push_back(std::move(units[i]));
  units = std::move(ordered);
}

base::Result<Catalogue> checked(Catalogue made, base::Problems problems) {
  std::set<std::string> codes;
  for (const CatalogueUnit& unit : made.units) {
    if (unit.code.empty()) problems.push_back(fault("unit.code_missing", unit.place));
    if (unit.name.empty()) problems.push_back(fault("unit.name_missing", unit.place, {unit.code}));
    if (!unit.code.empty() && !codes.insert(unit.code).second) {
      problems.push_back(fault("unit.code_twice", unit.place, {unit.code}));
    }
  }
  for (const CatalogueUnit& unit : made.units) {
    if (!unit.parent_code.empty() && !codes.contains(unit.parent_code)) {
      problems.push_back(fault("unit.parent_unknown", unit.place, {unit.parent_code, ""}));
    }
  }
  if (made.units.empty() && problems.empty()) problems.push_back(fault("catalogue.form", ""));
  order_parents_first(made.units, problems);
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

std::string padded(std::string code, std::size_t width) {
  if (code.ends_with(".0")) code.resize(code.size() - 2);
  const bool digits =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (code.empty() || !digits || code.size() >= width) return code;
  return std::string(width - code.size(), '0') + code;
}

/// Keeps each link once, in the order met; a link without one of its codes is a fault.
class Links {
 public:
  explicit Links(base::Problems& problems) : problems_(problems) {}
  void add(MappingLink link) {
    if (link.from_code.empty() || link.to_code.empty()) {
      problems_.push_back(fault("unit.code_missing", link.place));
      return;
    }
    const std::string key =
        std::to_string(link.from_level) + " " + link.from_code + " " + link.to_code;
    const auto [known, is_new] = seen_.emplace(key, made_.links.size());
    if (is_new) return made_.links.push_back(std::move(link));
    const MappingLink& first = made_.links[known->second];
    if (first.numerator != link.numerator || first.denominator != link.denominator) {
      problems_.push_back(
          fault("mapping.share_twice", link.place, {link.from_code, link.to_code, first.place}));
    }
  }
  Mapping done() { return std::move(made_); }

 private:
  base::Problems& problems_;
  Mapping made_;
  std::unordered_map<std::string, std::size_t> seen_;
};

/// Official codes: two digits for a province, three for a district, five for a commune.
int level_of(const std::string& code) { return code.size() <= 2 ? 1 : code.size() == 3 ? 2 : 3; }

/// A code and the name that stands beside it.
struct Named {
  std::string code, name;
};

Named named(const json::object& object, const char* key) {
  return {text(object, key), text(object, "name")};
}

MappingLink link(std::string place, int level, Named from, Named to, std::string to_parent) {
  return {std::move(place),
          level,
          std::move(from.code),
          std::move(from.name),
          std::move(to.code),
          std::move(to.name),
          std::move(to_parent),
          {},
          {}};
}

/// Old to new: each old unit lists where it went.
void take_splits(const json::object& province, const std::string& place, Links& links,
                 base::Problems& problems) {
  const auto take = [&](const json::object& unit, const char* id, int level, const std::string& at,
                        const std::string& to_parent) {
    each(unit, "splits", at, "mapping.form", problems,
         [&](const json::object& to, std::string here) {
           links.add(link(std::move(here), level, named(unit, id), named(to, "new_id"), to_parent));
         });
  };
  take(province, "level1_id", 1, place, "");
  // A province that went to several would not tell which of them holds the commune.
  const json::array& to = *list(province, "splits");
  const std::string parent =
      to.size() == 1 && to[0].is_object() ? text(to[0].get_object(), "new_id") : "";
  const auto take_all = [&](const char* key, const char* id, int level) {
    each(province, key, place, "mapping.form", problems,
         [&](const json::object& unit, const std::string& at) {
           take(unit, id, level, at, parent);
         });
  };
  take_all("level2s", "level2_id", 2);
  take_all("level3s", "level3_id", 3);
}

/// New to old: each new unit lists what it was made from; among these are districts without
/// communes, which only their codes tell.
void take_merges(const json::object& province, const std::string& place, Links& links,
                 base::Problems& problems) {
  const Named top = named(province, "level1_id");
  each(province, "merges", place, "mapping.form", problems,
       [&](const json::object& from, std::string here) {
         links.add(link(std::move(here), 1, named(from, "old_id"), top, ""));
       });
  each(province, "level2s", place, "mapping.form", problems,
       [&](const json::object& unit, const std::string& at) {
         each(unit, "merges", at, "mapping.form", problems,
              [&](const json::object& other, std::string here) {
                Named from = named(other, "old_id");
                const int level = level_of(from.code) == 2 ? 2 : 3;
                links.add(link(std::move(here), level, std::move(from), named(unit, "level2_id"),
                               top.code));
              });
       });
}

Mapping nested_mapping(const json::value& parsed, base::Problems& problems) {
  Links links(problems);
  const json::object* top = parsed.if_object();
  if (!top || !list(*top, "data") || list(*top, "data")->empty()) {
    problems.push_back(fault("mapping.form", ""));
    return {};
  }
  each(*top, "data", "", "mapping.form", problems,
       [&](const json::object& province, const std::string& place) {
         if (list(province, "splits")) {
           take_splits(province, place, links, problems);
         } else if (list(province, "merges")) {
           take_merges(province, place, links, problems);
         } else {
           problems.push_back(fault("mapping.form", place));
         }
       });
  return links.done();
}

Mapping wide_mapping(const office::CsvTable& table, base::Problems& problems) {
  const Columns columns(table);
  Links links(problems);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string place = columns.place(row);
    const auto unit = [&](const char* code, std::size_t width, const char* name) {
      return Named{padded(columns.at(row, code), width), columns.at(row, name)};
    };
    const Named province = unit("newprovincecode", 2, "newprovince");
    links.add(link(place, 1, unit("provincecode", 2, "province"), province, ""));
    Named from = unit("wardcode", 5, "ward");
    const int level = from.code.empty() ? 2 : 3;
    if (level == 2) from = unit("districtcode", 3, "district");
    links.add(
        link(place, level, std::move(from), unit("newwardcode", 5, "newward"), province.code));
  }
  return links.done();
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t made = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), made);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return made;
}

/// "3/5" or "1"; nothing for what is no share.
bool take_share(std::string_view share, MappingLink& link) {
  const std::size_t slash = share.find('/');
  link.numerator = number(share.substr(0, slash));
  link.denominator = slash == std::string_view::npos ? std::optional<std::int64_t>(1)
                                                     : number(share.substr(slash + 1));
  return link.numerator && link.denominator && *link.numerator >= 0 && *link.denominator > 0 &&
         *link.numerator <= *link.denominator;
}

Mapping plain_mapping(const office::CsvTable& table, base::Problems& problems) {
  const Columns columns(table);
  Links links(problems);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string from = columns.at(row, "from");
    MappingLink made =
        link(columns.place(row), level_of(from), {from, ""}, {columns.at(row, "to"), ""}, "");
    const std::string share = columns.at(row, "share");
    if (!share.empty() && !take_share(share, made)) {
      problems.push_back(fault("mapping.share", made.place, {share}));
      if (!made.from_code.empty() && !made.to_code.empty()) continue;  // told once
    }
    links.add(std::move(made));
  }
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
  base::Problems problems;
  if (is_json(bytes)) {
    ASSIGN_OR_RETURN(const json::value parsed, parse(bytes, "catalogue.json"));
    Catalogue made = nested_catalogue(parsed, problems);
    return checked(std::move(made), std::move(problems));
  }
  ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(bytes));
  const Columns columns(table);
  Catalogue made;
  if (columns.has("code") && columns.has("name")) {
    made = plain_catalogue(table, problems);
  } else if (columns.has("mã") && columns.has("tên") && columns.has("mã tp")) {
    made = office_catalogue(table, columns.has("mã qh"), problems);
  } else {
    return base::refuse(ProblemKind::invalid, "catalogue.form", "line 1");
  }
  made.doubts = seen_in(table);
  return checked(std::move(made), std::move(problems));
}

base::Result<Mapping> read_mapping(std::string_view bytes) {
  base::Problems problems;
  Mapping made;
  if (is_json(bytes)) {
    ASSIGN_OR_RETURN(const json::value parsed, parse(bytes, "mapping.json"));
    made = nested_mapping(parsed, problems);
  } else {
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(bytes));
    const Columns columns(table);
    const auto has = [&](const char* name) { return columns.has(name); };
    static constexpr std::array kWide{"provincecode", "districtcode", "wardcode", "newprovincecode",
                                      "newwardcode"};
    if (std::all_of(kWide.begin(), kWide.end(), has)) {
      made = wide_mapping(table, problems);
    } else if (has("from") && has("to")) {
      made = plain_mapping(table, problems);
    } else {
      return base::refuse(ProblemKind::invalid, "mapping.form", "line 1");
    }
    made.doubts = seen_in(table);
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return made;
}

}  // namespace org
