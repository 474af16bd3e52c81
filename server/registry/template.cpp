#include "registry/template.h"

#include <algorithm>

#include "office/form.h"

namespace registry {
namespace {

using office::Paragraph;
using office::TemplateField;
using Kind = TemplateField::Kind;

std::vector<TemplateField> report_fields() {
  const auto text = [](const char* name, const char* vi, const char* en) {
    return TemplateField{name, Kind::text, vi, en, {}, false};
  };
  std::vector<TemplateField> fields{
      text("co_quan_cap_tren", "Cơ quan cấp trên, cơ quan chủ quản", "The superior body"),
      text("co_quan", "Cơ quan ban hành", "The issuing body"),
      text("so_ky_hieu", "Số và ký hiệu, có chữ “Số”", "Number and mark, with the word “Số”"),
      text("noi_ngay_ban_hanh", "Địa danh, ngày, tháng, năm", "Place and day"),
      text("ten_loai", "Tên loại văn bản", "Kind of paper"),
      text("trich_yeu", "Trích yếu nội dung", "Subject"),
      text("ky_bao_cao", "Kỳ báo cáo: “quý I năm 2022”", "Period of the report, in words"),
      text("quyen_han", "Quyền hạn của người ký: “T/M BAN THƯỜNG VỤ”",
           "On whose behalf it is signed"),
      text("chuc_vu", "Chức vụ của người ký", "Post of the signer"),
      text("ho_ten", "Họ tên người ký", "Name of the signer"),
      text("ghi_chu", "Ghi chú ở mọi trang: “Số liệu minh hoạ”; trống khi là số liệu thật",
           "Note of every page, such as that figures are invented; empty for real ones")};
  fields.back().is_required = true;  // invented figures must never look real
  const auto rows = [&](const char* name, const char* vi, const char* en,
                        std::vector<std::string> columns) {
    fields.push_back({name, Kind::rows, vi, en, std::move(columns), false});
  };
  rows("noi_nhan", "Nơi nhận, mỗi nơi một dòng", "Recipients, one a line", {"dong"});
  rows("chi_tieu", "Biểu 01: từng chỉ tiêu", "Table 01: each indicator",
       {"stt", "ten", "dvt", "thuc_hien", "luy_ke", "cung_ky", "so_cung_ky", "so_o"});
  std::vector<std::string> of_unit{"stt", "ten"};
  for (int i = 1; i <= 8; ++i) of_unit.push_back("so_lieu_" + std::to_string(i));
  rows("don_vi", "Biểu 02: từng đơn vị, với số liệu của tám chỉ tiêu đầu",
       "Table 02: each unit, with its figures of the first eight indicators", std::move(of_unit));
  const auto blocks = [&](const char* name, const char* vi, const char* en) {
    fields.push_back({name, Kind::blocks, vi, en, {}, false});
  };
  blocks("kinh_gui", "Kính gửi", "Addressees");
  blocks("noi_dung", "Toàn bộ nội dung: tình hình, biểu chỉ tiêu, ghi chú",
         "The whole text: coverage, the table of indicators, notes");
  blocks("phu_luc", "Phụ lục: số liệu từng đơn vị", "Annexes: figures of each unit");
  return fields;
}

std::string in_braces(const char* name) { return "{{" + std::string(name) + "}}"; }

}  // namespace

bool has_templates(std::string_view kind) { return kind == "BC"; }

const std::vector<TemplateField>& template_fields(std::string_view) {
  static const std::vector<TemplateField> kReport = report_fields();
  return kReport;
}

std::string default_template(office::Profile profile) {
  office::Document made;
  made.header = {profile,
                 in_braces("co_quan_cap_tren"),
                 in_braces("co_quan"),
                 in_braces("so_ky_hieu"),
                 in_braces("noi_ngay_ban_hanh"),
                 in_braces("ten_loai"),
                 in_braces("trich_yeu")};
  made.blocks = {Paragraph{Paragraph::Kind::centred, in_braces("kinh_gui")},
                 Paragraph{Paragraph::Kind::body, in_braces("noi_dung")}};
  made.signature = office::Signature{in_braces("quyen_han"),
                                     in_braces("chuc_vu"),
                                     in_braces("ho_ten"),
                                     {"{{#noi_nhan}}", in_braces("dong"), "{{/noi_nhan}}"}};
  made.annexes = {Paragraph{Paragraph::Kind::body, in_braces("phu_luc")}};
  made.watermark_note = in_braces("ghi_chu");
  return office::write_docx(made);
}

office::TemplateValues values_of(const office::Document& paper) {
  office::TemplateValues values;
  const office::Header& head = paper.header;
  values.profile = head.profile;
  values.title = head.type + " " + head.subject;
  std::replace(values.title.begin(), values.title.end(), '\n', ' ');
  values.creator = head.issuer;
  values.texts = {
      {"co_quan_cap_tren", head.superior},    {"co_quan", head.issuer}, {"so_ky_hieu", head.number},
      {"noi_ngay_ban_hanh", head.place_date}, {"ten_loai", head.type},  {"trich_yeu", head.subject},
      {"ghi_chu", paper.watermark_note}};
  if (paper.signature) {
    values.texts["quyen_han"] = paper.signature->capacity;
    values.texts["chuc_vu"] = paper.signature->title;
    values.texts["ho_ten"] = paper.signature->name;
    for (const std::string& one :
         office::recipient_lines(paper.signature->recipients, head.profile)) {
      values.rows["noi_nhan"].push_back({{"dong", one}});
    }
  }
  values.blocks["kinh_gui"].blocks = office::addressee_blocks(paper.addressees);
  values.blocks["noi_dung"].blocks = paper.blocks;
  values.blocks["phu_luc"] = {paper.annexes, true};
  return values;
}

}  // namespace registry
