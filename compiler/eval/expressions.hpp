// Expressions to values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "eval/names.hpp"
#include "eval/parameters.hpp"
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

// What is known of a program besides its texts.
struct Given {
  bool parameters_required = true;  // one without a value is an error; else it is unknown
  std::size_t items = 500'000;      // that one declaration, or turn of an outer loop, may come to
};

// What a policy reads of its `fleet` and its `cluster`, in order, each where it is read.
struct Reads {
  std::vector<Value> fields;
  std::vector<Value> facts;  // those that nobody says
  bool tries = false;        // of no fleet yet: both sides of everything are read
};

class Expressions {
 public:
  Expressions(const Modules& modules, const Names& names, const Given& given, Origins& origins,
              Report& report);

  // Opens a new budget: what one declaration may come to is bounded.
  void begin_declaration();
  // Counts work against the budget; says no once it is used up, which is reported once.
  bool spend(std::size_t items, Span at);
  bool is_exhausted() const { return exhausted_; }

  // Through which use or turn the values come that are made from now on; gives what was before.
  OriginId come_through(OriginId parent) { return std::exchange(parent_, parent); }
  OriginId parent() const { return parent_; }

  Value evaluate(std::size_t module, const syntax::ast::Expr& expr, const Expectation& expected);
  // A label or another text that must be a string; nothing if it is unknown.
  std::optional<std::string> text(std::size_t module, const syntax::ast::String& string);
  // Whether a condition holds; nothing if it is unknown, which is then said already.
  std::optional<bool> condition(std::size_t module, const syntax::ast::Expr& expr);

  // A declaration's value, evaluated where that was not done yet, so that what is wrong with it is
  // said even if nobody reads it. Unknown for what has no value.
  const Value& value_of(DeclarationId id);
  // Gives a name of a loop or a profile its value for a while.
  void bind(DeclarationId id, Value value);
  // Takes back what is known of names whose body is entered anew.
  void forget(const std::vector<DeclarationId>& ids);
  // From now on a policy is held: what it reads is noted, and what is made of something unset is
  // `unset`, but for a comparison with the word itself. Null: no longer.
  void note(Reads* reads) { reads_ = reads; }
  bool is_noting() const { return reads_ != nullptr; }

  // What a type of the language expects, and a value held against it: in that type, or unknown
  // after it was said.
  Expectation expectation(std::size_t module, const syntax::ast::Type& type) const;
  Value hold(std::size_t module, const syntax::ast::Type& type, bool optional, Value value,
             Span at);
  // The value of a parameter that nobody gives one: its default, `unset`, or unknown.
  Value absent(std::size_t module, const syntax::ast::Parameter& parameter);

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
  Value let(const Declaration& declaration);
  Value param(const Declaration& declaration);
  Value set_from_outside(const Declaration& declaration, const Parameters::Setting& setting);
  Value held(std::size_t module, const syntax::ast::Type& type, Value value, Span at);
  Value held_items(std::size_t module, const syntax::ast::Type& type, Value value, Span at);
  Value held_name(std::size_t module, const syntax::ast::Type& type, Value value, Span at);
  Value held_word(std::size_t module, const syntax::ast::Type& type, Value value, Span at);
  bool is_within(std::size_t module, const syntax::ast::Type& type, const Value& value, Span at);
  Value list(const Expr& expr, const Expectation& expected);
  Value object(const Expr& expr);
  Value range(const Expr& expr, const Expectation& expected);
  Value unary(const Expr& expr);
  bool is_bare(const Expr& expr) const;
  bool read_word(Value& value);
  Value binary(const Expr& expr);
  Value logic(const Expr& expr);
  std::optional<Value> compare_with_unset(const Expr& expr);
  Value compare(const Expr& expr, const Value& left, const Value& right);
  Value compare_versions(const Expr& expr, const Value& left, const Value& right);
  Value arithmetic(const Expr& expr, const Value& left, const Value& right);
  Value part_of(const Expr& expr, const Value& left, const Value& right);
  Value member(const Expr& expr, const Expectation& expected);
  Value index(const Expr& expr);
  // Texts without their quotes, and what other languages put before a name.
  bool is_declared(const Expr& expr) const;
  bool is_bare_text(const Expr& expr) const;
  Value bare_text(const Expr& expr);
  Value undeclared_member(const Expr& expr, const Expectation& expected);
  void offer_interpolation(Report::Draft& draft, const Expr& sum) const;
  Value conditional(const Expr& expr, const Expectation& expected);
  Value call(const Expr& expr);

  Value inner(const Expr& expr, const Expectation& expected = {});
  Value made(const Expr& expr, Value value);
  Value taken(const Expr& expr, Value part);
  Value lacking(const Expr& expr, const Value& map, const std::string& key);
  void say_no_member(const Expr& expr, const Value& of);
  Value whole(const Expr& expr, Value::Kind kind, std::optional<std::int64_t> number);
  void say_too_much(Span at, std::string_view limit);
  void say_wrong_type(const syntax::ast::Type& type, const Value& value, Span at);
  Span span(const syntax::ast::View& view) const;

  const Modules* modules_;
  const Names* names_;
  Given given_;
  Origins* origins_;
  Report* report_;
  Reads* reads_ = nullptr;
  Parameters parameters_;
  std::size_t module_ = 0;
  OriginId parent_ = OriginId::nowhere;
  std::vector<Memo> memos_;  // by declaration
  std::size_t spent_ = 0;
  std::size_t text_ = 0;  // bytes that interpolations made
  bool exhausted_ = false;
  bool said_too_much_ = false;
};

}  // namespace bkfc::eval
