#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "office/profile.h"

namespace office {

struct Header {
  Profile profile = Profile::party_36_2018;
  std::string superior;  ///< "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"
  std::string issuer;    ///< "HUYỆN ỦY THƯỜNG TÍN"
  std::string
      number;  ///< "Số 05-BC/HU" (Party) or "Số: 05/BC-UBND"; "Số      -BC/HU" when not issued yet
  std::string place_date;  ///< "Thường Tín, ngày 28 tháng 4 năm 2022"
  std::string type;        ///< "BÁO CÁO"; a letter has none, its subject stands under the number
  std::string subject;     ///< "kết quả thực hiện …"
};

struct Paragraph {
  enum class Kind {
    body,
    heading,
    subheading,
    note,
    centred,
    addressee  ///< a line of several under "Kính gửi:"
  };  ///< heading "I- …", subheading "1. …"
  Kind kind = Kind::body;
  std::string text;
};

struct Table {
  struct Column {
    std::string title;
    double width_mm = 20;    ///< relative: scaled to the page's text width
    bool is_figure = false;  ///< right-aligned
  };
  std::string caption;    ///< "Biểu 01. …"; may be empty
  std::string unit_note;  ///< right-aligned above the table, may be empty
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> is_total;  ///< per row: bold; may be shorter than rows
  bool landscape = false;      ///< a section of its own, turned
};

struct Signature {
  std::string capacity;  ///< "T/M BAN THƯỜNG VỤ"
  std::string title;     ///< "PHÓ BÍ THƯ THƯỜNG TRỰC"
  std::string name;
  std::vector<std::string> recipients;  ///< "Nơi nhận": "Như trên", … "Lưu Văn phòng Huyện ủy"
};

using Block = std::variant<Paragraph, Table>;

struct Document {
  Header header;
  std::vector<std::string> addressees;  ///< "Kính gửi": may be empty
  std::vector<Block> blocks;
  std::optional<Signature> signature;
  /// After the signature, each annex on a new page: the paragraphs before a table are its heading,
  /// a note after it stays with it.
  std::vector<Block> annexes;
  bool landscape = false;      ///< every page is turned: for a paper that is mostly its table
  std::string watermark_note;  ///< e.g. "Số liệu minh họa", shown in the header of every page;
                               ///< empty for none
};

/// The lines of "Kính gửi" as blocks: one line for one, a list for several, none for none.
std::vector<Block> addressee_blocks(const std::vector<std::string>& all);

/// The .docx file's bytes: WordprocessingML written with pugixml, zipped with libzip, deterministic
/// (fixed zip times). Throws std::invalid_argument for text that is not UTF-8, for a table without
/// columns and for a row with more cells than columns.
std::string write_docx(const Document& document);

}  // namespace office
