#include "app/demo_movements.h"

#include <array>

#include "app/demo.h"
#include "mobilise/movement_store.h"
#include "mobilise/service.h"
#include "office/csv.h"
#include "org/import_units.h"
#include "org/unit_store.h"

namespace app {
namespace {

using base::Date;
using base::Result;

struct Body {
  const char* line;
  const char* code;
  const char* name;
};
constexpr std::array<Body, 6> kBodies{{
    {"front", "279-MT", "Ủy ban Mặt trận Tổ quốc huyện"},
    {"trade_union", "279-CD", "Công đoàn huyện"},
    {"farmers", "279-ND", "Hội Nông dân huyện"},
    {"women", "279-PN", "Hội Liên hiệp Phụ nữ huyện"},
    {"youth", "279-TN", "Đoàn Thanh niên huyện"},
    {"veterans", "279-CCB", "Hội Cựu chiến binh huyện"},
}};
const Date kDay(2022, 4, 14);

class Loading {
 public:
  Loading(store::Tx& tx, const DemoMovements& demo) : tx_(tx), demo_(demo) {}

  Result<int> load() {
    ASSIGN_OR_RETURN(const mobilise::MovementId fund, fund_campaign());
    RETURN_IF_REFUSED(gifts(fund));
    ASSIGN_OR_RETURN(const mobilise::MovementId emulation, emulation_movement());
    return models(emulation);
  }

 private:
  org::UnitId unit(const char* code) const {
    return org::unit_store::find_by_code(tx_, code, kDay).value();
  }
  const auth::Actor& clerk(const char* code) const { return demo_.clerks.at(code); }

  Result<mobilise::MovementId> started(const auth::Actor& actor, mobilise::Movement movement,
                                       const std::vector<mobilise::PlanLine>& plan, Date on) {
    movement.is_illustrative = true;
    ASSIGN_OR_RETURN(const mobilise::MovementId id,
                     mobilise::create_movement(tx_, actor, nine_on(on), movement));
    RETURN_IF_REFUSED(mobilise::put_plan(tx_, actor, nine_on(on), {id, 1}, plan));
    RETURN_IF_REFUSED(mobilise::start_movement(tx_, actor, nine_on(on), {id, 2}));
    return id;
  }

  Result<mobilise::MovementId> fund_campaign() {
    mobilise::Movement fund;
    fund.unit = unit("279-MT");
    fund.kind = mobilise::MovementKind::campaign;
    fund.name = "Quỹ “Vì người nghèo” năm 2022";
    fund.from = Date(2022, 1, 1);
    fund.to = Date(2023, 1, 1);
    for (const Body& body : kBodies) fund.carriers.push_back(unit(body.code));
    const auto line = [&](const char* code, const char* text, Date due) {
      return mobilise::PlanLine{unit(code), unit(code), text, due};
    };
    return started(demo_.front, fund,
                   {line("279-MT", "Phát động, tiếp nhận và công khai quỹ", Date(2022, 1, 31)),
                    line("279-PN", "Vận động hội viên, rà soát hộ phụ nữ nghèo", Date(2022, 6, 30)),
                    line("279-ND", "Giúp ngày công, cây giống", Date(2022, 9, 30)),
                    line("279-TN", "Sửa nhà cho hộ nghèo", Date(2022, 10, 17))},
                   Date(2022, 1, 10));
  }

  struct Gift {
    const char* body;
    const char* unit;
    mobilise::Stage stage;
    mobilise::GiftKind kind;
    std::int64_t quantity;
    const char* giver;
    Date on;
  };

  Result<int> gifts(mobilise::MovementId fund) {
    using enum mobilise::Stage;
    using enum mobilise::GiftKind;
    const std::array<Gift, 9> all{{
        {"279-MT", "10183", pledged, money, 20'000'000, "Công ty May Sông Nhuệ", Date(2022, 1, 20)},
        {"279-MT", "10183", received, money, 20'000'000, "Công ty May Sông Nhuệ", Date(2022, 3, 2)},
        {"279-MT", "10186", pledged, money, 15'000'000, "", Date(2022, 1, 25)},
        {"279-MT", "10186", received, money, 9'000'000, "", Date(2022, 3, 20)},
        {"279-MT", "10198", pledged, money, 12'000'000, "", Date(2022, 2, 10)},
        {"279-PN", "10198", received, money, 5'500'000, "Hợp tác xã Hòa Bình", Date(2022, 3, 8)},
        {"279-PN", "10186", pledged, households, 4, "", Date(2022, 3, 1)},
        {"279-PN", "10186", received, households, 2, "", Date(2022, 4, 5)},
        {"279-MT", "10216", received, work_days, 60, "", Date(2022, 4, 2)},
    }};
    for (const Gift& gift : all) {
      mobilise::Contribution told;
      told.movement = fund;
      told.unit = unit(gift.unit);
      told.stage = gift.stage;
      told.kind = gift.kind;
      told.quantity = gift.quantity;
      told.giver = gift.giver;
      told.on = gift.on;
      const bool by_women = std::string_view(gift.body) == "279-PN";
      RETURN_IF_REFUSED(mobilise::report_contribution(tx_, by_women ? demo_.women : demo_.front,
                                                      nine_on(gift.on.plus_days(1)), told,
                                                      unit(gift.body), {}));
    }
    return 0;
  }

