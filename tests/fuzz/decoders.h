#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

/// Everything that reads bytes nobody vouches for, one function each, for any bytes at all.
namespace fuzz {

/// Whether a promise of a decoder holds; ends the program when it does not, in release builds too.
void require(bool holds, const char* promise);

/// Parts of a package as text, "%%%% name" on a line before each: what a zip would hide from a
/// mutation is laid open.
void workbook(std::string_view bytes);
void document_template(std::string_view bytes);
void zip(std::string_view bytes);
void xml(std::string_view bytes);
void csv(std::string_view bytes);
void picture(std::string_view bytes);
void legacy_text(std::string_view bytes);
void foreign_values(std::string_view bytes);  ///< DHIS2's JSON, XML and CSV, and ADX
void packet(std::string_view bytes);
void json(std::string_view bytes);
void request(std::string_view bytes);  ///< head, target, host and language
void figure(std::string_view bytes);
void formula(std::string_view bytes);
void boundaries(std::string_view bytes);
void words(std::string_view bytes);  ///< text, days, periods, base64

struct Decoder {
  const char* name;  ///< of its folder in `corpus` and of its fuzzer
  void (*read)(std::string_view);
};

std::span<const Decoder> decoders();
/// How a test says which one it was.
void PrintTo(const Decoder& decoder, std::ostream* out);

}  // namespace fuzz
