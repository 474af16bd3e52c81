#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <typeindex>
#include <unordered_map>
#include <utility>

/// What was worked out from the data is kept beside the database, and is good as long as a number
/// in the data, raised by whoever changes them in the same transaction, is the one it was kept
/// under.
namespace store {

/// One of each type for a database, made at its first use. Any thread may ask.
class Kept {
 public:
  template <class T>
  T& of() {
    const std::scoped_lock guard(mutex_);
    std::shared_ptr<void>& held = held_[std::type_index(typeid(T))];
    if (!held) held = std::make_shared<T>();
    return *static_cast<T*>(held.get());
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::type_index, std::shared_ptr<void>> held_;
};

/// Values by key, each under its number; the ones used last stay while their weights together are
/// no more than `most`. Any thread may ask.
template <class Key, class Number, class Value>
class ByNumber {
 public:
  explicit ByNumber(std::size_t most) : most_(most) {}

  /// Null when there is none under this number.
  std::shared_ptr<const Value> find(const Key& key, const Number& number) {
    const std::scoped_lock guard(mutex_);
    const auto at = entries_.find(key);
    if (at == entries_.end() || at->second->number != number) return nullptr;
    used_.splice(used_.begin(), used_, at->second);
    return at->second->value;
  }

  void put(const Key& key, Number number, std::shared_ptr<const Value> value, std::size_t weight) {
    const std::scoped_lock guard(mutex_);
    if (const auto at = entries_.find(key); at != entries_.end()) drop(at->second);
    used_.push_front({key, std::move(number), std::move(value), weight});
    entries_[key] = used_.begin();
    weight_ += weight;
    while (weight_ > most_ && !used_.empty()) drop(std::prev(used_.end()));
  }

 private:
  struct Entry {
    Key key;
    Number number;
    std::shared_ptr<const Value> value;
    std::size_t weight = 0;
  };
  using Place = typename std::list<Entry>::iterator;

  void drop(Place place) {
    weight_ -= place->weight;
    entries_.erase(place->key);
    used_.erase(place);
  }

  const std::size_t most_;
  std::mutex mutex_;
  std::size_t weight_ = 0;
  std::list<Entry> used_;  ///< the one used last first
  std::map<Key, Place> entries_;
};

}  // namespace store
