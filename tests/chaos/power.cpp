#include "power.h"

#include <algorithm>
#include <utility>

namespace chaos {
namespace {

bool is_of_folder(const Event* event) {
  return event->kind == Event::Kind::create || event->kind == Event::Kind::remove;
}

}  // namespace

Power::Power(Chance& chance, Image start) : chance_(chance) {
  for (auto& [name, bytes] : start) files_[name] = {true, false, std::move(bytes), {}};
}

void Power::lay(File& file, std::int64_t offset, std::string_view bytes) const {
  const auto at = static_cast<std::size_t>(offset);
  if (file.bytes.size() < at + bytes.size()) file.bytes.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file.bytes.begin() + offset);
}

void Power::apply(File& file, const Event& event) const {
  switch (event.kind) {
    case Event::Kind::create:
      file.exists = true;
      file.bytes.clear();
      break;
    case Event::Kind::remove:
      file.exists = false;
      file.bytes.clear();
      break;
    case Event::Kind::truncate:
      file.bytes.resize(static_cast<std::size_t>(event.offset));
      break;
    case Event::Kind::write:
      lay(file, event.offset, event.bytes);
      break;
    default:
      break;
  }
}

void Power::settle(File& file) {
  for (const Event* const event : file.pending) apply(file, *event);
  file.pending.clear();
}

/// SQLite syncs the folder with the first sync of a log it has made that succeeds; no other time is
/// counted on.
void Power::sync_folder() {
  for (auto& [name, file] : files_) {
    const auto last =
        std::ranges::find_if(file.pending.rbegin(), file.pending.rend(), is_of_folder);
    if (last == file.pending.rend()) continue;
    apply(file, **last);
    file.pending.erase(file.pending.begin(), last.base());
  }
}

/// A failed sync: the system holds the pages for clean, so what did not reach the disk never will,
/// though the program still reads it.
void Power::forsake(File& file) {
  for (const Event* const event : file.pending) {
    if (event->kind != Event::Kind::write) {
      apply(file, *event);
      continue;
    }
    for (const Piece& piece : torn(file, *event, Style::shuffled, 0, 4096)) {
      lay(file, piece.offset, piece.bytes);
    }
  }
  file.pending.clear();
}

void Power::take(const Event& event) {
  switch (event.kind) {
    case Event::Kind::begun:
    case Event::Kind::acknowledged:
      return;
    case Event::Kind::sync: {
      File& file = files_[event.file];
      settle(file);
      if (std::exchange(file.is_new_log, false)) sync_folder();
      return;
    }
    case Event::Kind::failed_sync:
      return forsake(files_[event.file]);
    case Event::Kind::remove_for_good:
      files_.erase(event.file);
      return;
    case Event::Kind::create:
      files_[event.file].is_new_log = !event.file.ends_with(".db");
      [[fallthrough]];
    default:
      files_[event.file].pending.push_back(&event);
  }
}

/// What of a write reached the disk.
std::vector<Power::Piece> Power::torn(const File&, const Event& write, Style style,
                                      std::size_t last, std::size_t sector) {
  const std::string& bytes = write.bytes;
  const auto whole = [&] { return std::vector<Piece>{{write.offset, bytes}}; };
  if (style == Style::none) return {};
  if (style == Style::all || (style == Style::prefix && write.order < last)) return whole();
  if (style == Style::prefix) {
    if (write.order > last) return {};
    return {{write.offset, bytes.substr(0, draw(chance_, bytes.size() + 1))}};
  }
  if (style == Style::some) return draw(chance_, 2) != 0 ? whole() : std::vector<Piece>{};
  std::vector<Piece> pieces;
  for (std::size_t from = 0; from < bytes.size();) {
    const std::size_t at = static_cast<std::size_t>(write.offset) + from;
    const std::size_t count = std::min(bytes.size() - from, sector - at % sector);
    if (draw(chance_, 2) != 0) {
      pieces.push_back({static_cast<std::int64_t>(at), bytes.substr(from, count)});
    }
    from += count;
  }
  return pieces;
}

/// A write that made its file longer and was lost may have left the length, with nothing or with
/// rubbish in it.
void Power::spoil(File& file, const Event& write) {
  if (static_cast<std::size_t>(write.offset) < file.bytes.size() || draw(chance_, 3) == 0) return;
  std::string left(write.bytes.size(), '\0');
  if (draw(chance_, 2) != 0) {
    for (char& byte : left) byte = static_cast<char>(chance_());
  }
  lay(file, write.offset, left);
}

Power::File Power::after_cut(const File& file, Style style, std::size_t last, std::size_t sector) {
  File left{file.exists, false, file.bytes, {}};
  std::vector<Piece> pieces;
  const auto lay_pieces = [&] {
    if (style == Style::shuffled) std::ranges::shuffle(pieces, chance_);
    for (const Piece& piece : pieces) lay(left, piece.offset, piece.bytes);
    pieces.clear();
  };
  for (const Event* const event : file.pending) {
    if (event->kind == Event::Kind::write) {
      if (style == Style::some || style == Style::shuffled) spoil(left, *event);
      std::ranges::move(torn(left, *event, style, last, sector), std::back_inserter(pieces));
      continue;
    }
    const bool is_lost = style == Style::none || (style == Style::prefix && event->order > last) ||
                         ((style == Style::some || style == Style::shuffled) && draw(chance_, 2));
    lay_pieces();
    if (!is_lost) {
      apply(left, *event);
    } else if (event->kind != Event::Kind::truncate) {
      return left;  // what came after was in another file of this name
    }
  }
  lay_pieces();
  return left;
}

Image Power::cut(std::size_t sector) {
  const auto style = static_cast<Style>(draw(chance_, 5));
  std::vector<const Event*> pending;
  for (const auto& [name, file] : files_) {
    pending.insert(pending.end(), file.pending.begin(), file.pending.end());
  }
  const std::size_t last = pending.empty() ? 0 : pending[draw(chance_, pending.size())]->order;
  Image image;
  for (const auto& [name, file] : files_) {
    File left = after_cut(file, style, last, sector);
    if (left.exists) image[name] = std::move(left.bytes);
  }
  return image;
}

}  // namespace chaos
