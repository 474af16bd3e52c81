#include "office/docx.h"

#include <algorithm>
#include <pugixml.hpp>
#include <stdexcept>
#include <utility>

#include "office/docx_parts.h"
#include "office/package.h"
#include "office/wordml.h"
#include "office/xml_text.h"

/// WordprocessingML (ECMA-376) of an official document: the header block, the body, the signature
/// block, the annexes, laid out by the profile's sizes (Decree 30/2020/NĐ-CP annex I; Guidance
/// 36-HD/VPTW of 2018, annex 3).
namespace office {
namespace {

using pugi::xml_node;

/// Sizes in half points, margins in twips.
struct Measures {
  int top = mm(20), bottom = mm(20), left = mm(30), right = mm(15);
  int superior, issuer, title_right, motto, number, place_date, type, subject, body, heading,
      signature, recipients_title, recipients, table = 22;
  int header_left;  ///< width of the left column: the right one must hold its title on one line
  bool is_party;
};

Measures measures_of(Profile profile) {
  Measures made{};
  made.is_party = profile == Profile::party_36_2018;
  if (made.is_party) {
    made.superior = 28, made.issuer = 28, made.title_right = 30, made.motto = 0, made.number = 28,
    made.place_date = 28;
    made.type = 32, made.subject = 28, made.body = 28, made.heading = 28, made.signature = 28;
    made.recipients_title = 28, made.recipients = 24, made.header_left = mm(74);
  } else {
    made.superior = 26, made.issuer = 26, made.title_right = 26, made.motto = 28, made.number = 26,
    made.place_date = 26;
    made.type = 28, made.subject = 28, made.body = 28, made.heading = 28, made.signature = 28;
    made.recipients_title = 24, made.recipients = 22, made.header_left = mm(67);
  }
  return made;
}

int text_width(const Measures& measures, bool landscape) {
  return (landscape ? kA4Long : kA4Short) - measures.left - measures.right;
}

/// "- Như trên": one line of a list, closed by `mark` whatever the caller closed it with.
std::string list_line(const std::string& text, const char* mark) {
  const std::size_t end = text.find_last_not_of(" .,;");
  return "- " + (end == std::string::npos ? text : text.substr(0, end + 1)) + mark;
}

class Writer {
 public:
  Writer(const Document& document, xml_node body)
      : document_(document),
        measures_(measures_of(document.header.profile)),
        body_(body),
        landscape_(document.landscape) {}

  void write() {
    header_block();
    title();
    addressees();
    for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
      is_before_signature_ = document_.signature && i + 1 == document_.blocks.size();
      add(document_.blocks[i]);
    }
    is_before_signature_ = false;
    if (document_.signature) signature();
    annexes();
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

  /// Paragraphs before a table are the heading of its annex; a note after it stays with it.
  void annexes() {
    const auto& all = document_.annexes;
    bool is_heading = false;  // the block before was a paragraph of this annex
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto* words = std::get_if<Paragraph>(&all[i]);
      const bool is_after_table = i > 0 && std::holds_alternative<Table>(all[i - 1]);
      const bool is_note =
          words != nullptr && words->kind == Paragraph::Kind::note && is_after_table;
      on_new_page_ = !is_heading && !is_note;
      if (words == nullptr) {
        table(std::get<Table>(all[i]));
      } else {
        if (!is_note) turn(lies_wide(i));
        paragraph(*words);
      }
      is_heading = words != nullptr && !is_note;
    }
  }

  /// Whether the table that the annex's paragraph `i` leads to is a wide one.
  bool lies_wide(std::size_t i) const {
    for (; i < document_.annexes.size(); ++i) {
      if (const auto* table = std::get_if<Table>(&document_.annexes[i])) return table->landscape;
    }
    return false;
  }

  /// A line of the text itself, which a page break may be waiting for.
  void body_line(const std::string& text, Style style) {
    style.on_new_page = std::exchange(on_new_page_, false);
    if (std::exchange(is_after_table_, false)) style.before += 100;
    line(body_, text, style);
  }

  /// Ends the section with the orientation so far when the next block lies the other way.
  void turn(bool landscape) {
    landscape = landscape || document_.landscape;
    if (landscape == landscape_) return;
    section(hairline(body_), landscape_);
    landscape_ = landscape;
    on_new_page_ = false;  // the new section is on one
    is_after_table_ = false;
  }

  void section(xml_node parent, bool landscape) {
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
    set(margins, "header", mm(9));
    set(margins, "footer", mm(10));
    set(margins, "gutter", 0);
    if (landscape == document_.landscape && !first_section_done_) word(properties, "titlePg");
    first_section_done_ = true;
  }

