#include "base/decimal.h"
#include "office/csv.h"
#include "publish/page_frame.h"

namespace publish::page {

std::string feed(const Frame& frame, const std::vector<Brief>& latest) {
  const std::string self = frame.origin + kRoot + "/feed.xml";
  Markup m = Markup::xml();
  m.element("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", "vi"}}, [&] {
    m.element("title", {}, "Thông tin công khai");
    m.element("id", {}, self);
    m.empty("link", {{"rel", "self"}, {"href", self}});
    m.empty("link", {{"rel", "alternate"}, {"href", frame.origin + kRoot}});
    m.element("updated", {}, latest.empty() ? base::Instant{}.text() : latest[0].shown_at.text());
    for (const Brief& one : latest) {
      m.element("entry", {}, [&] {
        const std::string address = frame.origin + article_path(one.slug);
        m.element("title", {}, one.title);
        m.element("id", {}, address);
        m.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", address}});
        m.element("updated", {}, one.shown_at.text());
        m.element("author", {}, [&] { m.element("name", {}, one.unit_name); });
        m.empty("category", {{"term", one.category}});
        m.element("summary", {}, one.lead);
      });
    }
  });
  return std::move(m).done();
}

std::string sitemap(const Frame& frame, const std::vector<Brief>& latest,
                    const std::vector<OpenBrief>& opened,
                    const std::vector<PublicPetition>& petitions) {
  Markup m = Markup::xml();
  m.element("urlset", {{"xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"}}, [&] {
    const auto page = [&](const std::string& path) {
      m.element("url", {}, [&] { m.element("loc", {}, frame.origin + path); });
    };
    page(kRoot);
    page(std::string(kRoot) + "/don-vi");
    page(std::string(kRoot) + "/kien-nghi");
    for (const Brief& one : latest) page(article_path(one.slug));
    for (const OpenBrief& one : opened) page(figures_path(one.id));
    for (const PublicPetition& one : petitions) page(petition_path(one.id));
  });
  return std::move(m).done();
}

std::string robots(const Frame& frame) {
  const std::string root = kRoot;
  std::string made = "User-agent: *\nAllow: " + root + "\nDisallow: /\n";
  // A site map is named by its whole address or not at all.
  if (!frame.origin.empty()) made += "Sitemap: " + frame.origin + root + "/sitemap.xml\n";
  return made;
}

std::string figures_csv(const OpenFigures& figures) {
  const OpenTable& table = figures.table;
  std::vector<std::vector<std::string>> rows;
  for (const OpenTable::Row& row : table.rows) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const OpenTable::Column& of = table.columns[c];
      const OpenTable::Cell& cell = row.cells[c];
      rows.push_back({row.code, row.name, of.code, of.name, of.measure_unit, table.period,
                      cell.amount ? base::canonical_figure(*cell.amount, of.decimals) : "",
                      std::to_string(cell.counted), std::to_string(cell.expected)});
    }
  }
  return office::write_csv({"unit", "unit_name", "indicator", "indicator_name", "measure_unit",
                            "period", "value", "cells_counted", "cells_expected"},
                           rows);
}

}  // namespace publish::page
