#include <limits>

#include "inspect/desk.h"
#include "inspect/inspection_json.h"

namespace inspect {

using auth::Actor;
using base::Result;
using http::Request;
using http::Response;

namespace {

Result<void> empty_body(const Request& request) {
  RETURN_IF_REFUSED(http::decode<int>(request, [](http::Fields&) { return 0; }));
  return {};
}

using Step = Result<void>(store::Tx&, const Actor&, Now, OnInspection);
/// An act of which nothing more is to be said.
Result<Response> plain(const Desk& desk, const Actor& actor, const Request& request, Step* step) {
  RETURN_IF_REFUSED(empty_body(request));
  return on_one(desk, actor, request,
                [&](store::Tx& tx, Now now, OnInspection on) { return step(tx, actor, now, on); });
}

}  // namespace

Result<Response> announce_route(const Desk& desk, const Actor& actor, const Request& request) {
  return plain(desk, actor, request, announce_inspection);
}
Result<Response> verify_route(const Desk& desk, const Actor& actor, const Request& request) {
  RETURN_IF_REFUSED(empty_body(request));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return verify_inspection(tx, actor, now, on, desk.clock);
  });
}
Result<Response> hand_over_route(const Desk& desk, const Actor& actor, const Request& request) {
  return plain(desk, actor, request, hand_over_conclusion);
}
Result<Response> close_route(const Desk& desk, const Actor& actor, const Request& request) {
  return plain(desk, actor, request, close_inspection);
}

Result<Response> prefill_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(
      const org::UnitId unit, http::decode<org::UnitId>(request, [](http::Fields& fields) {
        return org::UnitId{fields.integer("unit", 1, std::numeric_limits<std::int64_t>::max())};
      }));
  const Now now = desk.now();
  const InspectionId id{request.id_parameter("inspection")};
  return journal::act(desk.db, actor, request, now.at, [&](store::Tx& tx) -> Result<Response> {
    ASSIGN_OR_RETURN(const Prefilled made, prefill_self_report(tx, actor, now, id, unit));
    return http::json_response(http::json::object{
        {"report", made.report.value}, {"sections", made.sections}, {"blocks", made.blocks}});
  });
}

Result<Response> extend_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    int days = 0;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{static_cast<int>(fields.integer("days", 1, 1000)),
                                  fields.text("reason", 1000)};
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return extend_inspection(tx, actor, now, on, asked.days, asked.reason);
  });
}

Result<Response> supplement_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedSupplement asked,
                   http::decode<AskedSupplement>(request, read_supplement));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now, OnInspection on) {
        return ask_supplement(tx, actor, now, on, asked);
      },
      201);
}

Result<Response> draft_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const std::string summary,
                   http::decode<std::string>(request, [](http::Fields& fields) {
                     return fields.raw_text("summary", 50000);
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return draft_result(tx, actor, now, on, summary);
  });
}

Result<Response> confer_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    base::Date on;
    std::string text;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{fields.date("on"), fields.raw_text("text", 50000)};
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return hold_conference(tx, actor, now, on, asked.on, asked.text);
  });
}

Result<Response> conclude_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::string summary;
    std::vector<AskedFollowUp> demands;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     Asked made;
                     made.summary = fields.raw_text("summary", 50000);
                     fields.objects("demands", true, 200, [&](http::Fields& one) {
                       made.demands.push_back(read_follow_up(one));
                     });
                     return made;
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return conclude_inspection(tx, actor, now, on, asked.summary, asked.demands);
  });
}

Result<Response> commit_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const AskedFollowUp asked, http::decode<AskedFollowUp>(request, read_follow_up));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now, OnInspection on) { return commit_to(tx, actor, now, on, asked); },
      201);
}

Result<Response> verify_follow_up_route(const Desk& desk, const Actor& actor,
                                        const Request& request) {
  struct Asked {
    bool is_closed = false;
    std::string remark;
  };
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{fields.one_of("verdict", {"closed", "lacking"}) == 0,
                                  fields.maybe_text("remark", 2000).value_or("")};
                   }));
  const FollowUpId id{request.id_parameter("followup")};
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return verify_follow_up(tx, actor, now, on, id, asked.is_closed, asked.remark);
  });
}

Result<Response> cancel_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const std::string reason,
                   http::decode<std::string>(
                       request, [](http::Fields& fields) { return fields.text("reason", 1000); }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now, OnInspection on) {
    return cancel_inspection(tx, actor, now, on, reason);
  });
}

}  // namespace inspect
