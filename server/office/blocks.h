#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "office/docx.h"
#include "office/form.h"
#include "office/wordml.h"

namespace office {

/// Writes paragraphs and tables into a body, turning pages where a table lies across.
///
/// With a text to flush into, what is finished leaves the tree at once, row by row: a tree takes
/// five times the room of its text.
class BlockWriter {
 public:
  struct Setting {
    const Form* form = nullptr;
    bool landscape = false;          ///< how the pages lie where it begins
    std::string* flushed = nullptr;  ///< null keeps all in the tree
    pugi::xml_node section = {};     ///< a sectPr whose like to make; null for the form's own
    pugi::xml_node text =
        {};         ///< a paragraph whose look the text takes on; null for the form's own
    int width = 0;  ///< of the room for tables, where it is a cell; 0 for the page's text
  };

  BlockWriter(pugi::xml_node body, const Setting& setting)
      : body_(body),
        setting_(setting),
        form_(*setting.form),
        starts_landscape_(setting.landscape),
        landscape_(setting.landscape) {}

  void add(const Block& block);
  /// The last block before a signature stays on its page.
  void add_before_signature(const Block& block);
  /// Paragraphs before a table are the heading of its annex, which begins a page; a note after it
  /// stays with it.
  void annexes(const std::vector<Block>& all);

  /// Ends the section with the orientation so far when the next block lies the other way.
  void turn(bool landscape);
  bool is_landscape() const { return landscape_; }
  /// Whether a section has ended in what was written.
  bool has_turned() const { return first_section_done_; }
  /// The properties of the section that ends here.
  void section(pugi::xml_node parent);
  /// Moves what the tree holds to the flushed text.
  void flush();

 private:
  bool lies_wide(const std::vector<Block>& all, std::size_t i) const;
  void paragraph(const Paragraph& words);
  void like_model(const Paragraph& words, bool on_new_page);
  void body_line(const std::string& text, Style style);
  void table(const Table& table);
  void table_head(pugi::xml_node grid, const Table& table, const std::vector<int>& widths,
                  int size);
  void table_row(pugi::xml_node grid, const Table& table, std::size_t r,
                 const std::vector<int>& widths, int size);
  std::vector<int> widths_of(const Table& table) const;
  void own_section(pugi::xml_node properties) const;
  void section_like_model(pugi::xml_node properties) const;

  pugi::xml_node body_;
  Setting setting_;
  const Form& form_;
  bool starts_landscape_;
  bool landscape_;
  bool first_section_done_ = false;
  bool on_new_page_ = false;
  bool is_after_table_ = false;
  bool is_before_signature_ = false;
};

}  // namespace office
