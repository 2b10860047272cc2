// The operators of expressions.
#include <algorithm>
#include <limits>

#include "eval/expressions.hpp"
#include "eval/messages.hpp"
#include "eval/numbers.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

}  // namespace

Value Expressions::unary(const Expr& expr) {
  Value value = inner(expr.operand());
  if (value.is(Value::Kind::unknown)) return {};
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
  Value left = inner(expr.left());
  Value right = inner(expr.right());
  if (left.is(Value::Kind::unknown) || right.is(Value::Kind::unknown)) return {};
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
  for (const Expr& side : {expr.left(), expr.right()}) {
    Value value = inner(side);
    if (value.is(Value::Kind::unknown)) return {};
    if (!value.is(Value::Kind::boolean)) {
      report_->add(message::wrong_operand, span(side), is_or ? "or" : "and", describe(value));
      return {};
    }
    if (value.boolean == is_or || side == expr.right()) return made(expr, std::move(value));
  }
  return {};
}

Value Expressions::compare(const Expr& expr, const Value& left_side, const Value& right_side) {
  using Operation = ast::Operation;
  Value left = left_side;
  Value right = right_side;
  Value value;
  value.kind = Value::Kind::boolean;
  if (expr.operation() == Operation::in && right.is(Value::Kind::list)) {
    value.boolean = std::any_of(right.items.begin(), right.items.end(),
                                [&](const Value& item) { return same(item, left); });
    return made(expr, std::move(value));
  }
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
    report_->add(message::wrong_operands, span(expr), to_text(expr.operation()), describe(left),
                 describe(right));
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
