#include <algorithm>

#include "base/decimal.h"
#include "office/qr.h"
#include "publish/page_frame.h"

namespace publish::page {
namespace {

void body_of(Markup& m, const Bulletin& bulletin) {
  for (const Paragraph& one : bulletin.body) {
    if (one.is_heading) {
      m.element("h2", {}, one.text);
    } else {
      m.element("p", {}, one.text);
    }
  }
}

std::string source_of(const Frame& frame, const Bulletin& bulletin, const Picture& picture,
                      const Copy& copy) {
  if (!frame.is_preview) return picture_path(copy.hash);
  return "/api/v1/bulletins/" + std::to_string(bulletin.id.value) + "/pictures/" +
         std::to_string(picture.id.value) +
         (copy.hash == picture.full.hash ? "/full" : "/thumbnail");
}

/// The first one is what is seen first; the others wait until they are near.
void pictures_of(Markup& m, const Frame& frame, const Bulletin& bulletin) {
  for (const Picture& one : bulletin.pictures) {
    const std::string full = source_of(frame, bulletin, one, one.full);
    const auto sized = [&](const Copy& copy) {
      return source_of(frame, bulletin, one, copy) + " " + std::to_string(copy.width) + "w";
    };
    // A small picture has one size.
    const std::string sizes =
        (one.thumbnail.width < one.full.width ? sized(one.thumbnail) + ", " : "") + sized(one.full);
    const bool is_first = &one == &bulletin.pictures.front();
    m.element("figure", {}, [&] {
      m.empty("img", {{"src", full},
                      {"srcset", sizes},
                      {"sizes", "(max-width: 56rem) calc(100vw - 2rem), 54rem"},
                      {"alt", one.alternative},
                      {"width", std::to_string(one.full.width)},
                      {"height", std::to_string(one.full.height)},
                      {"loading", is_first ? "eager" : "lazy"}});
      m.element("figcaption", {}, one.caption);
    });
  }
}

/// The last one over figures, if there is one.
void heads(Markup& m, std::initializer_list<std::string_view> words,
           std::string_view over_figures = {}) {
  m.element("thead", {}, [&] {
    m.element("tr", {}, [&] {
      for (const std::string_view one : words) m.element("th", {{"scope", "col"}}, one);
      if (over_figures.empty()) return;
      m.element("th", {{"scope", "col"}, {"class", "figure"}}, over_figures);
    });
  });
}

void figure_row(Markup& m, const Article& article, const Figure& figure) {
  const bool is_open = std::find(article.opened.begin(), article.opened.end(),
                                 figure.publication) != article.opened.end();
  const std::string label = with_measure(figure.label, figure.measure_unit);
  const auto corrected = article.corrected.find(figure.publication);
  m.element("tr", {}, [&] {
    m.element("th", {{"scope", "row"}}, [&] {
      if (is_open) {
        m.element("a", {{"href", figures_path(figure.publication)}}, label);
      } else {
        m.text(label);
      }
      if (corrected == article.corrected.end()) return;
      m.text(" – đã được đính chính: ");
      m.element("a", {{"href", figures_path(corrected->second)}}, "xem bản mới");
    });
    m.element("td", {}, figure.unit_name);
    m.element("td", {}, period_of(figure.period));
    m.element("td", {{"class", "figure"}}, base::vietnamese_figure(figure.amount, figure.decimals));
  });
}

void figures_of(Markup& m, const Article& article) {
  const std::vector<Figure>& figures = article.bulletin.figures;
  if (figures.empty()) return;
  m.element("div",
            {{"class", "wide"},
             {"tabindex", "0"},
             {"role", "region"},
             {"aria-label", "Bảng số liệu trong bản tin"}},
            [&] {
              m.element("table", {}, [&] {
                m.element("caption", {}, "Số liệu trong bản tin, lấy từ số liệu đã công bố");
                heads(m, {"Chỉ tiêu", "Đơn vị", "Kỳ"}, "Giá trị");
                m.element("tbody", {}, [&] {
                  for (const Figure& one : figures) figure_row(m, article, one);
                });
              });
            });
}

void share_of(Markup& m, const Frame& frame, const Bulletin& bulletin) {
  if (frame.is_preview) return;
  const std::string address = frame.origin + article_path(bulletin.slug);
  const std::string part = url_part(address);
  m.element("section", {{"class", "share"}, {"aria-labelledby", "chia-se"}}, [&] {
    m.element("h2", {{"id", "chia-se"}}, "Chia sẻ");
    m.element("ul", {}, [&] {
      const auto item = [&](const std::string& href, std::string_view words) {
        m.element("li", {}, [&] {
          m.element("a", {{"href", href}, {"rel", "noopener noreferrer nofollow"}}, words);
        });
      };
      item("mailto:?subject=" + url_part(bulletin.title) + "&body=" + part, "Thư điện tử");
      item("https://www.facebook.com/sharer/sharer.php?u=" + part, "Facebook");
      item("https://sp.zalo.me/plugins/share?url=" + part, "Zalo");
    });
    m.element("p", {{"class", "address"}}, address);
    const office::QrPath code = office::qr_path(address);
    const std::string side = std::to_string(code.side);
    m.element("svg",
              {{"class", "code"},
               {"role", "img"},
               {"viewBox", "0 0 " + side + " " + side},
               {"aria-label", "Mã QR dẫn đến trang này"}},
              [&] {
                m.empty("rect", {{"class", "paper"}, {"width", side}, {"height", side}});
                m.empty("path", {{"class", "ink"}, {"d", code.path}});
              });
  });
}

void categories_of(Markup& m, const std::vector<std::string>& codes) {
  if (codes.empty()) return;
  m.element("nav", {{"aria-label", "Chuyên mục"}, {"class", "categories"}}, [&] {
    m.element("ul", {}, [&] {
      for (const std::string& one : codes) {
        const Category* const of = category_of(one);
        m.element("li", {}, [&] {
          m.element("a", {{"href", std::string(kRoot) + "/muc/" + one}}, of->name_vi);
        });
      }
    });
  });
}

}  // namespace

std::string home(const Frame& frame, const Home& home) {
  const Category* const category = category_of(home.category);
  const std::string title = category != nullptr ? std::string(category->name_vi) : "Bản tin mới";
  const std::string path =
      category != nullptr ? std::string(kRoot) + "/muc/" + home.category : std::string(kRoot);
  const Head head{title, "Bản tin và số liệu do các đơn vị công khai.", path, ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, title);
    categories_of(m, home.categories);
    m.element("section", {{"aria-labelledby", "ban-tin"}}, [&] {
      m.element("h2", {{"id", "ban-tin"}}, "Bản tin");
      if (home.latest.empty()) m.element("p", {}, "Chưa có bản tin nào được công khai.");
      list_of(m, home.latest);
      if (!home.next.empty()) {
        m.element("p", {}, [&] { m.element("a", {{"href", path + home.next}}, "Bản tin cũ hơn"); });
      }
    });
    if (category != nullptr) return;
    m.element("section", {{"aria-labelledby", "so-lieu"}}, [&] {
      m.element("h2", {{"id", "so-lieu"}}, "Số liệu mở");
      if (home.opened.empty()) m.element("p", {}, "Chưa có số liệu nào được mở.");
      m.element("ul", {}, [&] {
        for (const OpenBrief& one : home.opened) {
          m.element("li", {}, [&] {
            m.element("a", {{"href", figures_path(one.id)}}, one.title);
            m.text(" – " + one.unit_name + ", " + period_of(one.period));
          });
        }
      });
    });
  });
}

