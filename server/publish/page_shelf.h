#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/date.h"
#include "http/message.h"

namespace publish {

/// An answer with its tag, as it is kept.
struct KeptPage {
  http::Response response;
  std::string tag;
  std::int64_t generation = 0;
  base::Instant made_at, until;
};

/// Pages by their path. When full, all go: what is asked for comes back first.
class PageShelf {
 public:
  std::shared_ptr<const KeptPage> find(const std::string& path, std::int64_t generation,
                                       base::Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(path);
    if (at == kept_.end()) return nullptr;
    const KeptPage& one = *at->second;
    const bool is_fresh = one.generation == generation && one.made_at <= now && now < one.until;
    return is_fresh ? at->second : nullptr;
  }
  void put(const std::string& path, std::shared_ptr<const KeptPage> one) {
    const std::size_t size = one->response.body.size() + path.size();
    if (size > kMostPageBytes) return;
    const std::lock_guard lock(mutex_);
    if (bytes_ + size > kMostKeptBytes) {
      kept_.clear();
      bytes_ = 0;
    }
    auto& place = kept_[path];
    if (place) bytes_ -= place->response.body.size() + path.size();
    place = std::move(one);
    bytes_ += size;
  }

 private:
  static constexpr std::size_t kMostKeptBytes = std::size_t{32} * 1024 * 1024;
  static constexpr std::size_t kMostPageBytes = std::size_t{1} * 1024 * 1024;

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const KeptPage>> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace publish
