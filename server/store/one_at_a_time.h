#pragma once

namespace store {

/// While it lives, this thread is in a transaction of `db`. Making a second one for the same
/// database throws std::logic_error: it could wait for ever for the connection the first one holds.
class OneAtATime {
 public:
  explicit OneAtATime(const void* db);
  ~OneAtATime();
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;

 private:
  const void* db_;
  const OneAtATime* outer_;
};

}  // namespace store
