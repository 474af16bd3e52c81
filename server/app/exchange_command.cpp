#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "base/hash.h"
#include "exchange/exchange_json.h"
#include "exchange/mapping_store.h"
#include "exchange/packets.h"
#include "org/unit_store.h"

namespace app {
namespace {

using base::ProblemKind;
using http::json::object;

constexpr std::uintmax_t kMostBytes = 1024ULL * 1024 * 1024;

base::Result<base::Date> day_asked(const ExchangeOptions& options, const base::Clock& clock) {
  if (!options.on) return clock.today();
  const auto on = base::Date::parse(*options.on);
  if (!on) return base::refuse(ProblemKind::invalid, "command.date", "--on", {*options.on});
  return *on;
}

base::Result<org::UnitId> unit_asked(store::Tx& tx, const std::string& code, base::Date day) {
  const auto unit = org::unit_store::find_by_code(tx, code, day);
  if (!unit)
    return base::refuse(ProblemKind::not_found, "command.unit", "--unit", {code, day.text()});
  return *unit;
}

void put_out(const ExchangeOptions& options, const std::string& bytes) {
  if (options.out.empty() || options.out == "-") {
    std::cout << bytes;
  } else {
    write_file(options.out, bytes);
  }
}

base::Result<exchange::ForeignSet> set_of(const ExchangeOptions& options,
                                          const std::string& bytes) {
  const exchange::Form form = exchange::form_named(options.form).value_or(exchange::form_of(bytes));
  return exchange::read_foreign(bytes, form);
}

void print_doubts(const base::Problems& doubts, base::Language language) {
  for (const base::Problem& doubt : doubts) {
    std::cout << (language == base::Language::vi ? "ngờ  " : "doubt  ")
              << (doubt.field.empty() ? "" : doubt.field + ": ") << base::words(doubt, language)
              << " [" << doubt.code << "]\n";
  }
}

base::Result<std::vector<base::Period>> periods_asked(const ExchangeOptions& options) {
  std::vector<base::Period> periods;
  base::Problems problems;
  for (const std::string& text : options.periods) {
    const auto period = base::Period::parse(text);
    if (period) periods.push_back(*period);
    if (!period) problems.push_back({ProblemKind::invalid, "command.period", "--period", {text}});
  }
  if (!problems.empty()) return base::refuse(std::move(problems));
  return periods;
}

base::Result<exchange::ImportValues> import_asked(const ExchangeOptions& options,
                                                  const std::string& bytes) {
  exchange::ImportValues ask;
  ask.system = options.system;
  ask.status = report::fact_status_named(options.status).value();
  ask.is_dry_run = options.dry_run;
  ask.sha256 = base::sha256_hex(bytes);
  if (!options.json) ask.progress = progress_bar("facts");
  if (!options.strategy) return ask;
  ask.strategy = exchange::strategy_named(*options.strategy);
  if (!ask.strategy)
    return base::refuse(ProblemKind::invalid, "exchange.strategy", "--strategy",
                        {*options.strategy});
  return ask;
}

std::string bytes_of(const ExchangeOptions& options) {
  if (std::filesystem::file_size(options.file) > kMostBytes)
    throw store::Unusable(options.file + " is over 1 GB: split it");
  return read_file(options.file);
}

int print_imported(const exchange::ValuesImported& done, const Place& place, bool as_json) {
  if (as_json) {
    std::cout << http::json::serialize(exchange::to_json(done)) << "\n";
    return kDone;
  }
  const bool vi = place.language == base::Language::vi;
  print_doubts(done.doubts, place.language);
  if (done.is_dry_run) std::cout << (vi ? "Chạy thử, chưa ghi gì. " : "A trial, nothing written. ");
  const auto say = [&](const char* in_vi, const char* in_en, std::size_t count) {
    std::cout << (vi ? in_vi : in_en) << " " << count;
  };
  say("mới", "new", done.taken.created);
  say(", sửa", ", updated", done.taken.updated);
  say(", xóa", ", deleted", done.taken.deleted);
  say(", không đổi", ", unchanged", done.taken.unchanged);
  say(", bỏ qua", ", ignored", done.taken.ignored + done.empty);
  say(", không thu thập", ", left out", done.left_out);
  std::cout << "\n";
  return kDone;
}

}  // namespace

int import_mapping_command(const Place& place, const ExchangeOptions& options) {
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  const auto work = [&]() -> base::Result<exchange::MappingImported> {
    ASSIGN_OR_RETURN(const base::Date on, day_asked(options, *clock));
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(read_file(options.file)));
    ASSIGN_OR_RETURN(const std::vector<exchange::MappingRow> rows, exchange::mapping_rows(table));
    return db->write([&](store::Tx& tx) {
      return exchange::import_mapping(tx, auth::console_actor("import"),
                                      {clock->now(), clock->today()}, options.system, rows, on);
    });
  };
  const auto done = work();
  if (!done) return print_refusal(done.error(), place.language, options.json);
  if (options.json) {
    std::cout << http::json::serialize(exchange::to_json(*done)) << "\n";
  } else {
    const bool vi = place.language == base::Language::vi;
    std::cout << (vi ? "thêm " : "added ") << done->added << (vi ? ", sửa " : ", changed ")
              << done->changed << (vi ? ", bỏ " : ", removed ") << done->removed
              << (vi ? ", không đổi " : ", unchanged ") << done->unchanged << "\n";
  }
  return kDone;
}

