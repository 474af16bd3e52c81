#include "app/demo_petitions.h"

#include <array>

#include "app/demo.h"
#include "org/unit_store.h"
#include "petition/petition_store.h"
#include "petition/service.h"

namespace app {
namespace {

using base::Date;
using base::Result;

struct Row {
  const char* subject;
  const char* level;
  const char* unit;
  const char* body;
  int days;
};
constexpr std::array<Row, 9> kCompetences{{
    {"to-chuc", "district", "279", "", 10},
    {"to-chuc", "province", "01", "", 15},
    {"to-chuc", "centre", "01", "Ban Tổ chức Trung ương", 30},
    {"dao-tao", "province", "01", "", 15},
    {"dao-tao", "centre", "01", "Ban Tuyên giáo Trung ương", 30},
    {"bao-cao", "district", "279", "", 7},
    {"bao-cao", "province", "01", "", 15},
    {"cai-cach", "district", "279", "", 10},
    {"tai-chinh", "province", "01", "", 20},
}};

class Loading {
 public:
  Loading(store::Tx& tx, const DemoPetitions& demo) : tx_(tx), demo_(demo) {}

  Result<int> load() {
    for (const Row& row : kCompetences) {
      petition::Competence one;
      one.subject = row.subject;
      one.level = row.level;
      one.unit = unit(row.unit);
      one.body = row.body;
      one.days = row.days;
      one.basis = "Số liệu minh hoạ";
      one.from = Date(2021, 1, 1);
      RETURN_IF_REFUSED(
          petition::define_competence(tx_, demo_.administrator, nine_on(Date(2021, 1, 4)), one));
    }
    RETURN_IF_REFUSED(waiting());
    return answered();
  }

 private:
  org::UnitId unit(const char* code) const {
    return org::unit_store::find_by_code(tx_, code, Date(2022, 4, 14)).value();
  }
  const auth::Actor& clerk(const char* code) const { return demo_.clerks.at(code); }
  petition::AskedPetition asked(const char* raiser, petition::PetitionKind kind,
                                const char* subject) const {
    petition::AskedPetition made;
    made.unit = unit(raiser);
    made.kind = kind;
    made.subject = subject;
    made.addressees = {{unit("279"), "", ""}};
    made.is_illustrative = true;
    return made;
  }

  Result<int> waiting() {
    auto made = asked("10186", petition::PetitionKind::recommendation, "to-chuc");
    made.title = "Bố trí cán bộ chuyên trách văn phòng cấp ủy ở xã";
    made.text =
        "Văn phòng cấp ủy ở xã do cán bộ kiêm nhiệm, không kịp tham mưu, tổng hợp và lưu trữ. "
        "Đề nghị bố trí một cán bộ chuyên trách.";
    ASSIGN_OR_RETURN(
        const petition::PetitionId id,
        petition::raise_petition(tx_, clerk("10186"), nine_on(Date(2022, 4, 6)), made));
    RETURN_IF_REFUSED(petition::join_petition(
        tx_, clerk("10189"), nine_on(Date(2022, 4, 8)), id, unit("10189"),
        "Xã có hai cán bộ kiêm nhiệm, thay nhau nên hồ sơ không liền mạch."));
    return 0;
  }

  Result<int> answered() {
    auto made = asked("10198", petition::PetitionKind::obstacle, "bao-cao");
    made.title = "Hai biểu hỏi cùng một số liệu một cửa";
    made.text =
        "Biểu tháng và biểu quý cùng hỏi số hồ sơ tiếp nhận, đúng hạn; xã phải nhập hai lần. "
        "Đề nghị chỉ hỏi theo tháng.";
    const auto& ha = demo_.district;
    ASSIGN_OR_RETURN(
        const petition::PetitionId id,
        petition::raise_petition(tx_, clerk("10198"), nine_on(Date(2022, 3, 14)), made));
    const auto newest = [&] { return petition::petition_store::find(tx_, id).value(); };
    const petition::Petition raised = newest();
    RETURN_IF_REFUSED(petition::answer_part(
        tx_, ha, nine_on(Date(2022, 3, 18)), {{id, raised.revision}, raised.parts.front().id},
        petition::Outcome::accepted,
        "Từ tháng 4/2022 biểu quý không hỏi nữa, số của quý cộng từ ba tháng.", {}));
    RETURN_IF_REFUSED(petition::open_to_public(
        tx_, ha, nine_on(Date(2022, 3, 21)), {id, newest().revision},
        petition::PublicVersion{
            "Bỏ biểu quý trùng với biểu tháng",
            "Xã đề nghị không phải nhập hai lần cùng một số liệu của bộ phận một cửa.",
            "Huyện chỉ hỏi theo tháng từ tháng 4/2022; số của quý được cộng từ ba tháng.",
            Date(2022, 3, 21)}));
    return 0;
  }

  store::Tx& tx_;
  const DemoPetitions& demo_;
};

}  // namespace

Result<int> load_petitions(store::Tx& tx, const DemoPetitions& demo) {
  return Loading(tx, demo).load();
}

}  // namespace app
