#include "report/workbooks.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "org/authority.h"
#include "org/unit_store.h"
#include "report/change_report.h"
#include "report/fact_store.h"
#include "report/workbook_store.h"

namespace report {
namespace {

using base::Problem;
using base::ProblemKind;

constexpr std::size_t kMostThreads = 8;
constexpr std::size_t kMostTold = 300;  // of one file

std::optional<std::int64_t> known(store::Tx& tx, const Cell& cell, const base::Period& period) {
  const auto fact = fact_store::find(tx, cell.fact.unit, cell.indicator.id, period.text());
  if (!fact || fact->status == FactStatus::draft) return std::nullopt;
  return fact->amount;
}

/// Rows or cells that nobody asked for may be figures put in the wrong place.
bool asks_for_a_person(const Problem& told) {
  return told.code == "workbook.row_unknown" || told.code == "workbook.row_without_code" ||
         told.code == "workbook.form_changed" || told.code == "xlsx.covered_cells";
}

void take_reading(FileReading& file, const Reading& reading, const ReportForm& form) {
  file.is_read = true;
  file.same = reading.count(Verdict::same);
  file.fresh = reading.count(Verdict::fresh);
  file.doubtful = reading.count(Verdict::doubtful);
  file.refused = reading.count(Verdict::refused);
  file.entries = fresh_entries(reading, form);
  file.told = reading.told;
  file.is_clear = file.doubtful == 0 && file.refused == 0 &&
                  std::none_of(reading.told.begin(), reading.told.end(), asks_for_a_person);
  for (const CellReading& cell : reading.cells) {
    if (file.told.size() >= kMostTold) return;
    file.told.insert(file.told.end(), cell.reasons.begin(), cell.reasons.end());
  }
}

base::Result<std::string> bytes_of(office::Zip& zip, const std::string& name) {
  ASSIGN_OR_RETURN(office::Zip::Part part, zip.part(name));
  std::string bytes;
  char buffer[16384];
  for (std::size_t got; (got = part.read(buffer, sizeof buffer)) > 0;) {
    bytes.append(buffer, got);
    if (bytes.size() > kMostReturnedBytes) return base::refuse(too_large_a_file());
  }
  if (part.refusal()) return base::refuse(*part.refusal());
  return bytes;
}

}  // namespace

PlaceKey place_key(store::Db& db) {
  auto key = db.read([](store::Tx& tx) { return workbook_store::find_key(tx); });
  if (key) return *std::move(key);
  return db.write([](store::Tx& tx) { return workbook_store::make_key(tx); });
}

ReportForm report_form(store::Tx& tx, Sheet sheet, bool with_before) {
  ReportForm form;
  form.request = report_store::find_request(tx, sheet.report.request).value();
  const base::Period period = base::Period::parse(form.request.period).value();
  form.unit = org::unit_store::ref(tx, sheet.report.unit, period.last());
  form.requester = org::unit_store::ref(tx, form.request.unit, period.last());
  form.sheet = std::move(sheet);
  if (!with_before) return form;
  for (const Cell& cell : form.sheet.cells) {
    form.before.push_back(
        {known(tx, cell, period.previous()), known(tx, cell, period.year_before())});
  }
  return form;
}

base::Problem too_large_a_file() {
  return {ProblemKind::too_large,
          "workbook.file_large",
          "",
          {std::to_string(kMostReturnedBytes / 1024 / 1024)}};
}

base::Result<office::Workbook> open_returned(std::string_view bytes) {
  if (bytes.size() > kMostReturnedBytes) return base::refuse(too_large_a_file());
  return office::read_xlsx(bytes, returned_limits());
}

void ReturnedFiles::refuse(const std::string& name, base::Problems why) {
  FileReading& file = files_.emplace_back();
  file.name = name;
  file.refusals = std::move(why);
}

const ReturnedFiles::Asked& ReturnedFiles::asked(store::Tx& tx, RequestId id) {
  const auto known = asked_.find(id);
  if (known != asked_.end()) return known->second;
  Asked made{report_store::find_request(tx, id).value(), {}, report_store::indicators(tx, id)};
  made.requester = org::unit_store::ref(tx, made.request.unit,
                                        base::Period::parse(made.request.period).value().last());
  return asked_.emplace(id, std::move(made)).first->second;
}

/// As seen_report and report_form give it, with what a request's reports share read once.
base::Result<ReportForm> ReturnedFiles::form(store::Tx& tx, const auth::Actor& actor,
                                             base::Date day, ReportId id) {
  const auto report = report_store::find(tx, id);
  if (!org::sees(tx, actor, org::unit_of(report), day))
    return base::refuse(ProblemKind::not_found, "report.not_found");
  if (only_ && report->request != *only_)
    return base::refuse(ProblemKind::invalid, "workbook.not_of_request");
  if (copy_) return report_form(tx, report_store::sheet(tx, id).value(), true);
  const Asked& common = asked(tx, report->request);
  ReportForm made;
  made.request = common.request;
  made.requester = common.requester;
  made.unit = org::unit_store::ref(tx, report->unit,
                                   base::Period::parse(common.request.period).value().last());
  made.sheet = report_store::sheet(tx, id).value();
  return made;
}

base::Result<ReturnedFiles::Opened> ReturnedFiles::opened(std::string_view bytes) const {
  ASSIGN_OR_RETURN(office::Workbook workbook, open_returned(bytes));
  ASSIGN_OR_RETURN(WorkbookIdentity identity, identity_in(workbook, key_));
  return Opened{std::move(workbook), std::move(identity)};
}

void ReturnedFiles::read(store::Tx& tx, const auth::Actor& actor, base::Date day,
                         const std::string& name, std::string_view bytes) {
  take(tx, actor, day, name, opened(bytes));
}

void ReturnedFiles::read_many(store::Tx& tx, const auth::Actor& actor, base::Date day,
                              const std::vector<std::pair<std::string, std::string>>& files) {
  const std::size_t threads =
      std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
  std::vector<std::promise<base::Result<Opened>>> made(files.size());
  std::atomic<std::size_t> next = 0;
  // Whatever is thrown below, these end before what they work on: a future of async waits.
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < std::min(threads, files.size()); ++i) {
    workers.push_back(std::async(std::launch::async, [&] {
      for (std::size_t at = next++; at < files.size(); at = next++) {
        try {
          made[at].set_value(opened(files[at].second));
        } catch (...) {
          made[at].set_exception(std::current_exception());
        }
      }
    }));
  }
  // One is taken while the next are parsed.
  for (std::size_t i = 0; i < files.size(); ++i) {
    take(tx, actor, day, files[i].first, made[i].get_future().get());
  }
}

