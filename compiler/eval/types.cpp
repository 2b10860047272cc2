// Values held against the types that declarations give.
#include <algorithm>

#include "base/release.hpp"
#include "base/text.hpp"
#include "eval/expressions.hpp"
#include "eval/messages.hpp"
#include "eval/numbers.hpp"

namespace bkfc::eval {

namespace ast = syntax::ast;

namespace {

struct NamedType {
  std::string_view name;
  Value::Kind kind;
};

constexpr NamedType named_types[] = {
    {"bool", Value::Kind::boolean},    {"int", Value::Kind::integer},
    {"string", Value::Kind::text},     {"bytes", Value::Kind::bytes},
    {"percent", Value::Kind::percent}, {"duration", Value::Kind::duration},
    {"version", Value::Kind::text},    {"cpu", Value::Kind::cpu},
};

const NamedType* find_named(std::string_view name) {
  const auto row = std::find_if(std::begin(named_types), std::end(named_types),
                                [&](const NamedType& one) { return one.name == name; });
  return row == std::end(named_types) ? nullptr : row;
}

}  // namespace

Expectation Expressions::expectation(std::size_t module, const ast::Type& type) const {
  if (!type) return {};
  switch (type.kind()) {
    case ast::Type::Kind::union_: {
      const auto& words = names_->modules[module].words;
      const auto found = words.find(type.node());
      return {.choices = found == words.end() ? std::span<const schema::Choice>{} : found->second};
    }
    case ast::Type::Kind::named:
      return {.cpu = type.name().text() == "cpu", .text = type.name().text() == "string"};
    case ast::Type::Kind::none: return {};
    default: return expectation(module, type.element());
  }
}

Value Expressions::hold(std::size_t module, const ast::Type& type, bool optional, Value value,
                        Span at) {
  const bool may_be_unset = optional || reads_ != nullptr;
  if (!type || value.is_unknown() || (may_be_unset && value.is_unset())) return value;
  return held(module, type, std::move(value), at);
}

Value Expressions::held(std::size_t module, const ast::Type& type, Value value, Span at) {
  if (value.is_unknown()) return value;
  switch (type.kind()) {
    case ast::Type::Kind::none: return value;
    case ast::Type::Kind::union_: return held_word(module, type, std::move(value), at);
    case ast::Type::Kind::named: return held_name(module, type, std::move(value), at);
    default: return held_items(module, type, std::move(value), at);
  }
}

Value Expressions::held_items(std::size_t module, const ast::Type& type, Value value, Span at) {
  using Kind = ast::Type::Kind;
  if (type.kind() == Kind::range && !value.is(Value::Kind::range)) {
    Value both = held(module, type.element(), std::move(value), at);
    if (both.is_unknown()) return {};
    Value range = both;
    range.kind = Value::Kind::range;
    range.items = {both, both};
    return range;
  }
  const Value::Kind wanted = type.kind() == Kind::list    ? Value::Kind::list
                             : type.kind() == Kind::range ? Value::Kind::range
                                                          : Value::Kind::object;
  if (!value.is(wanted)) {
    say_wrong_type(type, value, at);
    return {};
  }
  std::vector<Value> items(value.items.begin(), value.items.end());
  for (Value& item : items) {
    if (wanted == Value::Kind::range && item.is_unset()) continue;
    const Span place = item.span.end > item.span.begin ? item.span : at;
    item = held(module, type.element(), std::move(item), place);
  }
  value.items = std::move(items);
  return value;
}

Value Expressions::held_name(std::size_t module, const ast::Type& type, Value value, Span at) {
  const std::string_view name = type.name() ? type.name().text() : "";
  const NamedType* row = find_named(name);
  if (row == nullptr) {
    std::vector<std::string_view> known;
    for (const NamedType& one : named_types) known.push_back(one.name);
    const Span place = type.span().in(modules_->all[module].file);
    auto draft = report_->add(message::unknown_type, place, name);
    if (const auto near = nearest(name, known))
      draft.here("did you mean `" + std::string(*near) + "`?")
          .fix("write `" + std::string(*near) + "`", {{place, std::string(*near)}});
    return {};
  }
  if (row->kind == Value::Kind::cpu) value = as_cpu(std::move(value));
  if (!value.is(row->kind)) {
    say_wrong_type(type, value, at);
    return {};
  }
  if (name == "version") {
    if (!parse_release(value.text)) {
      report_->add(message::no_version, at, value.text);
      return {};
    }
    value.is_version = true;
  }
  return type.bound() && !is_within(module, type, value, at) ? Value{} : value;
}

Value Expressions::held_word(std::size_t module, const ast::Type& type, Value value, Span at) {
  if (!value.is(Value::Kind::text) && !value.is(Value::Kind::word)) {
    say_wrong_type(type, value, at);
    return {};
  }
  const std::span<const schema::Choice> words = expectation(module, type).choices;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].name != value.text) continue;
    value.kind = Value::Kind::text;
    value.words = words;
    return value;
  }
  std::vector<std::string_view> known;
  for (const schema::Choice& word : words) known.push_back(word.name);
  auto draft = report_->add(message::no_word, at, value.text);
  if (const auto near = nearest(value.text, known))
    draft.here("did you mean `\"" + std::string(*near) + "\"`?");
  draft.note("it is one of " + listed(known, "or"));
  return {};
}

bool Expressions::is_within(std::size_t module, const ast::Type& type, const Value& value,
                            Span at) {
  const Value bound = evaluate(module, type.bound(), {.cpu = type.name().text() == "cpu"});
  bool within = false;
  if (bound.is(Value::Kind::range)) {
    const Value low = value.is(Value::Kind::cpu) ? as_cpu(bound.items[0]) : bound.items[0];
    const Value high = value.is(Value::Kind::cpu) ? as_cpu(bound.items[1]) : bound.items[1];
    within = is_number(value) && (low.is_unset() || low.kind == value.kind) &&
             (high.is_unset() || high.kind == value.kind) &&
             (low.is_unset() || low.number <= value.number) &&
             (high.is_unset() || value.number <= high.number);
  } else if (bound.is(Value::Kind::list)) {
    within = std::any_of(bound.items.begin(), bound.items.end(),
                         [&](const Value& item) { return same(item, value); });
  } else {
    if (!bound.is_unknown())
      report_->add(message::no_bound, type.bound().span().in(modules_->all[module].file),
                   describe(bound));
    return true;
  }
  if (!within)
    report_->add(message::out_of_bounds, at, spell(value), spell(bound))
        .label(type.bound().span().in(modules_->all[module].file), "the bounds are said here");
  return within;
}

void Expressions::say_wrong_type(const ast::Type& type, const Value& value, Span at) {
  if (value.is_unset()) {
    report_->add(message::wrong_type_declared, at, type.text(), describe(value))
        .note("only an optional, whose type ends in `?`, may be absent");
  } else {
    report_->add(message::wrong_type_declared, at, type.text(), describe(value));
  }
}

}  // namespace bkfc::eval
