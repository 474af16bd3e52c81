#include "org/table_response.h"

#include "base/decimal.h"
#include "office/csv.h"

namespace org {
namespace {

std::string as_text(const office::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* figure = std::get_if<office::Figure>(&cell)) {
    return base::canonical_figure(figure->amount, figure->decimals);
  }
  return {};
}

/// RFC 8187: what is no plain letter is told by its bytes.
std::string escaped(const std::string& name) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string made;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '/') {  // no path: a number such as 01-CTr/HU names the file
      made += '-';
      continue;
    }
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    if (plain) {
      made += c;
    } else {
      made += '%';
      made += kDigits[byte >> 4U];
      made += kDigits[byte & 15U];
    }
  }
  return made;
}

}  // namespace

base::Result<std::optional<TableFormat>> asked_format(const http::Request& request) {
  const auto format = request.asked("format");
  if (!format || *format == "json") return std::optional<TableFormat>();
  if (*format == "csv") return std::optional(TableFormat::csv);
  if (*format == "xlsx") return std::optional(TableFormat::xlsx);
  return base::refuse(base::ProblemKind::invalid, "table.format", "?format",
                      {std::string(*format)});
}

http::Response file_response(const std::string& name, const std::string& media_type,
                             std::string bytes) {
  http::Response response;
  response.content_type = media_type;
  response.body = std::move(bytes);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename*=UTF-8''" + escaped(name));
  return response;
}

http::Response table_response(const std::string& name, const office::Sheet& sheet,
                              TableFormat format) {
  if (format == TableFormat::xlsx) {
    return file_response(name + ".xlsx",
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                         office::write_xlsx({sheet}));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : sheet.rows) {
    std::vector<std::string> cells;
    for (const office::Cell& cell : row) cells.push_back(as_text(cell));
    rows.push_back(std::move(cells));
  }
  return file_response(name + ".csv", "text/csv; charset=utf-8",
                       office::write_csv(sheet.columns, rows));
}

}  // namespace org
