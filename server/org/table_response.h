#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "http/message.h"
#include "office/xlsx.h"

namespace org {

enum class TableFormat { csv, xlsx };

/// ?format=csv|xlsx: the list as a file; none for JSON. "http.format" for anything else.
base::Result<std::optional<TableFormat>> asked_format(const http::Request& request);

/// The sheet as a file to download, named `name` with its ending. In csv figures are canonical.
http::Response table_response(const std::string& name, const office::Sheet& sheet,
                              TableFormat format);
/// Any file to download.
http::Response file_response(const std::string& name, const std::string& media_type,
                             std::string bytes);

}  // namespace org
