#include "base/base64.h"
#include "direct/annex.h"
#include "direct/coverage.h"
#include "direct/desk.h"
#include "direct/indicator_store.h"
#include "direct/programme_json.h"
#include "direct/programme_store.h"
#include "direct/routes.h"
#include "direct/service.h"
#include "direct/task_json.h"
#include "office/read_xlsx.h"
#include "org/routes.h"
#include "org/table_response.h"
#include "org/unit_json.h"
#include "org/unit_store.h"

namespace direct {

using auth::Actor;
using base::ProblemKind;
using base::Result;
using http::Request;
using http::Response;
using http::json::array;
using http::json::object;
using http::json::value;

namespace {

constexpr int kMostTasks = 20'000;  // of an annex

/// The programme, when the actor sees its owner: coverage tells of every addressee.
Result<Programme> owned_programme(store::Tx& tx, const Actor& actor, base::Date day,
                                  std::int64_t id) {
  const auto programme = programme_store::find(tx, {id});
  if (!org::sees(tx, actor, org::unit_of(programme), day)) {
    return base::refuse(ProblemKind::not_found, "programme.not_found");
  }
  return *programme;
}

object given_json(store::Tx& tx, const Target& target, org::UnitId unit, base::Date day) {
  const Indicator indicator = indicator_store::find(tx, target.indicator).value();
  const Adoption answer =
      target.parent ? programme_store::target_adoption(tx, *target.parent, unit) : Adoption{};
  return {{"id", target.id.value},
          {"parent", target.parent ? value(target.parent->value) : value(nullptr)},
          {"programme", summary_json(tx, *programme_store::find(tx, target.programme), day)},
          {"objective", target.objective.empty() ? value(nullptr) : value(target.objective)},
          {"indicator", to_json(tx, indicator)},
          {"period", target.period},
          {"value", base::canonical_figure(target.amount, indicator.decimals)},
          {"state", name(answer.state)},
          {"reason", answer.reason}};
}

std::vector<Task> tasks_of(store::Tx& tx, const Actor& actor, base::Date day, ProgrammeId id) {
  task_store::Wanted wanted;
  wanted.programme = id;
  wanted.limit = kMostTasks;
  return task_store::visible(tx, org::scope_of(actor, day), wanted);
}

Response docx_response(const std::string& name, const office::Document& document) {
  return org::file_response(
      name + ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      office::write_docx(document));
}

/// A worksheet's table: of the first sheet that is shown, or of a csv.
Result<office::CsvTable> read_table(const std::string& bytes) {
  if (!bytes.starts_with("PK")) return office::read_csv(bytes);
  ASSIGN_OR_RETURN(const office::Workbook workbook, office::read_xlsx(bytes));
  for (const auto& sheet : workbook.sheets) {
    if (!sheet.is_hidden) return office::table_of(sheet);
  }
  return base::refuse(ProblemKind::invalid, "worksheet.none_shown", "/base64");
}

}  // namespace

Result<Response> get_coverage(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Programme programme,
                     owned_programme(tx, actor, day, request.id_parameter("programme")));
    return http::json_response(coverage_json(tx, programme, day));
  });
}

Result<Response> get_matrix(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Programme programme,
                     owned_programme(tx, actor, day, request.id_parameter("programme")));
    const CoverageMatrix matrix = coverage_matrix(tx, programme, day);
    array units, rows;
    units.reserve(matrix.units.size());
    for (const org::UnitRef& unit : matrix.units) {
      units.push_back(array{unit.id.value, unit.code, unit.name});
    }
    for (const auto& row : matrix.rows) {
      rows.push_back(object{{"objective", row.code.empty() ? value(nullptr) : value(row.code)},
                            {"title", row.title},
                            {"targets", row.targets},
                            {"states", row.states},
                            {"adopted", row.adopted},
                            {"declined", row.declined},
                            {"partly", row.partly},
                            {"silent", row.silent}});
    }
    return http::json_response(object{{"programme", summary_json(tx, programme, day)},
                                      {"units", std::move(units)},
                                      {"rows", std::move(rows)}});
  });
}

/// coverage.docx|xlsx|csv, tasks.docx|xlsx|csv.
Result<Response> get_annex(const Desk& desk, const Actor& actor, const Request& request) {
  const base::Date day = desk.clock.today();
  const std::string annex = request.parameters.find("annex")->second;
  const std::size_t dot = annex.find('.');
  const std::string what = annex.substr(0, dot);
  const std::string ending = dot == std::string::npos ? "" : annex.substr(dot + 1);
  const bool known = (what == "coverage" || what == "tasks") &&
                     (ending == "docx" || ending == "xlsx" || ending == "csv");
  if (!known) return base::refuse(ProblemKind::not_found, "programme.annex");
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Programme programme,
                     owned_programme(tx, actor, day, request.id_parameter("programme")));
    const bool coverage = what == "coverage";
    const std::string file = (coverage ? "do-phu-" : "nhiem-vu-") + programme.number;
    const auto tasks = coverage ? std::vector<Task>() : tasks_of(tx, actor, day, programme.id);
    if (ending == "docx") {
      return docx_response(file, coverage ? coverage_annex(tx, programme, day)
                                          : task_annex(tx, programme, tasks, day));
    }
    return org::table_response(
        file, coverage ? coverage_sheet(tx, programme, day) : task_sheet(tx, tasks, day),
        ending == "csv" ? org::TableFormat::csv : org::TableFormat::xlsx);
  });
}

