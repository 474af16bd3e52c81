#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "disk.h"

namespace chaos {

/// The files of a folder by name.
using Image = std::map<std::string, std::string>;
using Chance = std::mt19937_64;

/// A number from 0 up to, not with, `below`.
inline std::size_t draw(Chance& chance, std::size_t below) { return chance() % below; }

/// What is surely on a disk and what merely may be, after the events it was told of. A sync of a
/// file makes all before it durable. Of the rest, writes may be there, missing, torn at sectors and
/// out of order; a file's making, shortening and removal keep their order, as a file system's own
/// journal keeps them. Bytes beside a write are not harmed (SQLite's "powersafe overwrite").
class Power {
 public:
  explicit Power(Chance& chance, Image start = {});

  /// Told of the next event, which must outlive this.
  void take(const Event& event);

  /// One of the many things that may be found after the power went now.
  Image cut(std::size_t sector);

 private:
  struct File {
    bool exists = false;
    bool is_new_log = false;  ///< its next sync is the folder's too
    std::string bytes;
    std::vector<const Event*> pending;
  };
  struct Piece {
    std::int64_t offset;
    std::string bytes;
  };
  enum class Style { none, all, prefix, some, shuffled };

  void settle(File& file);
  void sync_folder();
  void forsake(File& file);
  void apply(File& file, const Event& event) const;
  void lay(File& file, std::int64_t offset, std::string_view bytes) const;
  File after_cut(const File& file, Style style, std::size_t last, std::size_t sector);
  std::vector<Piece> torn(const File& file, const Event& write, Style style, std::size_t last,
                          std::size_t sector);
  void spoil(File& file, const Event& write);

  Chance& chance_;
  std::map<std::string, File> files_;
};

}  // namespace chaos
