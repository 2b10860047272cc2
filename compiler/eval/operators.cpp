// The operators of expressions.
#include <algorithm>
#include <limits>

#include "base/release.hpp"
#include "eval/expressions.hpp"
#include "eval/messages.hpp"
#include "eval/numbers.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

// The closed set that a value is of, so that a bare word beside it can be one of it.
std::span<const schema::Choice> words_of(const Value& value) {
  return value.words.empty() && !value.items.empty() ? value.items.front().words : value.words;
}

}  // namespace

bool Expressions::is_bare(const Expr& expr) const {
  const std::optional<std::string> word = expr ? expr.dotted() : std::nullopt;
  return word && !names_->modules[module_].uses.contains(expr.node()) &&
         (expr.kind() == Expr::Kind::name || is_bare(expr.operand()));
}

// A word of the set is a text as any other; one that is none of it never compares as equal, so it
// is said.
bool Expressions::read_word(Value& value) {
  if (!value.is(Value::Kind::word)) {
    if (value.is(Value::Kind::list)) {
      std::vector<Value> items(value.items.begin(), value.items.end());
      if (!std::all_of(items.begin(), items.end(), [&](Value& item) { return read_word(item); }))
        return false;
      value.items = std::move(items);
    }
    return true;
  }
  if (value.number < 0) {
    report_->add(message::no_word, value.span, value.text)
        .note("the other side of the comparison tells the words");
    return false;
  }
  value.kind = Value::Kind::text;
  return true;
}

Value Expressions::unary(const Expr& expr) {
  Value value = inner(expr.operand());
  if (value.is(Value::Kind::unknown)) return {};
  if (reads_ != nullptr && value.is_unset()) return made(expr, std::move(value));
  if (expr.kind() == Expr::Kind::negation && value.is(Value::Kind::boolean)) {
    value.boolean = !value.boolean;
    return made(expr, std::move(value));
  }
  if (expr.kind() == Expr::Kind::minus && value.is(Value::Kind::integer)) {
    value.number = -value.number;
    return made(expr, std::move(value));
  }
  report_->add(message::wrong_operand, span(expr),
               expr.kind() == Expr::Kind::negation ? "not" : "-", describe(value));
  return {};
}

Value Expressions::binary(const Expr& expr) {
  using Operation = ast::Operation;
  if (expr.operation() == Operation::and_ || expr.operation() == Operation::or_) return logic(expr);
  if (std::optional<Value> value = compare_with_unset(expr)) return std::move(*value);
  Value left;
  Value right;
  // Beside what is unknown nobody knows which words there are, unless it tells.
  const auto tells = [](const Value& value) {
    return !value.is_unknown() || !words_of(value).empty();
  };
  if (is_bare(expr.left())) {
    right = inner(expr.right());
    if (tells(right)) left = inner(expr.left(), {.choices = words_of(right)});
  } else {
    left = inner(expr.left());
    if (tells(left) || !is_bare(expr.right()))
      right = inner(expr.right(), {.choices = words_of(left)});
  }
  if (left.is(Value::Kind::unknown) || right.is(Value::Kind::unknown)) {
    read_word(left);
    read_word(right);
    return {};
  }
  if (reads_ != nullptr && (left.is_unset() || right.is_unset()))
    return read_word(left) && read_word(right) ? made(expr, make_unset()) : Value{};
  switch (expr.operation()) {
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide: return arithmetic(expr, left, right);
    case Operation::of: return part_of(expr, left, right);
    default: return compare(expr, left, right);
  }
}

Value Expressions::logic(const Expr& expr) {
  const bool is_or = expr.operation() == ast::Operation::or_;
  bool is_decided = true;
  for (const Expr& side : {expr.left(), expr.right()}) {
    Value value = inner(side);
    if (reads_ != nullptr && value.is_unset()) {
      is_decided = false;
      continue;
    }
    if (value.is(Value::Kind::unknown)) {
      if (reads_ != nullptr && reads_->tries && side == expr.left()) inner(expr.right());
      return {};
    }
    if (!value.is(Value::Kind::boolean)) {
      report_->add(message::wrong_operand, span(side), is_or ? "or" : "and", describe(value));
      return {};
    }
    if (value.boolean == is_or) return made(expr, std::move(value));
  }
  return made(expr, is_decided ? make_boolean(!is_or) : make_unset());
}

// In a policy whether something is said at all is always known, of a fact too that nobody says.
std::optional<Value> Expressions::compare_with_unset(const Expr& expr) {
  using Operation = ast::Operation;
  const bool is_equal = expr.operation() == Operation::equal;
  if (reads_ == nullptr || (!is_equal && expr.operation() != Operation::not_equal))
    return std::nullopt;
  const bool left_is_unset = expr.left().kind() == Expr::Kind::unset;
  if (!left_is_unset && expr.right().kind() != Expr::Kind::unset) return std::nullopt;
  const std::size_t facts = reads_->facts.size();
  const Value value = inner(left_is_unset ? expr.right() : expr.left());
  const bool is_fact = reads_->facts.size() > facts && value.is_unknown() && !value.text.empty();
  if (value.is_unknown() && !is_fact) return Value{};
  if (is_fact) reads_->facts.resize(facts);
  return made(expr, make_boolean((is_fact || value.is_unset()) == is_equal));
}

