#pragma once

#include <string>

namespace app {

/// A meeting room, drawn: nobody is to be recognised in it. A PNG.
std::string drawn_meeting();

}  // namespace app
