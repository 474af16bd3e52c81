#include "store/one_at_a_time.h"

#include <stdexcept>

namespace store {
namespace {

thread_local const OneAtATime* innermost = nullptr;

}  // namespace

OneAtATime::OneAtATime(const void* db) : db_(db), outer_(innermost) {
  for (const OneAtATime* one = outer_; one; one = one->outer_) {
    if (one->db_ == db) throw std::logic_error("a transaction inside another of the same database");
  }
  innermost = this;
}

OneAtATime::~OneAtATime() { innermost = outer_; }

}  // namespace store
