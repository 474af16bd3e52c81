#include "app/receipt_routes.h"

#include "journal/journal.h"
#include "org/table_response.h"
#include "report/change_report.h"

namespace app {

auth::Routes receipt_routes(store::Db& db, const base::Clock& clock,
                            const journal::SigningKey& key) {
  const auto get_receipt = [&db, &clock, &key](const auth::Actor& actor,
                                               const http::Request& request) {
    const std::int64_t id = request.id_parameter("report");
    const base::Instant now = clock.now();
    return db.read([&](store::Tx& tx) -> base::Result<http::Response> {
      RETURN_IF_REFUSED(report::seen_report(tx, actor, clock.day_of(now), {id}));
      const std::string object = "report:" + std::to_string(id);
      const auto leaf = journal::newest(tx, object, "report.submitted");
      if (!leaf) return base::refuse(base::ProblemKind::conflict, "receipt.not_submitted");
      return org::file_response("bien-nhan-" + std::to_string(id) + ".txt",
                                "text/plain; charset=utf-8", journal::receipt(tx, *leaf, key, now));
    });
  };
  return {{http::Method::get, "/reports/{report}/receipt", "getReceipt", get_receipt}};
}

}  // namespace app