std::string article(const Frame& frame, const Article& article) {
  const Bulletin& bulletin = article.bulletin;
  const std::string picture =
      bulletin.pictures.empty() ? "" : picture_path(bulletin.pictures.front().full.hash);
  const std::string path = bulletin.slug.empty() ? "" : article_path(bulletin.slug);
  const Head head{bulletin.title, bulletin.lead,
                  path,           picture,
                  "article",      bulletin.pictures.empty() ? nullptr : &bulletin.pictures.front()};
  return whole(frame, head, [&](Markup& m) {
    m.element("article", {}, [&] {
      m.element("h1", {}, bulletin.title);
      m.element("p", {{"class", "quiet"}}, [&] {
        m.element("time", {{"datetime", bulletin.dated_on.text()}}, bulletin.dated_on.vietnamese());
        m.text(" · " + article.unit_name + " · ");
        const Category* const category = category_of(bulletin.category);
        m.element("a", {{"href", std::string(kRoot) + "/muc/" + bulletin.category}},
                  category != nullptr ? category->name_vi : std::string_view(bulletin.category));
      });
      m.element("p", {{"class", "lead"}}, bulletin.lead);
      illustrative(m, bulletin.is_illustrative);
      pictures_of(m, frame, bulletin);
      body_of(m, bulletin);
      figures_of(m, article);
      if (!bulletin.source.text.empty()) {
        m.element("p", {{"class", "quiet"}}, "Nguồn: " + bulletin.source.text);
      }
    });
    share_of(m, frame, bulletin);
    if (article.related.empty()) return;
    m.element("section", {{"aria-labelledby", "lien-quan"}}, [&] {
      m.element("h2", {{"id", "lien-quan"}}, "Tin cùng chuyên mục");
      list_of(m, article.related);
    });
  });
}