int exchange_mapping_command(const Place& place, const ExchangeOptions& options) {
  const auto db = open_for_reading(place);
  const auto clock = clock_of(place);
  const auto day = day_asked(options, *clock);
  if (!day) return print_refusal(day.error(), place.language, options.json);
  const auto csv = db->read([&](store::Tx& tx) {
    const org::Scope all = org::scope_of(auth::console_actor("export"), *day);
    return exchange::mapping_csv(tx, exchange::mapping_store::rows(tx, all, options.system), *day);
  });
  put_out(options, csv);
  return kDone;
}

int exchange_import_command(const Place& place, const ExchangeOptions& options) {
  const std::string bytes = bytes_of(options);
  const auto set = set_of(options, bytes);
  if (!set) return print_refusal(set.error(), place.language, options.json);
  const auto clock = clock_of(place);
  const report::Now now{clock->now(), clock->today()};
  const auth::Actor console = auth::console_actor("exchange");
  if (options.gaps) {
    const auto db = open_for_reading(place);
    const auto gaps = db->read([&](store::Tx& tx) {
      return exchange::gaps_of(tx, console, now.day, *set, options.system);
    });
    if (!gaps) return print_refusal(gaps.error(), place.language, options.json);
    write_file(*options.gaps, exchange::skeleton_csv(*gaps));
    std::cout << *options.gaps << ": " << gaps->size() << "\n";
    return kDone;
  }
  const auto ask = import_asked(options, bytes);
  if (!ask) return print_refusal(ask.error(), place.language, options.json);
  const auto db = open_for_writing(place);
  const auto done = db->write([&](store::Tx& tx) -> base::Result<exchange::ValuesImported> {
    exchange::ImportValues asked = *ask;
    if (!options.unit.empty()) {
      ASSIGN_OR_RETURN(asked.unit, unit_asked(tx, options.unit, now.day));
    }
    return exchange::import_values(tx, console, now, *set, asked);
  });
  if (!done) return print_refusal(done.error(), place.language, options.json);
  db->gather_statistics();
  return print_imported(*done, place, options.json);
}

int exchange_export_command(const Place& place, const ExchangeOptions& options) {
  const auto db = open_for_reading(place);
  const auto clock = clock_of(place);
  exchange::ExportValues ask;
  ask.system = options.system;
  ask.indicators = options.indicators;
  ask.line = options.line;
  ask.with_unaccepted = options.all;
  ask.mapped_only = options.mapped_only;
  const auto periods = periods_asked(options);
  if (!periods) return print_refusal(periods.error(), place.language, options.json);
  ask.periods = *periods;
  const exchange::Form form = exchange::form_named(options.form).value_or(exchange::Form::json);
  const auto out = db->read([&](store::Tx& tx) -> base::Result<exchange::ExportedValues> {
    ASSIGN_OR_RETURN(ask.unit, unit_asked(tx, options.unit, ask.periods.front().last()));
    return exchange::export_values(tx, auth::console_actor("exchange"), clock->today(), ask, form);
  });
  if (!out) return print_refusal(out.error(), place.language, options.json);
  put_out(options, exchange::write_foreign(out->set));
  std::cerr << (place.language == base::Language::vi ? "đã xuất " : "written ")
            << out->set.values.size()
            << (place.language == base::Language::vi ? ", không xuất được " : ", left out ")
            << out->left_out + out->not_mapped << "\n";
  return kDone;
}

