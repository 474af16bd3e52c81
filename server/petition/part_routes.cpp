#include "org/routes.h"
#include "petition/desk.h"
#include "petition/petition_json.h"
#include "petition/words.h"

namespace petition {

using auth::Actor;
using base::Result;
using http::Request;
using http::Response;

namespace {

/// An act on the part of the path that says nothing but words under `key`.
Result<Response> with_words(
    const Desk& desk, const Actor& actor, const Request& request, const char* key,
    const std::function<Result<void>(store::Tx&, Now, OnPart, const std::string&)>& act) {
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const std::string words, asked_words(request, key));
  return on_one(desk, actor, request,
                [&](store::Tx& tx, Now now) { return act(tx, now, on, words); });
}

struct Sent {
  Addressee to;
  std::string text;
};

Result<Sent> asked_way(const Request& request, bool with_portion) {
  return http::decode<Sent>(request, [&](http::Fields& fields) {
    Sent made;
    fields.object("to", [&](http::Fields& to) { made.to = read_addressee(to, with_portion); });
    made.text = fields.maybe_raw_text("text", 10000).value_or("");
    return made;
  });
}

}  // namespace

Result<Response> forward_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const Sent asked, asked_way(request, true));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return forward_part(tx, actor, now, on, asked.to, asked.text);
  });
}

Result<Response> route_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const Sent asked, asked_way(request, false));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return route_part(tx, actor, now, on, asked.to, asked.text);
  });
}

Result<Response> dispatch_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    std::string body;
    base::Date on;
    std::string text;
  };
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{fields.text("body", 200), fields.date("on"),
                                  fields.maybe_raw_text("text", 10000).value_or("")};
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return dispatch_part(tx, actor, now, on, asked.body, asked.on, asked.text);
  });
}

Result<Response> give_back_route(const Desk& desk, const Actor& actor, const Request& request) {
  return with_words(desk, actor, request, "reason",
                    [&](store::Tx& tx, Now now, OnPart on, const std::string& words) {
                      return give_back_part(tx, actor, now, on, words);
                    });
}

Result<Response> question_route(const Desk& desk, const Actor& actor, const Request& request) {
  return with_words(desk, actor, request, "text",
                    [&](store::Tx& tx, Now now, OnPart on, const std::string& words) {
                      return question_part(tx, actor, now, on, words);
                    });
}

Result<Response> supply_route(const Desk& desk, const Actor& actor, const Request& request) {
  return with_words(desk, actor, request, "text",
                    [&](store::Tx& tx, Now now, OnPart on, const std::string& words) {
                      return supply_part(tx, actor, now, on, words);
                    });
}

Result<Response> extend_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    int days = 0;
    std::string reason;
  };
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
                     return Asked{static_cast<int>(fields.integer("days", 1, 365)),
                                  read_words(fields, "reason", 2000)};
                   }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return extend_part(tx, actor, now, on, asked.days, asked.reason);
  });
}

Result<Response> answer_route(const Desk& desk, const Actor& actor, const Request& request) {
  struct Asked {
    Outcome outcome = Outcome::none;
    std::string text;
    std::optional<registry::DocumentId> document;
  };
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(
      const Asked asked, http::decode<Asked>(request, [](http::Fields& fields) {
        Asked made;
        made.outcome = static_cast<Outcome>(
            1 + fields.one_of("outcome", {"settled", "accepted", "explained", "declined"}));
        made.text = read_words(fields, "text", 10000);
        if (const auto id = fields.maybe_integer("document", 1, INT64_MAX))
          made.document = registry::DocumentId{*id};
        return made;
      }));
  return on_one(desk, actor, request, [&](store::Tx& tx, Now now) {
    return answer_part(tx, actor, now, on, asked.outcome, asked.text, asked.document);
  });
}

Result<Response> make_task_route(const Desk& desk, const Actor& actor, const Request& request) {
  ASSIGN_OR_RETURN(const OnPart on, on_part(request));
  ASSIGN_OR_RETURN(const direct::Task asked, http::decode<direct::Task>(request, read_task));
  return on_one(
      desk, actor, request,
      [&](store::Tx& tx, Now now) { return make_task(tx, actor, now, on, asked); }, 201);
}

}  // namespace petition