std::string units(const Frame& frame, const std::vector<PublicUnit>& units) {
  const Head head{"Đơn vị", "Các đơn vị công khai thông tin và nơi đơn vị trả lời.",
                  std::string(kRoot) + "/don-vi", ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, "Đơn vị");
    m.element("p", {}, "Các đơn vị đã công khai thông tin ở đây, và cấp trên mà đơn vị trả lời.");
    m.element(
        "div",
        {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Bảng đơn vị"}},
        [&] {
          m.element("table", {}, [&] {
            m.element("caption", {}, "Đơn vị và nơi trả lời");
            heads(m, {"Đơn vị", "Mã", "Loại", "Trả lời"});
            m.element("tbody", {}, [&] {
              for (const PublicUnit& one : units) {
                m.element("tr", {}, [&] {
                  m.element("th", {{"scope", "row"}}, one.name);
                  m.element("td", {}, one.code);
                  m.element("td", {}, one.kind);
                  m.element("td", {}, one.parent_name.empty() ? "–" : one.parent_name);
                });
              }
            });
          });
        });
  });
}

std::string gone(const Frame& frame, const Gone& gone) {
  const Head head{"Đã rút", "Nội dung này đã được rút.", "", ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, "Nội dung này đã được rút");
    m.element("dl", {}, [&] {
      const auto pair = [&](std::string_view name, std::string_view words) {
        m.element("dt", {}, name);
        m.element("dd", {}, words);
      };
      pair("Tên", gone.title);
      pair("Ai rút", gone.withdrawn.by + ", " + gone.unit_name);
      pair("Khi nào", moment_words(frame, *gone.withdrawn.at));
      pair("Vì sao", gone.withdrawn.reason);
    });
    m.element("p", {}, [&] { m.element("a", {{"href", kRoot}}, "Xem các bản tin mới"); });
  });
}

std::string not_found(const Frame& frame) {
  const Head head{"Không có trang này", "Không có trang này.", "", ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, "Không có trang này");
    m.element("p", {}, [&] {
      m.text("Địa chỉ có thể đã gõ nhầm. ");
      m.element("a", {{"href", kRoot}}, "Xem các bản tin mới");
    });
  });
}

}  // namespace publish::page