void ReturnedFiles::take(store::Tx& tx, const auth::Actor& actor, base::Date day,
                         const std::string& name, const base::Result<Opened>& opened) {
  if (!opened) return refuse(name, opened.error());
  const auto made = form(tx, actor, day, {opened->identity.report});
  if (!made) return refuse(name, made.error());
  const ReportForm& form = *made;
  FileReading& file = files_.emplace_back();
  file.name = name;
  file.report = form.sheet.report.id;
  file.unit = form.unit;
  file.revision = form.sheet.report.revision;
  const auto reading = read_returned(opened->workbook, opened->identity, form);
  if (!reading) {
    file.refusals = reading.error();
    return;
  }
  take_reading(file, *reading, form);
  if (copy_ && !file.is_clear) {
    copy_("nhan-xet-" + workbook_file_name(form),
          office::write_form(workbook_form(form, key_, &*reading)));
  }
}

std::vector<FileReading> ReturnedFiles::done() {
  std::map<std::int64_t, std::vector<std::size_t>> by_report;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].is_read) by_report[files_[i].report.value].push_back(i);
  }
  for (const auto& [report, files] : by_report) {
    if (files.size() < 2) continue;
    for (const std::size_t i : files) {
      const std::size_t other = i == files.front() ? files[1] : files.front();
      files_[i].is_clear = false;
      files_[i].refusals.push_back(
          {ProblemKind::invalid, "workbook.twice", "", {files_[other].name}});
    }
  }
  return std::move(files_);
}

bool is_leftover(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return name.starts_with("__MACOSX/") || last.starts_with('.') || last.starts_with("~$") ||
         last == "Thumbs.db" || last == "desktop.ini";
}

base::Result<void> each_in_zip(
    std::string_view zip,
    const std::function<void(const std::string&, const base::Result<std::string>&)>& take) {
  office::UnzipLimits limits;
  limits.most_entries = 20'000;
  limits.most_parts = 20'000;
  limits.most_inflated = 512U * 1024 * 1024;
  ASSIGN_OR_RETURN(office::Zip opened, office::Zip::open(zip, limits));
  bool is_empty = true;
  for (const std::string& name : opened.names()) {
    if (is_leftover(name)) continue;
    is_empty = false;
    if (name.ends_with(".zip") || name.ends_with(".ZIP")) {
      take(name, base::refuse(ProblemKind::invalid, "workbook.nested_zip"));
    } else {
      take(name, bytes_of(opened, name));
    }
  }
  if (is_empty) return base::refuse(ProblemKind::invalid, "workbook.zip_empty");
  return {};
}

std::size_t take_files(store::Tx& tx, const auth::Actor& actor, Now now,
                       std::vector<FileReading>& files, std::size_t from, std::size_t to,
                       Take take) {
  std::size_t taken = 0;
  for (std::size_t i = from; i < std::min(to, files.size()); ++i) {
    FileReading& file = files[i];
    const bool is_wanted =
        take == Take::fresh_cells || (take == Take::clear_files && file.is_clear);
    if (!is_wanted || !file.refusals.empty() || file.entries.empty()) continue;
    const auto put = put_cells(tx, actor, now, {file.report, file.revision}, file.entries);
    if (put) {
      file.is_taken = true;
      ++taken;
    } else {
      file.refusals = put.error();
    }
  }
  return taken;
}

WorkbookPack workbook_pack(store::Tx& tx, const org::Scope& scope, RequestId request,
                           ReportId after, std::size_t most) {
  WorkbookPack pack;
  for (const auto& overview : report_store::reports(tx, scope, request)) {
    const ReportId id = overview.report.id;
    if (id.value <= after.value) continue;
    if (pack.forms.size() == most) return pack;
    pack.forms.push_back(report_form(tx, report_store::sheet(tx, id).value(), true));
    pack.last = id;
  }
  pack.last.reset();
  return pack;
}

std::vector<std::pair<std::string, std::string>> workbook_files(
    const std::vector<ReportForm>& forms, const PlaceKey& key) {
  std::vector<std::pair<std::string, std::string>> files;
  std::set<std::string> names;
  for (const ReportForm& form : forms) {
    std::string name = workbook_file_name(form);
    if (!names.insert(name).second)
      name.insert(0, std::to_string(form.sheet.report.id.value) + "-");
    files.emplace_back(std::move(name), office::write_form(workbook_form(form, key)));
  }
  return files;
}

}  // namespace report
