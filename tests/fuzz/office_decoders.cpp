#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "decoders.h"
#include "office/csv.h"
#include "office/legacy_text.h"
#include "office/made_docx_test.h"
#include "office/made_workbook_test.h"
#include "office/picture.h"
#include "office/read_xlsx.h"
#include "office/template.h"
#include "office/unzip.h"
#include "office/xml_reader.h"

namespace fuzz {
namespace {

/// "%%%% name", a line feed, and what the part holds, up to the next such line.
std::map<std::string, std::string> parts_of(std::string_view text) {
  constexpr std::string_view kMark = "%%%% ";
  std::map<std::string, std::string> parts;
  std::size_t at = text.find(kMark);
  while (at != text.npos && parts.size() < 60) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    const std::size_t next = text.find(kMark, line_end);
    const std::string name(text.substr(at + kMark.size(), line_end - at - kMark.size()));
    if (line_end < text.size() && !name.empty() && name.size() < 200 && base::is_utf8(name))
      parts[name] =
          std::string(text.substr(line_end + 1, next == text.npos ? next : next - line_end - 1));
    at = next;
  }
  return parts;
}

void look_over(const office::Workbook& book) {
  for (const auto& sheet : book.sheets) {
    std::uint32_t row_before = 0;
    for (const auto& row : sheet.rows) {
      require(row.number > row_before, "rows go by their number");
      require(!row.cells.empty(), "a row holds something");
      row_before = row.number;
      std::uint32_t column_before = 0;
      for (const auto& cell : row.cells) {
        require(cell.column > column_before, "cells go by their column");
        require(cell.font < book.fonts.size(), "a cell's font is known");
        require(base::is_utf8(cell.text), "a cell's text is UTF-8");
        column_before = cell.column;
      }
    }
    if (const auto table = office::table_of(sheet, 100'000))
      for (const auto& row : table->rows)
        require(row.size() == table->columns.size(), "a row is as long as the head");
  }
}

std::vector<office::TemplateField> known_fields() {
  using Kind = office::TemplateField::Kind;
  return {{.name = "ten",
           .kind = Kind::text,
           .meaning_vi = "",
           .meaning_en = "",
           .columns = {},
           .is_required = false},
          {.name = "dong",
           .kind = Kind::rows,
           .meaning_vi = "",
           .meaning_en = "",
           .columns = {"stt", "gia_tri"},
           .is_required = false},
          {.name = "noi_dung",
           .kind = Kind::blocks,
           .meaning_vi = "",
           .meaning_en = "",
           .columns = {},
           .is_required = false}};
}

/// `variant` turns the table, and makes annexes of the blocks.
office::TemplateValues values(unsigned variant) {
  office::TemplateValues made;
  office::Table table;
  table.caption = "Biểu 01. Số liệu minh hoạ";
  table.columns = {{"STT", 10, false}, {"Giá trị", 30, true}};
  table.rows = {{"1", "98,57"}, {"2", ""}};
  table.landscape = (variant & 1U) != 0;
  made.blocks["noi_dung"] = {
      {office::Paragraph{office::Paragraph::Kind::heading, "I- Kết quả"},
       office::Paragraph{office::Paragraph::Kind::body, "Một đoạn.\nHai dòng."}, table},
      (variant & 2U) != 0};
  made.title = "Báo cáo";
  made.creator = "Đơn vị";
  made.texts["ten"] = "Xã {{ten}}\t<&>\nhai dòng";
  made.rows["dong"] = {{{"stt", "1"}, {"gia_tri", "98,57"}}, {{"stt", "2"}, {"gia_tri", ""}}};
  return made;
}

}  // namespace

void workbook(std::string_view bytes) {
  office::MadeWorkbook made("");
  for (auto& [name, part] : parts_of(bytes)) made.put(name, part);
  std::string packed;
  try {
    packed = made.bytes();
  } catch (const std::exception&) {
    return;  // names that no zip can hold
  }
  office::XlsxLimits limits;
  limits.most_cells = 20'000;
  limits.most_text_bytes = 4 * 1024 * 1024;
  auto book = office::read_xlsx(packed, limits);
  if (!book) {
    require(!book.error().empty(), "a refusal says why");
    return;
  }
  look_over(*book);
  office::take_legacy_text(*book, office::LegacyTaking::all);
  look_over(*book);
}

void document_template(std::string_view bytes) {
  office::testing::MadeDocx made;
  for (auto& [name, part] : parts_of(bytes)) made.more.emplace_back(name, part);
  if (bytes.find("%%%% ") == bytes.npos) {  // a file of any kind, called a template
    (void)office::Template::read(bytes, known_fields());
    return;
  }
  std::string packed;
  try {
    packed = made.bytes();
  } catch (const std::exception&) {
    return;
  }
  const auto read = office::Template::read(packed, known_fields());
  if (!read) {
    require(!read.error().empty(), "a refusal says why");
    return;
  }
  const auto given = values(static_cast<unsigned>(bytes.size()));
  const auto filled = read->fill(given);
  if (!filled) return;
  require(*filled == *read->fill(given), "the same values give the same bytes");
  // What we made is a template that we read: nothing in a template gets worse by filling it in.
  office::TemplateLimits wide;
  wide.most_bytes *= 4;
  wide.most_xml *= 4;
  wide.most_elements *= 4;
  wide.zip.most_ratio = 100'000;
  const auto again = office::read_template_package(*filled, wide);
  require(again.has_value(), "a document made of a template is a sound one");
}

void zip(std::string_view bytes) {
  const office::UnzipLimits limits{200, 40, 1024 * 1024, 200};
  auto opened = office::Zip::open(bytes, limits);
  if (!opened) return;
  std::size_t inflated = 0;
  for (const std::string& name : opened->names()) {
    require(opened->has(name), "what is listed is there");
    auto part = opened->part(name);
    if (!part) continue;
    char piece[4096];
    while (const std::size_t got = part->read(piece, sizeof piece)) inflated += got;
  }
  require(inflated <= limits.most_inflated, "no more is inflated than the limit");
}

void xml(std::string_view bytes) {
  office::XmlReader reader(bytes);
  while (reader.next_element()) {
    require(reader.depth() > 0, "an element is open");
    for (const std::string& name : reader.attribute_names()) reader.attribute(name);
    if (reader.name() == "t") {
      bool is_too_long = false;
      const std::string text = reader.text(100, is_too_long);
      require(is_too_long || !reader.is_sound() || base::is_utf8(text), "sound text is UTF-8");
    }
  }
  const bool was_sound = reader.is_sound();
  require(was_sound || reader.finish().has_value(), "what refused says why");
}

void csv(std::string_view bytes) {
  const auto table = office::read_csv(bytes, 10'000);
  if (!table) {
    require(!table.error().empty(), "a refusal says why");
    return;
  }
  require(table->rows.size() == table->lines.size(), "each row has its line");
  for (const auto& row : table->rows) {
    require(row.size() == table->columns.size(), "a row is as long as the head");
    for (const auto& text : row) require(base::is_utf8(text), "a cell's text is UTF-8");
  }
  const std::string written = office::write_csv(table->columns, table->rows);
  const auto again = office::read_csv(written, 20'000);
  require(again.has_value(), "what we wrote is read");
  require(again->rows.size() == table->rows.size(), "as many rows come back");
}

void picture(std::string_view bytes) {
  const auto made = office::check_picture(bytes, "/picture");
  if (!made) {
    require(!made.error().empty(), "a refusal says why");
    return;
  }
  require(made->full.width >= 1 && made->full.width <= 1600, "its width is within bounds");
  require(made->full.height >= 1 && made->full.height <= 2400, "its height is within bounds");
  require(made->thumbnail.width <= 480 && made->thumbnail.height <= 720, "the small one is small");
}

void legacy_text(std::string_view bytes) {
  const std::size_t line = bytes.find('\n');
  const std::string_view font = line == bytes.npos ? "" : bytes.substr(0, line);
  const std::string_view text = line == bytes.npos ? bytes : bytes.substr(line + 1);
  if (!base::is_utf8(text) || !base::is_utf8(font)) return;
  const auto reading = office::read_legacy(text, font);
  require(base::is_utf8(reading.text), "the reading is UTF-8");
}

}  // namespace fuzz
