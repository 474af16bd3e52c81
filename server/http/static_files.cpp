#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/hash.h"
#include "http/problem_response.h"

namespace http {
namespace {

constexpr std::string_view kNotBuilt =
    "Máy chủ Thông Suốt đang chạy; giao diện web chưa được dựng. API ở /api/v1.\n"
    "The Thông Suốt server is running; the web client was not built. The API is at /api/v1.\n";

std::string type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".txt", "text/plain; charset=utf-8"},
      {".xml", "application/xml"},
      {".pdf", "application/pdf"},
      {".wasm", "application/wasm"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return std::string(type);
  }
  return "application/octet-stream";
}

std::string base64_of_hex(std::string_view hex) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto nibble = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : hex) {
    bits = (bits << 4) | nibble(c);
    held += 4;
    if (held < 6) continue;
    held -= 6;
    out += kDigits[(bits >> held) & 63U];
  }
  if (held > 0) out += kDigits[(bits << (6 - held)) & 63U];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

/// The hashes of the inline scripts of a page of our own build.
std::string hashes_of_scripts(std::string_view page) {
  std::string hashes;
  std::size_t at = 0;
  while ((at = page.find("<script", at)) != std::string_view::npos) {
    const std::size_t open_end = page.find('>', at);
    const std::size_t close = page.find("</script", at);
    if (open_end == std::string_view::npos || close == std::string_view::npos) break;
    const std::string_view attributes = page.substr(at, open_end - at);
    if (attributes.find(" src=") == std::string_view::npos && close > open_end + 1) {
      const std::string_view script = page.substr(open_end + 1, close - open_end - 1);
      if (!hashes.empty()) hashes += ' ';
      hashes += "'sha256-" + base64_of_hex(base::sha256_hex(script)) + "'";
    }
    at = close;
  }
  return hashes;
}

bool accepts(const Request& request, std::string_view coding) {
  const std::string_view accept = request.header("accept-encoding").value_or("");
  const std::size_t at = accept.find(coding);
  if (at == std::string_view::npos) return false;
  const std::string_view rest = accept.substr(at + coding.size());
  return !rest.starts_with(";q=0") || rest.starts_with(";q=0.");
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace

StaticFiles::StaticFiles(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  const auto put = [this](const std::string& path, std::string bytes, std::string type) {
    std::string tag = '"' + base::sha256_hex(bytes).substr(0, 32) + '"';
    files_[path] = File{std::move(bytes), std::move(type), std::move(tag)};
  };
  if (root.empty()) {
    put("/", std::string(kNotBuilt), "text/plain; charset=utf-8");
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) throw std::runtime_error("cannot read " + entry.path().string());
    const std::string path = "/" + entry.path().lexically_relative(root).generic_string();
    put(path, std::move(bytes), type_of(path));
  }
  const auto index = files_.find("/index.html");
  if (index == files_.end()) {
    throw std::runtime_error("no index.html in the web client's folder " + root.string());
  }
  script_hashes_ = hashes_of_scripts(index->second.bytes);
}

const StaticFiles::File* StaticFiles::find(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

Response StaticFiles::answer(const Request& request) const {
  std::string path = request.path;
  const File* file = find(path);
  const bool is_page = path.substr(path.rfind('/')).find('.') == std::string::npos;
  if (file == nullptr && is_page) {
    path = "/index.html";
    file = find(path);
  }
  if (file == nullptr) {
    return problem_response({{base::ProblemKind::not_found, "http.not_found", {}, {}}}, request);
  }
  Response response;
  response.content_type = file->type;
  for (const auto& [coding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    const File* packed = find(path + ending);
    if (packed == nullptr || !accepts(request, coding)) continue;
    file = packed;
    response.headers.emplace_back("Content-Encoding", coding);
    break;
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("ETag", file->tag);
  response.headers.emplace_back("Cache-Control", path.starts_with("/_app/immutable/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  if (names_tag(request.header("if-none-match").value_or(""), file->tag)) {
    response.status = 304;
  } else {
    response.body = file->bytes;
  }
  return response;
}

}  // namespace http
