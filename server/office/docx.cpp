#include "office/docx.h"

#include <algorithm>
#include <pugixml.hpp>
#include <stdexcept>
#include <utility>

#include "office/blocks.h"
#include "office/docx_parts.h"
#include "office/form.h"
#include "office/package.h"
#include "office/wordml.h"
#include "office/xml_text.h"

/// WordprocessingML (ECMA-376) of an official document: the header block, the body, the signature
/// block, the annexes, laid out by the profile's form (form.h).
namespace office {
namespace {

using pugi::xml_node;

class Writer {
 public:
  Writer(const Document& document, xml_node body, std::string& text)
      : document_(document),
        form_(form_of(document.header.profile)),
        body_(body),
        blocks_(body, {.form = &form_, .landscape = document.landscape, .flushed = &text}) {}

  void write() {
    header_block();
    title();
    addressees();
    const auto& all = document_.blocks;
    for (const Block& block : all) {
      if (document_.signature && &block == &all.back()) {
        blocks_.add_before_signature(block);
      } else {
        blocks_.add(block);
      }
    }
    if (document_.signature) signature();
    blocks_.annexes(document_.annexes);
    blocks_.section(body_);
    blocks_.flush();
  }

 private:
  void header_block() {
    const Header& header = document_.header;
    const int left = form_.header_left;
    const int right = text_width(form_, document_.landscape) - left;
    xml_node block = layout_table(body_, {left, right});
    xml_node names = word(block, "tr");
    xml_node left_cell = cell(names, left);
    xml_node right_cell = cell(names, right);
    if (!header.superior.empty()) {
      line(left_cell, header.superior, {.size = form_.superior, .capitals = true});
    }
    line(left_cell, header.issuer, {.size = form_.issuer, .bold = true, .capitals = true});
    if (form_.issuer_mark != nullptr) {
      line(left_cell, form_.issuer_mark, {.size = form_.issuer});
    } else {
      short_rule(left_cell, left, last_line_width(header.issuer, form_.issuer, kBoldCapitals));
    }
    line(right_cell, form_.title_text, {.size = form_.title, .bold = true});
    if (form_.motto_text == nullptr) {
      rule(right_cell, right, estimated_width(form_.title_text, form_.title, kBoldCapitals));
    } else {
      line(right_cell, form_.motto_text, {.size = form_.motto, .bold = true});
      rule(right_cell, right, estimated_width(form_.motto_text, form_.motto, kBoldLetters + 10));
    }
    // A row of their own: number and date stand on one line, however many the names above take.
    xml_node numbers = word(block, "tr");
    const int before = form_.number_before;
    xml_node number = cell(numbers, left);
    line(number, header.number, {.size = form_.number, .before = before});
    if (header.type.empty()) {
      const bool is_field = header.subject.starts_with("{{");
      line(number, (is_field ? "" : form_.letter_mark) + header.subject,
           {.size = 24,  // 12 points, in both guidance 36 and decree 30
            .italic = form_.letter_italic,
            .before = form_.letter_before});
    }
    line(cell(numbers, right), header.place_date,
         {.size = form_.place_date, .italic = true, .before = before});
  }

  static int last_line_width(const std::string& text, int size, int per_letter) {
    // A template's field: the rule is drawn for a name of usual length.
    if (text.starts_with("{{")) return estimated_width("BAN THƯỜNG VỤ HUYỆN ỦY", size, per_letter);
    return estimated_width(text.substr(text.rfind('\n') + 1), size, per_letter);
  }

  /// A rule of a third to a half of the line above it.
  static void short_rule(xml_node parent, int width, int text) {
    rule(parent, width, std::min(text, width) * 2 / 5);
  }

  void title() {
    const Header& header = document_.header;
    if (header.type.empty()) {
      line(body_, "", {.size = 24});
      return;
    }
    line(body_, header.type, {.size = form_.type, .bold = true, .capitals = true, .before = 360});
    line(body_, header.subject, {.size = form_.subject, .bold = true});
    if (form_.subject_mark != nullptr) {
      line(body_, form_.subject_mark, {.size = form_.subject});
    } else {
      short_rule(body_, text_width(form_, document_.landscape),
                 last_line_width(header.subject, form_.subject, kBoldLetters));
    }
    line(body_, "", {.size = 12});
  }

  void addressees() {
    for (const Block& block : addressee_blocks(document_.addressees)) {
      const auto& words = std::get<Paragraph>(block);
      const bool is_centred = words.kind == Paragraph::Kind::centred;
      line(body_, words.text,
           {.size = form_.body,
            .align = is_centred ? "center" : "left",
            .left = is_centred ? 0 : mm(45)});
    }
    if (!document_.addressees.empty()) line(body_, "", {.size = 12});
  }

  void signature() {
    blocks_.turn(false);
    const Signature& signature = *document_.signature;
    line(body_, "", {.size = 16, .keep_with_next = true});
    const int width = text_width(form_, document_.landscape);
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
    line(right_cell, signature.capacity, {.size = form_.signature, .bold = true, .capitals = true});
    if (!signature.title.empty()) {
      line(right_cell, signature.title,
           {.size = form_.signature, .bold = form_.signs_title_bold, .capitals = true});
    }
    for (int i = 0; i < 4; ++i) line(right_cell, "", {.size = form_.signature});
    line(right_cell, signature.name, {.size = form_.signature, .bold = true});
  }

  void recipients(xml_node parent, const std::vector<std::string>& all) const {
    line(parent, "Nơi nhận:",
         {.size = form_.recipients_title,
          .bold = !form_.recipients_underlined,
          .italic = !form_.recipients_underlined,
          .underlined = form_.recipients_underlined,
          .align = "left"});
    for (const std::string& one : recipient_lines(all, document_.header.profile)) {
      line(parent, one, {.size = form_.recipients, .align = "left"});
    }
  }

  const Document& document_;
  const Form& form_;
  xml_node body_;
  BlockWriter blocks_;
};

/// Written piece by piece: the tree holds one paragraph or row at a time.
std::string document_part(const Document& document) {
  pugi::xml_document part;
  xml_node root = start_part(part, "w:document");
  xml_node body = word(root, "body");
  std::string text = to_text(part);
  static constexpr std::string_view kEmpty = "<w:body/></w:document>";
  text.resize(text.size() - kEmpty.size());
  text += "<w:body>";
  Writer(document, body, text).write();
  text += "</w:body></w:document>";
  return text;
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

std::vector<Block> addressee_blocks(const std::vector<std::string>& all) {
  using Kind = Paragraph::Kind;
  std::vector<Block> made;
  if (all.size() == 1) {
    made.emplace_back(
        Paragraph{Kind::centred, "Kính gửi: " + list_line(all.front(), ".").substr(2)});
  } else if (!all.empty()) {
    made.emplace_back(Paragraph{Kind::addressee, "Kính gửi:"});
    for (const std::string& one : all) {
      made.emplace_back(
          Paragraph{Kind::addressee, list_line(one, &one == &all.back() ? "." : ";")});
    }
  }
  return made;
}

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
