#include <array>

#include "base/base64.h"
#include "org/post_store.h"
#include "report/desk.h"
#include "report/form_json.h"

namespace report {

namespace form_files {
std::string b66_tt343_json();  // made from demo/forms
}

namespace {

using base::ProblemKind;
using base::Result;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

constexpr std::size_t kMostFiles = 40;

struct SentFile {
  std::string name, base64;
  std::optional<std::string> unit;
  AskedMapping mapping;
};

struct Asked {
  std::string code;          ///< of a form that is shipped
  std::optional<Form> form;  ///< or a definition of one's own
  std::string period;
  std::vector<SentFile> files;
};

std::vector<value> shipped_forms() {
  std::vector<value> made;
  for (const std::string& text : {form_files::b66_tt343_json()})
    made.push_back(http::parse_json(text).value());
  return made;
}

Asked read_asked(http::Fields& f) {
  Asked asked;
  asked.code = f.maybe_text("code", 60).value_or("");
  if (f.has("form"))
    f.object("form", [&](http::Fields& one) { asked.form = read_form_fields(one); });
  asked.period = f.maybe_text("period", 10).value_or("");
  f.objects("files", true, kMostFiles, [&](http::Fields& one) {
    SentFile file;
    file.name = one.text("name", 300);
    file.base64 = one.raw_text("base64", kFormsLimit);
    file.unit = one.maybe_text("unit", 60);
    if (one.has("mapping"))
      one.object("mapping", [&](http::Fields& m) { file.mapping = read_asked_mapping(m); });
    asked.files.push_back(std::move(file));
  });
  return asked;
}

Result<Form> form_of(const Asked& asked) {
  if (asked.form && asked.code.empty()) return *asked.form;
  for (const value& one : shipped_forms()) {
    if (!asked.form && one.at("code").as_string() == asked.code) return read_form_definition(one);
  }
  return base::refuse(ProblemKind::invalid, "form.unknown", "/code", {asked.code});
}

/// Reading costs the machine something: only for those who hold a post today.
Result<void> holds_a_post(const Desk& desk, const auth::Actor& actor) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<void> {
    if (!org::post_store::of_account(tx, actor.account(), day).empty()) return {};
    return base::refuse(ProblemKind::forbidden, "authority.not_yours");
  });
}

FormFile read_file(const SentFile& sent, const std::string& bytes, const Form& form) {
  FormFile file;
  file.name = sent.name;
  file.unit = sent.unit.value_or(form.unit_is_end_of_name ? unit_in_name(sent.name) : "");
  auto reading = read_form_file(bytes, sent.name, form, sent.mapping);
  if (reading) {
    file.reading = *std::move(reading);
  } else {
    file.refused = std::move(reading).error();
  }
  return file;
}

}  // namespace

Result<Response> list_forms(const Desk&, const auth::Actor&, const http::Request&) {
  array items;
  for (const value& one : shipped_forms()) items.push_back(one);
  return http::json_response(object{{"items", items}, {"next", nullptr}});
}

/// Reads and answers; nothing is stored, so nothing is journalled and no key is asked for.
Result<Response> read_forms(const Desk& desk, const auth::Actor& actor,
                            const http::Request& request) {
  RETURN_IF_REFUSED(holds_a_post(desk, actor));
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, read_asked));
  ASSIGN_OR_RETURN(const Form form, form_of(asked));
  std::vector<FormFile> files;
  base::Problems refused;
  for (std::size_t i = 0; i < asked.files.size(); ++i) {
    const auto bytes = base::from_base64(asked.files[i].base64);
    if (!bytes) {
      refused.push_back({ProblemKind::invalid,
                         "attachment.base64",
                         "/files/" + std::to_string(i) + "/base64",
                         {asked.files[i].name}});
    } else {
      files.push_back(read_file(asked.files[i], *bytes, form));
    }
  }
  if (!refused.empty()) return base::refuse(std::move(refused));
  const FormConsolidation made = consolidate_forms(std::move(files), form);
  object answer = consolidation_json(made, form);
  const std::string period = asked.period.empty() ? form.period : asked.period;
  answer["facts"] = nullptr;
  if (!form.facts.empty() && !period.empty()) {
    ASSIGN_OR_RETURN(const std::string csv, facts_csv(made, form, period));
    answer["facts"] = csv;
  }
  return http::json_response(answer);
}

}  // namespace report
