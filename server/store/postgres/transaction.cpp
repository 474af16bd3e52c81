#include "store/postgres/transaction.h"

#include <charconv>

namespace store::postgres {
namespace {

bool is_integer(Oid type) { return type == 20 || type == 21 || type == 23; }

/// text, varchar, char(n), name, or a literal that stayed unknown.
bool is_text(Oid type) {
  return type == 25 || type == 1043 || type == 1042 || type == 19 || type == 705;
}

class ResultRow final : public Row {
 public:
  ResultRow(const Sql& sql, const PGresult* result)
      : sql_(sql), result_(result), columns_(PQnfields(result)) {}

  void go_to(int row) { row_ = row; }

  bool is_null(int column) const override {
    if (column < 0 || column >= columns_) complain(column, "does not exist");
    return PQgetisnull(result_, row_, column) != 0;
  }

  std::int64_t integer(int column) const override {
    if (is_null(column) || !is_integer(PQftype(result_, column))) {
      complain(column, "is not an integer");
    }
    const std::string_view digits = value(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }

  std::string_view text(int column) const override {
    if (is_null(column) || !is_text(PQftype(result_, column))) complain(column, "is not a text");
    return value(column);
  }

 private:
  std::string_view value(int column) const {
    return {PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }

  [[noreturn]] void complain(int column, const char* what) const {
    throw std::logic_error(std::string(sql_.name) + ": column " + std::to_string(column) + " " +
                           what);
  }

  const Sql& sql_;
  const PGresult* result_;
  int columns_;
  int row_ = 0;
};

}  // namespace

void Transaction::refuse_misuse(const Sql& sql) const {
  if (in_each_) {
    throw std::logic_error(std::string(sql.name) + ": run while the rows of another are taken");
  }
}

std::int64_t Transaction::run(const Sql& sql, Params params) {
  refuse_misuse(sql);
  const Result result = connection_.run(sql, params);
  const std::string_view status = PQcmdStatus(result.get());
  if (status.starts_with("SELECT")) return 0;
  const std::string_view changed = PQcmdTuples(result.get());
  std::int64_t count = 0;
  std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

void Transaction::each(const Sql& sql, Params params, const std::function<void(const Row&)>& take) {
  refuse_misuse(sql);
  const Result result = connection_.run(sql, params);
  ResultRow row(sql, result.get());
  struct Inside {
    bool& flag;
    explicit Inside(bool& in_each) : flag(in_each) { flag = true; }
    ~Inside() { flag = false; }
  } inside(in_each_);
  const int rows = PQntuples(result.get());
  for (int i = 0; i < rows; ++i) {
    row.go_to(i);
    take(row);
  }
}

void Transaction::script(const Sql& sql) {
  refuse_misuse(sql);
  connection_.execute(std::string(sql.text).c_str(), sql.name);
}

}  // namespace store::postgres