int import_names_command(const Place& place, const ExchangeOptions& options) {
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  const auto work = [&]() -> base::Result<std::size_t> {
    ASSIGN_OR_RETURN(const office::CsvTable table, office::read_csv(read_file(options.file)));
    ASSIGN_OR_RETURN(const exchange::FieldNames names, exchange::field_names(table));
    return db->write([&](store::Tx& tx) {
      return exchange::import_names(tx, auth::console_actor("import"),
                                    {clock->now(), clock->today()}, options.system, names);
    });
  };
  const auto done = work();
  if (!done) return print_refusal(done.error(), place.language, options.json);
  std::cout << options.system << ": " << *done << "\n";
  return kDone;
}

int exchange_give_command(const Place& place, const ExchangeOptions& options) {
  const auto db = open_for_reading(place);
  const auto clock = clock_of(place);
  const auto packet = db->read([&](store::Tx& tx) -> base::Result<std::string> {
    exchange::PacketQuestion ask;
    const auto kind = exchange::packet_kind_named(options.kind);
    if (!kind) return base::refuse(ProblemKind::invalid, "packet.kind", "kind", {options.kind});
    ask.kind = *kind;
    ask.system = options.system;
    ASSIGN_OR_RETURN(ask.periods, periods_asked(options));
    ask.indicators = options.indicators;
    ask.line = options.line;
    ask.with_unaccepted = options.all;
    ask.report = options.report;
    ask.request = options.request;
    ask.years = options.years;
    if (!options.unit.empty()) {
      const base::Date day = ask.periods.empty() ? clock->today() : ask.periods.front().last();
      ASSIGN_OR_RETURN(ask.unit, unit_asked(tx, options.unit, day));
    }
    return exchange::export_packet(tx, auth::console_actor("exchange"),
                                   {clock->now(), clock->today()}, ask);
  });
  if (!packet) return print_refusal(packet.error(), place.language, options.json);
  put_out(options, *packet);
  return kDone;
}

int exchange_take_command(const Place& place, const ExchangeOptions& options) {
  const std::string bytes = bytes_of(options);
  const auto ask = import_asked(options, bytes);
  if (!ask) return print_refusal(ask.error(), place.language, options.json);
  const auto db = open_for_writing(place);
  const auto clock = clock_of(place);
  const report::Now now{clock->now(), clock->today()};
  std::optional<exchange::PacketImported> trial;
  auto done = db->write([&](store::Tx& tx) -> base::Result<exchange::PacketImported> {
    exchange::ImportValues asked = *ask;
    if (!options.unit.empty()) {
      ASSIGN_OR_RETURN(asked.unit, unit_asked(tx, options.unit, now.day));
    }
    auto taken = exchange::import_packet(tx, auth::console_actor("exchange"), now, bytes, asked);
    if (!taken || !options.dry_run) return taken;
    trial = *std::move(taken);
    return base::refuse(ProblemKind::conflict, "packet.trial");  // taken back, whatever it wrote
  });
  if (trial) done = *std::move(trial);
  if (!done) return print_refusal(done.error(), place.language, options.json);
  const bool is_of_values = done->kind == exchange::PacketKind::figures ||
                            done->kind == exchange::PacketKind::indicator_data;
  if (!options.json && is_of_values) return print_imported(done->values, place, false);
  if (options.json) {
    std::cout << http::json::serialize(exchange::to_json(*done)) << "\n";
    return kDone;
  }
  print_doubts(done->differences, place.language);
  const bool vi = place.language == base::Language::vi;
  std::cout << (vi ? "định nghĩa mới " : "defined ") << done->defined
            << (vi ? ", khớp " : ", agreed ") << done->agreed << (vi ? ", khác " : ", differing ")
            << done->differences.size() << "\n";
  return kDone;
}

}  // namespace app
