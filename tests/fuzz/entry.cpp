// What libFuzzer calls; built once for each decoder, whose function FUZZED names.
#include <cstddef>
#include <cstdint>

#include "decoders.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::FUZZED({reinterpret_cast<const char*>(data), size});
  return 0;
}
