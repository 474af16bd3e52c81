#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace publish {

/// The only place where words become markup: HTML with SVG inside, or XML. Names of elements and
/// attributes come from the program's text and nowhere else; every value and every text is escaped;
/// what is opened is closed in order.
class Markup {
 public:
  /// A name written in the program.
  class Name {
   public:
    template <std::size_t N>
    consteval Name(const char (&text)[N]) : text_(text, N - 1) {
      for (const char c : text_) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '-' || c == ':';
        if (!is_letter) throw "a name of letters, digits, '-' and ':'";
      }
    }
    std::string_view text() const { return text_; }

   private:
    std::string_view text_;
  };
  struct Attribute {
    Name name;
    std::string_view value;
  };
  using Attributes = std::initializer_list<Attribute>;

  static Markup html();  ///< begins with the doctype
  static Markup xml();   ///< begins with the declaration

  /// Opens an element, has `inside()` write it, closes it.
  template <class Inside>
  Markup& element(Name name, Attributes attributes, Inside inside)
    requires std::is_invocable_v<Inside>
  {
    open(name, attributes);
    inside();
    close(name);
    return *this;
  }
  /// One that holds a text only.
  Markup& element(Name name, Attributes attributes, std::string_view text);
  /// One that holds nothing: <meta …/>, <path …/>.
  Markup& empty(Name name, Attributes attributes);
  Markup& text(std::string_view words);

  std::string done() && { return std::move(out_); }

 private:
  Markup() = default;
  void open(Name name, Attributes attributes);
  void close(Name name);
  void begin(Name name, Attributes attributes);

  std::string out_;
};

/// & < > " ' told by name; what XML cannot hold is left out.
std::string escaped(std::string_view words);

/// For a part of an address: every byte but letters, digits and - _ . ~ as %XX.
std::string url_part(std::string_view words);

}  // namespace publish
