/// Writes the sample office files that tests/office/check_office.py opens with other programs.
/// Every figure in them is invented and says so.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "office/docx.h"
#include "office/xlsx.h"

namespace {

using office::Paragraph;
using office::Profile;
using Kind = office::Paragraph::Kind;

constexpr const char* kNote = "Số liệu minh hoạ";

struct Measure {
  const char* name;
  const char* unit;
  int decimals;
  std::int64_t plan;
  std::int64_t done;
  std::int64_t year_ago;
};

constexpr Measure kMeasures[] = {
    {"Tỷ lệ tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên", "%", 1, 900, 925, 911},
    {"Số đảng viên kết nạp", "người", 0, 1200, 1287, 1140},
    {"Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên", "%", 1, 850, 874, 862},
    {"Tỷ lệ chi bộ sinh hoạt chuyên đề theo quy định", "%", 1, 1000, 986, 954},
    {"Số cuộc kiểm tra của cấp ủy", "cuộc", 0, 320, 334, 301},
    {"Số cuộc giám sát của cấp ủy", "cuộc", 0, 290, 288, 276},
    {"Tỷ lệ kết luận kiểm tra đã thực hiện xong", "%", 1, 950, 962, 940},
    {"Tỷ lệ kiến nghị được trả lời đúng hạn", "%", 1, 980, 971, 965},
    {"Tỷ lệ hồ sơ giải quyết đúng và trước hạn", "%", 2, 9900, 9934, 9871},
    {"Số hồ sơ thủ tục hành chính tiếp nhận", "hồ sơ", 0, 240000, 251832, 233904},
    {"Tỷ lệ hồ sơ nộp trực tuyến toàn trình", "%", 1, 600, 643, 412},
    {"Chỉ số hài lòng của người dân (SIPAS)", "%", 2, 8800, 8912, 8745},
    {"Số mô hình “Dân vận khéo” được công nhận", "mô hình", 0, 145, 163, 139},
    {"Thu ngân sách nhà nước trên địa bàn", "triệu đồng", 1, 8547500, 9123456, 8012345},
    {"Số xã đạt chuẩn nông thôn mới nâng cao", "xã", 0, 10, 11, 5},
    {"Số hộ nghèo còn lại", "hộ", 0, 520, 498, 585},
    {"Tỷ lệ gia đình đạt danh hiệu văn hóa", "%", 1, 885, 891, 868},
    {"Quỹ “Vì người nghèo” đã chuyển", "triệu đồng", 1, 45000, 48276, 41050},
    {"Số nhà Đại đoàn kết xây mới, sửa chữa", "nhà", 0, 40, 46, 38},
};

constexpr const char* kUnits[] = {
    "Thị trấn Thường Tín", "Xã Ninh Sở",     "Xã Nhị Khê",    "Xã Duyên Thái",   "Xã Khánh Hà",
    "Xã Hòa Bình",         "Xã Văn Bình",    "Xã Hiền Giang", "Xã Hồng Vân",     "Xã Vân Tảo",
    "Xã Liên Phương",      "Xã Văn Phú",     "Xã Tự Nhiên",   "Xã Tiền Phong",   "Xã Hà Hồi",
    "Xã Thư Phú",          "Xã Nguyễn Trãi", "Xã Quất Động",  "Xã Chương Dương", "Xã Tân Minh",
    "Xã Lê Lợi",           "Xã Thắng Lợi",   "Xã Dũng Tiến",  "Xã Thống Nhất",   "Xã Nghiêm Xuyên",
    "Xã Tô Hiệu",          "Xã Văn Tự",      "Xã Vạn Điểm",   "Xã Minh Cường"};

struct UnitColumn {
  const char* title;
  int decimals;
  std::int64_t total;  ///< as in kMeasures
  std::int64_t step;
};

constexpr UnitColumn kUnitColumns[] = {{"Đảng viên kết nạp (người)", 0, 1287, 9},
                                       {"Cuộc kiểm tra (cuộc)", 0, 334, 3},
                                       {"Cuộc giám sát (cuộc)", 0, 288, 2},
                                       {"Hồ sơ tiếp nhận (hồ sơ)", 0, 251832, 1900},
                                       {"Mô hình “Dân vận khéo”", 0, 163, 1},
                                       {"Thu ngân sách (triệu đồng)", 1, 9123456, 61803},
                                       {"Quỹ “Vì người nghèo” (triệu đồng)", 1, 48276, 391}};

std::int64_t spread(std::size_t unit) {
  return static_cast<std::int64_t>((unit * 11 + 3) % std::size(kUnits) % 5);
}

/// An invented share of the total: spread by a fixed rule, the first unit takes what is left.
std::int64_t figure(const UnitColumn& column, std::size_t unit) {
  const auto units = static_cast<std::int64_t>(std::size(kUnits));
  std::int64_t rest = column.total;
  for (std::size_t each = 0; each < std::size(kUnits); ++each) rest -= column.step * spread(each);
  return rest / units + column.step * spread(unit) + (unit == 0 ? rest % units : 0);
}

std::string percent(std::int64_t part, std::int64_t whole) {
  const auto tenths = base::divide_half_up(part, whole, 3);
  return tenths ? base::vietnamese_figure(*tenths, 1) : std::string();
}

std::string verdict(const Measure& measure) {
  // Fewer poor households is better; every other measure here is better higher.
  const bool is_lower_better = std::string(measure.unit) == "hộ";
  const std::int64_t lead =
      is_lower_better ? measure.plan - measure.done : measure.done - measure.plan;
  return lead > 0 ? "Vượt" : lead == 0 ? "Hoàn thành" : "Chưa đạt";
}

office::Table measure_table() {
  office::Table table;
  table.caption = "Biểu 01. Kết quả thực hiện các chỉ tiêu năm 2021";
  table.columns = {{"STT", 9, false},
                   {"Chỉ tiêu", 60, false},
                   {"ĐVT", 17, false},
                   {"Kế hoạch năm", 21, true},
                   {"Thực hiện", 21, true},
                   {"Tỷ lệ % so KH", 17, true},
                   {"Cùng kỳ năm trước", 21, true},
                   {"Đánh giá", 23, false}};
  int number = 0;
  for (const Measure& measure : kMeasures) {
    table.rows.push_back({std::to_string(++number), measure.name, measure.unit,
                          base::vietnamese_figure(measure.plan, measure.decimals),
                          base::vietnamese_figure(measure.done, measure.decimals),
                          percent(measure.done, measure.plan),
                          base::vietnamese_figure(measure.year_ago, measure.decimals),
                          verdict(measure)});
  }
  return table;
}

office::Table unit_table() {
  office::Table table;
  table.caption = "Biểu 02. Số liệu của từng đơn vị, năm 2021";
  table.unit_note = "Số liệu minh hoạ";
  table.landscape = true;
  table.columns = {{"STT", 10, false}, {"Đơn vị", 48, false}};
  for (const UnitColumn& column : kUnitColumns) table.columns.push_back({column.title, 27, true});
  std::vector<std::string> all{"", "Toàn huyện"};
  for (const UnitColumn& column : kUnitColumns) {
    all.push_back(base::vietnamese_figure(column.total, column.decimals));
  }
  table.rows.push_back(std::move(all));
  table.is_total.push_back(true);
  for (std::size_t unit = 0; unit < std::size(kUnits); ++unit) {
    std::vector<std::string> row{std::to_string(unit + 1), kUnits[unit]};
    for (const UnitColumn& column : kUnitColumns) {
      row.push_back(base::vietnamese_figure(figure(column, unit), column.decimals));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<office::Block> body(const std::string& part_mark) {
  std::vector<office::Block> blocks;
  const auto say = [&](Kind kind, const std::string& text) {
    blocks.emplace_back(Paragraph{kind, text});
  };
  say(Kind::heading, "I" + part_mark + " CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI");
  say(Kind::subheading, "1. Quán triệt, học tập");
  say(Kind::body,
      "Ban Thường vụ Huyện ủy đã tổ chức hội nghị quán triệt Chương trình tới toàn thể cán bộ chủ "
      "chốt của 29 xã, "
      "thị trấn; ban hành kế hoạch thực hiện, phân công rõ cơ quan chủ trì, cơ quan phối hợp, sản "
      "phẩm và thời hạn "
      "của từng nhiệm vụ.");
  say(Kind::subheading, "2. Kiểm tra, giám sát, đôn đốc");
  say(Kind::body,
      "Cấp ủy các cấp đã thực hiện 334 cuộc kiểm tra, 288 cuộc giám sát; 96,2% kết luận kiểm tra "
      "đã được thực hiện "
      "xong đúng thời hạn.");
  say(Kind::heading, "II" + part_mark + " KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU");
  say(Kind::body,
      "Kết quả thực hiện 19 chỉ tiêu của năm 2021 được nêu tại Biểu 01; số liệu của từng đơn vị "
      "tại Biểu 02.");
  blocks.emplace_back(measure_table());
  say(Kind::note, "Tỷ lệ được tính từ tổng tử số và tổng mẫu số, không lấy trung bình các tỷ lệ.");
  say(Kind::heading, "III" + part_mark + " KIẾN NGHỊ, ĐỀ XUẤT");
  say(Kind::body,
      "Đề nghị Thành phố tiếp tục bồi dưỡng kỹ năng, nghiệp vụ cho cán bộ làm công tác tổng hợp ở "
      "cơ sở.");
  return blocks;
}

office::Document party_report() {
  office::Document document;
  document.header = {Profile::party_36_2018,
                     "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI",
                     "HUYỆN ỦY THƯỜNG TÍN",
                     "Số 05-BC/HU",
                     "Thường Tín, ngày 28 tháng 4 năm 2022",
                     "BÁO CÁO",
                     "kết quả thực hiện Chương trình số 01-CTr/TU, ngày 17/3/2021\n"
                     "của Thành ủy Hà Nội (khóa XVII)"};
  document.blocks = body("-");
  document.signature =
      office::Signature{"T/M BAN THƯỜNG VỤ",
                        "PHÓ BÍ THƯ THƯỜNG TRỰC",
                        "Nguyễn Văn Mẫu",
                        {"Thường trực Thành ủy", "Đoàn kiểm tra số 2",
                         "Các đồng chí Ủy viên Ban Thường vụ", "Lưu Văn phòng Huyện ủy"}};
  document.annexes.emplace_back(unit_table());
  document.watermark_note = kNote;
  return document;
}

office::Document state_report() {
  office::Document document;
  document.header = {Profile::state_nd30_2020,
                     "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
                     "ỦY BAN NHÂN DÂN HUYỆN THƯỜNG TÍN",
                     "Số: 05/BC-UBND",
                     "Thường Tín, ngày 28 tháng 4 năm 2022",
                     "BÁO CÁO",
                     "Kết quả thực hiện các chỉ tiêu năm 2021"};
  document.addressees = {"Ủy ban nhân dân Thành phố", "Sở Kế hoạch và Đầu tư"};
  document.blocks = body(".");
  document.signature = office::Signature{"TM. ỦY BAN NHÂN DÂN",
                                         "CHỦ TỊCH",
                                         "Trần Thị Mẫu",
                                         {"Như trên", "Thường trực Huyện ủy", "Lưu: VT, TH"}};
  document.annexes.emplace_back(unit_table());
  document.watermark_note = kNote;
  return document;
}

/// The Party's commune committee after 2026.
office::Document party_report_of_2026() {
  office::Document document = party_report();
  document.header = {Profile::party_05_2026,
                     "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI",
                     "ĐẢNG ỦY XÃ THƯỜNG TÍN",
                     "Số 03-BC/ĐU",
                     office::place_and_date("Thường Tín", base::Date(2026, 2, 5)),
                     "BÁO CÁO",
                     "kết quả thực hiện các chỉ tiêu năm 2025"};
  document.signature = office::Signature{"T/M BAN THƯỜNG VỤ",
                                         "PHÓ BÍ THƯ",
                                         "Nguyễn Văn Mẫu",
                                         {"Thường trực Thành ủy", "Lưu Văn phòng Đảng ủy"}};
  return document;
}

office::Document front_report() {
  office::Document document = state_report();
  document.header = {Profile::front,
                     "MẶT TRẬN TỔ QUỐC VIỆT NAM\nHUYỆN THƯỜNG TÍN",
                     "BAN THƯỜNG TRỰC",
                     "Số: 15/BC-MTTQ-BTT",
                     office::place_and_date("Thường Tín", base::Date(2022, 6, 9)),
                     "BÁO CÁO",
                     "Kết quả công tác Mặt trận 6 tháng đầu năm 2022"};
  document.addressees = {"Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố"};
  document.signature = office::Signature{"TM. BAN THƯỜNG TRỰC",
                                         "CHỦ TỊCH",
                                         "Lê Văn Mẫu",
                                         {"Như trên", "Thường trực Huyện ủy", "Lưu: VT"}};
  return document;
}

office::Document youth_report() {
  office::Document document = state_report();
  document.header = {Profile::youth_union,
                     "ĐOÀN TNCS HỒ CHÍ MINH THÀNH PHỐ HÀ NỘI",
                     "BAN CHẤP HÀNH HUYỆN THƯỜNG TÍN",
                     "Số: 29-BC/ĐTN",
                     office::place_and_date("Thường Tín", base::Date(2022, 3, 26)),
                     "BÁO CÁO",
                     "Kết quả công tác Đoàn và phong trào thanh thiếu nhi quý I năm 2022"};
  document.addressees = {};
  document.signature = office::Signature{"TM. BAN THƯỜNG VỤ",
                                         "BÍ THƯ",
                                         "Hoàng Thị Mẫu",
                                         {"Ban Thường vụ Thành đoàn", "Lưu: Văn phòng"}};
  return document;
}

std::vector<office::Sheet> sheets() {
  office::Sheet first{"Biểu 01", "Kết quả thực hiện các chỉ tiêu năm 2021", {kNote}, {}, {}, {},
                      {}};
  first.columns = {"STT",       "Chỉ tiêu",          "ĐVT",     "Kế hoạch năm",
                   "Thực hiện", "Cùng kỳ năm trước", "Đánh giá"};
  first.widths = {6, 52, 13, 16, 16, 16, 13};
  std::int64_t number = 0;
  for (const Measure& measure : kMeasures) {
    first.rows.push_back({office::Figure{++number, 0}, std::string(measure.name),
                          std::string(measure.unit), office::Figure{measure.plan, measure.decimals},
                          office::Figure{measure.done, measure.decimals},
                          office::Figure{measure.year_ago, measure.decimals}, verdict(measure)});
  }
  office::Sheet second{
      "Biểu 02", "Số liệu của từng đơn vị, năm 2021", {kNote}, {"STT", "Đơn vị"}, {6, 26}, {}, {}};
  std::vector<office::Cell> all{std::monostate(), std::string("Toàn huyện")};
  for (const UnitColumn& column : kUnitColumns) {
    second.columns.emplace_back(column.title);
    all.emplace_back(office::Figure{column.total, column.decimals});
  }
  second.rows.push_back(std::move(all));
  second.is_total.push_back(true);
  for (std::size_t unit = 0; unit < std::size(kUnits); ++unit) {
    std::vector<office::Cell> row{office::Figure{static_cast<std::int64_t>(unit) + 1, 0},
                                  std::string(kUnits[unit])};
    for (const UnitColumn& column : kUnitColumns) {
      row.emplace_back(office::Figure{figure(column, unit), column.decimals});
    }
    second.rows.push_back(std::move(row));
  }
  return {first, second};
}

void save(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "office_samples FOLDER\n";
    return 2;
  }
  try {
    const std::filesystem::path folder = words[1];
    std::filesystem::create_directories(folder);
    save(folder / "sample.docx", office::write_docx(party_report()));
    save(folder / "sample_state.docx", office::write_docx(state_report()));
    save(folder / "sample_party_2026.docx", office::write_docx(party_report_of_2026()));
    save(folder / "sample_front.docx", office::write_docx(front_report()));
    save(folder / "sample_youth.docx", office::write_docx(youth_report()));
    save(folder / "sample.xlsx", office::write_xlsx(sheets()));
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  return 0;
}
