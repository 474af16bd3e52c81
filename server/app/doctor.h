#pragma once

#include <string>
#include <vector>

#include "app/place.h"

namespace app {

enum class Health { well, doubtful, at_fault };
const char* name(Health health);  ///< "well", "doubtful", "at_fault"

struct Finding {
  const char* about;
  Health health = Health::well;
  std::string vi, en;  ///< what was seen, and what to do where it is not well
};

/// Whether the place is well kept: folder and keys, database, room, clock, backups, PDF.
std::vector<Finding> look_over(const Place& place);

}  // namespace app
