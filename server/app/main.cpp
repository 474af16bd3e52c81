#include <CLI/CLI.hpp>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"

namespace {

using app::Place;

struct Chosen {
  std::function<int(const Place&)> command;
};

void import_commands(CLI::App& program, Chosen& chosen) {
  auto* import = program.add_subcommand("import", "take in files")->require_subcommand(1);
  auto* units = import->add_subcommand("units", "units of a line, as of a day");
  auto units_options = std::make_shared<app::ImportUnitsOptions>();
  units->add_option("file", units_options->file)->required();
  units->add_option("--on", units_options->on, "day from which they hold")->required();
  units->add_option("--line", units_options->line, "government, party, front, region …")
      ->required();
  units->add_option("--parent", units_options->parent,
                    "code of the unit they stand under; made when new");
  units->add_flag("--preview", units_options->preview, "say what would happen, write nothing");
  units->add_flag("--partial", units_options->partial, "take the good rows, refuse only the rest");
  units->add_flag("--json", units_options->json);
  units->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::import_units_command(place, *units_options);
    };
  });
  for (const bool facts : {false, true}) {
    auto* command = import->add_subcommand(facts ? "facts" : "indicators");
    auto options = std::make_shared<app::ImportOptions>();
    command->add_option("file", options->file)->required();
    if (facts) command->add_option("--on", options->on, "day on which the unit codes are read");
    command->add_flag("--json", options->json);
    command->callback([=, &chosen] {
      chosen.command = [=](const Place& place) {
        return facts ? app::import_facts_command(place, *options)
                     : app::import_indicators_command(place, *options);
      };
    });
  }
}

void follow_commands(CLI::App& program, Chosen& chosen) {
  auto* calendar = program.get_subcommand("import")->add_subcommand(
      "calendar", "holidays, and weekend days worked in exchange");
  auto options = std::make_shared<app::ImportOptions>();
  calendar->add_option("file", options->file)->required();
  calendar->add_flag("--json", options->json);
  calendar->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::import_calendar_command(place, *options);
    };
  });
  program.add_subcommand("remind", "send the reminders that fell due; serve does it by itself")
      ->callback([&chosen] { chosen.command = app::remind_command; });
}

void boundary_commands(CLI::App& program, Chosen& chosen) {
  auto* boundaries = program.get_subcommand("import")->add_subcommand(
      "boundaries", "boundaries of units from a day on, as GeoJSON");
  auto options = std::make_shared<app::BoundaryOptions>();
  boundaries->add_option("file", options->file)->required();
  boundaries->add_option("--on", options->on, "day from which they hold")->required();
  boundaries->add_option("--source", options->source, "who drew them; shown with the map")
      ->required();
  boundaries->add_flag("--json", options->json);
  boundaries->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::import_boundaries_command(place, *options);
    };
  });
}

void catalogue_commands(CLI::App& program, Chosen& chosen) {
  auto* import = program.get_subcommand("import");
  auto* catalogue = import->add_subcommand(
      "catalogue", "compare an official catalogue of a day with the tree of that day");
  auto options = std::make_shared<app::CatalogueOptions>();
  catalogue->add_option("file", options->file)->required();
  catalogue->add_option("--on", options->on, "day of the catalogue")->required();
  catalogue->add_option("--mapping", options->mappings,
                        "old units to new ones; a second one is compared with the first");
  catalogue->add_option("--line", options->line);
  catalogue->add_option("--title", options->title);
  catalogue->add_option("--document", options->document, "the decision the changes rest on");
  auto* propose = catalogue->add_flag("--propose", options->propose, "say what would change");
  catalogue->add_flag("--apply", options->apply, "change it")->excludes(propose);
  catalogue->add_flag("--json", options->json);
  catalogue->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::import_catalogue_command(place, *options);
    };
  });
  auto* unit = program.add_subcommand("unit", "units of the tree")->require_subcommand(1);
  auto* show = unit->add_subcommand("show", "a unit with all it was and became");
  auto unit_options = std::make_shared<app::UnitOptions>();
  show->add_option("code", unit_options->code)->required();
  show->add_option("--on", unit_options->on, "day on which the code is read; today otherwise");
  show->add_option("--line", unit_options->line);
  show->add_flag("--json", unit_options->json);
  show->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::unit_show_command(place, *unit_options);
    };
  });
  auto* reorganisation =
      program.add_subcommand("reorganisation", "changes of the tree")->require_subcommand(1);
  reorganisation->add_subcommand("list")->callback(
      [&chosen] { chosen.command = app::reorganisation_list_command; });
  auto* undo = reorganisation->add_subcommand("undo", "take an applied one back");
  auto id = std::make_shared<std::int64_t>(0);
  undo->add_option("id", *id)->required();
  undo->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::reorganisation_undo_command(place, *id);
    };
  });
}

