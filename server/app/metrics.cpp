#include "app/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "app/care_state.h"
#include "http/log.h"
#include "store/db.h"

namespace app {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr store::Sql kNewest{"metrics.journal",
                             "select h.sequence, coalesce((select at from journal_leaf l where "
                             "l.sequence = h.sequence), 0) from journal_head h where h.id = 1"};

/// The state of the place, looked at when somebody asks.
class State final : public prometheus::Collectable {
 public:
  State(const Place& place, store::Db& db) : place_(place), db_(db) {}

  std::vector<MetricFamily> Collect() const override {
    std::vector<MetricFamily> made;
    const auto tell = [&](const char* name, const char* help, double value) {
      MetricFamily family;
      family.name = name, family.help = help, family.type = MetricType::Gauge;
      ClientMetric one;
      one.gauge.value = value;
      family.metric.push_back(one);
      made.push_back(std::move(family));
    };
    const bool is_ready = why_not_ready(place_, db_) == nullptr;
    tell("thongsuot_ready", "1 when acts can be taken.", is_ready ? 1 : 0);
    try {
      const auto [leaves, at] = db_.read([](store::Tx& tx) {
        return tx
            .one(kNewest, {},
                 [](const store::Row& row) { return std::pair(row.integer(0), row.integer(1)); })
            .value();
      });
      tell("thongsuot_journal_leaves", "Acts kept in the journal.", static_cast<double>(leaves));
      tell("thongsuot_newest_act_timestamp_seconds", "When the newest act was.",
           static_cast<double>(at) / 1e6);
    } catch (const store::Failure&) {
      // Absent while the database does not answer.
    }
    if (place_.database.empty()) {
      const auto file = place_.data / "thongsuot.db";
      tell("thongsuot_database_bytes", "Size of the database file.",
           static_cast<double>(bytes_of(file)));
      tell("thongsuot_wal_bytes", "Size of its write-ahead log.",
           static_cast<double>(bytes_of(file.string() + "-wal")));
    }
    const Room room = room_of(place_.data);
    tell("thongsuot_disk_free_bytes", "Room left for the data.", static_cast<double>(room.free));
    tell("thongsuot_disk_least_bytes", "Less room than this is too little.",
         static_cast<double>(room.least()));
    if (const auto age = backup_age(place_))
      tell("thongsuot_backup_age_seconds",
           "Since the last backup; absent when there never was one.", static_cast<double>(*age));
    tell("thongsuot_log_lines_dropped", "Lines of the log that nobody was there to take.",
         static_cast<double>(http::log_lines_dropped()));
    tell("thongsuot_resident_bytes", "Memory of the process.", resident());
    return made;
  }

 private:
  static double resident() {
    std::ifstream file("/proc/self/statm");
    double whole = 0, pages = 0;
    file >> whole >> pages;
    return pages * 4096;
  }

  const Place place_;
  store::Db& db_;
};

/// What is kept of one operation.
struct Watched {
  prometheus::Histogram* seconds = nullptr;
  std::array<prometheus::Counter*, 6> by_class{};  ///< of statuses 100 to 599
};

}  // namespace

struct Metrics::Kept {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  std::shared_ptr<State> state;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("thongsuot_requests_total")
          .Help("Requests answered, by operation and class of status.")
          .Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("thongsuot_request_seconds")
          .Help("From a request read whole to its answer made, by operation.")
          .Register(*registry);
  std::shared_mutex guard;
  std::unordered_map<std::string, Watched> operations;
  std::unique_ptr<prometheus::Exposer> exposer;

  Watched& of(const std::string& operation, int status_class) {
    {
      const std::shared_lock reading(guard);
      const auto found = operations.find(operation);
      if (found != operations.end() && found->second.by_class[index(status_class)] != nullptr)
        return found->second;
    }
    const std::unique_lock writing(guard);
    Watched& watched = operations[operation];
    if (watched.seconds == nullptr) {
      watched.seconds = &seconds.Add(
          {{"operation", operation}},
          prometheus::Histogram::BucketBoundaries{0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10});
    }
    auto*& counter = watched.by_class[index(status_class)];
    if (counter == nullptr)
      counter = &requests.Add(
          {{"operation", operation}, {"status", std::to_string(status_class) + "xx"}});
    return watched;
  }
  static std::size_t index(int status_class) { return static_cast<std::size_t>(status_class); }
};

Metrics::Metrics(const Place& place, store::Db& db, http::Router& router, std::uint16_t port)
    : kept_(std::make_unique<Kept>()) {
  kept_->state = std::make_shared<State>(place, db);
  try {
    kept_->exposer = std::make_unique<prometheus::Exposer>("127.0.0.1:" + std::to_string(port), 1);
  } catch (const std::exception& failure) {
    throw store::Unusable("--metrics-port " + std::to_string(port) + ": " + failure.what());
  }
  kept_->exposer->RegisterCollectable(kept_->registry);
  kept_->exposer->RegisterCollectable(kept_->state);
  router.observed = [kept = kept_.get()](const http::BoundRoute* route, int status,
                                         std::chrono::nanoseconds took) {
    const int status_class = std::clamp(status / 100, 1, 5);
    Watched& watched = kept->of(route == nullptr ? "none" : route->operation_id, status_class);
    watched.by_class[Kept::index(status_class)]->Increment();
    watched.seconds->Observe(std::chrono::duration<double>(took).count());
  };
}

Metrics::~Metrics() = default;

}  // namespace app
