#include "app/concerns.h"

#include "direct/concerns.h"
#include "inspect/concerns.h"
#include "mobilise/concerns.h"
#include "petition/concerns.h"
#include "report/concerns.h"

namespace app {

std::vector<org::ConcernsOf> all_concerns() {
  return {direct::concerns_of, report::concerns_of, inspect::concerns_of, petition::concerns_of,
          mobilise::concerns_of};
}

}  // namespace app
