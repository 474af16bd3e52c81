#include "app/demo_direct.h"

#include <array>
#include <set>

#include "direct/follow_task.h"
#include "direct/programme_store.h"
#include "direct/remind.h"
#include "direct/service.h"
#include "org/unit_store.h"
#include "registry/document_store.h"
#include "registry/register_document.h"

namespace app {
namespace {

using base::Date;
using base::Result;
using registry::DocumentId;
using registry::Profile;

constexpr std::array<const char*, 10> kCityTitles{
    "Tăng cường công tác xây dựng, chỉnh đốn Đảng, xây dựng Đảng bộ và hệ thống chính trị thành "
    "phố "
    "trong sạch, vững mạnh; đẩy mạnh cải cách hành chính giai đoạn 2021-2025",
    "Đẩy mạnh đổi mới mô hình tăng trưởng, cơ cấu lại nền kinh tế và hội nhập quốc tế giai đoạn "
    "2021-2025",
    "Chỉnh trang đô thị, phát triển đô thị và kinh tế đô thị giai đoạn 2021-2025",
    "Xây dựng nông thôn mới gắn với cơ cấu lại ngành nông nghiệp và phát triển kinh tế nông thôn "
    "giai "
    "đoạn 2021-2025",
    "Quy hoạch, sử dụng tài nguyên đất đai, bảo vệ môi trường giai đoạn 2021-2025",
    "Phát triển văn hóa, nâng cao chất lượng nguồn nhân lực, xây dựng người Hà Nội thanh lịch, văn "
    "minh giai đoạn 2021-2025",
    "Đẩy mạnh phát triển khoa học, công nghệ và đổi mới sáng tạo giai đoạn 2021-2025",
    "Phát triển hệ thống an sinh xã hội, nâng cao phúc lợi xã hội giai đoạn 2021-2025",
    "Tăng cường tiềm lực quốc phòng, an ninh giai đoạn 2021-2025",
    "Nâng cao hiệu quả công tác phòng, chống tham nhũng; thực hành tiết kiệm, chống lãng phí giai "
    "đoạn 2021-2025",
};

struct Goal {
  const char* objective;
  const char* indicator;
  const char* value;
};
// Invented figures.
constexpr std::array<Goal, 14> kCityGoals{{
    {"1", "D01", "90.00"},
    {"1", "F03", "360"},
    {"1", "F02", "480"},
    {"1", "F04", "300"},
    {"2", "D02", "98.50"},
    {"2", "D03", "50.00"},
    {"2", "F09", "85.0"},
    {"2", "F12", "80"},
    {"2", "F13", "1700000000"},
    {"2", "F14", "1600000000"},
    {"2", "D04", "1.00"},
    {"2", "F11", "530"},
    {"2", "F07", "50000"},
    {"2", "F15", "5"},
}};
struct Part {
  const char* objective;
  const char* indicator;
  const char* value;
  const char* each;  ///< given to every commune
};
constexpr std::array<Part, 3> kDistrictGoals{{
    {"1", "F03", "348", "12"},  // 29 × 12 = 348
    {"2", "F12", "60", "2"},    // 58: two are missing
    {"1", "F04", "290", "11"},  // 319: twenty-nine too many
}};

struct Work {
  const char* title;
  const char* lead;
  const char* supporting;
  const char* deliverable;
  Date from, due;
  int percent;
  const char* said;
};
const std::array<Work, 7>& works() {
  static const std::array<Work, 7> kWorks{{
      {"Rà soát, bổ sung hương ước, quy ước tại 5 thôn", "10198", "10201",
       "5 bản hương ước đã thông qua", Date(2022, 3, 1), Date(2022, 4, 20), 60,
       "3/5 thôn đã thông qua"},
      {"Số hóa hồ sơ đảng viên", "10183", "", "Danh sách hồ sơ đã số hóa", Date(2022, 1, 10),
       Date(2022, 4, 8), 80, "Còn hồ sơ của chi bộ 3"},
      {"Mở hội nghị quán triệt Quy định số 55-QĐ/TW", "10183", "10186", "Biên bản hội nghị",
       Date(2022, 4, 1), Date(2022, 4, 28), 0, ""},
      {"Khảo sát hài lòng tại bộ phận một cửa", "10201", "", "Báo cáo kết quả khảo sát",
       Date(2022, 3, 15), Date(2022, 5, 30), 20, "Đã phát 120 phiếu"},
      {"Ra mắt mô hình Dân vận khéo cấp xã", "10207", "10210", "Quyết định công nhận mô hình",
       Date(2022, 2, 1), Date(2022, 6, 15), 35, "Đã chọn 2 thôn làm điểm"},
      {"Kiểm tra chuyên đề thu chi đảng phí", "10249", "", "Thông báo kết luận kiểm tra",
       Date(2022, 2, 1), Date(2022, 3, 31), 100, "Đã ban hành thông báo kết luận"},
      {"Chỉnh trang cảnh quan đường trục xã", "10261", "10267",
       "Ảnh trước và sau, biên bản nghiệm thu", Date(2022, 4, 1), Date(2022, 9, 30), 5,
       "Đã khảo sát tuyến"},
  }};
  return kWorks;
}

const std::set<std::string> kSilent{"10258", "10264"};

class Direction {
 public:
  Direction(store::Tx& tx, const DemoDirection& demo)
      : tx_(tx), demo_(demo), city_(unit("01")), district_(unit("279")) {}

