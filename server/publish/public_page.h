#pragma once

#include <optional>
#include <string>
#include <vector>

#include "publish/public_store.h"

/// The public pages, as texts made of what PublicRows gave. Pure; no scripts, Vietnamese.
namespace publish::page {

inline constexpr const char* kRoot = "/cong-khai";

/// What all pages share.
struct Frame {
  std::string origin;        ///< "https://congkhai.example", without a slash at the end
  std::string style;         ///< address of the style sheet
  const base::Clock& clock;  ///< for its zone
  bool is_preview = false;   ///< pictures come from behind the log-in
};

struct Home {
  std::vector<Brief> latest;
  std::vector<std::string> categories;  ///< in which there is something
  std::vector<OpenBrief> opened;
  std::string next;      ///< query of the page after; empty for none
  std::string category;  ///< code; empty for all
};
std::string home(const Frame& frame, const Home& home);
std::string article(const Frame& frame, const Article& article);
std::string figures(const Frame& frame, const OpenFigures& figures);
std::string units(const Frame& frame, const std::vector<PublicUnit>& units);
/// `next` is the query of the page after; empty for none.
std::string petitions(const Frame& frame, const std::vector<PublicPetition>& petitions,
                      const std::string& next);
std::string petition(const Frame& frame, const PublicPetition& petition);
std::string gone(const Frame& frame, const Gone& gone);
std::string not_found(const Frame& frame);

/// Atom 1.0, the newest first.
std::string feed(const Frame& frame, const std::vector<Brief>& latest);
std::string sitemap(const Frame& frame, const std::vector<Brief>& latest,
                    const std::vector<OpenBrief>& opened,
                    const std::vector<PublicPetition>& petitions);
std::string robots(const Frame& frame);
/// Every total as a row; safe to open in a spreadsheet.
std::string figures_csv(const OpenFigures& figures);

extern const char* const kStyle;  ///< the style sheet's text

}  // namespace publish::page
