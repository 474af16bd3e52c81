#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace office {

/// How a PDF is made by LibreOffice, which runs as a program of its own.
struct PdfPrinter {
  std::string program = "soffice";         ///< a path, or a name looked for along PATH
  std::chrono::milliseconds most{60'000};  ///< for one document; then it is killed
  std::chrono::milliseconds queue{3'000};  ///< for those before it: one at a time in a process
  std::size_t most_bytes = 64 * 1024 * 1024;
};

/// Whether it is installed.
bool can_print(const PdfPrinter& printer = {});

/// The document as a PDF, as LibreOffice lays it out. It runs with a folder, a profile and an
/// environment of its own, inherits no file or socket of ours, and is killed with all it has
/// started when its time is over; the folder is removed whatever happens. Give it only documents
/// that nothing is fetched by: ours, or a Template filled in.
///
/// Refuses "pdf.not_installed" (unavailable), "pdf.busy" (unavailable), "pdf.took_too_long"
/// (unavailable), "pdf.failed" (invalid: it ended without a PDF). Throws std::system_error when
/// the machine has no room for the folder.
base::Result<std::string> pdf_of(std::string_view docx, const PdfPrinter& printer = {});

}  // namespace office
