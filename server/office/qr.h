#pragma once

#include <string>
#include <string_view>

namespace office {

/// A QR code as one SVG path: `side` modules wide, with the quiet zone of four around it.
struct QrPath {
  int side = 0;
  std::string path;  ///< "M4 4h7v1h-7z…", one rectangle for each run of dark modules
};

/// Error correction M. Throws std::invalid_argument when the text is too long for any code.
QrPath qr_path(std::string_view text);

}  // namespace office