  Result<mobilise::MovementId> emulation_movement() {
    mobilise::Movement made;
    made.unit = unit("279");
    made.kind = mobilise::MovementKind::movement;
    made.name = "Phong trào thi đua “Dân vận khéo” năm 2022";
    made.from = Date(2022, 1, 1);
    made.to = Date(2023, 1, 1);
    made.fields = {mobilise::Field::economy, mobilise::Field::culture_society,
                   mobilise::Field::defence_security, mobilise::Field::political_system};
    made.carriers = {unit("279-MT"), unit("279-PN")};
    return started(
        demo_.district, made,
        {{unit("279-MT"), unit("279-MT"), "Mỗi xã đăng ký ít nhất một mô hình", Date(2022, 3, 31)}},
        Date(2022, 1, 12));
  }

  Result<int> models(mobilise::MovementId emulation) {
    mobilise::Model model;
    model.unit = unit("10183");
    model.movement = emulation;
    model.field = mobilise::Field::political_system;
    model.title = "Thứ sáu không hẹn";
    model.story =
        "Chiều thứ sáu hằng tuần, bộ phận một cửa trả kết quả tại nhà cho người già và người "
        "khuyết tật trong thị trấn.";
    model.registered_on = Date(2022, 2, 20);
    model.is_illustrative = true;
    ASSIGN_OR_RETURN(
        const mobilise::ModelId recognised,
        mobilise::register_model(tx_, clerk("10183"), nine_on(Date(2022, 2, 20)), model));
    RETURN_IF_REFUSED(mobilise::recognise_model(tx_, demo_.district, nine_on(Date(2022, 4, 1)),
                                                {recognised, 1},
                                                {unit("279"), Date(2022, 4, 1), {}}));
    model.unit = unit("10198");
    model.field = mobilise::Field::economy;
    model.title = "Vườn rau chung của thôn";
    model.story =
        "Đất trống ven kênh thành vườn rau, tiền bán rau góp vào quỹ khuyến học của thôn.";
    model.registered_on = Date(2022, 3, 5);
    RETURN_IF_REFUSED(
        mobilise::register_model(tx_, clerk("10198"), nine_on(Date(2022, 3, 5)), model));
    mobilise::Commendation praise;
    praise.unit = unit("10183");
    praise.giver = unit("279");
    praise.movement = emulation;
    praise.form = "Giấy khen";
    praise.number = "112/QĐ-UBND";
    praise.on = Date(2022, 4, 8);
    RETURN_IF_REFUSED(mobilise::commend(tx_, demo_.district, nine_on(Date(2022, 4, 8)), praise));
    return 0;
  }

  store::Tx& tx_;
  const DemoMovements& demo_;
};

}  // namespace

Result<int> load_bodies(store::Tx& tx, const auth::Actor& console, base::Instant at,
                        const std::vector<org::Unit>& communes) {
  for (const Body& body : kBodies) {
    std::string text = "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n";
    text += std::string("2,") + body.code + ",\"" + body.name + "\",,01\n";
    for (const org::Unit& one : communes)
      text += "3," + one.code + ",\"" + one.name + "\",," + body.code + "\n";
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(text));
    ASSIGN_OR_RETURN(const std::vector<org::UnitRow> rows, org::unit_rows(table));
    RETURN_IF_REFUSED(
        org::import_units(tx, console, at, rows, {Date(2021, 1, 1), body.line, {}, false}));
  }
  return 0;
}

Result<int> load_movements(store::Tx& tx, const DemoMovements& demo) {
  return Loading(tx, demo).load();
}

}  // namespace app