  Result<int> load() {
    RETURN_IF_REFUSED(registers());
    RETURN_IF_REFUSED(city_programmes());
    RETURN_IF_REFUSED(district_programmes());
    RETURN_IF_REFUSED(allocate());
    RETURN_IF_REFUSED(answers());
    RETURN_IF_REFUSED(tasks());
    // The first tick begins on its own day, the second sends what fell due since.
    for (const Date day : {Date(2022, 3, 20), demo_.today}) {
      direct::send_reminders(tx_, auth::console_actor("reminders"), at(day), day);
    }
    return 0;
  }

 private:
  org::UnitId unit(const std::string& code) const {
    return org::unit_store::find_by_code(tx_, code, demo_.today).value();
  }
  static base::Instant at(Date day) {
    return {std::chrono::duration_cast<std::chrono::microseconds>(day.days().time_since_epoch())
                .count() +
            2LL * 3600 * 1000000};
  }

  Result<int> registers() {
    const auto mark = [&](const auth::Actor& actor, org::UnitId of, const char* text, Date from,
                          const char* term, Date to) -> Result<int> {
      RETURN_IF_REFUSED(registry::set_mark(tx_, actor, at(kIssued), demo_.today, of,
                                           Profile::party_36_2018, text));
      RETURN_IF_REFUSED(
          registry::add_term(tx_, actor, at(kIssued), demo_.today, {0, of, term, from, to}));
      return 0;
    };
    RETURN_IF_REFUSED(
        mark(demo_.city, city_, "TU", Date(2020, 10, 14), "XVII", Date(2025, 10, 15)));
    return mark(demo_.district, district_, "HU", Date(2020, 7, 30), "XXIV", Date(2025, 8, 1));
  }

  Result<DocumentId> paper(const auth::Actor& actor, org::UnitId of, const std::string& subject,
                           Date day, std::vector<org::UnitId> recipients,
                           std::vector<registry::Relation> relations) {
    registry::NewDocument asked;
    asked.kept_by = of;
    asked.unit = of;
    asked.kind = "CTr";
    asked.subject = subject;
    asked.issued_on = day;
    asked.recipients = std::move(recipients);
    asked.relations = std::move(relations);
    return registry::register_document(tx_, actor, at(day), demo_.today, asked);
  }

  Result<int> city_programmes() {
    registry::NewDocument rule;
    rule.kept_by = city_;
    rule.issuer = "Bộ Chính trị";
    rule.kind = "QĐ";
    rule.number = "55-QĐ/TW";
    rule.subject = "Một số việc cần làm ngay để tăng cường vai trò nêu gương của cán bộ, đảng viên";
    rule.issued_on = Date(2016, 12, 19);
    rule.recipients = {district_};
    ASSIGN_OR_RETURN(const DocumentId centre,
                     registry::register_document(tx_, demo_.city, at(kIssued), demo_.today, rule));
    for (std::size_t n = 0; n < kCityTitles.size(); ++n) {
      std::vector<registry::Relation> relations;
      if (n == 0) relations.push_back({registry::RelationKind::implements, centre});
      ASSIGN_OR_RETURN(const DocumentId document,
                       paper(demo_.city, city_, kCityTitles[n], kIssued, {district_}, relations));
      direct::NewProgramme asked = head(city_, document, kCityTitles[n], kIssued);
      asked.addressees = {district_};
      if (n == 0) {
        asked.objectives = objectives();
        for (const Goal& goal : kCityGoals) {
          asked.targets.push_back(target(goal.objective, goal.indicator, goal.value));
        }
      }
      ASSIGN_OR_RETURN(const direct::ProgrammeId id,
                       direct::create_programme(tx_, demo_.city, at(kIssued), demo_.today, asked));
      above_.push_back(id);
    }
    return 0;
  }