void form_commands(CLI::App& program, Chosen& chosen) {
  auto* form =
      program.add_subcommand("form", "forms in workbooks of others")->require_subcommand(1);
  auto* read = form->add_subcommand("read", "read them beside each other; nothing is stored");
  auto options = std::make_shared<app::FormOptions>();
  read->add_option("files", options->files, "workbooks")->required();
  read->add_option("--form", options->form, "definition of the form, JSON")->required();
  read->add_option("--mapping", options->mapping, "what a person decided, JSON");
  read->add_option("--unit", options->units, "code of each file's unit, in the files' order");
  read->add_option("--period", options->period, "of the facts");
  read->add_option("--facts", options->facts, "write what import facts takes; - to print it");
  read->add_flag("--json", options->json);
  read->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::form_read_command(place, *options); };
  });
}

void workbook_commands(CLI::App& program, Chosen& chosen) {
  auto* workbook =
      program.add_subcommand("workbook", "reports as workbooks, sent out and taken back")
          ->require_subcommand(1);
  auto options = std::make_shared<app::WorkbookOptions>();
  auto* exporting = workbook->add_subcommand("export", "a workbook for each report of a request");
  exporting->add_option("--request", options->request)->required();
  exporting->add_option("--to", options->to, "folder, or a file ending in .zip")->required();
  exporting->add_flag("--json", options->json);
  exporting->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::workbook_export_command(place, *options);
    };
  });
  auto* read = workbook->add_subcommand("read", "what returned workbooks say");
  read->add_option("from", options->from, "folders, zips and workbooks")
      ->required()
      ->check(CLI::ExistingPath);
  read->add_option("--request", options->request, "refuse those of other requests");
  read->add_option("--copies", options->copies,
                   "folder for a copy with remarks of each doubtful one");
  auto* accept =
      read->add_flag("--accept", options->accept, "enter files without a doubt, as drafts");
  read->add_flag("--accept-cells", options->accept_cells, "enter the new cells of every file")
      ->excludes(accept);
  read->add_flag("--json", options->json);
  read->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::workbook_read_command(place, *options);
    };
  });
}

void rollup_options(CLI::App& command, app::RollupOptions& options, bool required) {
  auto* unit = command.add_option("--unit", options.unit, "code");
  auto* period =
      command.add_option("--period", options.period, "2021, 2021-H1, 2021-9M, 2021-Q3, 2021-07");
  if (required) unit->required(), period->required();
  command.add_option("--indicator", options.indicators, "code; may be given more than once");
  auto* on =
      command.add_option("--on", options.on, "day of the tree; the period's last day otherwise");
  command
      .add_option("--restated-to", options.restated_to,
                  "say it in the tree of this day, units that changed since by their successors")
      ->excludes(on);
  command.add_option("--line", options.line);
  command.add_option("--below", options.below, "also every unit at this level under it")
      ->check(CLI::Range(1, 9));
}

void question_commands(CLI::App& program, Chosen& chosen) {
  auto* rollup = program.add_subcommand("rollup", "totals of a unit");
  auto options = std::make_shared<app::RollupOptions>();
  rollup_options(*rollup, *options, true);
  rollup->add_flag("--json", options->json);
  rollup->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::rollup_command(place, *options); };
  });
  auto* exporting = program.add_subcommand("export", "write a list as a file");
  auto export_options = std::make_shared<app::ExportOptions>();
  exporting->add_option("what", export_options->what)
      ->required()
      ->check(CLI::IsMember({"rollup", "units", "facts", "journal"}));
  exporting->add_option("--format", export_options->format)->check(CLI::IsMember({"csv", "xlsx"}));
  exporting->add_option("--out", export_options->out, "file; - for the standard output");
  rollup_options(*exporting, export_options->rollup, false);
  exporting->callback([=, &chosen] {
    chosen.command = [=](const Place& place) {
      return app::export_command(place, *export_options);
    };
  });
}

