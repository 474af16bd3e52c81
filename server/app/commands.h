#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/place.h"

/// What the command line does: one function a command, its options as a struct. Each returns the
/// exit code.
namespace app {

struct ImportUnitsOptions {
  std::string file, on, line = "government";
  std::optional<std::string> parent;
  bool preview = false, partial = false, json = false;
};
int import_units_command(const Place& place, const ImportUnitsOptions& options);

struct ImportOptions {
  std::string file;
  std::optional<std::string> on;
  bool json = false;
};
int import_indicators_command(const Place& place, const ImportOptions& options);
int import_facts_command(const Place& place, const ImportOptions& options);

/// Columns day, kind (holiday, worked), name.
int import_calendar_command(const Place& place, const ImportOptions& options);
/// What `serve` does every ten minutes: sends what fell due; gives how many went out.
std::int64_t send_due_reminders(store::Db& db, const base::Clock& clock);
int remind_command(const Place& place);

struct BoundaryOptions {
  std::string file, on, source;
  bool json = false;
};
int import_boundaries_command(const Place& place, const BoundaryOptions& options);

struct WorkbookOptions {
  std::int64_t request = 0;
  std::string to;                 ///< folder, or a file ending in .zip
  std::vector<std::string> from;  ///< folders, zips and workbooks
  std::string copies;             ///< folder for the copies with remarks; empty for none
  bool accept = false, accept_cells = false, json = false;
};
/// A request's workbooks, one for each report.
int workbook_export_command(const Place& place, const WorkbookOptions& options);
/// What returned workbooks say; with `accept` the files nobody need look at are entered as drafts,
/// with `accept_cells` the new cells of every file.
int workbook_read_command(const Place& place, const WorkbookOptions& options);

struct CatalogueOptions {
  std::string file, on, line = "government", title, document;
  std::vector<std::string> mappings;
  bool propose = false, apply = false, json = false;
};
int import_catalogue_command(const Place& place, const CatalogueOptions& options);

struct FormOptions {
  std::vector<std::string> files, units;
  std::string form, mapping, period, facts;
  bool json = false;
};
/// Reads foreign workbooks as a form; nothing is stored.
int form_read_command(const Place& place, const FormOptions& options);

struct UnitOptions {
  std::string code, line = "government";
  std::optional<std::string> on;
  bool json = false;
};
int unit_show_command(const Place& place, const UnitOptions& options);
int reorganisation_list_command(const Place& place);
int reorganisation_undo_command(const Place& place, std::int64_t id);

struct RollupOptions {
  std::string unit, period, line = "government";
  std::vector<std::string> indicators;
  std::optional<std::string> on, restated_to;
  std::optional<int> below;
  bool json = false;
};
int rollup_command(const Place& place, const RollupOptions& options);

struct ExportOptions {
  std::string what, format = "csv", out;
  RollupOptions rollup;  ///< unit, period … of what is exported
};
int export_command(const Place& place, const ExportOptions& options);

struct ExchangeOptions {
  std::string file, system, form = "auto", unit, status = "accepted", line = "government",
                            out = "-";
  std::optional<std::string> strategy, on, gaps;
  std::vector<std::string> periods, indicators;
  std::string kind;
  std::vector<int> years;
  std::optional<std::int64_t> report, request;
  bool dry_run = false, all = false, mapped_only = false, json = false;
};
int import_mapping_command(const Place& place, const ExchangeOptions& options);
int exchange_mapping_command(const Place& place, const ExchangeOptions& options);
int exchange_import_command(const Place& place, const ExchangeOptions& options);
int exchange_export_command(const Place& place, const ExchangeOptions& options);
int import_names_command(const Place& place, const ExchangeOptions& options);
int exchange_give_command(const Place& place, const ExchangeOptions& options);
int exchange_take_command(const Place& place, const ExchangeOptions& options);

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::filesystem::path web;
  std::uint16_t metrics_port = 0;  ///< on the loopback address; 0: none
  bool secure_cookie = false;
  std::string origin;
};
int serve_command(const Place& place, const ServeOptions& options);
int routes_command();  ///< prints the route table as JSON, for the contract test

int demo_command(const Place& place);

/// A consistent copy in one file. Where a server runs on the data, it makes the copy.
int backup_command(const Place& place, const std::string& target);
/// Makes a copy the data of an empty folder: tried, brought to this version and found sound before
/// it gets its name. Throws store::Unusable when there are data already or `file` is no copy.
int restore_command(const Place& place, const std::string& file);
/// Moves the SQLite data of the folder into the PostgreSQL database that `place` names, in one
/// transaction, and compares every row and every total before it commits. The file is put aside
/// afterwards, so that nobody goes on with it. Refuses when the database holds anything else.
int move_command(const Place& place);
int verify_command(const Place& place, bool json);
struct AuditOptions {
  std::string expected;                  ///< COUNT:HASH
  std::vector<std::string> checkpoints;  ///< files
  std::string verifier;                  ///< of the checkpoints; empty: this place's own key
  bool json = false;
};
int audit_verify_command(const Place& place, const AuditOptions& options);
int audit_key_command(const Place& place);
int audit_checkpoint_command(const Place& place, const std::string& out);
/// Every leaf as its canonical JSON, a line each.
int audit_export_command(const Place& place, const std::string& out);
int migrate_command(const Place& place);
/// Looks whether the place is well kept; each line with what to do. 1 when something is at fault.
int doctor_command(const Place& place, bool json);
/// What somebody needs to help from afar, as a zip: versions, settings, what the doctor says, sizes
/// and counts, the end of a log file. No names, log-ins, figures, texts, keys or addresses of
/// people.
int support_command(const Place& place, const std::string& target, const std::string& log);

struct UserOptions {
  std::string login, name, unit, role, title, line = "government";
  std::optional<std::string> from, to;
  bool password_stdin = false;
};
int user_add_command(const Place& place, const UserOptions& options);
int user_post_command(const Place& place, const UserOptions& options);
/// For whoever lost phone and recovery codes.
int user_reset_second_factor_command(const Place& place, const std::string& login);
int user_enable_command(const Place& place, const std::string& login, bool enabled);
int user_list_command(const Place& place);

}  // namespace app
