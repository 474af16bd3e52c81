#include "report/paper.h"

#include "base/text.h"
#include "registry/template.h"

namespace report {
namespace {

/// How a body names and signs itself (domain note c): its name, the symbol in its numbers, the
/// office that keeps the copy, on whose behalf is signed.
struct Body {
  std::string name, symbol, office, capacity;
};

/// "Thường Tín" of "Huyện Thường Tín".
std::string place_of(const Issuer& issuer) {
  if (issuer.kind.starts_with("Thành phố") && issuer.unit.starts_with("Thành phố "))
    return issuer.unit.substr(std::string("Thành phố ").size());
  return !issuer.kind.empty() && issuer.unit.starts_with(issuer.kind + " ")
             ? issuer.unit.substr(issuer.kind.size() + 1)
             : issuer.unit;
}

Body committee_of(const Issuer& issuer) {
  const std::string place = place_of(issuer), behalf = "T/M BAN THƯỜNG VỤ";
  const std::string& kind = issuer.kind;
  if (kind == "Huyện") return {"Huyện ủy " + place, "HU", "Văn phòng Huyện ủy", behalf};
  if (kind == "Quận") return {"Quận ủy " + place, "QU", "Văn phòng Quận ủy", behalf};
  if (kind == "Tỉnh") return {"Tỉnh ủy " + place, "TU", "Văn phòng Tỉnh ủy", behalf};
  if (kind.starts_with("Thành phố"))
    return {"Thành ủy " + place, "TU", "Văn phòng Thành ủy", behalf};
  return {"Đảng ủy " + issuer.unit, "ĐU", "Văn phòng Đảng ủy", behalf};
}

Body body_of(const Issuer& issuer, registry::IssuerKind kind) {
  switch (kind) {
    case registry::IssuerKind::party:
      return committee_of(issuer);
    case registry::IssuerKind::state:
      return {"Ủy ban nhân dân " + issuer.unit, "UBND", "VT", "TM. ỦY BAN NHÂN DÂN"};
    case registry::IssuerKind::front:
      return {"Ban Thường trực", "MTTQ-BTT", "VT", "TM. BAN THƯỜNG TRỰC"};
    case registry::IssuerKind::youth_union:
      return {"Ban Chấp hành Đoàn " + issuer.unit, "ĐTN", "Văn phòng", "TM. BAN THƯỜNG VỤ"};
  }
  return {};
}

/// What stands above the issuer's name.
std::string superior_of(const Issuer& issuer, registry::IssuerKind kind) {
  if (kind == registry::IssuerKind::front)
    return "MẶT TRẬN TỔ QUỐC VIỆT NAM\n" + base::upper(issuer.unit);
  if (issuer.superior.empty()) return {};
  switch (kind) {
    case registry::IssuerKind::party:
      return "ĐẢNG BỘ " + base::upper(issuer.superior);
    case registry::IssuerKind::state:
      return "ỦY BAN NHÂN DÂN " + base::upper(issuer.superior);
    case registry::IssuerKind::front:
      break;
    case registry::IssuerKind::youth_union:
      return "ĐOÀN " + base::upper(issuer.superior);
  }
  return {};
}

/// Room for the number that the clerk draws.
std::string open_number(const std::string& symbol, registry::IssuerKind kind) {
  if (kind == registry::IssuerKind::party) return "Số      -BC/" + symbol;
  if (kind == registry::IssuerKind::youth_union) return "Số:      -BC/" + symbol;
  return "Số:      /BC-" + symbol;
}

std::string cell(const std::vector<std::string>& row, std::size_t c) {
  return c < row.size() ? row[c] : std::string();
}

/// The first table's rows by the names of its columns.
void add_rows(office::TemplateValues& values, const std::vector<office::Block>& blocks,
              const std::string& field, bool without_totals) {
  for (const auto& one : registry::template_fields("BC")) {
    if (one.name != field) continue;
    for (const office::Block& block : blocks) {
      const auto* table = std::get_if<office::Table>(&block);
      if (table == nullptr) continue;
      for (std::size_t r = 0; r < table->rows.size(); ++r) {
        if (without_totals && r < table->is_total.size() && table->is_total[r]) continue;
        auto& row = values.rows[field].emplace_back();
        for (std::size_t c = 0; c < one.columns.size(); ++c)
          row[one.columns[c]] = cell(table->rows[r], c);
      }
      return;
    }
  }
}

}  // namespace

base::Result<PaperForm> paper_form(std::string_view asked, const std::string& line,
                                   base::Date issued_on) {
  using registry::IssuerKind;
  PaperForm form;
  form.issuer = line == org::kGovernment ? IssuerKind::party : registry::issuer_in(line);
  form.numbers = registry::profile_on(form.issuer, issued_on);
  form.layout = registry::layout_of(form.numbers, form.issuer);
  if (!asked.empty()) {
    const auto named = office::profile_named(asked);
    if (!named) {
      return base::refuse(base::ProblemKind::invalid, "paper.profile", "?profile",
                          {std::string(asked)});
    }
    form.layout = *named;
    form.issuer = *named == office::Profile::state_nd30_2020 ? IssuerKind::state
                  : *named == office::Profile::front         ? IssuerKind::front
                  : *named == office::Profile::youth_union   ? IssuerKind::youth_union
                                                             : IssuerKind::party;
    form.numbers = registry::profile_named(asked).value_or(registry::Profile::front);
  }
  form.part_mark = form.issuer == IssuerKind::party ? "-" : ".";
  return form;
}

office::Document headed_paper(const Issuer& issuer, const PaperForm& form, base::Date issued_on) {
  const Body body = body_of(issuer, form.issuer);
  office::Document paper;
  paper.header.profile = form.layout;
  paper.header.superior = superior_of(issuer, form.issuer);
  paper.header.issuer = base::upper(body.name);
  paper.header.number = open_number(body.symbol, form.issuer);
  paper.header.place_date = office::place_and_date(place_of(issuer), issued_on);
  const bool is_party = form.issuer == registry::IssuerKind::party;
  paper.signature = office::Signature{
      body.capacity, "", "", {"Như trên", (is_party ? "Lưu " : "Lưu: ") + body.office}};
  return paper;
}

std::string subject_of(const std::string& title, const PaperForm& form) {
  static constexpr std::string_view kType = "Báo cáo ";
  if (!title.starts_with(kType) || title.size() == kType.size()) return title;
  const std::string rest = title.substr(kType.size());
  if (form.issuer == registry::IssuerKind::party) return rest;
  const auto lead = static_cast<unsigned char>(rest[0]);
  const std::size_t first = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return base::upper(rest.substr(0, first)) + rest.substr(first);
}

base::Result<std::string> written_paper(const office::Document& paper,
                                        const std::optional<office::Template>& own,
                                        const std::string& period) {
  if (!own) return office::write_docx(paper);
  office::TemplateValues values = registry::values_of(paper);
  values.texts["ky_bao_cao"] = period;
  add_rows(values, paper.blocks, "chi_tieu", false);
  add_rows(values, paper.annexes, "don_vi", true);
  return own->fill(values);
}

}  // namespace report
