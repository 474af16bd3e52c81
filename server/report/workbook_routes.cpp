#include "base/base64.h"
#include "journal/journal.h"
#include "office/package.h"
#include "org/authority.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "report/change_report.h"
#include "report/desk.h"
#include "report/workbook_json.h"

namespace report {
namespace {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Response;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t kMostPacked = 500;     // workbooks in one zip
constexpr std::size_t kMostToldOfFile = 10;  // the rest is told when the file is read by itself

Result<std::string> decoded(const std::string& base64) {
  auto bytes = base::from_base64(base64);
  if (!bytes) return base::refuse(ProblemKind::invalid, "attachment.base64", "/base64", {""});
  return *std::move(bytes);
}

Result<std::string> sent_file(const http::Request& request) {
  ASSIGN_OR_RETURN(const std::string base64,
                   http::decode<std::string>(request, [](http::Fields& f) {
                     return f.raw_text("base64", kWorkbookUpload);
                   }));
  return decoded(base64);
}

/// The reading of a sent workbook, handed on with the form it was read against.
Result<Response> with_reading(
    const Desk& desk, const Actor& actor, const http::Request& request,
    const std::function<Response(const Reading&, const ReportForm&, const PlaceKey&)>& answer,
    bool with_before) {
  ASSIGN_OR_RETURN(const std::string bytes, sent_file(request));
  const base::Date day = desk.clock.today();
  const ReportId id{request.id_parameter("report")};
  const auto seen = [&](store::Tx& tx) { return seen_report(tx, actor, day, id); };
  RETURN_IF_REFUSED(desk.db.read(seen));  // who may not see the report learns nothing of the file
  const PlaceKey key = place_key(desk.db);
  ASSIGN_OR_RETURN(const office::Workbook workbook, open_returned(bytes));
  ASSIGN_OR_RETURN(const WorkbookIdentity identity, identity_in(workbook, key));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(Sheet sheet, seen(tx));
    const ReportForm form = report_form(tx, std::move(sheet), with_before);
    ASSIGN_OR_RETURN(const Reading reading, read_returned(workbook, identity, form));
    return answer(reading, form, key);
  });
}

Result<Take> asked_take(const http::Request& request, std::string& base64) {
  return http::decode<Take>(request, [&](http::Fields& f) {
    base64 = f.raw_text("base64", kWorkbooksUpload);
    static constexpr Take kTakes[] = {Take::nothing, Take::clear_files, Take::fresh_cells};
    if (!f.has("take")) {
      f.maybe_text("take");
      return Take::nothing;
    }
    return kTakes[f.one_of("take", {"nothing", "clear_files", "fresh_cells"})];
  });
}

}  // namespace

Result<Response> get_workbook(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  const auto form = desk.db.read([&](store::Tx& tx) -> Result<ReportForm> {
    ASSIGN_OR_RETURN(Sheet sheet, seen_report(tx, actor, day, {request.id_parameter("report")}));
    return report_form(tx, std::move(sheet), true);
  });
  if (!form) return std::unexpected(form.error());
  return org::file_response(workbook_file_name(*form), kXlsx,
                            office::write_form(workbook_form(*form, place_key(desk.db))));
}

Result<Response> read_workbook(const Desk& desk, const Actor& actor, const http::Request& request) {
  return with_reading(
      desk, actor, request,
      [](const Reading& reading, const ReportForm& form, const PlaceKey&) {
        return http::json_response(reading_json(reading, form));
      },
      false);
}

Result<Response> annotate_workbook(const Desk& desk, const Actor& actor,
                                   const http::Request& request) {
  return with_reading(
      desk, actor, request,
      [](const Reading& reading, const ReportForm& form, const PlaceKey& key) {
        return org::file_response("nhan-xet-" + workbook_file_name(form), kXlsx,
                                  office::write_form(workbook_form(form, key, &reading)));
      },
      true);
}

Result<Response> get_workbooks(const Desk& desk, const Actor& actor, const http::Request& request) {
  const base::Date day = desk.clock.today();
  Request asked;
  const auto pack = desk.db.read([&](store::Tx& tx) -> Result<WorkbookPack> {
    ASSIGN_OR_RETURN(asked, seen_request(tx, actor, day, request.id_parameter("request")));
    return workbook_pack(tx, org::scope_of(actor, day), asked.id, {org::asked_cursor(request)},
                         kMostPacked);
  });
  if (!pack) return std::unexpected(pack.error());
  office::Package zip;
  for (auto& [name, bytes] : workbook_files(pack->forms, place_key(desk.db)))
    zip.add(std::move(name), std::move(bytes));
  const std::string id = std::to_string(asked.id.value);
  Response response = org::file_response("bieu-so-lieu-" + asked.period + "-" + id + ".zip",
                                         "application/zip", zip.bytes());
  if (pack->last) {
    response.headers.emplace_back(
        "Link", "</api/v1/requests/" + id +
                    "/workbooks?cursor=" + std::to_string(pack->last->value) + ">; rel=\"next\"");
  }
  return response;
}

Result<Response> read_workbooks(const Desk& desk, const Actor& actor,
                                const http::Request& request) {
  std::string base64;
  ASSIGN_OR_RETURN(const Take take, asked_take(request, base64));
  ASSIGN_OR_RETURN(const std::string zip, decoded(base64));
  const Now now = desk.now();
  const RequestId id{request.id_parameter("request")};
  RETURN_IF_REFUSED(
      desk.db.read([&](store::Tx& tx) { return seen_request(tx, actor, now.day, id.value); }));
  ReturnedFiles reader(place_key(desk.db), id);
  RETURN_IF_REFUSED(desk.db.read([&](store::Tx& tx) {
    return each_in_zip(zip, [&](const std::string& name, const Result<std::string>& bytes) {
      bytes ? reader.read(tx, actor, now.day, name, *bytes) : reader.refuse(name, bytes.error());
    });
  }));
  std::vector<FileReading> files = reader.done();
  if (take == Take::nothing) return http::json_response(files_json(files, kMostToldOfFile));
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    take_files(tx, actor, now, files, 0, files.size(), take);
    return http::json_response(files_json(files, kMostToldOfFile));
  });
}

}  // namespace report
