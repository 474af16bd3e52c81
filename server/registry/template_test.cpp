#include "registry/template.h"

#include <gtest/gtest.h>

#include "auth/testing.h"
#include "base/base64.h"
#include "journal/journal.h"
#include "office/package.h"
#include "org/authority.h"
#include "org/post_store.h"
#include "org/unit_store.h"
#include "registry/keep_template.h"
#include "store/testing.h"

namespace registry {
namespace {

const base::Date kBegin(2020, 1, 1), kToday(2022, 4, 14);
const base::Instant kNow{1'000'000};
constexpr office::Profile kParty = office::Profile::party_36_2018;

office::Document paper() {
  office::Document made;
  made.header = {kParty,    "Cấp trên", "Huyện ủy", "Số 05-BC/HU", "A, ngày 28 tháng 4 năm 2022",
                 "BÁO CÁO", "kết quả"};
  made.addressees = {"Thành ủy"};
  made.blocks = {office::Paragraph{office::Paragraph::Kind::body, "Nội dung"}};
  made.signature =
      office::Signature{"T/M BAN THƯỜNG VỤ", "", "Nguyễn Văn Mẫu", {"Như trên", "Lưu Văn phòng"}};
  made.watermark_note = "Số liệu minh hoạ";
  return made;
}

/// The text of a document, its runs apart.
std::string text_of(const std::string& docx) {
  const std::string part = office::part_of(docx, "word/document.xml");
  std::string text;
  for (std::size_t at = part.find("<w:t "); at != std::string::npos; at = part.find("<w:t ", at)) {
    const std::size_t open = part.find('>', at) + 1;
    if (part[open - 2] != '/') text += part.substr(open, part.find("</w:t>", open) - open) + "|";
    at = open;
  }
  return text;
}

TEST(DefaultTemplate, HoldsThePaperThatTheProgramWrites) {
  for (const office::Profile profile : office::kProfiles) {
    const auto read = office::Template::read(default_template(profile), template_fields("BC"));
    ASSERT_TRUE(read) << office::name(profile) << read.error().front().code;
    office::Document asked = paper();
    asked.header.profile = profile;
    const std::string made = read->fill(values_of(asked)).value();
    EXPECT_EQ(text_of(made), text_of(office::write_docx(asked))) << office::name(profile);
    EXPECT_NE(office::part_of(made, "word/header2.xml").find("Số liệu minh hoạ"),
              std::string::npos);
  }
}

class Templates : public ::testing::TestWithParam<std::string> {
 protected:
  Templates()
      : db_(store::testing::fresh(GetParam())),
        head_(auth::testing::actor_named(*db_, "truong")),
        clerk_(auth::testing::actor_named(*db_, "lan")),
        above_(auth::testing::actor_named(*db_, "quan")),
        stranger_(auth::testing::actor_named(*db_, "la")) {
    db_->write([&](store::Tx& tx) {
      const auto add = [&](const char* code, std::optional<org::UnitId> parent) {
        const auto unit = org::unit_store::add(tx, {code, code, "", 1, kBegin}, kNow);
        org::unit_store::add_parent(tx, unit, org::kGovernment, parent, kBegin);
        return unit;
      };
      const auto city = add("01", {});
      unit_ = add("279", city);
      const auto other = add("280", city);
      const auto hold = [&](const auth::Actor& actor, org::UnitId unit, org::Role role) {
        org::post_store::appoint(tx, {unit, role, "", actor.account(), kBegin, base::kForever});
      };
      hold(head_, unit_, org::Role::head);
      hold(clerk_, unit_, org::Role::clerk);
      hold(above_, city, org::Role::administrator);
      hold(stranger_, other, org::Role::head);
    });
  }

