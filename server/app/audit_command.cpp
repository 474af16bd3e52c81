#include <charconv>
#include <iostream>

#include "app/commands.h"
#include "app/print.h"
#include "journal/journal.h"

namespace app {
namespace {

using http::json::object;

const char* say(const Place& place, const char* vi, const char* en) {
  return place.language == base::Language::vi ? vi : en;
}

journal::SigningKey key_of(const Place& place) {
  return journal::SigningKey::of_file(place.data / "journal.key");
}

/// COUNT:HASH.
std::optional<journal::Noted> head_of(const std::string& text) {
  journal::Noted noted;
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, noted.leaves);
  if (colon == text.size() || error != std::errc() || end != text.data() + colon) {
    return std::nullopt;
  }
  noted.head = text.substr(colon + 1);
  return noted;
}

void tell(const Place& place, const journal::Verdict& verdict) {
  if (verdict.first_bad != 0) {
    std::cout << say(place, "mục ", "leaf ") << verdict.first_bad << ": " << verdict.why << "\n";
    return;
  }
  std::cout << say(place, "chuỗi nhật ký đúng: ", "the chain holds: ") << verdict.leaves << ":"
            << verdict.head << "\n";
  if (verdict.proven > 0) {
    std::cout << say(place, "khớp với mốc ghi ở nơi khác đến mục ",
                     "as noted elsewhere, up to leaf ")
              << verdict.proven << "\n";
  } else {
    std::cout << say(place,
                     "Không chứng minh được việc dựng lại cả chuỗi: chưa có mốc ghi ở nơi khác "
                     "(--checkpoint, --expect).\n",
                     "Cannot be proven against a rebuilt chain: nothing noted elsewhere was given "
                     "(--checkpoint, --expect).\n");
  }
}

void put(const std::string& out, const std::string& text) {
  if (out.empty() || out == "-") {
    std::cout << text;
  } else {
    write_file(out, text);
  }
}

}  // namespace

int audit_verify_command(const Place& place, const AuditOptions& options) {
  std::vector<journal::Noted> noted;
  if (!options.expected.empty()) {
    const auto head = head_of(options.expected);
    if (!head) {
      std::cerr << "--expect COUNT:HASH\n";
      return 2;
    }
    noted.push_back(*head);
  }
  const std::string verifier = !options.verifier.empty()     ? options.verifier
                               : options.checkpoints.empty() ? ""
                                                             : key_of(place).verifier();
  for (const std::string& file : options.checkpoints) {
    const auto checkpoint = journal::read_note(read_file(file), verifier);
    if (!checkpoint) return print_refusal(checkpoint.error(), place.language, options.json);
    noted.push_back({checkpoint->size, "", checkpoint->root});
  }
  const auto db = open_for_reading(place);
  const journal::Verdict verdict =
      db->read([&](store::Tx& tx) { return journal::verify(tx, noted); });
  if (options.json) {
    std::cout << http::json::serialize(object{{"leaves", verdict.leaves},
                                              {"first_bad", verdict.first_bad},
                                              {"why", verdict.why},
                                              {"head", verdict.head},
                                              {"root", base::to_hex(verdict.root)},
                                              {"proven", verdict.proven}})
              << "\n";
  } else {
    tell(place, verdict);
  }
  return verdict.first_bad == 0 ? kDone : kRefused;
}

int audit_key_command(const Place& place) {
  std::cout << key_of(place).verifier() << "\n";
  return kDone;
}

int audit_checkpoint_command(const Place& place, const std::string& out) {
  const auto db = open_for_reading(place);
  const journal::SigningKey key = key_of(place);
  const base::Instant now = clock_of(place)->now();
  const auto checkpoint =
      db->read([&](store::Tx& tx) { return journal::checkpoint(tx, key, now); });
  put(out, journal::signed_note(checkpoint, key));
  return kDone;
}

int audit_export_command(const Place& place, const std::string& out) {
  const auto db = open_for_reading(place);
  std::string lines;
  db->read([&](store::Tx& tx) {
    journal::each(tx, [&](const journal::Leaf& leaf) {
      lines += journal::canonical(leaf);
      lines += '\n';
    });
  });
  put(out, lines);
  return kDone;
}

}  // namespace app