void exchange_commands(CLI::App& program, Chosen& chosen) {
  auto options = std::make_shared<app::ExchangeOptions>();
  const auto command = [&](CLI::App& parent, const char* name, const char* what, auto act) {
    auto* made = parent.add_subcommand(name, what);
    made->add_option("--system", options->system, "whose ids or names they are")->required();
    made->callback([=, &chosen] {
      chosen.command = [=](const Place& place) { return act(place, *options); };
    });
    return made;
  };
  auto* mapping = command(*program.get_subcommand("import"), "mapping",
                          "what another system calls our units, indicators and periods",
                          app::import_mapping_command);
  mapping->add_option("file", options->file)->required();
  mapping->add_option("--on", options->on, "day on which the unit codes are read; today otherwise");
  mapping->add_flag("--json", options->json);
  auto* exchange =
      program.add_subcommand("exchange", "figures of other systems")->require_subcommand(1);
  auto* list = command(*exchange, "mapping", "write a system's mapping as csv",
                       app::exchange_mapping_command);
  list->add_option("--out", options->out, "file; - for the standard output");
  list->add_option("--on", options->on, "day of the unit codes; today otherwise");
  auto* take = command(*exchange, "import", "take in values", app::exchange_import_command);
  take->add_option("file", options->file)->required();
  take->add_option("--format", options->form)
      ->check(CLI::IsMember({"auto", "json", "xml", "csv", "adx"}));
  take->add_option("--unit", options->unit, "code; every figure must be of it or below it");
  take->add_option("--status", options->status)
      ->check(CLI::IsMember({"accepted", "submitted", "draft"}));
  take->add_option("--strategy", options->strategy,
                   "CREATE, UPDATE, CREATE_AND_UPDATE, DELETE; else the file's own");
  take->add_flag("--dry-run", options->dry_run, "say what would happen, write nothing");
  take->add_option("--gaps", options->gaps,
                   "write what the mapping does not know to this csv, and take nothing in");
  take->add_flag("--json", options->json);
  auto* give = command(*exchange, "export", "write values", app::exchange_export_command);
  give->add_option("--format", options->form)->check(CLI::IsMember({"json", "xml", "csv", "adx"}));
  give->add_option("--unit", options->unit, "code; with all under it")->required();
  give->add_option("--period", options->periods, "may be given more than once")->required();
  give->add_option("--indicator", options->indicators, "may be given more than once; else all");
  give->add_option("--line", options->line);
  give->add_flag("--all", options->all, "what is not accepted too");
  give->add_flag("--mapped-only", options->mapped_only, "leave out what the mapping does not know");
  give->add_option("--out", options->out, "file; - for the standard output");
}

void packet_commands(CLI::App& program, Chosen& chosen) {
  auto options = std::make_shared<app::ExchangeOptions>();
  const auto command = [&](CLI::App& parent, const char* name, const char* what, auto act) {
    auto* made = parent.add_subcommand(name, what);
    made->callback([=, &chosen] {
      chosen.command = [=](const Place& place) { return act(place, *options); };
    });
    return made;
  };
  auto* names =
      command(*program.get_subcommand("import"), "names",
              "what another system calls the fields of our packets", app::import_names_command);
  names->add_option("file", options->file)->required();
  names->add_option("--system", options->system)->required();
  auto* give = command(*program.get_subcommand("exchange"), "give", "write a packet of our own",
                       app::exchange_give_command);
  give->add_option("kind", options->kind)->required();
  give->add_option("--system", options->system, "the receiver, for its field names");
  give->add_option("--unit", options->unit, "code; with all under it");
  give->add_option("--period", options->periods, "may be given more than once");
  give->add_option("--indicator", options->indicators, "may be given more than once; else all");
  give->add_option("--report", options->report);
  give->add_option("--request", options->request);
  give->add_option("--year", options->years)->check(CLI::Range(1900, 2999));
  give->add_option("--line", options->line);
  give->add_flag("--all", options->all, "what is not accepted too");
  give->add_option("--out", options->out, "file; - for the standard output");
  auto* take = command(*program.get_subcommand("exchange"), "take", "take in a packet of our own",
                       app::exchange_take_command);
  take->add_option("file", options->file)->required();
  take->add_option("--system", options->system, "the sender, for its field names");
  take->add_option("--unit", options->unit, "code; every figure must be of it or below it");
  take->add_option("--status", options->status)
      ->check(CLI::IsMember({"accepted", "submitted", "draft"}));
  take->add_option("--strategy", options->strategy,
                   "CREATE, UPDATE, CREATE_AND_UPDATE, DELETE; else both");
  take->add_flag("--dry-run", options->dry_run, "say what would happen, write nothing");
  take->add_flag("--json", options->json);
}

