#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/date.h"
#include "base/words.h"
#include "store/db.h"

namespace app {

/// Where the data is, and in which language to speak.
struct Place {
  std::filesystem::path data = "data";
  std::string database;  ///< "postgres://…"; empty: SQLite in `data`
  base::Language language = base::Language::vi;
};

/// For acts: creates or migrates the database. Throws store::Unusable when another process holds
/// the folder.
std::unique_ptr<store::Db> open_for_writing(const Place& place);
/// For questions, also beside a running server. Throws store::Unusable when there is no database or
/// it is of another version.
std::unique_ptr<store::Db> open_for_reading(const Place& place);

/// The time as the demo sees it: on the day it was loaded for, so that its open work is due this
/// week. For all other data the system's clock.
std::unique_ptr<base::Clock> clock_of(const Place& place);
/// Makes `place` a demo whose first day is `day`.
void note_demo_day(const Place& place, base::Date day);
bool is_demo(const Place& place);
/// Makes `to` a demo of the same day when `from` is one.
void carry_demo_day(const Place& from, const Place& to);

}  // namespace app
