#include "store/db.h"

namespace store {

std::unique_ptr<Db> open_postgres(const std::string&, int) {
  throw Unusable("this program was built without libpq and cannot use PostgreSQL");
}

}  // namespace store
