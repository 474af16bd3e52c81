#pragma once

#include <map>
#include <string>
#include <vector>

#include "office/package.h"
#include "office/read_xlsx.h"

namespace office {

/// A small sound workbook of one sheet "Biểu", any part of which a test may put otherwise.
struct MadeWorkbook {
  explicit MadeWorkbook(const std::string& sheet_data, const std::string& after = "") {
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData>" + sheet_data + "</sheetData>" + after + "</worksheet>";
  }

  MadeWorkbook& put(const std::string& part, const std::string& bytes) {
    parts[part] = bytes;
    return *this;
  }
  MadeWorkbook& strings(const std::string& items) {
    return put("xl/sharedStrings.xml", "<sst>" + items + "</sst>");
  }
  /// One cell style for each format code.
  MadeWorkbook& formats(const std::vector<std::string>& codes) {
    std::string formats;
    std::string styles = "<xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const std::string id = std::to_string(164 + i);
      formats += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + codes[i] + "\"/>";
      styles += "<xf numFmtId=\"" + id + "\"/>";
    }
    return put("xl/styles.xml", "<styleSheet><numFmts>" + formats + "</numFmts><cellXfs>" + styles +
                                    "</cellXfs></styleSheet>");
  }

  std::string bytes() const {
    Package package;
    for (const auto& [name, part] : parts) package.add(name, part);
    return package.bytes();
  }
  base::Result<Workbook> read(const XlsxLimits& limits = {}) const {
    const std::string made = bytes();
    return read_xlsx(made, limits);
  }

  std::map<std::string, std::string> parts{
      {"[Content_Types].xml",
       "<Types><Default Extension=\"rels\" "
       "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
       "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
       "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
       "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/"
       "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"},
      {"_rels/.rels",
       "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" "
       "Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       "<workbook><sheets><sheet name=\"Biểu\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"b\" Type=\"http://x/worksheet\" "
       "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"c\" Type=\"http://x/styles\" "
       "Target=\"styles.xml\"/><Relationship Id=\"d\" Type=\"http://x/sharedStrings\" "
       "Target=\"/xl/sharedStrings.xml\"/></Relationships>"},
      {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml", "<sst/>"},
  };
};

/// "code@field" of each refusal.
template <class Value>
std::vector<std::string> codes(const base::Result<Value>& result) {
  std::vector<std::string> found;
  if (!result) {
    for (const base::Problem& problem : result.error())
      found.push_back(problem.code + "@" + problem.field);
  }
  return found;
}

using Codes = std::vector<std::string>;

}  // namespace office
