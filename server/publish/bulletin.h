#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "org/unit.h"
#include "publish/course.h"
#include "report/publication.h"

/// A bulletin (bản tin): what a unit tells everybody. Pure.
namespace publish {

using BulletinId = base::Id<struct BulletinTag>;
using PictureId = base::Id<struct BulletinPictureTag>;

/// What bulletins are about; the code is in addresses.
struct Category {
  std::string_view code, name_vi, name_en;
};
std::span<const Category> categories();
const Category* category_of(std::string_view code);

struct Paragraph {
  bool is_heading = false;
  std::string text;  ///< plain: shown letter by letter
};

/// One size of a picture.
struct Copy {
  std::string hash;  ///< its address
  int width = 0, height = 0;
  std::int64_t attachment = 0;
};
struct Picture {
  PictureId id;
  std::string caption;      ///< shown under it
  std::string alternative;  ///< read out to who cannot see it
  Copy full, thumbnail;
};

/// A figure as it was frozen in a publication; what is shown is copied from there and from nowhere
/// else.
struct Figure {
  report::PublicationId publication;
  std::string indicator;  ///< code
  org::UnitId unit;
  std::string label, unit_name, measure_unit, period;
  int decimals = 0;
  std::int64_t amount = 0;
};

/// Where it comes from, for who reads it; the id is for the house.
struct Source {
  std::string kind;  ///< "session", "movement", "publication"; empty for none
  std::int64_t id = 0;
  std::string text;
};

struct Withdrawal {
  std::optional<base::Instant> at;
  std::string by, reason;
};

struct Bulletin {
  BulletinId id;
  org::UnitId unit;
  std::string title, lead;
  base::Date dated_on;
  std::string category;
  Source source;
  bool is_illustrative = false;
  std::vector<Paragraph> body;
  std::vector<Picture> pictures;
  std::vector<Figure> figures;

  State state = State::draft;
  std::string slug;           ///< given when it is first published, for good; empty until then
  std::string review_remark;  ///< why it was sent back
  std::optional<base::Instant> shown_at, published_at;
  std::string published_by;
  bool was_shown = false;  ///< everybody could read it before it was withdrawn
  Withdrawal withdrawn;    ///< the last time
  std::int64_t revision = 1;
  std::string author;

  bool is_public(base::Instant now) const {
    return state == State::published && shown_at && *shown_at <= now;
  }
};

inline constexpr std::size_t kMostParagraphs = 200, kMostPictures = 20, kMostFigures = 60;
inline constexpr std::size_t kLeastReason = 10;

std::string object_of(BulletinId id);  ///< "bulletin:5"

/// Of what is written: "bulletin.category", "bulletin.paragraph_empty", "bulletin.source_text" (a
/// kind without words, or words without a kind).
base::Problems faults_of_words(const Bulletin& bulletin);
/// Of a picture's words: "picture.caption_missing", "picture.alternative_missing",
/// "picture.alternative_is_caption".
base::Problems faults_of_picture(const std::string& caption, const std::string& alternative);
/// What it lacks to be reviewed: "bulletin.no_lead", "bulletin.no_body".
base::Problems lacking(const Bulletin& bulletin);

/// The title as an address: "Tin tức: Đảng bộ" → "tin-tuc-dang-bo"; at most 80 letters, never
/// empty.
std::string slug_of(std::string_view title);

/// The moment a day and a time of day ("08:30") stand for at the clock's offset; "bulletin.time"
/// for a time out of form.
base::Result<base::Instant> moment_of(base::Date day, const std::string& time,
                                      const base::Clock& clock);

}  // namespace publish
