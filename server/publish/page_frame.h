#pragma once

#include <functional>
#include <string>

#include "publish/markup.h"
#include "publish/public_page.h"

// What the pages of this folder are put together from.
namespace publish::page {

struct Head {
  std::string title, description;
  std::string path;                ///< its own address below the origin; empty for none
  std::string picture;             ///< address of one that stands for it
  const char* kind = "website";    ///< Open Graph's
  const Picture* shown = nullptr;  ///< what `picture` is, for who cannot see it
};
std::string whole(const Frame& frame, const Head& head, const std::function<void(Markup&)>& main);

std::string article_path(const std::string& slug);
std::string figures_path(report::PublicationId id);
std::string picture_path(const std::string& hash);
std::string petition_path(std::int64_t id);
/// "8 giờ 30 phút, ngày 27/11/2026".
std::string moment_words(const Frame& frame, base::Instant at);
void time_of(Markup& markup, const Frame& frame, base::Instant at);
void list_of(Markup& markup, const std::vector<Brief>& briefs);
/// "quý III năm 2022".
std::string period_of(const std::string& period);
/// "Hồ sơ (bộ)".
std::string with_measure(const std::string& label, const std::string& measure_unit);
void illustrative(Markup& markup, bool is_so);

}  // namespace publish::page
