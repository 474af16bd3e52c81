#include "report/kept_facts.h"

#include "store/kept.h"

namespace report::kept_facts {
namespace {

constexpr std::int64_t kShards = 16;  // who write of one period wait for each other in one of them
constexpr std::size_t kMostBytes = 64U * 1024 * 1024;

using Column = std::vector<fact_store::Line>;
using Key = std::pair<std::int64_t, std::string>;

struct Columns : store::ByNumber<Key, Numbers, Column> {
  Columns() : ByNumber(kMostBytes) {}
};

std::shared_ptr<const Column> read(store::Tx& tx, direct::IndicatorId indicator,
                                   std::string_view period) {
  auto made = std::make_shared<Column>();
  fact_store::of_indicator(tx, indicator, period,
                           [&](const fact_store::Line& line) { made->push_back(line); });
  made->shrink_to_fit();
  return made;
}

}  // namespace

void changed(store::Tx& tx, org::UnitId unit, std::string_view period) {
  static constexpr store::Sql kRaise{
      "fact_number.raise",
      "insert into fact_number (period, shard, number) values (:period, :shard, 1) on conflict "
      "(period, shard) do update set number = fact_number.number + 1"};
  const std::int64_t shard = unit.value % kShards;
  tx.at_the_end("fact_number/" + std::to_string(shard) + "/" + std::string(period),
                [shard, period = std::string(period)](store::Tx& end) {
                  end.run(kRaise, {{"period", period}, {"shard", shard}});
                });
}

Numbers numbers(store::Tx& tx, std::string_view period) {
  static constexpr store::Sql kNumbers{
      "fact_number.of_period",
      "select shard, number from fact_number where period = :period order by shard"};
  return tx.all(kNumbers, {{"period", period}},
                [](const store::Row& row) { return std::pair{row.integer(0), row.integer(1)}; });
}

void of_indicator(store::Tx& tx, direct::IndicatorId indicator, std::string_view period,
                  const Numbers& numbers, const fact_store::TakeLine& take) {
  if (tx.kept() == nullptr) return fact_store::of_indicator(tx, indicator, period, take);
  auto& columns = tx.kept()->of<Columns>();
  const Key key{indicator.value, std::string(period)};
  auto column = columns.find(key, numbers);
  if (!column) {
    column = read(tx, indicator, period);
    columns.put(key, numbers, column, sizeof(Column) + column->size() * sizeof(fact_store::Line));
  }
  for (const fact_store::Line& line : *column) take(line);
}

}  // namespace report::kept_facts
