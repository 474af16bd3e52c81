#include "publish/public_site.h"

#include <charconv>

#include "base/hash.h"
#include "org/table_response.h"
#include "publish/page_shelf.h"
#include "publish/public_page.h"
#include "publish/public_store.h"

namespace publish {
namespace {

using http::Request;
using http::Response;
using page::Frame;

constexpr std::string_view kPlace = "truoc";  ///< of a list, where it goes on
constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr std::int64_t kLongestKept =
    5LL * 60 * 1'000'000;  // units' names change without an act here
constexpr int kInList = 20, kInFeed = 50, kInSitemap = 10'000;

using Make = Response (*)(PublicRows&, const Frame&, const Request&);

Response html(std::string text, int status = 200) {
  Response response;
  response.status = status;
  response.content_type = kHtml;
  response.body = std::move(text);
  return response;
}

Response typed(std::string text, const char* type) {
  Response response;
  response.content_type = type;
  response.body = std::move(text);
  return response;
}

Response nothing_at(const Frame& frame) { return html(page::not_found(frame), 404); }

/// Letters of addresses we give; anything else is nothing.
bool is_plain(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string parameter(const Request& request, std::string_view name) {
  return request.parameters.find(name)->second;
}

/// "?truoc=<microseconds>-<id>"
std::optional<ListPlace> asked_place(const Request& request) {
  const std::string asked(request.asked(kPlace).value_or(""));
  ListPlace made;
  const char* const end = asked.data() + asked.size();
  const auto at = std::from_chars(asked.data(), end, made.shown_at.microseconds);
  if (at.ec != std::errc() || at.ptr == end || *at.ptr != '-') return std::nullopt;
  const auto id = std::from_chars(at.ptr + 1, end, made.id);
  if (id.ec != std::errc() || id.ptr != end) return std::nullopt;
  return made;
}

page::Home list_page(PublicRows& rows, const Request& request, std::string_view category) {
  page::Home made;
  made.category = category;
  made.latest = rows.latest(category, asked_place(request), kInList + 1);
  if (made.latest.size() > kInList) {
    made.latest.pop_back();
    const Brief& last = made.latest.back();
    made.next = "?" + std::string(kPlace) + "=" + std::to_string(last.shown_at.microseconds) + "-" +
                std::to_string(last.id.value);
  }
  made.categories = rows.used_categories();
  return made;
}

Response get_home(PublicRows& rows, const Frame& frame, const Request& request) {
  page::Home made = list_page(rows, request, "");
  made.opened = rows.opened(kInList);
  return html(page::home(frame, made));
}

Response get_category(PublicRows& rows, const Frame& frame, const Request& request) {
  const Category* const category = category_of(parameter(request, "category"));
  if (category == nullptr) return nothing_at(frame);
  const page::Home made = list_page(rows, request, category->code);
  if (made.latest.empty()) return nothing_at(frame);
  return html(page::home(frame, made));
}

Response get_bulletin(PublicRows& rows, const Frame& frame, const Request& request) {
  const std::string slug = parameter(request, "slug");
  if (!is_plain(slug, 200)) return nothing_at(frame);
  if (const auto article = rows.article(slug)) return html(page::article(frame, *article));
  if (const auto gone = rows.withdrawn(slug)) return html(page::gone(frame, *gone), 410);
  return nothing_at(frame);
}

Response get_picture(PublicRows& rows, const Frame& frame, const Request& request) {
  const std::string name = parameter(request, "picture");
  constexpr std::string_view kEnding = ".jpg";
  if (!name.ends_with(kEnding)) return nothing_at(frame);
  const std::string hash = name.substr(0, name.size() - kEnding.size());
  if (!is_plain(hash, 64)) return nothing_at(frame);
  auto bytes = rows.picture(hash);
  if (!bytes) return nothing_at(frame);
  return typed(*std::move(bytes), "image/jpeg");
}

Response get_figures(PublicRows& rows, const Frame& frame, const Request& request) {
  const report::PublicationId id{request.id_parameter("publication")};
  if (const auto found = rows.figures(id)) return html(page::figures(frame, *found));
  if (const auto gone = rows.closed(id)) return html(page::gone(frame, *gone), 410);
  return nothing_at(frame);
}

Response get_figures_file(PublicRows& rows, const Frame& frame, const Request& request) {
  const report::PublicationId id{request.id_parameter("publication")};
  const std::string format = parameter(request, "format");
  if (format != "csv" && format != "json") return nothing_at(frame);
  const auto found = rows.figures(id);
  if (!found) {
    const auto gone = rows.closed(id);
    return gone ? html(page::gone(frame, *gone), 410) : nothing_at(frame);
  }
  const std::string name = "so-lieu-" + std::to_string(id.value) + "." + format;
  Response response = format == "csv" ? org::file_response(name, "text/csv; charset=utf-8",
                                                           page::figures_csv(*found))
                                      : org::file_response(name, "application/json", found->text);
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

/// "?truoc=2022-04-14-<id>"
std::optional<PetitionPlace> asked_petition_place(const Request& request) {
  const std::string asked(request.asked(kPlace).value_or(""));
  constexpr std::size_t kDay = 10;
  if (asked.size() < kDay + 2 || asked[kDay] != '-') return std::nullopt;
  const auto day = base::Date::parse(asked.substr(0, kDay));
  if (!day) return std::nullopt;
  PetitionPlace made{*day, 0};
  const char* const end = asked.data() + asked.size();
  const auto id = std::from_chars(asked.data() + kDay + 1, end, made.id);
  if (id.ec != std::errc() || id.ptr != end) return std::nullopt;
  return made;
}

Response get_petitions(PublicRows& rows, const Frame& frame, const Request& request) {
  auto found = rows.petitions(asked_petition_place(request), kInList + 1);
  std::string next;
  if (found.size() > kInList) {
    found.pop_back();
    next = "?" + std::string(kPlace) + "=" + found.back().on.text() + "-" +
           std::to_string(found.back().id);
  }
  return html(page::petitions(frame, found, next));
}

Response get_petition(PublicRows& rows, const Frame& frame, const Request& request) {
  const auto found = rows.petition(request.id_parameter("petition"));
  return found ? html(page::petition(frame, *found)) : nothing_at(frame);
}

Response get_units(PublicRows& rows, const Frame& frame, const Request&) {
  return html(page::units(frame, rows.units()));
}

Response get_feed(PublicRows& rows, const Frame& frame, const Request&) {
  return typed(page::feed(frame, rows.latest("", std::nullopt, kInFeed)),
               "application/atom+xml; charset=utf-8");
}

Response get_sitemap(PublicRows& rows, const Frame& frame, const Request&) {
  return typed(page::sitemap(frame, rows.latest("", std::nullopt, kInSitemap),
                             rows.opened(kInSitemap), rows.petitions(std::nullopt, kInSitemap)),
               "application/xml; charset=utf-8");
}

Response get_robots(PublicRows&, const Frame& frame, const Request&) {
  return typed(page::robots(frame), "text/plain; charset=utf-8");
}

Response get_style(PublicRows&, const Frame& frame, const Request& request) {
  if (request.path != frame.style) return nothing_at(frame);
  Response response = typed(page::kStyle, "text/css; charset=utf-8");
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

bool has_header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return true;
  }
  return false;
}

/// What petitions say is opened by acts that know of no generation: such pages are made each time.
enum class Keeping { until_changed, never };

/// Where an address with a slash at its end leads; empty when it has none, or has letters that no
/// address of ours has. The path has no two slashes in a row (http/target.cpp).
std::string without_slash(std::string path) {
  if (!path.ends_with('/')) return {};
  path.pop_back();
  const bool is_ours =
      path.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-/.") == std::string::npos;
  return is_ours ? path : std::string{};
}

class Desk {
 public:
  Desk(store::Db& db, const base::Clock& clock, const std::string& origin)
      : db_(db), clock_(clock), frame_{origin, style_path(), clock} {}

  Response answer(Make make, const Request& request, Keeping keeping) {
    const base::Instant now = clock_.now();
    // Only where a list goes on is another page; what else is asked after a '?' is passed over.
    if (keeping == Keeping::never || request.asked(kPlace))
      return told(*made(make, request, now), request);
    const std::int64_t generation =
        db_.read([&](store::Tx& tx) { return PublicRows(tx, clock_, now).generation(); });
    auto kept = shelf_.find(request.path, generation, now);
    if (!kept) {
      kept = made(make, request, now);
      // What is not there is not kept: there is no end of it.
      if (kept->response.status != 404) shelf_.put(request.path, kept);
    }
    return told(*kept, request);
  }
  Response nothing(const Request& request) {
    KeptPage kept;
    const std::string plain = without_slash(request.path);
    if (!plain.empty()) {
      kept.response.status = 301;
      kept.response.content_type = kHtml;
      kept.response.headers.emplace_back("Location", plain);
      add_page_headers(kept.response);
      return kept.response;
    }
    kept.response = finished(nothing_at(frame_));
    return told(kept, request);
  }

 private:
  std::shared_ptr<const KeptPage> made(Make make, const Request& request, base::Instant now) {
    return db_.read([&](store::Tx& tx) {
      PublicRows rows(tx, clock_, now);
      auto one = std::make_shared<KeptPage>();
      one->generation = rows.generation();
      one->made_at = now;
      one->until = {now.microseconds + kLongestKept};
      if (const auto next = rows.next_change()) one->until = std::min(one->until, *next);
      one->response = finished(make(rows, frame_, request));
      one->tag = "\"" + base::sha256_hex(one->response.body).substr(0, 32) + "\"";
      return std::shared_ptr<const KeptPage>(std::move(one));
    });
  }
  static Response finished(Response response) {
    add_page_headers(response);
    if (!has_header(response, "Cache-Control")) {
      response.headers.emplace_back("Cache-Control",
                                    response.status == 404 ? "no-store" : "public, max-age=30");
    }
    return response;
  }
  static Response told(const KeptPage& kept, const Request& request) {
    if (kept.response.status != 200) return kept.response;
    const std::string_view known = request.header("if-none-match").value_or("");
    const bool is_known = known == "*" || known.find(kept.tag) != std::string_view::npos;
    Response response;
    response.status = is_known ? 304 : 200;
    response.content_type = kept.response.content_type;
    response.headers = kept.response.headers;
    response.headers.emplace_back("ETag", kept.tag);
    if (!is_known) response.body = kept.response.body;
    return response;
  }

  store::Db& db_;
  const base::Clock& clock_;
  const Frame frame_;
  PageShelf shelf_;
};

}  // namespace

std::string style_path() {
  static const std::string kPath =
      std::string(page::kRoot) + "/kieu/" + base::sha256_hex(page::kStyle).substr(0, 16) + ".css";
  return kPath;
}

void add_page_headers(Response& response) {
  // Without scripts nothing connects; what reads robots.txt in a page's name (Lighthouse) may.
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'self'; img-src 'self'; connect-src "
                                "'self'; base-uri 'none'; form-action 'none'; "
                                "frame-ancestors 'none'");
}

PublicSite public_site(store::Db& db, const base::Clock& clock, const std::string& origin) {
  const auto desk = std::make_shared<Desk>(db, clock, origin);
  const auto with = [desk](Make make, Keeping keeping = Keeping::until_changed) {
    return [desk, make, keeping](const Request& request) {
      return desk->answer(make, request, keeping);
    };
  };
  const std::string root = page::kRoot;
  PublicSite made;
  made.prefix = root;
  made.nothing = [desk](const Request& request) { return desk->nothing(request); };
  made.pages = {
      {root, "getPublicHome", with(get_home)},
      {root + "/muc/{category}", "getPublicCategory", with(get_category)},
      {root + "/ban-tin/{slug}", "getPublicBulletin", with(get_bulletin)},
      {root + "/anh/{picture}", "getPublicPicture", with(get_picture)},
      {root + "/so-lieu/{publication}", "getPublicFigures", with(get_figures)},
      {root + "/so-lieu/{publication}/{format}", "getPublicFiguresFile", with(get_figures_file)},
      {root + "/don-vi", "getPublicUnits", with(get_units)},
      {root + "/kien-nghi", "getPublicPetitions", with(get_petitions, Keeping::never)},
      {root + "/kien-nghi/{petition}", "getPublicPetition", with(get_petition, Keeping::never)},
      {root + "/kieu/{style}", "getPublicStyle", with(get_style)},
      {root + "/feed.xml", "getPublicFeed", with(get_feed)},
      {root + "/sitemap.xml", "getPublicSitemap", with(get_sitemap, Keeping::never)},
      {"/robots.txt", "getRobots", with(get_robots)},
  };
  return made;
}

}  // namespace publish
