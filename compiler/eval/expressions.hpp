// Expressions to values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "eval/names.hpp"
#include "eval/value.hpp"
#include "schema/row.hpp"

namespace bkfc::eval {

// What stands where a value is wanted: it decides what `250m` and a bare word are.
struct Expectation {
  bool cpu = false;
  bool text = false;
  std::span<const schema::Choice> choices = {};

  static Expectation of(const schema::Attribute& row);
};

class Expressions {
 public:
  Expressions(const Modules& modules, const Names& names, Origins& origins, Report& report);

  // Opens a new budget: what one declaration may come to is bounded.
  void begin_declaration();

  Value evaluate(std::size_t module, const syntax::ast::Expr& expr, const Expectation& expected);
  // Evaluates a `let` now, so that what is wrong with it is said even if nobody reads it.
  void declare(std::size_t module, const syntax::ast::Let& let);
  // A label or another text that must be a string; nothing if it is unknown.
  std::optional<std::string> text(std::size_t module, const syntax::ast::String& string);

 private:
  using Expr = syntax::ast::Expr;

  struct Memo {
    enum class State : std::uint8_t { fresh, running, done };
    State state = State::fresh;
    Value value;
  };

  Value number(const Expr& expr, const Expectation& expected);
  std::optional<Value> number_part(const syntax::ast::NumberPart& part, const Expr& whole,
                                   const Expectation& expected);
  void say_unknown_unit(const syntax::ast::NumberPart& part);
  Value string(const Expr& expr);
  std::optional<std::string> interpolate(const syntax::ast::String& string);
  Value word_or_name(const Expr& expr, const Expectation& expected);
  Value declared(DeclarationId id, const Expr& expr);
  void settle(DeclarationId id);
  Value list(const Expr& expr, const Expectation& expected);
  Value object(const Expr& expr);
  Value range(const Expr& expr, const Expectation& expected);
  Value unary(const Expr& expr);
  Value binary(const Expr& expr);
  Value logic(const Expr& expr);
  Value compare(const Expr& expr, const Value& left, const Value& right);
  Value arithmetic(const Expr& expr, const Value& left, const Value& right);
  Value part_of(const Expr& expr, const Value& left, const Value& right);
  Value member(const Expr& expr, const Expectation& expected);
  Value index(const Expr& expr);
  Value conditional(const Expr& expr, const Expectation& expected);
  Value call(const Expr& expr);

  Value inner(const Expr& expr, const Expectation& expected = {});
  Value made(const Expr& expr, Value value);
  Value whole(const Expr& expr, Value::Kind kind, std::optional<std::int64_t> number);
  bool spend(std::size_t items, const Expr& at);
  void hold_to_type(const syntax::ast::Let& let, const Value& value);
  Span span(const syntax::ast::View& view) const;

  const Modules* modules_;
  const Names* names_;
  Origins* origins_;
  Report* report_;
  std::size_t module_ = 0;
  std::vector<Memo> memos_;  // by declaration
  std::size_t spent_ = 0;
  bool exhausted_ = false;
};

}  // namespace bkfc::eval
