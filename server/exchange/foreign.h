#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

/// Figures as another system says them: its ids as texts, its values as texts, its places.
namespace exchange {

/// The texts of a set, each kept once; a set of a million values names few things.
class Names {
 public:
  using Key = std::uint32_t;
  static constexpr Key kNone = 0;  ///< the empty text

  Names() { (void)key(""); }
  Names(const Names&) = delete;
  Names(Names&&) = default;
  Names& operator=(Names&&) = default;
  Key key(std::string_view text);
  const std::string& text(Key key) const { return *texts_[key]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::unordered_map<std::string, Key> keys_;
  std::vector<const std::string*> texts_;
};

/// One value of a set. Ids are as written there, whether uid, code or name.
struct ForeignValue {
  Names::Key element = 0, period = 0, unit = 0;
  Names::Key option = 0;     ///< category option combination, or "category=option;…" of ADX
  Names::Key attribute = 0;  ///< attribute option combination, or "category=option;…" of ADX
  Names::Key dataset = 0;
  std::uint32_t group = 0;  ///< of ADX, from 0
  std::uint32_t place = 0;  ///< of the value in its list or group from 0, or the line of a csv
  bool has_value = false;
  bool is_deleted = false;
  bool follows_up = false;
  std::string value;
  std::string comment;
};

enum class Form { json, xml, csv, adx };
std::string_view name(Form form);
std::optional<Form> form_named(std::string_view name);

/// How the sender wants its values taken: DHIS2's CREATE, UPDATE, CREATE_AND_UPDATE (also written
/// NEW_AND_UPDATES, NEW, UPDATES), DELETE.
enum class Strategy { create, update, create_and_update, erase };
std::optional<Strategy> strategy_named(std::string_view name);

struct ForeignSet {
  Form form = Form::json;
  Names names;
  std::vector<ForeignValue> values;
  bool is_dry_run = false;           ///< the file asks for it itself
  std::optional<Strategy> strategy;  ///< the file's own
  bool has_complete_date = false;    ///< says that a data set is complete; not kept

  /// "/dataValues/3/value", "/dataValueSet/dataValue[4]/@value", "line 5, value" or
  /// "/adx/group[1]/dataValue[2]/@value". `field` may be empty.
  std::string place(const ForeignValue& value, std::string_view field) const;
};

/// Most values taken in one set.
inline constexpr std::size_t kMostValues = 2'000'000;
inline constexpr std::size_t kMostFaults = 1000;  ///< told of one file

/// What kind of file it is by its beginning: '{' JSON, '<adx' ADX, other '<' XML, else csv.
Form form_of(std::string_view bytes);

/// Strict readers: the whole file or, all at once with their places, what is wrong with it. They
/// know the formats and nothing of this house. UTF-8 only; no DTD and no entity but XML's own; no
/// unknown and no doubled field; values are texts or exact numbers, never read as floating point.
base::Result<ForeignSet> read_foreign(std::string_view bytes, Form form,
                                      std::size_t most_values = kMostValues);
base::Result<ForeignSet> read_json(std::string_view bytes, std::size_t most_values);
base::Result<ForeignSet> read_xml(std::string_view bytes, std::size_t most_values);
base::Result<ForeignSet> read_csv_values(std::string_view bytes, std::size_t most_values);
base::Result<ForeignSet> read_adx(std::string_view bytes, std::size_t most_values);

}  // namespace exchange