  void header_block() {
    const Header& header = document_.header;
    const int left = measures_.header_left;
    const int right = text_width(measures_, landscape_) - left;
    xml_node block = layout_table(body_, {left, right});
    xml_node names = word(block, "tr");
    xml_node left_cell = cell(names, left);
    xml_node right_cell = cell(names, right);
    if (!header.superior.empty()) {
      line(left_cell, header.superior, {.size = measures_.superior, .capitals = true});
    }
    line(left_cell, header.issuer, {.size = measures_.issuer, .bold = true, .capitals = true});
    const auto title = [&](const char* text, int size, int letters) {
      line(right_cell, text, {.size = size, .bold = true});
      if (letters > 0) rule(right_cell, right, estimated_width(text, size, letters));
    };
    if (measures_.is_party) {
      line(left_cell, "*", {.size = measures_.issuer});
      title("ĐẢNG CỘNG SẢN VIỆT NAM", measures_.title_right, kBoldCapitals);
    } else {
      short_rule(left_cell, left, estimated_width(header.issuer, measures_.issuer, kBoldCapitals));
      title("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", measures_.title_right, 0);
      title("Độc lập - Tự do - Hạnh phúc", measures_.motto, kBoldLetters + 10);
    }
    // A row of their own: number and date stand on one line, however many the names above take.
    xml_node numbers = word(block, "tr");
    const int before = measures_.is_party ? 0 : 80;
    line(cell(numbers, left), header.number, {.size = measures_.number, .before = before});
    line(cell(numbers, right), header.place_date,
         {.size = measures_.place_date, .italic = true, .before = before});
  }

  /// A rule of a third to a half of the line above it.
  static void short_rule(xml_node parent, int width, int text) {
    rule(parent, width, std::min(text, width) * 2 / 5);
  }

  void title() {
    const Header& header = document_.header;
    line(body_, header.type,
         {.size = measures_.type, .bold = true, .capitals = true, .before = 360});
    line(body_, header.subject, {.size = measures_.subject, .bold = true});
    if (measures_.is_party) {
      line(body_, "-----", {.size = measures_.subject});
    } else {
      const std::string last = header.subject.substr(header.subject.rfind('\n') + 1);
      short_rule(body_, text_width(measures_, landscape_),
                 estimated_width(last, measures_.subject, kBoldLetters));
    }
    line(body_, "", {.size = 12});
  }

  void addressees() {
    const auto& all = document_.addressees;
    if (all.empty()) return;
    if (all.size() == 1) {
      line(body_, "Kính gửi: " + list_line(all.front(), ".").substr(2), {.size = measures_.body});
    } else {
      const Style style{.size = measures_.body, .align = "left", .left = mm(45)};
      line(body_, "Kính gửi:", style);
      for (const std::string& one : all) {
        line(body_, list_line(one, &one == &all.back() ? "." : ";"), style);
      }
    }
    line(body_, "", {.size = 12});
  }

  void paragraph(const Paragraph& words) {
    using Kind = Paragraph::Kind;
    Style style{.size = measures_.body,
                .align = "both",
                .before = 120,
                .first_line = mm(12.7),
                .line = 288};
    switch (words.kind) {
      case Kind::body:
        break;
      case Kind::heading:
        style.bold = true, style.size = measures_.heading, style.outline = 0;
        break;
      case Kind::subheading:
        style.bold = true, style.outline = 1;
        break;
      case Kind::note:
        style.italic = true, style.size = measures_.body - 4;
        break;
      case Kind::centred:
        style.align = "center", style.first_line = 0;
        break;
    }
    if (style.outline >= 0) style.keep_with_next = true, style.align = "left";
    if (is_before_signature_) style.keep_with_next = true;
    body_line(words.text, style);
  }

