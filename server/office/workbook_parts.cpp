#include "office/workbook_parts.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "office/clean_text.h"
#include "office/xml_text.h"

namespace office {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostEntries = 65'536;  // of a list that no program makes a tenth as long
constexpr std::size_t kMostFonts = 255;
constexpr std::size_t kMostFontUnits = 64;  // Excel's own limit is 31

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

std::string last_segment(std::string_view uri) {
  return std::string(uri.substr(uri.rfind('/') + 1));  // npos + 1 is 0
}

/// "../worksheets/a.xml" seen from the folder "xl/x/" is "xl/worksheets/a.xml"; empty when it
/// leaves the package.
std::string resolved(std::string_view folder, std::string_view target) {
  const std::string path = target.starts_with('/') ? std::string(target.substr(1))
                                                   : std::string(folder) + std::string(target);
  std::vector<std::string_view> kept;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t slash = std::min(path.find('/', from), path.size());
    const std::string_view segment = std::string_view(path).substr(from, slash - from);
    from = slash + 1;
    if (segment == "..") {
      if (kept.empty()) return "";
      kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string made;
  for (const std::string_view segment : kept) made.append(made.empty() ? "" : "/").append(segment);
  return made;
}

base::Result<XmlReader> xml_of(Zip& zip, const std::string& part) {
  auto opened = zip.part(part);
  if (!opened) return base::refuse(std::move(opened).error());
  return XmlReader(*std::move(opened));
}

std::unexpected<base::Problems> too_many(const char* code, const std::string& part,
                                         std::size_t most) {
  return base::refuse(ProblemKind::too_large, code, part, {std::to_string(most)});
}

std::optional<std::size_t> number_of(const std::optional<std::string>& text) {
  std::size_t number = 0;
  if (!text) return std::nullopt;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// Of <fonts> just entered: where each font's name stands in `fonts`, by the font's number.
std::vector<std::uint8_t> fonts_of(XmlReader& xml, std::vector<std::string>& fonts) {
  std::vector<std::uint8_t> places;
  std::map<std::string, std::uint8_t> known;
  const std::size_t list = xml.depth();
  while (xml.next_child(list) && places.size() < kMostEntries) {
    places.push_back(0);
    const std::size_t font = xml.depth();
    while (xml.next_child(font)) {
      if (xml.name() != "name") continue;
      const std::string name = first_units(xml.attribute("val").value_or(""), kMostFontUnits);
      const auto [at, is_new] = known.emplace(name, static_cast<std::uint8_t>(fonts.size()));
      if (is_new && (name.empty() || fonts.size() > kMostFonts)) {
        at->second = 0;
      } else if (is_new) {
        fonts.push_back(name);
      }
      places.back() = at->second;
    }
  }
  return places;
}

}  // namespace

base::Result<Relations> relations_of(Zip& zip, const std::string& part) {
  const std::string folder = part.substr(0, part.rfind('/') + 1);
  const std::string list = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  Relations relations;
  if (!zip.has(list)) return relations;
  ASSIGN_OR_RETURN(XmlReader xml, xml_of(zip, list));
  xml.next_child(0);
  const std::size_t root = xml.depth();
  while (root > 0 && xml.next_child(root)) {
    if (xml.name() != "Relationship") continue;
    Relation relation;
    const std::string id = xml.attribute("Id").value_or("");
    relation.uri = xml.attribute("Type").value_or("");
    relation.type = last_segment(relation.uri);
    relation.is_external = xml.attribute("TargetMode") == "External";
    std::string target = xml.attribute("Target").value_or("");
    if (relation.is_external) {
      relation.outside = std::move(target);
    } else {
      relation.target = resolved(folder, target);
    }
    if (relations.size() == kMostEntries)
      return too_many("xlsx.too_many_entries", list, kMostEntries);
    if (!relations.emplace(id, std::move(relation)).second)
      return base::refuse(ProblemKind::malformed, "xlsx.bad_relation", list, {first_units(id, 40)});
  }
  if (auto refusal = xml.finish()) return base::refuse(*std::move(refusal));
  return relations;
}

base::Result<ContentTypes> ContentTypes::of(Zip& zip) {
  const std::string part = "[Content_Types].xml";
  ASSIGN_OR_RETURN(XmlReader xml, xml_of(zip, part));
  ContentTypes types;
  xml.next_child(0);
  const std::size_t root = xml.depth();
  while (root > 0 && xml.next_child(root)) {
    const bool is_default = xml.name() == "Default";
    std::string key = lower(xml.attribute(is_default ? "Extension" : "PartName").value_or(""));
    if (key.starts_with('/')) key.erase(0, 1);
    auto& entries = is_default ? types.by_extension_ : types.by_part_;
    if (entries.size() == kMostEntries)
      return too_many("xlsx.too_many_entries", part, kMostEntries);
    entries.emplace(std::move(key), xml.attribute("ContentType").value_or(""));
  }
  if (auto refusal = xml.finish()) return base::refuse(*std::move(refusal));
  return types;
}

std::string ContentTypes::type(std::string_view part) const {
  const std::string key = lower(part);
  if (const auto at = by_part_.find(key); at != by_part_.end()) return at->second;
  const auto at = by_extension_.find(key.substr(key.rfind('.') + 1));
  return at == by_extension_.end() ? "" : at->second;
}

base::Result<ListedWorkbook> listed_workbook(Zip& zip, const std::string& part, std::size_t most) {
  ASSIGN_OR_RETURN(XmlReader xml, xml_of(zip, part));
  ListedWorkbook book;
  if (xml.next_child(0) && xml.name() != "workbook")
    return base::refuse(ProblemKind::malformed, "xlsx.not_a_workbook", part);
  const std::size_t root = xml.depth();
  while (root > 0 && xml.next_child(root)) {
    if (xml.name() == "workbookPr") {
      const auto flag = xml.attribute("date1904");
      book.from_1904 = flag == "1" || flag == "true";
    }
    if (xml.name() != "sheets") continue;
    const std::size_t sheets = xml.depth();
    while (xml.next_child(sheets)) {
      if (xml.name() != "sheet") continue;
      if (book.sheets.size() == most) return too_many("xlsx.too_many_sheets", part, most);
      std::set<std::string> ignored;  // a name in loose blanks is nobody's loss
      const std::string state = xml.attribute("state").value_or("visible");
      book.sheets.push_back({clean_text(plain_text(xml.attribute("name").value_or("")), ignored),
                             xml.attribute("id").value_or(""), state != "visible"});
    }
  }
  if (auto refusal = xml.finish()) return base::refuse(*std::move(refusal));
  return book;
}

base::Result<std::vector<CellStyle>> cell_styles(Zip& zip, const std::string& part,
                                                 std::vector<std::string>& fonts) {
  ASSIGN_OR_RETURN(XmlReader xml, xml_of(zip, part));
  std::map<std::size_t, Shown> made;  // formats with a code of their own; some have built-in ids
  std::vector<std::uint8_t> places;
  std::vector<CellStyle> styles;
  xml.next_child(0);
  const std::size_t root = xml.depth();
  while (root > 0 && xml.next_child(root)) {
    const std::size_t list = xml.depth();
    if (xml.name() == "fonts") places = fonts_of(xml, fonts);  // stands before cellXfs, 18.8.39
    const bool is_formats = xml.name() == "numFmts";
    if (!is_formats && xml.name() != "cellXfs") continue;
    while (xml.next_child(list)) {
      const auto id = number_of(xml.attribute("numFmtId"));
      if (made.size() == kMostEntries || styles.size() == kMostEntries)
        return too_many("xlsx.too_many_entries", part, kMostEntries);
      if (is_formats && xml.name() == "numFmt" && id) {
        made.insert_or_assign(*id, shown_by(xml.attribute("formatCode").value_or("")));
      } else if (!is_formats && xml.name() == "xf") {
        const auto own = made.find(id.value_or(0));  // numFmts stand before, 18.8.39
        const std::size_t font = number_of(xml.attribute("fontId")).value_or(places.size());
        styles.push_back({own == made.end() ? shown_by_built_in(id.value_or(0)) : own->second,
                          font < places.size() ? places[font] : std::uint8_t{0}});
      }
    }
  }
  if (auto refusal = xml.finish()) return base::refuse(*std::move(refusal));
  return styles;
}

base::Result<SharedStrings> shared_strings(Zip& zip, const std::string& part,
                                           const XlsxLimits& limits) {
  ASSIGN_OR_RETURN(XmlReader xml, xml_of(zip, part));
  SharedStrings strings;
  xml.next_child(0);
  const std::size_t root = xml.depth();
  while (root > 0 && xml.next_child(root)) {
    if (xml.name() != "si") continue;
    if (strings.size() == limits.most_strings)
      return too_many("xlsx.too_many_strings", part, limits.most_strings);
    bool is_too_long = false;
    const std::string text = rich_text(xml, limits.most_units, is_too_long);
    strings.add(text, is_too_long);
  }
  if (auto refusal = xml.finish()) return base::refuse(*std::move(refusal));
  return strings;
}

}  // namespace office
