#include "app/concerns.h"

#include "direct/concerns.h"
#include "mobilise/concerns.h"
#include "report/concerns.h"

namespace app {

std::vector<org::ConcernsOf> all_concerns() {
  return {direct::concerns_of, report::concerns_of, mobilise::concerns_of};
}

}  // namespace app
