#include "inspect/paper_store.h"

namespace inspect::paper_store {

void add(store::Tx& tx, InspectionId inspection, std::string_view paper, std::int64_t of,
         registry::DocumentId document) {
  static constexpr store::Sql kAdd{"inspection_paper.add",
                                   "insert into inspection_paper (inspection_id, paper, of_id, "
                                   "document_id) values (:inspection, "
                                   ":paper, :of, :document)"};
  tx.run(kAdd, {{"inspection", inspection}, {"paper", paper}, {"of", of}, {"document", document}});
}

std::optional<registry::DocumentId> document_of(store::Tx& tx, InspectionId inspection,
                                                std::string_view paper, std::int64_t of) {
  static constexpr store::Sql kFind{"inspection_paper.document",
                                    "select document_id from inspection_paper where inspection_id "
                                    "= :inspection and paper = :paper "
                                    "and of_id = :of"};
  return tx.one(kFind, {{"inspection", inspection}, {"paper", paper}, {"of", of}},
                [](const store::Row& row) { return row.id<registry::DocumentId>(0); });
}

}  // namespace inspect::paper_store
