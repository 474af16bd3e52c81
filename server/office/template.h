#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/docx.h"
#include "office/template_package.h"

namespace office {

/// What a template may hold as {{name}}. A name is told by its letters and figures: "{{Số ký
/// hiệu}}" is so_ky_hieu.
struct TemplateField {
  enum class Kind {
    text,   ///< {{name}}, anywhere in the text
    rows,   ///< {{#name}} … {{/name}}, around a row of a table or paragraphs: once for each row
    blocks  ///< {{name}} alone in a paragraph of the text, which paragraphs and tables replace
  };
  std::string name;
  Kind kind = Kind::text;
  std::string meaning_vi, meaning_en;
  std::vector<std::string> columns;  ///< of rows: what may stand inside, beside the text fields
  bool is_required = false;          ///< a template without it is refused
};

/// What one document says.
struct TemplateValues {
  using Row = std::map<std::string, std::string>;
  struct Blocks {
    std::vector<Block> blocks;
    bool are_annexes = false;  ///< each begins a page
  };
  Profile profile = Profile::party_36_2018;  ///< of inserted tables
  std::string title, creator;                ///< properties of the file
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<Row>> rows;
  std::map<std::string, Blocks> blocks;
};

/// A .docx that somebody made in Word, with fields written as plain text, which Word may have split
/// over any number of runs. A field takes on the look of its first letter.
class Template {
 public:
  /// Refuses at once what read_template_package does. Refuses all together, with the paragraph's
  /// text as field:
  ///   "template.unknown_field" (args: the name, those known), "template.open_braces" (the text),
  ///   "template.unclosed_block", "template.unopened_block", "template.nested_block",
  ///   "template.block_crosses" (begins and ends in places that no row or paragraph spans),
  ///   "template.wrong_kind" (args: the name, how it is written), "template.not_alone" (blocks in
  ///   a paragraph with other text), "template.block_place" (blocks or rows where they cannot be:
  ///   a header, a text box, a repeated row), "template.missing_field",
  ///   "template.field_code" (args: a code of Word's that fetches or runs something),
  ///   "template.tracked_changes", "template.too_many_fields".
  static base::Result<Template> read(std::string_view bytes,
                                     const std::vector<TemplateField>& known,
                                     const TemplateLimits& limits = {});

  /// The document's .docx; the same values give the same bytes. A paragraph that held nothing but
  /// a text field without a value is left out. What is filled in is text: never a field code,
  /// never looked through for fields again. Throws std::invalid_argument for text that is not
  /// UTF-8, and for tables as write_docx does. Refuses "template.grows": what is repeated times its
  /// rows is too much.
  base::Result<std::string> fill(const TemplateValues& values) const;

 private:
  Template(TemplatePackage package, std::vector<TemplateField> known)
      : package_(std::move(package)), known_(std::move(known)) {}
  TemplatePackage package_;
  std::vector<TemplateField> known_;
};

}  // namespace office
