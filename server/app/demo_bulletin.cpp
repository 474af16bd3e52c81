#include "app/demo_bulletin.h"

#include "app/demo_picture.h"
#include "office/picture.h"
#include "org/unit_store.h"
#include "publish/bulletin_store.h"
#include "report/publication_store.h"

namespace app {
namespace {

using base::Result;
using publish::Bulletin;

struct Ground {
  org::UnitId district;
  report::PublicationId year;  ///< its figures of 2021
};

Ground ground_of(store::Tx& tx, base::Date day) {
  const auto district = org::unit_store::find_by_code(tx, "279", day).value();
  report::publication_store::Wanted wanted;
  wanted.unit = district;
  wanted.limit = 1;
  const auto found = report::publication_store::visible(tx, {{}, day, true}, wanted);
  return {district, found.front().id};
}

Bulletin of_the_inspection(const Ground& ground) {
  Bulletin made;
  made.unit = ground.district;
  made.title =
      "Thường Tín rà lại một năm thực hiện Chương trình 01-CTr/TU trước khi đoàn kiểm tra đến";
  made.lead =
      "Huyện chuẩn bị báo cáo tự kiểm tra để làm việc với Đoàn kiểm tra số 2 của Thành phố: việc "
      "đã làm, số liệu đến từng xã, thị trấn và những chỗ còn chậm. Số liệu và người trong tin đều "
      "là minh hoạ.";
  made.dated_on = base::Date(2022, 4, 13);
  made.category = "kiem-tra-giam-sat";
  made.is_illustrative = true;
  made.body = {
      {true, "Từ chương trình đến việc của từng xã"},
      {false,
       "Một năm qua, huyện đưa các mục tiêu của Chương trình 01-CTr/TU vào kế hoạch của mình, rồi "
       "giao chỉ tiêu cho các xã, thị trấn. Mỗi xã nhận phần việc có người phụ trách và có hạn; "
       "chỗ nào chưa nhận hay còn lệch với huyện đều hiện ra để hai bên bàn lại."},
      {false,
       "Dân vận, Mặt trận Tổ quốc và các đoàn thể cùng ghi kết quả về một nơi, nên một phần việc "
       "chỉ báo cáo một lần và một khoản ủng hộ chỉ được đếm một lần."},
      {true, "Số liệu nói gì"},
      {false,
       "Bảng dưới đây lấy từ số liệu năm 2021 đã công bố của huyện. Ai cũng có thể mở bảng đầy đủ, "
       "xem từng xã, thị trấn và tải về."},
      {true, "Chỗ còn phải làm"},
      {false,
       "Cải cách hành chính ở một số xã còn chậm, tỷ lệ hồ sơ nộp trực tuyến chưa đều. Huyện tự "
       "nêu "
       "những chỗ này trong báo cáo, kèm cách khắc phục và hạn xong, thay vì đợi đoàn kiểm tra hỏi "
       "đến."},
      {false,
       "Đoàn kiểm tra sẽ xem báo cáo tự kiểm tra, nghe các bên trình bày và đối chiếu với số liệu "
       "gốc trước khi kết luận. Kết luận và việc khắc phục sẽ được đăng ở trang này."}};
  for (const char* indicator : {"D02", "D03", "D04"}) {
    publish::Figure figure;
    figure.publication = ground.year;
    figure.indicator = indicator;
    figure.unit = ground.district;
    made.figures.push_back(std::move(figure));
  }
  made.source = {"publication", ground.year.value, "Kết quả năm 2021 của huyện (số liệu minh hoạ)"};
  return made;
}

Bulletin of_the_check(const Ground& ground) {
  Bulletin made;
  made.unit = ground.district;
  made.title = "Các xã, thị trấn rà soát số liệu quý I trước ngày 25/4/2022";
  made.lead = "Việc rà soát giúp báo cáo tự kiểm tra của huyện khớp với sổ sách ở cơ sở.";
  made.dated_on = base::Date(2022, 4, 12);
  made.category = "kiem-tra-giam-sat";
  made.is_illustrative = true;
  made.body = {{false,
                "Mỗi xã, thị trấn đối chiếu số hồ sơ đã giải quyết với sổ của bộ phận một cửa, sửa "
                "chỗ lệch và ghi rõ lý do. Chỗ nào chưa rõ thì hỏi lại, không tự ước lượng."},
               {false, "Thông báo và số liệu trong tin là minh hoạ."}};
  return made;
}

Bulletin of_the_reform(const Ground& ground) {
  Bulletin made;
  made.unit = ground.district;
  made.title = "Cải cách hành chính năm 2021 của huyện qua số liệu";
  made.lead = "Hồ sơ đúng hạn và hồ sơ nộp trực tuyến của cả huyện, số liệu minh hoạ.";
  made.dated_on = base::Date(2022, 4, 14);
  made.category = "so-lieu";
  made.is_illustrative = true;
  made.body = {{false, "Bản tin này chờ duyệt: người viết không tự đăng được."}};
  publish::Figure figure;
  figure.publication = ground.year;
  figure.indicator = "D02";
  figure.unit = ground.district;
  made.figures = {figure};
  return made;
}

/// Written and given up for review; with the picture when there is one.
Result<publish::OnBulletin> submitted(store::Db& db, const auth::Actor& writer, publish::Now now,
                                      const Bulletin& asked, const publish::AskedPicture* picture) {
  const auto written =
      db.read([&](store::Tx& tx) { return publish::bound(tx, writer, now.day, asked); });
  return db.write([&](store::Tx& tx) -> Result<publish::OnBulletin> {
    ASSIGN_OR_RETURN(const publish::BulletinId id,
                     publish::create_bulletin(tx, writer, now, written));
    publish::OnBulletin on{id, 1};
    if (picture != nullptr) {
      RETURN_IF_REFUSED(publish::add_picture(tx, writer, now, on, *picture));
      on.revision += 1;
    }
    RETURN_IF_REFUSED(publish::submit_bulletin(tx, writer, now, on));
    on.revision += 1;
    return on;
  });
}

}  // namespace

Result<int> load_bulletins(store::Db& db, const DemoBulletins& demo) {
  const Ground ground = db.read([&](store::Tx& tx) { return ground_of(tx, demo.now.day); });
  ASSIGN_OR_RETURN(const publish::OpenContent content, db.read([&](store::Tx& tx) {
    return publish::open_content(tx, demo.reviewer, demo.now.day, ground.year);
  }));
  RETURN_IF_REFUSED(db.write([&](store::Tx& tx) {
    return publish::open_publication(tx, demo.reviewer, demo.now, content);
  }));
  publish::AskedPicture picture{
      "Hình minh hoạ: một buổi làm việc chuẩn bị báo cáo tự kiểm tra",
      "Tranh vẽ năm người ngồi sau một bàn dài có giấy và tách nước, phía sau là ba cửa sổ nhìn ra "
      "cây",
      {}};
  ASSIGN_OR_RETURN(picture.made, office::check_picture(drawn_meeting(), "/base64"));
  const Bulletin check = of_the_check(ground), inspection = of_the_inspection(ground);
  for (const Bulletin* const one : {&check, &inspection}) {
    ASSIGN_OR_RETURN(
        const publish::OnBulletin on,
        submitted(db, demo.writer, demo.now, *one, one == &inspection ? &picture : nullptr));
    RETURN_IF_REFUSED(db.write([&](store::Tx& tx) {
      return publish::publish_bulletin(tx, demo.reviewer, demo.now, on, std::nullopt);
    }));
  }
  RETURN_IF_REFUSED(submitted(db, demo.reviewer, demo.now, of_the_reform(ground), nullptr));
  return 0;
}

}  // namespace app
