#include "app/demo_inspection.h"

#include "direct/programme_store.h"
#include "inspect/service.h"
#include "org/unit_store.h"

namespace app {

base::Result<int> load_inspection(store::Tx& tx, const DemoInspection& demo) {
  const auto unit_of = [&](const char* code) {
    return org::unit_store::find_by_code(tx, code, demo.today).value();
  };
  const org::UnitId city = unit_of("01"), district = unit_of("279");
  const report::Now now{demo.at, demo.today};
  inspect::AskedInspection asked;
  asked.procedure = "kiem-tra";
  asked.inspection.unit = city;
  asked.inspection.title = "Kiểm tra việc thực hiện Chương trình 01-CTr/TU";
  asked.inspection.team_name = "Đoàn kiểm tra số 2";
  asked.inspection.year = 2022;
  asked.inspection.quarter = 2;
  asked.inspection.from = base::Date(2021, 3, 17);
  asked.inspection.to = base::Date(2022, 4, 1);
  asked.inspection.is_illustrative = true;
  asked.inspection.units = {{district, {}}};
  for (const direct::Programme& one :
       direct::programme_store::addressed_to(tx, district, demo.today)) {
    if (one.number == "01-CTr/TU") asked.inspection.programmes.push_back(one.id);
  }
  ASSIGN_OR_RETURN(const inspect::InspectionId id,
                   inspect::plan_inspection(tx, demo.city, now, asked));
  const auto member = [](const char* login, inspect::TeamRole role, const char* covers) {
    inspect::Member made;
    made.login = login;
    made.role = role;
    made.covers = covers;
    return made;
  };
  RETURN_IF_REFUSED(inspect::put_team(
      tx, demo.city, now, {id, 1},
      {member("dung", inspect::TeamRole::head, "phụ trách chung"),
       member("khanh", inspect::TeamRole::member, "kinh tế - xã hội, cải cách hành chính")},
      ""));
  inspect::AskedOutline outline;
  outline.sections = {{"I", "Công tác lãnh đạo, chỉ đạo", "", true},
                      {"II", "Kết quả phát triển kinh tế - xã hội", "", true},
                      {"III", "Công tác phòng, chống dịch Covid-19", "", true},
                      {"IV", "Hạn chế, nguyên nhân và kiến nghị", "", true}};
  outline.period = "2021";
  outline.due_on = base::Date(2022, 4, 28);
  RETURN_IF_REFUSED(inspect::put_outline(tx, demo.city, now, {id, 2}, outline));
  return 0;
}

}  // namespace app
