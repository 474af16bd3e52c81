#include <boost/spirit/home/x3.hpp>

#include "base/text.h"
#include "direct/formula.h"

namespace direct {
namespace {

namespace x3 = boost::spirit::x3;
using base::ProblemKind;

/// What the grammar builds: operands wait in `waiting` until their operation is read. The grammar
/// never goes back over something that built a node: each choice is made at its first sign.
struct Builder {
  std::string_view text;
  Formula formula;
  std::vector<std::size_t> waiting;
  std::vector<std::size_t> calls;  // how many were waiting when each open call began
  int depth = 0;
  const char* limit = nullptr;  // the code of the limit that was passed
  std::string long_number;

  bool push(FormulaNode node, std::size_t operands) {
    if (formula.nodes.size() == kMostFormulaNodes) {
      limit = "formula.too_large";
      return false;
    }
    node.operands.assign(waiting.end() - static_cast<std::ptrdiff_t>(operands), waiting.end());
    waiting.resize(waiting.size() - operands);
    if (!node.operands.empty()) node.from = formula.nodes[node.operands.front()].from;
    waiting.push_back(formula.nodes.size());
    formula.nodes.push_back(std::move(node));
    return true;
  }
};
struct BuilderTag;

Builder& built(auto& context) { return x3::get<BuilderTag>(context).get(); }
std::size_t after_blanks(std::string_view text, std::size_t from) {
  while (from < text.size() && (text[from] == ' ' || text[from] == '\n' || text[from] == '\t')) {
    ++from;
  }
  return from;
}
/// Where what an action was given begins.
std::size_t at(auto& context) {
  return static_cast<std::size_t>(&*x3::_attr(context).begin() - built(context).text.data());
}

// Actions. Setting _pass to false makes the parse fail there.
constexpr auto open = [](auto& context) {
  if (++built(context).depth <= kMostFormulaDepth) return;
  built(context).limit = "formula.too_deep";
  x3::_pass(context) = false;
};
constexpr auto close = [](auto& context) { --built(context).depth; };

constexpr auto take_number = [](auto& context) {
  const std::string digits(x3::_attr(context).begin(), x3::_attr(context).end());
  const std::size_t dot = digits.find('.');
  const std::string plain =
      dot == std::string::npos ? digits : digits.substr(0, dot) + digits.substr(dot + 1);
  if (plain.size() > 18) {
    built(context).long_number = digits;
    x3::_pass(context) = false;
    return;
  }
  const int decimals = dot == std::string::npos ? 0 : static_cast<int>(digits.size() - dot - 1);
  FormulaNode node;
  node.number = rational_of(std::stoll(plain), decimals);
  node.from = at(context);
  x3::_pass(context) = built(context).push(std::move(node), 0);
};

template <When when>
constexpr auto take_figure = [](auto& context) {
  FormulaNode node;
  node.operation = Operation::figure;
  node.reference = {base::tidy(std::string(x3::_attr(context).begin(), x3::_attr(context).end())),
                    when};
  node.from = at(context) - 1;  // its bracket
  x3::_pass(context) = built(context).push(std::move(node), 0);
};

template <Operation operation, std::size_t operands>
constexpr auto make = [](auto& context) {
  FormulaNode node;
  node.operation = operation;
  x3::_pass(context) = built(context).push(std::move(node), operands);
};

constexpr auto begin_call = [](auto& context) {
  open(context);
  built(context).calls.push_back(built(context).waiting.size());
};
template <Operation operation>
constexpr auto end_call = [](auto& context) {
  Builder& builder = built(context);
  close(context);
  const std::size_t operands = builder.waiting.size() - builder.calls.back();
  builder.calls.pop_back();
  FormulaNode node;
  node.operation = operation;
  x3::_pass(context) =
      (operation != Operation::abs || operands == 1) && builder.push(std::move(node), operands);
};

const x3::rule<struct WholeRule> whole = "whole";
const x3::rule<struct BothRule> both = "both";
const x3::rule<struct ComparisonRule> comparison = "comparison";
const x3::rule<struct SumRule> sum = "sum";
const x3::rule<struct ProductRule> product = "product";
const x3::rule<struct SignedRule> with_sign = "signed";
const x3::rule<struct TermRule> term = "term";

auto word(const char* text) {
  return x3::lexeme[x3::no_case[x3::lit(text)] >> !(x3::alnum | x3::char_('_'))];
}

const auto number = x3::raw[x3::lexeme[+x3::digit >> -('.' >> +x3::digit)]];
const auto code = x3::lexeme['[' > x3::raw[x3::repeat(1, 160)[~x3::char_("][\n\r")]] > ']'];

template <When when>
auto other_time(const char* name) {
  return word(name) > '(' > code[take_figure<when>] > ')';
}
template <Operation operation>
auto call(const char* name) {
  return word(name) > x3::lit('(')[begin_call] > whole > *((x3::lit(',') | x3::lit(';')) > whole) >
         x3::lit(')')[end_call<operation>];
}

const auto times = x3::lit('*') | x3::lit("×");
const auto over = x3::lit('/') | x3::lit("÷") | x3::lit(':');
const auto minus = x3::lit('-') | x3::lit("−") | x3::lit("–");

const auto term_def =
    number[take_number] | code[take_figure<When::own>] |
    (x3::lit('(')[open] > whole > x3::lit(')')[close]) | other_time<When::previous>("previous") |
    other_time<When::year_before>("year_before") | other_time<When::whole_year>("whole_year") |
    call<Operation::sum>("sum") | call<Operation::min>("min") | call<Operation::max>("max") |
    call<Operation::abs>("abs");
const auto with_sign_def =
    (minus[open] > with_sign[close] > x3::eps[make<Operation::negate, 1>]) | term;
const auto product_def = with_sign >> *((times > with_sign[make<Operation::multiply, 2>]) |
                                        (over > with_sign[make<Operation::divide, 2>]));
const auto sum_def = product >> *(('+' > product[make<Operation::add, 2>]) |
                                  (minus > product[make<Operation::subtract, 2>]));
const auto comparison_def =
    sum >> -(((x3::lit("<=") | x3::lit("≤")) > sum[make<Operation::at_most, 2>]) |
             ((x3::lit(">=") | x3::lit("≥")) > sum[make<Operation::at_least, 2>]) |
             ((x3::lit("<>") | x3::lit("!=") | x3::lit("≠")) > sum[make<Operation::unequal, 2>]) |
             ((x3::lit("==") | x3::lit('=')) > sum[make<Operation::equal, 2>]) |
             ('<' > sum[make<Operation::less, 2>]) | ('>' > sum[make<Operation::more, 2>]));
const auto both_def = comparison >> *(word("and") > comparison[make<Operation::both, 2>]);
const auto whole_def = both >> *(word("or") > both[make<Operation::either, 2>]);

BOOST_SPIRIT_DEFINE(whole, both, comparison, sum, product, with_sign, term)

bool is_truth(Operation operation) { return operation >= Operation::less; }

/// The beginning of what stands at `from`, whole characters only.
std::string beginning(std::string_view text, std::size_t from) {
  std::size_t length = std::min<std::size_t>(40, text.size() - from);
  while (length > 0 && from + length < text.size() &&
         (static_cast<unsigned char>(text[from + length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return length == 0 ? "…" : std::string(text.substr(from, length));
}

/// Where a condition stands for a figure, or the other way round.
base::Problems faults_of_kinds(const Formula& formula, std::string_view text,
                               const std::string& field) {
  base::Problems problems;
  for (const FormulaNode& node : formula.nodes) {
    const bool wants_truth =
        node.operation == Operation::both || node.operation == Operation::either;
    for (const std::size_t operand : node.operands) {
      const FormulaNode& of = formula.nodes[operand];
      if (is_truth(of.operation) == wants_truth) continue;
      problems.push_back({ProblemKind::invalid,
                          wants_truth ? "formula.not_a_condition" : "formula.not_a_figure",
                          field,
                          {beginning(text, of.from)}});
    }
  }
  return problems;
}

base::Problem not_understood(std::string_view text, std::size_t from, const std::string& field) {
  from = after_blanks(text, from);
  std::size_t characters = 1;
  for (const char c : text.substr(0, from)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++characters;
  }
  return {ProblemKind::invalid,
          "formula.not_understood",
          field,
          {std::to_string(characters), beginning(text, from)}};
}

}  // namespace

base::Result<Formula> parse_formula(std::string_view text, const std::string& field) {
  if (!base::is_utf8(text)) {
    return base::refuse(ProblemKind::invalid, "formula.not_understood", field, {"1", "…"});
  }
  if (base::tidy(text).empty()) return base::refuse(ProblemKind::invalid, "formula.missing", field);
  if (text.size() > kMostFormulaBytes) {
    return base::refuse(ProblemKind::invalid, "formula.too_long", field,
                        {std::to_string(kMostFormulaBytes)});
  }
  Builder builder;
  builder.text = text;
  const char* reached = text.data();
  const char* const end = text.data() + text.size();
  bool is_read = false;
  try {
    is_read = x3::phrase_parse(reached, end, x3::with<BuilderTag>(std::ref(builder))[whole],
                               x3::space | x3::lit("\xC2\xA0"));
  } catch (const x3::expectation_failure<const char*>& failure) {
    reached = failure.where();
  }
  if (builder.limit) {
    const bool is_depth = std::string_view(builder.limit) == "formula.too_deep";
    return base::refuse(
        ProblemKind::invalid, is_depth ? "formula.too_deep" : "formula.too_large", field,
        {is_depth ? std::to_string(kMostFormulaDepth) : std::to_string(kMostFormulaNodes)});
  }
  if (!builder.long_number.empty()) {
    return base::refuse(ProblemKind::invalid, "formula.too_many_digits", field,
                        {builder.long_number});
  }
  if (!is_read || reached != end) {
    return base::refuse(
        not_understood(text, static_cast<std::size_t>(reached - text.data()), field));
  }
  if (auto faults = faults_of_kinds(builder.formula, text, field); !faults.empty()) {
    return base::refuse(std::move(faults));
  }
  return std::move(builder.formula);
}

}  // namespace direct