/// Everything a unit owes, on one page: programmes to answer, targets given, tasks to do, and
/// longer terms that wait for its word.
Result<Response> get_duties(const Desk& desk, const Actor& actor, const Request& request) {
  constexpr int kMost = 500;
  const base::Date day = desk.clock.today();
  const org::UnitId unit{request.id_parameter("unit")};
  ASSIGN_OR_RETURN(const auto format, org::asked_format(request));
  return desk.db.read([&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(org::allows(tx, actor, org::Act::see, unit, day));
    const Duties duties{unit, programme_store::addressed_to(tx, unit, day),
                        programme_store::given_to(tx, unit, day),
                        task_store::duties(tx, unit, kMost)};
    if (format) return org::table_response("viec-phai-lam", duty_sheet(tx, duties, day), *format);
    array programmes, targets, tasks;
    for (const Programme& one : duties.programmes) {
      const Adoption answer = programme_store::adoption(tx, one.id, unit);
      programmes.push_back(object{{"programme", summary_json(tx, one, day)},
                                  {"state", name(answer.state)},
                                  {"reason", answer.reason}});
    }
    for (const Target& target : duties.targets) {
      targets.push_back(given_json(tx, target, unit, day));
    }
    const base::WorkingCalendar calendar = task_store::calendar(tx);
    for (const Task& task : duties.tasks) {
      object made = to_json(tx, task, day, calendar);
      made["part"] = task.lead == unit ? "lead" : "support";
      tasks.push_back(std::move(made));
    }
    return http::json_response(
        object{{"unit", org::to_json(org::unit_store::ref(tx, unit, day))},
               {"programmes", std::move(programmes)},
               {"targets", std::move(targets)},
               {"tasks", std::move(tasks)},
               {"may_answer", org::allows(tx, actor, org::Act::adopt, unit, day).has_value()}});
  });
}

Result<Response> adopt_all_route(const Desk& desk, const Actor& actor, const Request& request) {
  using Asked = std::vector<AskedAnswer>;
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     constexpr std::int64_t kMost = 1LL << 53;
                     Asked made;
                     fields.objects("items", true, 2000, [&](http::Fields& one) {
                       AskedAnswer answer;
                       const auto programme = one.maybe_integer("programme", 1, kMost);
                       const auto target = one.maybe_integer("target", 1, kMost);
                       if (programme) answer.programme = ProgrammeId{*programme};
                       if (target) answer.target = TargetId{*target};
                       answer.adoption.state = one.one_of("state", {"adopted", "declined"}) == 1
                                                   ? AdoptionState::declined
                                                   : AdoptionState::adopted;
                       answer.adoption.reason = one.maybe_text("reason", 1000).value_or("");
                       answer.adoption.value = one.maybe_text("value", 40);
                       if (const auto own = one.maybe_integer("by_programme", 1, kMost)) {
                         answer.adoption.by_programme = ProgrammeId{*own};
                       }
                       answer.pointer = one.pointer("");
                       if (answer.pointer.ends_with('/')) answer.pointer.pop_back();
                       made.push_back(std::move(answer));
                     });
                     return made;
                   }));
  const org::UnitId unit{request.id_parameter("unit")};
  const base::Instant now = desk.clock.now();
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    RETURN_IF_REFUSED(adopt_all(tx, actor, now, desk.clock.day_of(now), unit, asked));
    return http::json_response(object{{"answered", asked.size()}}, 201);
  });
}

Result<Response> copy_programme_route(const Desk& desk, const Actor& actor,
                                      const Request& request) {
  ASSIGN_OR_RETURN(const NextTerm next, http::decode<NextTerm>(request, [](http::Fields& f) {
                     NextTerm made;
                     made.number = f.text("number", 60);
                     made.title = f.text("title", 1000);
                     made.issued_on = f.date("issued_on");
                     made.from = f.maybe_date("from").value_or(made.issued_on);
                     made.to = f.maybe_date("to").value_or(base::kForever);
                     made.years = static_cast<int>(f.integer("years", 1, 20));
                     return made;
                   }));
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(
        const ProgrammeId id,
        copy_programme(tx, actor, now, day, {request.id_parameter("programme")}, next));
    return http::json_response(full_json(tx, *programme_store::find(tx, id), day), 201);
  });
}

Result<Response> import_programme_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  struct Asked {
    NewProgramme head;
    std::string base64;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& f) {
                     Asked made;
                     made.head = read_head(f);
                     made.base64 = f.raw_text("base64", 14'000'000);
                     return made;
                   }));
  const auto bytes = base::from_base64(asked.base64);
  if (!bytes) return base::refuse(ProblemKind::invalid, "attachment.base64", "/base64", {""});
  ASSIGN_OR_RETURN(const office::CsvTable table, read_table(*bytes));
  const base::Instant now = desk.clock.now();
  const base::Date day = desk.clock.day_of(now);
  return desk.act(actor, request, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const ProgrammeId id,
                     import_programme(tx, actor, now, day, asked.head, table));
    return http::json_response(full_json(tx, *programme_store::find(tx, id), day), 201);
  });
}

}  // namespace direct
