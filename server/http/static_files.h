#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "http/message.h"

namespace http {

/// The built web client, read whole into memory at the start: an answer never touches the disk, so
/// no path can lead out of the folder.
class StaticFiles {
 public:
  /// An empty `root`: one plain page at / that says where the API is. Throws when `root` has no
  /// index.html.
  explicit StaticFiles(const std::filesystem::path& root);

  /// GET or HEAD of a path that no route has. Pages of the client (no dot in the last segment) get
  /// index.html; anything else unknown is 404.
  Response answer(const Request& request) const;

  /// "'sha256-…'" of each inline script of index.html, for the Content-Security-Policy.
  const std::string& script_hashes() const { return script_hashes_; }

 private:
  struct File {
    std::string bytes;
    std::string type;
    std::string tag;  ///< strong ETag, quotes included
  };
  const File* find(const std::string& path) const;

  std::map<std::string, File> files_;  ///< "/index.html" → …, with "/x.js.br" siblings
  std::string script_hashes_;
};

}  // namespace http
