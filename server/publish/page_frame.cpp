#include "publish/page_frame.h"

#include <algorithm>
#include <cstdio>

#include "report/period_words.h"

namespace publish::page {
namespace {

constexpr const char* kSite = "Thông tin công khai";

void head_of(Markup& m, const Frame& frame, const Head& head) {
  m.element("head", {}, [&] {
    m.empty("meta", {{"charset", "utf-8"}});
    m.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    m.element("title", {}, head.title + " – " + kSite);
    m.empty("meta", {{"name", "description"}, {"content", head.description}});
    m.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    m.empty("link", {{"rel", "stylesheet"}, {"href", frame.style}});
    m.empty("link", {{"rel", "alternate"},
                     {"type", "application/atom+xml"},
                     {"title", kSite},
                     {"href", std::string(kRoot) + "/feed.xml"}});
    if (head.path.empty() || frame.is_preview) {
      m.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
      return;
    }
    m.empty("link", {{"rel", "canonical"}, {"href", frame.origin + head.path}});
    const auto property = [&](std::string_view name, const std::string& value) {
      m.empty("meta", {{"property", name}, {"content", value}});
    };
    property("og:type", head.kind);
    property("og:locale", "vi_VN");
    property("og:site_name", kSite);
    property("og:title", head.title);
    property("og:description", head.description);
    property("og:url", frame.origin + head.path);
    m.empty("meta", {{"name", "twitter:card"},
                     {"content", head.picture.empty() ? "summary" : "summary_large_image"}});
    if (head.picture.empty()) return;
    property("og:image", frame.origin + head.picture);
    property("og:image:type", "image/jpeg");
    if (head.shown == nullptr) return;
    property("og:image:width", std::to_string(head.shown->full.width));
    property("og:image:height", std::to_string(head.shown->full.height));
    property("og:image:alt", head.shown->alternative);
  });
}

void top_of(Markup& m, const Frame& frame) {
  const std::string root = kRoot;
  m.element("a", {{"class", "skip"}, {"href", "#noi-dung"}}, "Bỏ qua đến nội dung");
  if (frame.is_preview) {
    m.element("p", {{"class", "preview"}, {"role", "status"}},
              "Bản xem trước: chưa ai ngoài đơn vị thấy trang này.");
  }
  m.element("header", {{"class", "top"}}, [&] {
    m.element("a", {{"class", "site"}, {"href", root}}, kSite);
    m.element("nav", {{"aria-label", "Mục chính"}}, [&] {
      m.element("ul", {}, [&] {
        const auto item = [&](const std::string& href, std::string_view words) {
          m.element("li", {}, [&] { m.element("a", {{"href", href}}, words); });
        };
        item(root, "Bản tin");
        item(root + "#so-lieu", "Số liệu mở");
        item(root + "/kien-nghi", "Hỏi và trả lời");
        item(root + "/don-vi", "Đơn vị");
      });
    });
  });
}

void bottom_of(Markup& m) {
  m.element("footer", {}, [&] {
    m.element("p", {}, [&] {
      m.text("Mỗi bản tin, mỗi số liệu ở đây do một đơn vị công khai và chịu trách nhiệm. ");
      m.element("a", {{"href", std::string(kRoot) + "/feed.xml"}}, "Theo dõi bằng Atom");
    });
  });
}

}  // namespace

std::string whole(const Frame& frame, const Head& head, const std::function<void(Markup&)>& main) {
  Markup m = Markup::html();
  m.element("html", {{"lang", "vi"}}, [&] {
    head_of(m, frame, head);
    m.element("body", {}, [&] {
      top_of(m, frame);
      m.element("main", {{"id", "noi-dung"}}, [&] { main(m); });
      bottom_of(m);
    });
  });
  return std::move(m).done();
}

std::string article_path(const std::string& slug) {
  return std::string(kRoot) + "/ban-tin/" + slug;
}
std::string figures_path(report::PublicationId id) {
  return std::string(kRoot) + "/so-lieu/" + std::to_string(id.value);
}
std::string picture_path(const std::string& hash) {
  return std::string(kRoot) + "/anh/" + hash + ".jpg";
}

std::string moment_words(const Frame& frame, base::Instant at) {
  const base::Date day = frame.clock.day_of(at);
  const std::int64_t minutes = at.microseconds / 60'000'000 + frame.clock.offset_minutes -
                               std::int64_t{day.days().time_since_epoch().count()} * 24 * 60;
  char time[16];
  std::snprintf(time, sizeof time, "%02d:%02d", static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return std::string(time) + " ngày " + day.vietnamese();
}

void time_of(Markup& m, const Frame& frame, base::Instant at) {
  // HTML takes no finer fractions of a second.
  m.element("time", {{"datetime", at.text().substr(0, 19) + "Z"}}, moment_words(frame, at));
}

void list_of(Markup& m, const std::vector<Brief>& briefs) {
  m.element("ul", {{"class", "briefs"}}, [&] {
    for (const Brief& one : briefs) {
      m.element("li", {}, [&] {
        if (one.thumbnail) {
          m.empty("img", {{"src", picture_path(one.thumbnail->hash)},
                          {"alt", one.alternative},
                          {"width", std::to_string(one.thumbnail->width)},
                          {"height", std::to_string(one.thumbnail->height)},
                          {"loading", "lazy"}});
        }
        m.element("div", {}, [&] {
          m.element("h3", {},
                    [&] { m.element("a", {{"href", article_path(one.slug)}}, one.title); });
          m.element("p", {{"class", "quiet"}}, [&] {
            m.element("time", {{"datetime", one.dated_on.text()}}, one.dated_on.vietnamese());
            m.text(" · " + one.unit_name);
          });
          m.element("p", {}, one.lead);
        });
      });
    }
  });
}

std::string period_of(const std::string& period) {
  const auto parsed = base::Period::parse(period);
  return parsed ? report::period_words(*parsed) : period;
}

std::string with_measure(const std::string& label, const std::string& measure_unit) {
  return label + " (" + measure_unit + ")";
}

void illustrative(Markup& m, bool is_so) {
  if (is_so) m.element("p", {{"class", "note"}}, "Số liệu minh hoạ.");
}

}  // namespace publish::page
