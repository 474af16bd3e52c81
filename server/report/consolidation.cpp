#include <algorithm>
#include <map>

#include "base/decimal.h"
#include "base/text.h"
#include "org/unit_store.h"
#include "report/compile_narrative.h"
#include "report/paper.h"
#include "report/service.h"

namespace report {
namespace {

/// Everything the consolidated report says, gathered once.
struct Figures {
  Request request;
  base::Period period;
  org::UnitRef requester;
  RollupAnswer totals;    ///< requester first, then each reporting unit
  RollupAnswer to_date;   ///< requester only, from the year's beginning
  RollupAnswer year_ago;  ///< requester only
  std::vector<report_store::Overview> reports;
};

/// The asked indicators and the derived ones that can be made of them.
std::vector<std::string> shown_indicators(store::Tx& tx, const Request& request,
                                          const base::Period& period) {
  std::vector<direct::IndicatorId> asked;
  std::vector<std::string> codes;
  for (const auto& indicator : report_store::indicators(tx, request.id)) {
    asked.push_back(indicator.id);
    codes.push_back(indicator.code);
  }
  const auto all = roll_up(tx, {request.unit, period, {}, {}, request.line, {}, false});
  if (!all) return codes;
  const auto is_asked = [&](direct::IndicatorId id) {
    return std::find(asked.begin(), asked.end(), id) != asked.end();
  };
  for (const Measure& measure : all->measures) {
    if (measure.indicator.is_derived() &&
        std::all_of(measure.terms.begin(), measure.terms.end(),
                    [&](const Measure::Term& term) { return is_asked(term.indicator.id); })) {
      codes.push_back(measure.indicator.code);
    }
  }
  return codes;
}

Figures gather(store::Tx& tx, const Request& request, base::Date day) {
  Figures figures;
  figures.request = request;
  figures.period = base::Period::parse(request.period).value();
  figures.requester = org::unit_store::ref(tx, request.unit, figures.period.last());
  const auto codes = shown_indicators(tx, request, figures.period);
  RollupQuestion question{request.unit, figures.period, codes, {}, request.line, {}, false};
  const auto answer = [&](const RollupQuestion& asked) {
    return roll_up(tx, asked).value_or(RollupAnswer{});
  };
  figures.totals = answer(question);
  org::Scope everyone{{}, day, true};
  figures.reports = report_store::reports(tx, everyone, request.id);
  for (const auto& overview : figures.reports) {
    RollupQuestion own = question;
    own.unit = overview.report.unit;
    const RollupAnswer of_unit = answer(own);
    if (of_unit.units.empty()) continue;
    figures.totals.units.push_back(of_unit.units.front());
    figures.totals.totals.push_back(of_unit.totals.front());
  }
  question.year_to_date = true;
  figures.to_date = answer(question);
  question.year_to_date = false;
  question.period = figures.period.year_before();
  question.on = figures.period.last();  // the same tree on both sides of the comparison
  figures.year_ago = answer(question);
  return figures;
}

std::string shown(const std::optional<std::int64_t>& value, int decimals) {
  return value ? base::vietnamese_figure(*value, decimals) : std::string("–");
}

std::string change_text(const std::optional<std::int64_t>& now,
                        const std::optional<std::int64_t>& then, int decimals) {
  if (!now || !then) return "–";
  const base::Wide change = static_cast<base::Wide>(*now) - *then;
  return (change > 0 ? "+" : "") + base::vietnamese_figure(change, decimals);
}

std::string names_of(store::Tx& tx, const std::vector<org::UnitId>& units, base::Date day) {
  std::string text;
  for (const org::UnitId unit : units) {
    if (!text.empty()) text += ", ";
    text += org::unit_store::ref(tx, unit, day).name;
  }
  return text;
}

const Total* total_of(const RollupAnswer& answer, const std::string& code) {
  for (std::size_t m = 0; m < answer.measures.size(); ++m) {
    if (answer.measures[m].indicator.code == code && !answer.totals.empty())
      return &answer.totals.front()[m];
  }
  return nullptr;
}

office::Table indicator_table(const Figures& figures) {
  office::Table table;
  table.caption = "Biểu 01. Kết quả thực hiện các chỉ tiêu " + period_words(figures.period);
  table.columns = {{"STT", 11, false},
                   {"Chỉ tiêu", 44, false},
                   {"ĐVT", 15, false},
                   {"Thực hiện kỳ báo cáo", 29, true},
                   {"Lũy kế từ đầu năm", 29, true},
                   {"Cùng kỳ năm trước", 26, true},
                   {"So cùng kỳ (±)", 22, true},
                   {"Số ô đã tính", 16, true}};
  for (std::size_t m = 0; m < figures.totals.measures.size(); ++m) {
    const direct::Indicator& indicator = figures.totals.measures[m].indicator;
    const Total& total = figures.totals.totals.front()[m];
    const Total* to_date = total_of(figures.to_date, indicator.code);
    const Total* year_ago = total_of(figures.year_ago, indicator.code);
    const auto then = year_ago ? year_ago->value : std::nullopt;
    table.rows.push_back({std::to_string(m + 1), indicator.name, indicator.measure_unit,
                          shown(total.value, indicator.decimals),
                          shown(to_date ? to_date->value : std::nullopt, indicator.decimals),
                          shown(then, indicator.decimals),
                          change_text(total.value, then, indicator.decimals),
                          std::to_string(total.counted) + "/" + std::to_string(total.expected)});
  }
  return table;
}

office::Table unit_table(const Figures& figures) {
  office::Table table;
  table.caption = "Biểu 02. Số liệu của từng đơn vị, " + period_words(figures.period);
  table.landscape = true;
  table.columns = {{"STT", 9, false}, {"Đơn vị", 46, false}};
  for (const Measure& measure : figures.totals.measures) {
    table.columns.push_back({measure.indicator.code + "\n" + measure.indicator.name, 26, true});
  }
  const auto row_of = [&](std::size_t unit, std::string number, std::string name) {
    std::vector<std::string> row{std::move(number), std::move(name)};
    for (std::size_t m = 0; m < figures.totals.measures.size(); ++m) {
      row.push_back(shown(figures.totals.totals[unit][m].value,
                          figures.totals.measures[m].indicator.decimals));
    }
    table.rows.push_back(std::move(row));
    table.is_total.push_back(unit == 0);
  };
  row_of(0, "", "Toàn " + figures.requester.name);
  for (std::size_t u = 1; u < figures.totals.units.size(); ++u)
    row_of(u, std::to_string(u), figures.totals.units[u].name);
  return table;
}

/// Which units are in the totals and which are not, in sentences.
std::vector<office::Block> coverage(store::Tx& tx, const Figures& figures) {
  using Kind = office::Paragraph::Kind;
  std::vector<org::UnitId> silent;
  for (const auto& overview : figures.reports) {
    if (overview.report.state != ReportState::accepted) silent.push_back(overview.report.unit);
  }
  std::vector<office::Block> blocks;
  const std::size_t all = figures.reports.size();
  blocks.emplace_back(office::Paragraph{
      Kind::body,
      "Đến thời điểm lập báo cáo, " + std::to_string(all - silent.size()) + "/" +
          std::to_string(all) +
          " đơn vị đã có báo cáo được duyệt. Chỉ số liệu đã duyệt được tính vào tổng."});
  if (!silent.empty()) {
    blocks.emplace_back(office::Paragraph{
        Kind::body, "Chưa vào tổng: " + names_of(tx, silent, figures.period.last()) + "."});
  }
  for (std::size_t m = 0; m < figures.totals.measures.size(); ++m) {
    const Total& total = figures.totals.totals.front()[m];
    const std::string& name = figures.totals.measures[m].indicator.name;
    if (!total.excluded.empty()) {
      blocks.emplace_back(office::Paragraph{
          Kind::body, name + ": loại trừ khỏi tổng số liệu của " +
                          names_of(tx, total.excluded, figures.period.last()) + "."});
    }
    if (!total.not_applicable.empty()) {
      blocks.emplace_back(office::Paragraph{
          Kind::body, name + ": không áp dụng ở " +
                          names_of(tx, total.not_applicable, figures.period.last()) + "."});
    }
  }
  return blocks;
}

std::string roman(std::size_t number) {
  static constexpr std::pair<std::size_t, const char*> kSigns[] = {
      {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
      {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
  std::string made;
  for (const auto& [value, sign] : kSigns) {
    for (; number >= value; number -= value) made += sign;
  }
  return made;
}

/// Which units each paragraph of the narrative was made of.
office::Table source_table(store::Tx& tx, const std::vector<ReadSection>& narrative,
                           base::Date day) {
  constexpr std::size_t kWordsShown = 100;
  office::Table table;
  table.caption = "Nguồn của phần lời";
  table.columns = {
      {"STT", 12, false}, {"Mục", 45, false}, {"Đoạn", 70, false}, {"Nguồn", 60, false}};
  for (const ReadSection& section : narrative) {
    for (const auto& paragraph : section.paragraphs) {
      std::string begin = paragraph.text;
      std::size_t letters = 0, bytes = 0;
      while (bytes < begin.size() && letters <= kWordsShown) {
        if ((static_cast<unsigned char>(begin[bytes]) & 0xC0U) != 0x80 && letters++ == kWordsShown)
          break;
        ++bytes;
      }
      if (bytes < begin.size()) begin = begin.substr(0, bytes) + "…";
      table.rows.push_back({std::to_string(table.rows.size() + 1), section.title, begin,
                            paragraph.units.empty() ? std::string("Đơn vị tổng hợp viết")
                                                    : names_of(tx, paragraph.units, day)});
    }
  }
  return table;
}

}  // namespace

office::Document consolidated_document(store::Tx& tx, const Request& request, base::Date day,
                                       const PaperForm& form, bool with_sources) {
  using Kind = office::Paragraph::Kind;
  const Figures figures = gather(tx, request, day);
  const auto requester =
      org::unit_store::find(tx, request.unit, figures.period.last(), request.line);
  office::Document document =
      headed_paper({figures.requester.name, requester ? requester->kind : "",
                    requester && requester->parent ? requester->parent->name : ""},
                   form, day);
  document.header.type = "BÁO CÁO";
  document.header.subject = subject_of(request.title, form) + ", " + period_words(figures.period);
  const auto heading = [&](const char* number, const char* words) {
    document.blocks.emplace_back(
        office::Paragraph{Kind::heading, number + std::string(form.part_mark) + words});
  };
  heading("I", " TÌNH HÌNH BÁO CÁO");
  for (auto& block : coverage(tx, figures)) document.blocks.push_back(std::move(block));
  const auto narrative = read_narrative(tx, request);
  std::size_t number = 1;
  for (const ReadSection& section : narrative) {
    document.blocks.emplace_back(
        office::Paragraph{Kind::heading, roman(++number) + std::string(form.part_mark) + " " +
                                            base::upper(section.title)});
    for (const auto& paragraph : section.paragraphs)
      document.blocks.emplace_back(office::Paragraph{Kind::body, paragraph.text});
  }
  heading(roman(++number).c_str(), " KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU");
  document.blocks.emplace_back(indicator_table(figures));
  document.blocks.emplace_back(
      office::Paragraph{Kind::note,
                        "Tỷ lệ được tính từ tổng tử số và tổng mẫu số, không lấy trung bình các tỷ "
                        "lệ. Số ô đã tính là số "
                        "(đơn vị × kỳ thu thập) đã duyệt trên số phải có."});
  document.annexes.emplace_back(unit_table(figures));
  if (with_sources && !narrative.empty())
    document.annexes.emplace_back(source_table(tx, narrative, figures.period.last()));
  if (request.is_illustrative) document.watermark_note = "Số liệu minh hoạ";
  return document;
}

std::vector<office::Sheet> consolidated_sheets(store::Tx& tx, const Request& request,
                                               base::Date day) {
  const Figures figures = gather(tx, request, day);
  const auto figure = [](const std::optional<std::int64_t>& value, int decimals) -> office::Cell {
    if (!value) return {};
    return office::Figure{*value, decimals};
  };
  const std::vector<std::string> notes = request.is_illustrative
                                             ? std::vector<std::string>{"Số liệu minh hoạ"}
                                             : std::vector<std::string>{};
  office::Sheet totals{
      "Biểu 01", request.title + ", " + period_words(figures.period), notes, {}, {}, {}, {}};
  totals.columns = {"Mã",
                    "Chỉ tiêu",
                    "ĐVT",
                    "Thực hiện kỳ báo cáo",
                    "Lũy kế từ đầu năm",
                    "Cùng kỳ năm trước",
                    "Số ô đã tính",
                    "Số ô phải có",
                    "Chưa có số liệu"};
  totals.widths = {8, 52, 12, 18, 18, 18, 12, 12, 40};
  office::Sheet units{
      "Biểu 02", "Số liệu của từng đơn vị, " + period_words(figures.period), notes, {}, {}, {}, {}};
  units.columns = {"Mã", "Đơn vị"};
  units.widths = {10, 28};
  for (std::size_t m = 0; m < figures.totals.measures.size(); ++m) {
    const direct::Indicator& indicator = figures.totals.measures[m].indicator;
    const Total& total = figures.totals.totals.front()[m];
    const Total* to_date = total_of(figures.to_date, indicator.code);
    const Total* year_ago = total_of(figures.year_ago, indicator.code);
    totals.rows.push_back({indicator.code, indicator.name, indicator.measure_unit,
                           figure(total.value, indicator.decimals),
                           figure(to_date ? to_date->value : std::nullopt, indicator.decimals),
                           figure(year_ago ? year_ago->value : std::nullopt, indicator.decimals),
                           office::Figure{total.counted, 0}, office::Figure{total.expected, 0},
                           names_of(tx, total.missing, figures.period.last())});
    units.columns.push_back(indicator.code + " " + indicator.name + " (" + indicator.measure_unit +
                            ")");
    units.widths.push_back(18);
  }
  for (std::size_t u = 0; u < figures.totals.units.size(); ++u) {
    std::vector<office::Cell> row{figures.totals.units[u].code, figures.totals.units[u].name};
    for (std::size_t m = 0; m < figures.totals.measures.size(); ++m) {
      row.push_back(
          figure(figures.totals.totals[u][m].value, figures.totals.measures[m].indicator.decimals));
    }
    units.rows.push_back(std::move(row));
    units.is_total.push_back(u == 0);
  }
  return {totals, units};
}

}  // namespace report
