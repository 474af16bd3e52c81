// A consolidated report of 500 pages, as the program lays it out and in a template; read back row
// by row. With a path, the file is left there, to count its pages with a program of others.
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>

#include "office/docx.h"
#include "office/package.h"
#include "office/template.h"
#include "registry/template.h"

namespace {

constexpr std::size_t kRows = 22'000, kColumns = 8;
constexpr long kMostKilobytes = 512 * 1024;

std::string figure(std::size_t row, std::size_t column) {
  return std::to_string((row * 7919 + column * 104'729) % 1'000'000);
}

office::Document paper() {
  office::Document made;
  made.header = {office::Profile::party_36_2018,
                 "ĐẢNG BỘ",
                 "HUYỆN ỦY",
                 "Số 05-BC/HU",
                 office::place_and_date("Thường Tín", base::Date(2022, 4, 28)),
                 "BÁO CÁO",
                 "số liệu sinh ra để đo"};
  office::Table table;
  table.columns = {{"STT", 11, false}, {"Đơn vị", 50, false}};
  for (std::size_t c = 2; c < kColumns; ++c)
    table.columns.push_back({"Cột " + std::to_string(c), 20, true});
  for (std::size_t r = 0; r < kRows; ++r) {
    auto& row = table.rows.emplace_back();
    row = {std::to_string(r + 1), "Xã " + std::to_string(r + 1)};
    for (std::size_t c = 2; c < kColumns; ++c) row.push_back(figure(r, c));
  }
  made.blocks.emplace_back(std::move(table));
  made.signature = office::Signature{"T/M BAN THƯỜNG VỤ", "", "", {"Như trên"}};
  made.watermark_note = "Số liệu minh hoạ";
  return made;
}

/// How many rows of the table say what was put in, in order.
std::size_t rows_right(const std::string& docx) {
  const std::string part = office::part_of(docx, "word/document.xml", 512 * 1024 * 1024);
  auto next = [&, at = std::size_t{0}]() mutable {
    at = part.find("<w:t ", at);
    if (at == std::string::npos) return std::string();
    const std::size_t open = part.find('>', at) + 1;
    at = open;
    return part.substr(open, part.find("</w:t>", open) - open);
  };
  while (true) {
    const std::string text = next();
    if (text.empty()) return 0;
    if (text == "Cột " + std::to_string(kColumns - 1)) break;
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    if (next() != std::to_string(r + 1) || next() != "Xã " + std::to_string(r + 1)) return r;
    for (std::size_t c = 2; c < kColumns; ++c) {
      if (next() != figure(r, c)) return r;
    }
  }
  return kRows;
}

long most_kilobytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

template <class Make>
bool measured(const char* what, const Make& make) {
  const long before = most_kilobytes();
  const auto begin = std::chrono::steady_clock::now();
  const std::string docx = make();
  const auto took = std::chrono::steady_clock::now() - begin;
  const long grown = most_kilobytes() - before;
  const std::size_t right = rows_right(docx);
  std::cout << what << ": " << kRows << " rows, " << docx.size() / 1024 << " kB, "
            << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms, "
            << grown / 1024 << " MB more at the most\n";
  if (right != kRows) std::cerr << "WRONG: row " << right + 1 << " is not what was put in\n";
  if (grown > kMostKilobytes) std::cerr << "WRONG: over " << kMostKilobytes / 1024 << " MB\n";
  return right == kRows && grown <= kMostKilobytes;
}

}  // namespace

int main(int count, char** words) {
  const office::Document document = paper();
  const auto read = office::Template::read(registry::default_template(document.header.profile),
                                           registry::template_fields("BC"));
  if (!read) return 1;
  bool is_right = measured("laid out by the program", [&] { return office::write_docx(document); });
  const office::TemplateValues values = registry::values_of(document);
  is_right = measured("in a template", [&] { return read->fill(values).value(); }) && is_right;
  if (count == 2) {
    std::ofstream file(words[1], std::ios::binary);
    const std::string docx = office::write_docx(document);
    file.write(docx.data(), static_cast<std::streamsize>(docx.size()));
  }
  return is_right ? 0 : 1;
}
