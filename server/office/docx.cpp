#include "office/docx.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "office/package.h"
#include "office/wordml.h"
#include "office/xml_text.h"

/// WordprocessingML (ECMA-376) of an official document: the header block, the body, the signature block, the annexes, laid out
/// by the profile's sizes (Decree 30/2020/NĐ-CP annex I; Guidance 36-HD/VPTW of 2018, annex 3).
namespace office {
namespace {

using pugi::xml_node;

/// Sizes in half points, margins in twips.
struct Measures {
  int top = mm(20), bottom = mm(20), left = mm(30), right = mm(15);
  int superior, issuer, title_right, motto, number, place_date, type, subject, body, heading, signature, recipients_title,
      recipients, table = 22;
  bool is_party;
};

Measures measures_of(Profile profile) {
  Measures made{};
  made.is_party = profile == Profile::party_36_2018;
  if (made.is_party) {
    made.superior = 28, made.issuer = 28, made.title_right = 30, made.motto = 0, made.number = 28, made.place_date = 28;
    made.type = 32, made.subject = 28, made.body = 28, made.heading = 28, made.signature = 28;
    made.recipients_title = 28, made.recipients = 24;
  } else {
    made.superior = 26, made.issuer = 26, made.title_right = 26, made.motto = 28, made.number = 26, made.place_date = 26;
    made.type = 28, made.subject = 28, made.body = 28, made.heading = 28, made.signature = 28;
    made.recipients_title = 24, made.recipients = 22;
  }
  return made;
}

int text_width(const Measures& measures, bool landscape) {
  return (landscape ? kA4Long : kA4Short) - measures.left - measures.right;
}

class Writer {
 public:
  Writer(const Document& document, xml_node body)
      : document_(document), measures_(measures_of(document.header.profile)), body_(body) {}

  void write() {
    header_block();
    title();
    addressees();
    for (const Block& block : document_.blocks) add(block);
    if (document_.signature) signature();
    for (const Block& annex : document_.annexes) {
      const Table* table = std::get_if<Table>(&annex);
      if (table == nullptr || !table->landscape) page_break();
      add(annex);
    }
    section(body_, landscape_);
  }

 private:
  void add(const Block& block) {
    if (const auto* words = std::get_if<Paragraph>(&block)) {
      turn(false);
      paragraph(*words);
    } else {
      table(std::get<Table>(block));
    }
  }

  /// Ends the section with the orientation so far when the next block lies the other way.
  void turn(bool landscape) {
    if (landscape == landscape_) return;
    section(word(word(body_, "p"), "pPr"), landscape_);
    landscape_ = landscape;
  }

  void section(xml_node parent, bool landscape) const {
    xml_node properties = word(parent, "sectPr");
    for (const char* kind : {"default", "first"}) {
      xml_node reference = word(properties, "headerReference");
      set(reference, "type", kind);
      reference.append_attribute("r:id") = kind == std::string_view("first") ? "rId3" : "rId2";
    }
    xml_node size = word(properties, "pgSz");
    set(size, "w", landscape ? kA4Long : kA4Short);
    set(size, "h", landscape ? kA4Short : kA4Long);
    if (landscape) set(size, "orient", "landscape");
    xml_node margins = word(properties, "pgMar");
    set(margins, "top", measures_.top);
    set(margins, "right", measures_.right);
    set(margins, "bottom", measures_.bottom);
    set(margins, "left", measures_.left);
    set(margins, "header", mm(10));
    set(margins, "footer", mm(10));
    set(margins, "gutter", 0);
    if (!landscape && !first_section_done_) word(properties, "titlePg");
    first_section_done_ = true;
  }

  void header_block() {
    const Header& header = document_.header;
    const int width = text_width(measures_, false);
    const int left = width * 41 / 100;
    xml_node row = word(layout_table(body_, {left, width - left}), "tr");
    xml_node left_cell = cell(row, left);
    xml_node right_cell = cell(row, width - left);
    line(left_cell, header.superior, {.size = measures_.superior});
    if (measures_.is_party) {
      line(left_cell, header.issuer, {.size = measures_.issuer, .bold = true});
      line(left_cell, "*", {.size = measures_.issuer});
      line(left_cell, header.number, {.size = measures_.number});
      line(right_cell, "ĐẢNG CỘNG SẢN VIỆT NAM", {.size = measures_.title_right, .bold = true, .rule_indent = mm(8)});
      line(right_cell, "", {.size = 12});
    } else {
      line(left_cell, header.issuer, {.size = measures_.issuer, .bold = true, .rule_indent = mm(22)});
      line(left_cell, header.number, {.size = measures_.number, .before = 120});
      line(right_cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {.size = measures_.title_right, .bold = true});
      line(right_cell, "Độc lập - Tự do - Hạnh phúc", {.size = measures_.motto, .bold = true, .rule_indent = mm(19)});
    }
    line(right_cell, header.place_date,
         {.size = measures_.place_date, .italic = true, .before = measures_.is_party ? 240 : 120});
  }

  void title() {
    const Header& header = document_.header;
    line(body_, header.type, {.size = measures_.type, .bold = true, .before = 360});
    line(body_, header.subject,
         {.size = measures_.subject, .bold = true, .rule_indent = measures_.is_party ? -1 : mm(60)});
    if (measures_.is_party) line(body_, "-----", {.size = measures_.subject});
    line(body_, "", {.size = 12});
  }

  void addressees() {
    if (document_.addressees.empty()) return;
    for (std::size_t i = 0; i < document_.addressees.size(); ++i) {
      const bool last = i + 1 == document_.addressees.size();
      const std::string text = (i == 0 ? "Kính gửi: " : "- ") + document_.addressees[i] + (last ? "." : ";");
      line(body_, text, {.size = measures_.body, .align = "center"});
    }
  }