  void table(const Table& table) {
    turn(table.landscape);
    const bool wide = table.columns.size() > 9;
    const int size = wide ? 20 : measures_.table;
    if (!table.caption.empty()) {
      body_line(table.caption, {.size = measures_.body - 2,
                                .bold = true,
                                .before = 200,
                                .after = 80,
                                .keep_with_next = true});
    }
    if (!table.unit_note.empty()) {
      body_line(table.unit_note,
                {.size = size, .italic = true, .align = "right", .keep_with_next = true});
    }
    if (std::exchange(on_new_page_, false)) hairline(body_).prepend_child("w:pageBreakBefore");
    const std::vector<int> widths = widths_of(table);
    xml_node grid = data_table(body_, widths, landscape_ ? 0 : 28);
    xml_node head = word(grid, "tr");
    xml_node head_properties = word(head, "trPr");
    word(head_properties, "cantSplit");
    word(head_properties, "tblHeader");
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      line(cell(head, widths[c], true), table.columns[c].title,
           {.size = size, .bold = true, .keep_with_next = true});
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (table.rows[r].size() > table.columns.size()) {
        throw std::invalid_argument("docx: a row has more cells than the table has columns");
      }
      xml_node row = word(grid, "tr");
      word(word(row, "trPr"), "cantSplit");
      const bool is_total = r < table.is_total.size() && table.is_total[r];
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string text = c < table.rows[r].size() ? table.rows[r][c] : std::string();
        const bool is_number = is_number_column(table, c);
        line(cell(row, widths[c], true), text,
             {.size = size,
              .bold = is_total,
              .align = is_number                    ? "center"
                       : table.columns[c].is_figure ? "right"
                                                    : "left"});
      }
    }
    // Next to nothing, so that a table that just fills its page does not leave an empty one after
    // it.
    hairline(body_);
    is_after_table_ = true;
  }

  static bool is_number_column(const Table& table, std::size_t c) {
    return c == 0 && table.columns.size() > 1 && table.columns[c].title == "STT";
  }

  std::vector<int> widths_of(const Table& table) const {
    if (table.columns.empty()) throw std::invalid_argument("docx: a table without columns");
    const int room = text_width(measures_, landscape_);
    std::vector<int> widths(table.columns.size());
    int left = room;
    double total = 0;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (is_number_column(table, c)) {
        left -= widths[c] = mm(11);  // less would break its title
      } else {
        total += table.columns[c].width_mm;
      }
    }
    if (!(total > 0)) throw std::invalid_argument("docx: a table without width");
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (widths[c] == 0) widths[c] = static_cast<int>(table.columns[c].width_mm / total * left);
    }
    return widths;
  }

  void signature() {
    turn(false);
    const Signature& signature = *document_.signature;
    line(body_, "", {.size = 16, .keep_with_next = true});
    const int width = text_width(measures_, landscape_);
    const int left = width / 2;
    xml_node row = word(layout_table(body_, {left, width - left}), "tr");
    word(word(row, "trPr"), "cantSplit");
    xml_node left_cell = cell(row, left);
    if (signature.recipients.empty()) {
      line(left_cell, "", {});
    } else {
      recipients(left_cell, signature.recipients);
    }
    xml_node right_cell = cell(row, width - left);
    line(right_cell, signature.capacity,
         {.size = measures_.signature, .bold = true, .capitals = true});
    if (!signature.title.empty()) {
      line(right_cell, signature.title,
           {.size = measures_.signature, .bold = !measures_.is_party, .capitals = true});
    }
    for (int i = 0; i < 4; ++i) line(right_cell, "", {.size = measures_.signature});
    line(right_cell, signature.name, {.size = measures_.signature, .bold = true});
  }

  void recipients(xml_node parent, const std::vector<std::string>& all) const {
    Style title{.size = measures_.recipients_title, .align = "left"};
    (measures_.is_party ? title.underlined : title.bold) = true;
    title.italic = !measures_.is_party;
    line(parent, "Nơi nhận:", title);
    for (const std::string& one : all) {
      const char* mark = &one == &all.back() ? "." : measures_.is_party ? "," : ";";
      line(parent, list_line(one, mark), {.size = measures_.recipients, .align = "left"});
    }
  }

  const Document& document_;
  Measures measures_;
  xml_node body_;
  bool landscape_;
  bool first_section_done_ = false;
  bool on_new_page_ = false;
  bool is_after_table_ = false;
  bool is_before_signature_ = false;
};

std::string document_part(const Document& document) {
  pugi::xml_document part;
  xml_node root = start_part(part, "w:document");
  Writer(document, word(root, "body")).write();
  return to_text(part);
}

/// The page number centred in the top margin, none on the first page; the note, if any, on every
/// page.
std::string header_part(const Document& document, bool is_first) {
  pugi::xml_document part;
  xml_node root = start_part(part, "w:hdr");
  xml_node line_node = line(root, "", {.size = 28});
  if (!is_first) {
    for (const char* kind : {"begin", "PAGE", "separate", "2", "end"}) {
      xml_node run = word(line_node, "r");
      xml_node size = word(word(run, "rPr"), "sz");
      set(size, "val", 28);
      if (kind == std::string_view("PAGE")) {
        word(run, "instrText").text() = "PAGE";
      } else if (kind == std::string_view("2")) {
        word(run, "t").text() = "2";  // shown until the fields are counted
      } else {
        set(word(run, "fldChar"), "fldCharType", kind);
      }
    }
  }
  if (!document.watermark_note.empty()) {
    line(root, document.watermark_note,
         {.size = 16, .italic = true, .align = "right", .colour = "666666"});
  }
  return to_text(part);
}

}  // namespace

std::string write_docx(const Document& document) {
  std::string name = document.header.type + " " + document.header.subject;
  std::replace(name.begin(), name.end(), '\n', ' ');
  Package package;
  package.add("[Content_Types].xml", content_types());
  package.add("_rels/.rels", package_relations());
  package.add("docProps/core.xml", core_properties(name, document.header.issuer));
  package.add("docProps/app.xml", app_properties());
  package.add("word/document.xml", document_part(document));
  package.add("word/styles.xml", styles_part());
  package.add("word/settings.xml", settings_part());
  package.add("word/header1.xml", header_part(document, false));
  package.add("word/header2.xml", header_part(document, true));
  package.add("word/_rels/document.xml.rels", document_relations());
  return package.bytes();
}

}  // namespace office
