#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/db.h"

namespace app {

/// What is broken in the data, in words; empty when sound: the database's own integrity and foreign
/// keys, the rules no constraint can hold, the journal's chain. `step(done, all)` may be empty.
struct Soundness {
  std::vector<std::string> faults;
  std::int64_t leaves = 0;  ///< of the journal
  std::string head;         ///< of its chain
};
Soundness soundness_of(store::Db& db,
                       const std::function<void(std::size_t, std::size_t)>& step = {});

}  // namespace app