  void paragraph(const Paragraph& words) {
    using Kind = Paragraph::Kind;
    Style style{.size = measures_.body, .align = "both", .before = 120, .first_line = mm(12.7), .line = 288};
    switch (words.kind) {
      case Kind::body: break;
      case Kind::heading:
        style.bold = true, style.size = measures_.heading, style.keep_with_next = true, style.align = "left";
        break;
      case Kind::subheading: style.bold = true, style.keep_with_next = true, style.align = "left"; break;
      case Kind::note: style.italic = true, style.size = measures_.body - 4; break;
      case Kind::centred: style.align = "center", style.first_line = 0; break;
    }
    line(body_, words.text, style);
  }

  void table(const Table& table) {
    turn(table.landscape);
    const bool wide = table.columns.size() > 9;
    const int size = wide ? 20 : measures_.table;
    if (!table.caption.empty()) {
      line(body_, table.caption, {.size = measures_.body - 2, .bold = true, .before = 200, .after = 80, .keep_with_next = true});
    }
    if (!table.unit_note.empty()) {
      line(body_, table.unit_note, {.size = size, .italic = true, .align = "right", .keep_with_next = true});
    }
    double total = 0;
    for (const auto& column : table.columns) total += column.width_mm;
    std::vector<int> widths;
    for (const auto& column : table.columns) {
      widths.push_back(static_cast<int>(column.width_mm / total * text_width(measures_, table.landscape)));
    }
    xml_node grid = data_table(body_, widths);
    xml_node head = word(grid, "tr");
    xml_node head_properties = word(head, "trPr");
    word(head_properties, "cantSplit");
    word(head_properties, "tblHeader");
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      line(cell(head, widths[c], true), table.columns[c].title, {.size = size, .bold = true});
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      xml_node row = word(grid, "tr");
      word(word(row, "trPr"), "cantSplit");
      const bool is_total = r < table.is_total.size() && table.is_total[r];
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string text = c < table.rows[r].size() ? table.rows[r][c] : std::string();
        const bool is_number = c == 0 && table.columns[c].title == "STT";
        line(cell(row, widths[c], true), text,
             {.size = size, .bold = is_total, .align = is_number ? "center" : table.columns[c].is_figure ? "right" : "left"});
      }
    }
    line(body_, "", {.size = 12});
  }

  void signature() {
    turn(false);
    const Signature& signature = *document_.signature;
    line(body_, "", {.size = 16});
    const int width = text_width(measures_, false);
    const int left = width / 2;
    xml_node row = word(layout_table(body_, {left, width - left}), "tr");
    word(word(row, "trPr"), "cantSplit");
    xml_node left_cell = cell(row, left);
    Style title{.size = measures_.recipients_title, .align = "left"};
    (measures_.is_party ? title.underlined : title.bold) = true;
    title.italic = !measures_.is_party;
    line(left_cell, "Nơi nhận:", title);
    for (std::size_t i = 0; i < signature.recipients.size(); ++i) {
      const bool last = i + 1 == signature.recipients.size();
      line(left_cell, "- " + signature.recipients[i] + (last ? "." : ";"), {.size = measures_.recipients, .align = "left"});
    }
    xml_node right_cell = cell(row, width - left);
    line(right_cell, signature.capacity, {.size = measures_.signature, .bold = true});
    line(right_cell, signature.title, {.size = measures_.signature, .bold = !measures_.is_party});
    for (int i = 0; i < 4; ++i) line(right_cell, "", {.size = measures_.signature});
    line(right_cell, signature.name, {.size = measures_.signature, .bold = true});
  }

  void page_break() {
    turn(false);
    set(word(word(word(body_, "p"), "r"), "br"), "type", "page");
  }

  const Document& document_;
  Measures measures_;
  xml_node body_;
  bool landscape_ = false;
  mutable bool first_section_done_ = false;
};

std::string document_part(const Document& document) {
  pugi::xml_document part;
  xml_node root = start_part(part, "w:document");
  Writer(document, word(root, "body")).write();
  return to_text(part);
}

/// The page number centred in the top margin, none on the first page; the note, if any, on every page.
std::string header_part(const Document& document, bool is_first) {
  pugi::xml_document part;
  xml_node root = start_part(part, "w:hdr");
  xml_node line_node = line(root, "", {.size = 28});
  if (!is_first) {
    for (const char* kind : {"begin", "PAGE", "end"}) {
      xml_node run = word(line_node, "r");
      xml_node size = word(word(run, "rPr"), "sz");
      set(size, "val", 28);
      if (kind == std::string_view("PAGE")) {
        word(run, "instrText").text() = "PAGE";
      } else {
        set(word(run, "fldChar"), "fldCharType", kind);
      }
    }
  }
  if (!document.watermark_note.empty()) {
    line(root, document.watermark_note, {.size = 18, .italic = true, .align = "right", .colour = "666666"});
  }
  return to_text(part);
}

}  // namespace

std::string write_docx(const Document& document) {
  Package package;
  package.add("[Content_Types].xml", content_types());
  package.add("_rels/.rels", package_relations());
  package.add("word/document.xml", document_part(document));
  package.add("word/styles.xml", styles_part());
  package.add("word/settings.xml", settings_part());
  package.add("word/header1.xml", header_part(document, false));
  package.add("word/header2.xml", header_part(document, true));
  package.add("word/_rels/document.xml.rels", document_relations());
  return package.bytes();
}

}  // namespace office