void server_commands(CLI::App& program, Chosen& chosen) {
  auto* serve = program.add_subcommand("serve", "answer over HTTP");
  auto options = std::make_shared<app::ServeOptions>();
  serve->add_option("--address", options->address);
  serve->add_option("--port", options->port, "0 takes a free one");
  serve->add_option("--web", options->web, "folder of the built web client");
  serve->add_option("--metrics-port", options->metrics_port,
                    "Prometheus reads http://127.0.0.1:PORT/metrics; 0: none");
  serve->add_flag("--secure-cookie", options->secure_cookie, "behind TLS");
  serve->add_option("--origin", options->origin, "https://… as browsers see it");
  serve->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::serve_command(place, *options); };
  });
  program.add_subcommand("demo", "load the demo into an empty data folder")->callback([&chosen] {
    chosen.command = app::demo_command;
  });
  auto* routes = program.add_subcommand("routes", "print the route table");
  routes->add_flag("--json");
  routes->callback(
      [&chosen] { chosen.command = [](const Place&) { return app::routes_command(); }; });
}

void care_commands(CLI::App& program, Chosen& chosen) {
  auto* backup = program.add_subcommand("backup", "a consistent copy in one file");
  auto target = std::make_shared<std::string>();
  backup->add_option("file", *target)->required();
  backup->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::backup_command(place, *target); };
  });
  auto* restore = program.add_subcommand("restore", "a copy into an empty data folder");
  auto copy = std::make_shared<std::string>();
  restore->add_option("file", *copy)->required();
  restore->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::restore_command(place, *copy); };
  });
  program
      .add_subcommand(
          "move-to-postgres",
          "the folder's data into the database of --database, compared to the last total")
      ->callback([&chosen] { chosen.command = app::move_command; });
  auto* verify = program.add_subcommand("verify", "is the data sound");
  auto json = std::make_shared<bool>(false);
  verify->add_flag("--json", *json);
  verify->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::verify_command(place, *json); };
  });
  auto* support = program.add_subcommand(
      "support-bundle", "what somebody needs to help, as a zip without personal data");
  auto bundle = std::make_shared<std::string>();
  auto log = std::make_shared<std::string>();
  support->add_option("file", *bundle)->required();
  support->add_option("--log", *log, "a file of the server's log; its last lines go with it");
  support->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::support_command(place, *bundle, *log); };
  });
  auto* doctor = program.add_subcommand("doctor", "is the place well kept, and what to do");
  auto doctor_json = std::make_shared<bool>(false);
  doctor->add_flag("--json", *doctor_json);
  doctor->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::doctor_command(place, *doctor_json); };
  });
  program.add_subcommand("migrate", "bring the database to this version")->callback([&chosen] {
    chosen.command = app::migrate_command;
  });
}