Value Expressions::compare(const Expr& expr, const Value& left_side, const Value& right_side) {
  using Operation = ast::Operation;
  Value left = left_side;
  Value right = right_side;
  if (!read_word(left) || !read_word(right)) return {};
  Value value = make_boolean(false);
  if (expr.operation() == Operation::in && right.is(Value::Kind::object) &&
      left.is(Value::Kind::text)) {
    value.boolean = find_item(right, left.text) != nullptr;
    return made(expr, std::move(value));
  }
  if (expr.operation() == Operation::in && right.is(Value::Kind::list)) {
    value.boolean = std::any_of(right.items.begin(), right.items.end(),
                                [&](const Value& item) { return same(item, left); });
    return made(expr, std::move(value));
  }
  if (left.is_version || right.is_version) return compare_versions(expr, left, right);
  align(left, right);
  const bool equality =
      expr.operation() == Operation::equal || expr.operation() == Operation::not_equal;
  const bool either_unset = left.is(Value::Kind::unset) || right.is(Value::Kind::unset);
  if (equality && (left.kind == right.kind || either_unset)) {
    value.boolean = same(left, right) == (expr.operation() == Operation::equal);
    return made(expr, std::move(value));
  }
  if (expr.operation() == Operation::in || left.kind != right.kind || !is_number(left)) {
    report_->add(message::wrong_operands, span(expr), to_text(expr.operation()), describe(left),
                 describe(right));
    return {};
  }
  switch (expr.operation()) {
    case Operation::less: value.boolean = left.number < right.number; break;
    case Operation::less_equal: value.boolean = left.number <= right.number; break;
    case Operation::greater: value.boolean = left.number > right.number; break;
    default: value.boolean = left.number >= right.number;
  }
  return made(expr, std::move(value));
}

Value Expressions::whole(const Expr& expr, Value::Kind kind, std::optional<std::int64_t> number) {
  if (!number || (*number < 0 && kind != Value::Kind::integer)) {
    report_->add(message::overflow, span(expr), expr.text());
    return {};
  }
  Value value;
  value.kind = kind;
  value.number = *number;
  return made(expr, std::move(value));
}

Value Expressions::compare_versions(const Expr& expr, const Value& left, const Value& right) {
  using Operation = ast::Operation;
  if (left.is_unset() || right.is_unset())
    return made(expr, make_boolean(expr.operation() == Operation::not_equal));
  const std::optional<Release> a = parse_release(left.text);
  const std::optional<Release> b = parse_release(right.text);
  const bool is_order = expr.operation() != Operation::in;
  if (!a || !b || !is_order) {
    const Value& wrong = a ? right : left;
    if (wrong.is(Value::Kind::text) && is_order)
      report_->add(message::no_version, wrong.span, wrong.text);
    else
      report_->add(message::wrong_operands, span(expr), to_text(expr.operation()), describe(left),
                   describe(right));
    return {};
  }
  const auto order = *a <=> *b;
  switch (expr.operation()) {
    case Operation::equal: return made(expr, make_boolean(order == 0));
    case Operation::not_equal: return made(expr, make_boolean(order != 0));
    case Operation::less: return made(expr, make_boolean(order < 0));
    case Operation::less_equal: return made(expr, make_boolean(order <= 0));
    case Operation::greater: return made(expr, make_boolean(order > 0));
    default: return made(expr, make_boolean(order >= 0));
  }
}

Value Expressions::arithmetic(const Expr& expr, const Value& left_side, const Value& right_side) {
  using Operation = ast::Operation;
  Value left = left_side;
  Value right = right_side;
  const bool additive =
      expr.operation() == Operation::add || expr.operation() == Operation::subtract;
  if (additive) align(left, right);
  const bool scales = !additive && is_number(left) && is_number(right) &&
                      (right.is(Value::Kind::integer) ||
                       (left.is(Value::Kind::integer) && expr.operation() == Operation::multiply));
  if (!(additive && left.kind == right.kind && is_number(left)) && !scales) {
    auto draft = report_->add(message::wrong_operands, span(expr), to_text(expr.operation()),
                              describe(left), describe(right));
    if (expr.operation() == Operation::add && left.is(Value::Kind::text) &&
        right.is(Value::Kind::text))
      offer_interpolation(draft, expr);
    return {};
  }
  const Value::Kind kind = left.is(Value::Kind::integer) && !additive ? right.kind : left.kind;
  std::int64_t result = 0;
  bool wrong = false;
  switch (expr.operation()) {
    case Operation::add: wrong = __builtin_add_overflow(left.number, right.number, &result); break;
    case Operation::subtract:
      wrong = __builtin_sub_overflow(left.number, right.number, &result);
      break;
    case Operation::multiply:
      wrong = __builtin_mul_overflow(left.number, right.number, &result);
      break;
    default:
      if (right.number == 0) {
        report_->add(message::division_by_zero, span(expr));
        return {};
      }
      wrong = left.number == std::numeric_limits<std::int64_t>::min() && right.number == -1;
      if (!wrong) result = left.number / right.number;
  }
  return whole(expr, kind, wrong ? std::nullopt : std::optional(result));
}

Value Expressions::part_of(const Expr& expr, const Value& left, const Value& right) {
  if (!left.is(Value::Kind::percent) || !is_number(right) || right.is(Value::Kind::percent)) {
    report_->add(message::wrong_operands, span(expr), "of", describe(left), describe(right));
    return {};
  }
  return whole(expr, right.kind, part(Percent{left.number}, right.number));
}

}  // namespace bkfc::eval
