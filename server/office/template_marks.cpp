#include "office/template_marks.h"

#include <algorithm>

#include "base/text.h"

namespace office {
namespace {

using pugi::xml_node;

bool is(xml_node node, const char* name) { return std::string_view(node.name()) == name; }

std::vector<xml_node> path_to(xml_node node) {
  std::vector<xml_node> path;
  for (; node; node = node.parent()) path.push_back(node);
  std::reverse(path.begin(), path.end());
  return path;
}

/// A text as the content of a run from `node` on: line ends and tabs are elements of their own.
void write_text(xml_node node, const std::string& text) {
  xml_node run = node.parent();
  std::string piece;
  const auto end_piece = [&] {
    node.remove_attribute("xml:space");
    node.append_attribute("xml:space") = "preserve";
    node.text() = piece.c_str();
    piece.clear();
  };
  for (const char c : text) {
    if (c != '\n' && c != '\t') {
      piece += c;
      continue;
    }
    end_piece();
    node = run.insert_child_after(c == '\n' ? "w:br" : "w:tab", node);
    node = run.insert_child_after("w:t", node);
  }
  end_piece();
}

void collect_paragraphs(xml_node parent, std::vector<xml_node>& found) {
  for (xml_node child : parent.children()) {
    if (is(child, "w:p")) found.push_back(child);
    collect_paragraphs(child, found);
  }
}

}  // namespace

ParagraphText::ParagraphText(xml_node paragraph) { collect(paragraph); }

void ParagraphText::collect(xml_node parent) {
  for (xml_node child : parent.children()) {
    const std::string_view name = child.name();
    if (name == "w:t") {
      const std::string words = child.text().get();
      pieces_.push_back({child, text_.size(), words.size()});
      text_ += words;
    } else if (name == "w:tab" || name == "w:br" || name == "w:cr") {
      text_ += '\n';
    } else if (name != "w:p" && name != "w:pPr" && name != "w:rPr") {
      collect(child);
    }
  }
}

void ParagraphText::replace(std::size_t from, std::size_t to, const std::string& value) {
  bool is_written = false;
  for (Piece& piece : pieces_) {
    const std::size_t end = piece.from + piece.size;
    if (end <= from || piece.from >= to) continue;
    const std::string words = text_.substr(piece.from, piece.size);
    const std::string before = from > piece.from ? words.substr(0, from - piece.from) : "";
    const std::string after = to < end ? words.substr(to - piece.from) : "";
    const std::string put = (is_written ? "" : value) + after;
    is_written = true;
    if (before.empty()) {
      write_text(piece.node, put);
    } else {  // a node of its own: fields that stand before are still to be replaced
      write_text(piece.node.parent().insert_child_after("w:t", piece.node), put);
      write_text(piece.node, before);
    }
    piece.size = before.size();
  }
}

std::string field_name(std::string_view written) {
  if (!base::is_utf8(written)) return {};
  std::string name = base::fold(written);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

std::vector<xml_node> paragraphs_of(xml_node root) {
  std::vector<xml_node> found;
  collect_paragraphs(root, found);
  return found;
}

std::vector<Mark> marks_of(xml_node paragraph, bool& is_sound) {
  const ParagraphText words(paragraph);
  const std::string& text = words.text();
  std::vector<Mark> marks;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = text.find("{{", at);
    const std::size_t close = text.find("}}", at);
    if (open == std::string::npos && close == std::string::npos) break;
    if (open == std::string::npos || close == std::string::npos || close < open ||
        text.find("{{", open + 2) < close) {
      is_sound = false;
      break;
    }
    Mark mark;
    std::string_view written = std::string_view(text).substr(open + 2, close - open - 2);
    written.remove_prefix(std::min(written.find_first_not_of(' '), written.size()));
    if (written.starts_with('#')) mark.kind = Mark::Kind::open;
    if (written.starts_with('/')) mark.kind = Mark::Kind::close;
    if (mark.kind != Mark::Kind::field) written.remove_prefix(1);
    mark.name = field_name(written);
    mark.paragraph = paragraph;
    mark.from = open;
    mark.to = close + 2;
    marks.push_back(std::move(mark));
    at = close + 2;
  }
  if (marks.size() == 1) {
    const std::string rest = text.substr(0, marks[0].from) + text.substr(marks[0].to);
    marks[0].is_alone = base::is_utf8(rest) && base::tidy(rest).empty();
  }
  return marks;
}

std::optional<Span> span_of(xml_node open, xml_node close) {
  if (open == close) return Span{open, open};
  const auto to_open = path_to(open), to_close = path_to(close);
  std::size_t shared = 0;
  while (shared < to_open.size() && shared < to_close.size() && to_open[shared] == to_close[shared])
    ++shared;
  if (shared == 0 || shared >= to_open.size() || shared >= to_close.size()) return std::nullopt;
  const xml_node common = to_open[shared - 1];
  const xml_node first = to_open[shared], last = to_close[shared];
  if (is(common, "w:tr")) return Span{common, common};
  if (is(common, "w:tbl") && is(first, "w:tr") && is(last, "w:tr")) return Span{first, last};
  if (first == open && last == close) return Span{first, last};
  return std::nullopt;
}

bool lies_in(xml_node node, const char* name) {
  for (; node; node = node.parent()) {
    if (is(node, name)) return true;
  }
  return false;
}

}  // namespace office
