#include <array>
#include <iostream>

#include "app/commands.h"
#include "app/doctor.h"
#include "app/print.h"

namespace app {

int doctor_command(const Place& place, bool json) {
  const std::vector<Finding> found = look_over(place);
  const bool is_vi = place.language == base::Language::vi;
  http::json::array items;
  bool is_at_fault = false;
  for (const Finding& one : found) {
    is_at_fault = is_at_fault || one.health == Health::at_fault;
    if (json) {
      items.push_back(http::json::object{
          {"about", one.about}, {"health", name(one.health)}, {"vi", one.vi}, {"en", one.en}});
    } else {
      static constexpr std::array<const char*, 3> kMarks{"  ", "? ", "! "};
      std::cout << kMarks[static_cast<std::size_t>(one.health)] << (is_vi ? one.vi : one.en)
                << "\n";
    }
  }
  if (json) std::cout << http::json::serialize(http::json::object{{"items", items}}) << "\n";
  return is_at_fault ? kRefused : kDone;
}

}  // namespace app