  OnTemplate on(std::int64_t revision, const std::string& kind = "BC") const {
    return {unit_, kind, kParty, revision};
  }
  /// "v1", or the code of the refusal.
  std::string keep(const auth::Actor& actor, std::int64_t revision, const std::string& docx,
                   const std::string& name = "mau.docx") {
    const auto file = CheckedTemplate::of("BC", name, base::to_base64(docx));
    if (!file) return file.error().front().code;
    const auto made = db_->write(
        [&](store::Tx& tx) { return keep_template(tx, actor, kNow, kToday, on(revision), *file); });
    return made ? "v" + std::to_string(made->version) : made.error().front().code;
  }
  std::string remove(const auth::Actor& actor, std::int64_t revision) {
    const auto made = db_->write(
        [&](store::Tx& tx) { return remove_template(tx, actor, kNow, kToday, on(revision)); });
    return made ? "v" + std::to_string(made->version) : made.error().front().code;
  }
  /// Word for word, the paper in the template that serves; "" when the program's own does.
  std::string in_use() {
    return db_->read([&](store::Tx& tx) -> std::string {
      const auto used = template_in_use(tx, unit_, "BC", kParty);
      return used ? text_of(used->fill(values_of(paper())).value()) : "";
    });
  }
  /// A template that says so and nothing more.
  static std::string saying(const std::string& words) {
    office::Document made;
    made.header.profile = kParty;
    made.blocks = {office::Paragraph{office::Paragraph::Kind::body, words}};
    made.watermark_note = "{{ghi_chu}}";
    return office::write_docx(made);
  }

  std::unique_ptr<store::Db> db_;
  auth::Actor head_, clerk_, above_, stranger_;
  org::UnitId unit_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Templates, ::testing::ValuesIn(store::testing::databases()));

TEST_P(Templates, TheNewestServesAndARemovedOneFallsBack) {
  EXPECT_EQ(in_use(), "");
  EXPECT_EQ(keep(head_, 1, saying("một {{trich_yeu}}")), "v1");
  EXPECT_NE(in_use().find("một |kết quả"), std::string::npos);
  EXPECT_EQ(keep(above_, 2, saying("hai {{trich_yeu}}")), "v2");
  EXPECT_NE(in_use().find("hai |kết quả"), std::string::npos);
  EXPECT_EQ(remove(head_, 3), "v3");
  EXPECT_EQ(in_use(), "");
  EXPECT_EQ(remove(head_, 4), "template.not_kept");
  EXPECT_EQ(keep(head_, 4, saying("bốn")), "v4");
  EXPECT_NE(in_use().find("bốn"), std::string::npos);
  db_->read([&](store::Tx& tx) {
    const auto all = template_store::versions(tx, unit_, "BC", kParty);
    EXPECT_EQ(all.size(), 4U) << "nothing is overwritten";
    EXPECT_EQ(text_of(template_bytes(tx, all.back())), text_of(saying("một {{trich_yeu}}")));
    EXPECT_EQ(journal::verify(tx).leaves, 4);
  });
}

TEST_P(Templates, OnlyTheHeadAndAdministratorsKeepThem) {
  EXPECT_EQ(keep(clerk_, 1, saying("a")), "authority.not_yours");
  EXPECT_EQ(keep(stranger_, 1, saying("a")), "unit.not_found");
  EXPECT_EQ(keep(head_, 1, saying("a")), "v1");
  EXPECT_EQ(remove(clerk_, 2), "authority.not_yours");
  EXPECT_NE(in_use(), "");
}

TEST_P(Templates, WhoHasNotSeenTheNewestIsTold) {
  EXPECT_EQ(keep(head_, 2, saying("a")), "template.changed");
  EXPECT_EQ(keep(head_, 1, saying("a")), "v1");
  EXPECT_EQ(keep(above_, 1, saying("b")), "template.changed");
  EXPECT_EQ(remove(above_, 1), "template.changed");
}

TEST_P(Templates, WhatIsNoTemplateIsNotKept) {
  EXPECT_EQ(keep(head_, 1, saying("{{truong_la}}")), "template.unknown_field");
  EXPECT_EQ(keep(head_, 1, "%PDF-1.4"), "docx.not_a_document");
  EXPECT_EQ(keep(head_, 1, saying("a"), "mau.pdf"), "attachment.kind");
  office::Document bare;
  EXPECT_EQ(keep(head_, 1, office::write_docx(bare)), "template.missing_field")
      << "invented figures could not be marked";
  EXPECT_EQ(in_use(), "");
  const auto made = db_->write(
      [&](store::Tx& tx) { return remove_template(tx, head_, kNow, kToday, on(1, "KH")); });
  EXPECT_EQ(made.error().front().code, "template.kind_unknown");
}

}  // namespace
}  // namespace registry