  Result<int> district_programmes() {
    std::vector<org::UnitId> communes;
    for (const auto& [code, clerk] : demo_.clerks) communes.push_back(unit(code));
    for (std::size_t n = 0; n < 9; ++n) {
      const std::string title =
          "Chương trình " + std::to_string(n + 1) + " của Huyện ủy (tên minh hoạ)";
      ASSIGN_OR_RETURN(const DocumentId document,
                       paper(demo_.district, district_, title, kAnswered, communes, {}));
      direct::NewProgramme asked = head(district_, document, title, kAnswered);
      asked.programme.implements = above_[n];
      asked.addressees = communes;
      if (n == 0) {
        asked.objectives = objectives();
        for (const Part& part : kDistrictGoals) {
          asked.targets.push_back(target(part.objective, part.indicator, part.value));
        }
      }
      ASSIGN_OR_RETURN(
          const direct::ProgrammeId id,
          direct::create_programme(tx_, demo_.district, at(kAnswered), demo_.today, asked));
      own_.push_back(id);
    }
    for (std::size_t n = 0; n < above_.size(); ++n) {
      direct::AskedAdoption adoption;
      adoption.by_programme = own_[std::min<std::size_t>(n, own_.size() - 1)];
      RETURN_IF_REFUSED(direct::adopt_programme(tx_, demo_.district, at(kAnswered), demo_.today,
                                                above_[n], district_, adoption));
    }
    return 0;
  }

  direct::NewProgramme head(org::UnitId of, DocumentId document, const std::string& title,
                            Date day) const {
    direct::NewProgramme made;
    made.programme.unit = of;
    made.programme.number = registry::document_store::find(tx_, document)->number;
    made.programme.title = title;
    made.programme.issued_on = made.programme.from = day;
    made.programme.to = Date(2026, 1, 1);
    made.programme.is_illustrative = true;
    made.programme.document = document;
    return made;
  }
  static std::vector<direct::Objective> objectives() {
    return {{0, "1", "Xây dựng, chỉnh đốn Đảng và hệ thống chính trị"},
            {0, "2", "Đẩy mạnh cải cách hành chính, chăm lo đời sống"}};
  }
  static direct::NewTarget target(const char* objective, const char* indicator, const char* value) {
    return {objective, indicator, base::Period(2021, base::Frequency::year, 1), value, "/targets"};
  }

  std::vector<direct::Target> targets() const {
    return direct::programme_store::targets(tx_, own_[0], district_);
  }

  Result<int> allocate() {
    const auto goals = targets();
    for (std::size_t g = 0; g < goals.size(); ++g) {
      std::vector<direct::AskedAllocation> parts;
      for (const auto& [code, clerk] : demo_.clerks) {
        parts.push_back({unit(code), kDistrictGoals[g].each, "/items"});
      }
      RETURN_IF_REFUSED(direct::allocate_target(tx_, demo_.district, at(kAnswered), demo_.today,
                                                goals[g].id, parts));
    }
    return 0;
  }

  /// Two communes stay silent, one declines the models.
  Result<int> answers() {
    const auto goals = targets();
    for (const auto& [code, clerk] : demo_.clerks) {
      if (kSilent.contains(code)) continue;
      for (std::size_t g = 0; g < goals.size(); ++g) {
        direct::AskedAdoption adoption;
        if (code == "10189" && g == 1) {
          adoption.state = direct::AdoptionState::declined;
          adoption.reason = "Chưa có mô hình đăng ký";
        }
        RETURN_IF_REFUSED(direct::adopt_target(tx_, clerk, at(kAnswered.plus_days(9)), demo_.today,
                                               goals[g].id, unit(code), adoption));
      }
    }
    return 0;
  }

  Result<int> tasks() {
    for (const Work& work : works()) {
      direct::Task task;
      task.programme = own_[0];
      task.objective = "1";
      task.unit = district_;
      task.title = work.title;
      task.lead = unit(work.lead);
      if (*work.supporting != '\0') task.supporting = {unit(work.supporting)};
      task.deliverable = work.deliverable;
      task.from = work.from;
      task.due = work.due;
      ASSIGN_OR_RETURN(const direct::TaskId id,
                       direct::create_task(tx_, demo_.district, at(work.from), work.from, task));
      if (work.percent == 0) continue;
      const bool is_done = work.percent == 100;
      const Date day = is_done ? work.due.plus_days(-2) : demo_.today.plus_days(-3);
      direct::AskedUpdate said{is_done ? direct::UpdateKind::done : direct::UpdateKind::progress,
                               work.percent, work.said};
      RETURN_IF_REFUSED(
          direct::update_task(tx_, demo_.clerks.at(work.lead), at(day), day, {id, 1}, said, {}));
    }
    return 0;
  }

  static inline const Date kIssued{2021, 3, 17}, kAnswered{2021, 4, 20};
  store::Tx& tx_;
  const DemoDirection& demo_;
  org::UnitId city_, district_;
  std::vector<direct::ProgrammeId> above_, own_;
};

}  // namespace

base::Result<int> load_direction(store::Tx& tx, const DemoDirection& demo) {
  return Direction(tx, demo).load();
}

}  // namespace app
