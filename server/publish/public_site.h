#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "http/message.h"
#include "store/db.h"

/// The pages that everybody may read without logging in.
namespace publish {

/// A public page is asked for by GET; whoever answers it knows of no Actor, and is given nothing of
/// the database but what is public at the moment (public_store.h).
struct PublicPage {
  std::string path;  ///< "/cong-khai/ban-tin/{slug}"
  std::string operation_id;
  std::function<http::Response(const http::Request&)> handle;
};

struct PublicSite {
  std::vector<PublicPage> pages;
  std::string prefix;  ///< below which there is nothing but those
  std::function<http::Response(const http::Request&)> nothing;  ///< the one 404 of all others
};

/// `origin` is the address browsers know the site by: "https://congkhai.example". Pages are kept in
/// memory until what is public changes (public_generation, looked at with each request, so several
/// servers on one database agree), until something scheduled appears, or for five minutes.
PublicSite public_site(store::Db& db, const base::Clock& clock, const std::string& origin);

/// The headers of a page of our own without any script: also for the preview.
void add_page_headers(http::Response& response);
/// Address of the style sheet.
std::string style_path();

}  // namespace publish
