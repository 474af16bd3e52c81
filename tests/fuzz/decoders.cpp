#include "decoders.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ostream>

namespace fuzz {

void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "a promise is broken: %s\n", promise);
  std::abort();
}

void PrintTo(const Decoder& decoder, std::ostream* out) { *out << decoder.name; }

std::span<const Decoder> decoders() {
  static constexpr std::array kAll{
      Decoder{"workbook", workbook},
      Decoder{"document_template", document_template},
      Decoder{"zip", zip},
      Decoder{"xml", xml},
      Decoder{"csv", csv},
      Decoder{"picture", picture},
      Decoder{"legacy_text", legacy_text},
      Decoder{"foreign_values", foreign_values},
      Decoder{"packet", packet},
      Decoder{"json", json},
      Decoder{"request", request},
      Decoder{"figure", figure},
      Decoder{"formula", formula},
      Decoder{"boundaries", boundaries},
      Decoder{"words", words},
  };
  return kAll;
}

}  // namespace fuzz