void audit_commands(CLI::App& program, Chosen& chosen) {
  auto* audit = program.add_subcommand("audit", "the journal")->require_subcommand(1);
  auto* verify = audit->add_subcommand("verify", "recompute the chain and the tree");
  auto options = std::make_shared<app::AuditOptions>();
  verify->add_option("--expect", options->expected, "COUNT:HASH noted elsewhere earlier");
  verify->add_option("--checkpoint", options->checkpoints, "files of audit checkpoint");
  verify->add_option("--key", options->verifier, "what audit key printed; this place's otherwise");
  verify->add_flag("--json", options->json);
  verify->callback([=, &chosen] {
    chosen.command = [=](const Place& place) { return app::audit_verify_command(place, *options); };
  });
  audit->add_subcommand("key", "the key that checks our checkpoints; keep it elsewhere")
      ->callback([&chosen] { chosen.command = app::audit_key_command; });
  const auto printing = [&](const char* name, const char* words, auto command) {
    auto* made = audit->add_subcommand(name, words);
    auto out = std::make_shared<std::string>();
    made->add_option("--out", *out, "file; the standard output otherwise");
    made->callback([=, &chosen] {
      chosen.command = [=](const Place& place) { return command(place, *out); };
    });
  };
  printing("checkpoint", "sign what the journal is now, to be kept elsewhere",
           app::audit_checkpoint_command);
  printing("export", "every leaf, a line each, for a verifier of others",
           app::audit_export_command);
}

void user_commands(CLI::App& program, Chosen& chosen) {
  auto* user = program.add_subcommand("user", "accounts and posts")->require_subcommand(1);
  auto options = std::make_shared<app::UserOptions>();
  const auto command = [&](const char* name, auto act) {
    auto* made = user->add_subcommand(name);
    made->add_option("login", options->login)->required();
    made->callback([=, &chosen] {
      chosen.command = [=](const Place& place) { return act(place, *options); };
    });
    return made;
  };
  auto* add = command("add", app::user_add_command);
  add->add_option("--name", options->name);
  add->add_flag("--password-stdin", options->password_stdin,
                "read it from the standard input; else one is made and printed");
  auto* post = command("post", app::user_post_command);
  post->add_option("--unit", options->unit, "code")->required();
  post->add_option("--role", options->role, "clerk, compiler, head, administrator, viewer")
      ->required();
  post->add_option("--title", options->title);
  post->add_option("--from", options->from);
  post->add_option("--to", options->to);
  post->add_option("--line", options->line);
  command("disable", [](const Place& place, const app::UserOptions& o) {
    return app::user_enable_command(place, o.login, false);
  });
  command("enable", [](const Place& place, const app::UserOptions& o) {
    return app::user_enable_command(place, o.login, true);
  });
  command("reset-second-factor", [](const Place& place, const app::UserOptions& o) {
    return app::user_reset_second_factor_command(place, o.login);
  });
  user->add_subcommand("list")->callback([&chosen] { chosen.command = app::user_list_command; });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Thông Suốt: programmes down, figures up, every total explained", "thongsuot");
  program.require_subcommand(1);
  Place place;
  std::string language = "vi";
  program.add_option("--data", place.data, "data folder (default ./data)");
  program.add_option("--database", place.database, "postgres://… instead of a data folder");
  program.add_option("--lang", language)->check(CLI::IsMember({"vi", "en"}));
  Chosen chosen;
  import_commands(program, chosen);
  follow_commands(program, chosen);
  boundary_commands(program, chosen);
  catalogue_commands(program, chosen);
  form_commands(program, chosen);
  workbook_commands(program, chosen);
  question_commands(program, chosen);
  exchange_commands(program, chosen);
  packet_commands(program, chosen);
  server_commands(program, chosen);
  care_commands(program, chosen);
  audit_commands(program, chosen);
  user_commands(program, chosen);
  auto* version = program.add_subcommand("version");
  bool json = false;
  version->add_flag("--json", json);
  version->callback([&] {
    chosen.command = [&](const Place&) {
      std::cout << (json ? "{\"version\":\"" THONGSUOT_VERSION "\"}"
                         : "thongsuot " THONGSUOT_VERSION)
                << "\n";
      return app::kDone;
    };
  });
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  place.language = language == "en" ? base::Language::en : base::Language::vi;
  try {
    return chosen.command(place);
  } catch (const store::Unusable& failure) {
    std::cerr << failure.what() << "\n";
  } catch (const std::exception& failure) {
    std::cerr << "thongsuot: " << failure.what() << "\n";
  }
  return app::kFailed;
}
