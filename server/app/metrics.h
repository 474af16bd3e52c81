#pragma once

#include <cstdint>
#include <memory>

#include "app/place.h"
#include "base/date.h"
#include "http/router.h"

namespace app {

/// What a Prometheus server reads, at http://127.0.0.1:PORT/metrics: never on the address that
/// browsers reach. Requests and their times by operation, whether it is ready, the newest act, the
/// journal's length, the database's files, the last backup, the room on the disk. No names and no
/// contents.
class Metrics {
 public:
  /// Watches every request of the router from now on. Throws store::Unusable when the port is
  /// taken.
  Metrics(const Place& place, store::Db& db, http::Router& router, std::uint16_t port);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

}  // namespace app
