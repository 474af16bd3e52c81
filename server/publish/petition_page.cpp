#include <algorithm>

#include "publish/page_frame.h"

namespace publish::page {
namespace {

std::string named(const std::vector<std::string>& names) {
  std::string made;
  for (const std::string& one : names) made += (made.empty() ? "" : ", ") + one;
  return made;
}

void who_and_whom(Markup& m, const PublicPetition& petition) {
  m.element("p", {{"class", "quiet"}}, [&] {
    m.text("Hỏi: " + named(petition.asked_by) + " · Trả lời: " + named(petition.answered_by) +
           " · ");
    m.element("time", {{"datetime", petition.on.text()}}, petition.on.vietnamese());
  });
}

/// A line is a paragraph.
void lines_of(Markup& m, const std::string& text) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end > from) m.element("p", {}, text.substr(from, end - from));
    from = end + 1;
  }
}

}  // namespace

std::string petition_path(std::int64_t id) {
  return std::string(kRoot) + "/kien-nghi/" + std::to_string(id);
}

std::string petitions(const Frame& frame, const std::vector<PublicPetition>& petitions,
                      const std::string& next) {
  const std::string path = std::string(kRoot) + "/kien-nghi";
  const Head head{"Hỏi và trả lời",
                  "Kiến nghị, vướng mắc của các đơn vị và trả lời của nơi có thẩm quyền.", path,
                  ""};
  return whole(frame, head, [&](Markup& m) {
    m.element("h1", {}, "Hỏi và trả lời");
    m.element(
        "p", {},
        "Kiến nghị, vướng mắc của các đơn vị và trả lời của nơi có thẩm quyền, do nơi trả lời "
        "viết lại và công khai.");
    if (petitions.empty()) m.element("p", {}, "Chưa có trả lời nào được công khai.");
    if (!petitions.empty()) {
      m.element("ul", {{"class", "briefs"}}, [&] {
        for (const PublicPetition& one : petitions) {
          m.element("li", {}, [&] {
            m.element("div", {}, [&] {
              m.element("h2", {{"class", "brief"}},
                        [&] { m.element("a", {{"href", petition_path(one.id)}}, one.title); });
              who_and_whom(m, one);
            });
          });
        }
      });
    }
    if (!next.empty()) {
      m.element("p", {}, [&] { m.element("a", {{"href", path + next}}, "Trả lời cũ hơn"); });
    }
  });
}

std::string petition(const Frame& frame, const PublicPetition& petition) {
  const Head head{
      petition.title,
      "Hỏi: " + named(petition.asked_by) + ". Trả lời: " + named(petition.answered_by) + ".",
      petition_path(petition.id), "", "article"};
  return whole(frame, head, [&](Markup& m) {
    m.element("article", {}, [&] {
      m.element("h1", {}, petition.title);
      who_and_whom(m, petition);
      illustrative(m, petition.is_illustrative);
      m.element("h2", {}, "Câu hỏi của " + named(petition.asked_by));
      lines_of(m, petition.question);
      m.element("h2", {}, "Trả lời của " + named(petition.answered_by));
      lines_of(m, petition.answer);
    });
    m.element("p", {}, [&] {
      m.element("a", {{"href", std::string(kRoot) + "/kien-nghi"}}, "Các câu hỏi, trả lời khác");
    });
  });
}

}  // namespace publish::page
