#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/read_returned.h"
#include "report/service.h"

/// Workbooks sent out and taken back: one report's, and those of a whole request.
namespace report {

/// The place's key; the first call of all makes it.
PlaceKey place_key(store::Db& db);

/// What the workbook of `sheet` says; `with_before`: earlier figures too.
ReportForm report_form(store::Tx& tx, Sheet sheet, bool with_before);

/// A larger file is no workbook of ours: "workbook.file_large".
inline constexpr std::size_t kMostReturnedBytes = 4U * 1024 * 1024;
base::Problem too_large_a_file();
/// Of a returned file: read within its limits.
base::Result<office::Workbook> open_returned(std::string_view bytes);

/// One file of many that came back, as it was read and what became of it.
struct FileReading {
  std::string name;
  ReportId report;  ///< none when it could not be told
  org::UnitRef unit;
  std::int64_t revision = 0;                                   ///< of the report when it was read
  std::size_t same = 0, fresh = 0, doubtful = 0, refused = 0;  ///< cells
  std::vector<Entry> entries;                                  ///< the fresh cells
  base::Problems told;      ///< of the file, and of each doubtful or refused cell
  base::Problems refusals;  ///< why it was not read, or not taken
  bool is_read = false;
  bool is_clear = false;  ///< nothing in it asks for a person
  bool is_taken = false;  ///< its entries stand in the report
};

/// Reads files one after another against what stands, each in the scope of `actor`.
class ReturnedFiles {
 public:
  /// `only`: files of other requests are refused as "workbook.not_of_request".
  ReturnedFiles(PlaceKey key, std::optional<RequestId> only) : key_(std::move(key)), only_(only) {}

  void read(store::Tx& tx, const auth::Actor& actor, base::Date day, const std::string& name,
            std::string_view bytes);
  /// The same of many, unpacked and parsed by several threads; what stands is asked by this one.
  void read_many(store::Tx& tx, const auth::Actor& actor, base::Date day,
                 const std::vector<std::pair<std::string, std::string>>& files);
  /// Hands on a copy with remarks, and its name, of each file that asks for a person.
  void copies_to(std::function<void(const std::string&, const std::string&)> take) {
    copy_ = std::move(take);
  }
  /// A file that could not even be opened.
  void refuse(const std::string& name, base::Problems why);
  /// All that was read, in the order given. A report that came twice is clear in neither file:
  /// "workbook.twice".
  std::vector<FileReading> done();

 private:
  /// What the reports of one request have in common.
  struct Asked {
    Request request;
    org::UnitRef requester;
    std::vector<direct::Indicator> indicators;
  };
  struct Opened {
    office::Workbook workbook;
    WorkbookIdentity identity;
  };
  base::Result<Opened> opened(std::string_view bytes) const;
  void take(store::Tx& tx, const auth::Actor& actor, base::Date day, const std::string& name,
            const base::Result<Opened>& opened);
  const Asked& asked(store::Tx& tx, RequestId id);
  base::Result<ReportForm> form(store::Tx& tx, const auth::Actor& actor, base::Date day,
                                ReportId id);

  PlaceKey key_;
  std::optional<RequestId> only_;
  std::map<RequestId, Asked> asked_;
  std::function<void(const std::string&, const std::string&)> copy_;
  std::vector<FileReading> files_;
};

/// Each file of a zip with its bytes, in the zip's order, or why it cannot be opened. What systems
/// leave in zips by themselves is passed over. Refuses what Zip::open does, and
/// "workbook.zip_empty".
base::Result<void> each_in_zip(
    std::string_view zip,
    const std::function<void(const std::string& name, const base::Result<std::string>& bytes)>&
        take);
/// Is this one of the files that systems leave in folders by themselves?
bool is_leftover(std::string_view name);

enum class Take { nothing, clear_files, fresh_cells };

/// Enters what may be taken as drafts through put_cells, a report at a time, at the revision that
/// was read; a refusal stays with its file and hinders no other. Gives how many files were taken.
std::size_t take_files(store::Tx& tx, const auth::Actor& actor, Now now,
                       std::vector<FileReading>& files, std::size_t from, std::size_t to,
                       Take take);

/// The reports of a request in scope whose workbooks go out: at most `most` of them after the
/// report `after`, by report; `last` is the report to go on after, none when these are all.
struct WorkbookPack {
  std::vector<ReportForm> forms;
  std::optional<ReportId> last;
};
WorkbookPack workbook_pack(store::Tx& tx, const org::Scope& scope, RequestId request,
                           ReportId after, std::size_t most);

/// Name and bytes of each one's workbook; no two names are the same.
std::vector<std::pair<std::string, std::string>> workbook_files(
    const std::vector<ReportForm>& forms, const PlaceKey& key);

}  // namespace report
