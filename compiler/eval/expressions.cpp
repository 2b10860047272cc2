#include "eval/expressions.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/core.h>

#include "base/index.hpp"
#include "base/text.hpp"
#include "eval/functions.hpp"
#include "eval/meant.hpp"
#include "eval/messages.hpp"
#include "eval/numbers.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

constexpr std::size_t most_text = 16u << 20;

constexpr std::array<std::string_view, 17> unit_names{"B",   "kB",  "MB",  "GB",  "TB",  "PB",
                                                      "KiB", "MiB", "GiB", "TiB", "PiB", "s",
                                                      "m",   "h",   "d",   "w",   "%"};

}  // namespace

Expectation Expectation::of(const schema::Attribute& row) {
  using schema::Type;
  const bool cpu = row.type == Type::cpu || row.type == Type::cpu_range;
  const bool text =
      row.type == Type::text || row.type == Type::text_list || row.type == Type::text_map;
  return {cpu, text, row.choices};
}

Expressions::Expressions(const Modules& modules, const Names& names, const Given& given,
                         Origins& origins, Report& report)
    : modules_(&modules),
      names_(&names),
      given_(given),
      origins_(&origins),
      report_(&report),
      parameters_(modules, names, report),
      memos_(names.declarations.size()) {}

void Expressions::begin_declaration() {
  spent_ = 0;
  text_ = 0;
  exhausted_ = false;
}

Value Expressions::evaluate(std::size_t module, const Expr& expr, const Expectation& expected) {
  const std::size_t outer = std::exchange(module_, module);
  Value value = inner(expr, expected);
  module_ = outer;
  return value;
}

std::optional<std::string> Expressions::text(std::size_t module, const ast::String& string) {
  const std::size_t outer = std::exchange(module_, module);
  std::optional<std::string> text = string ? interpolate(string) : std::nullopt;
  module_ = outer;
  return text;
}

Span Expressions::span(const ast::View& view) const {
  return view.span().in(modules_->all[module_].file);
}

std::optional<bool> Expressions::condition(std::size_t module, const Expr& expr) {
  const Value value = evaluate(module, expr, {});
  if (value.is(Value::Kind::boolean)) return value.boolean;
  if (reads_ != nullptr && value.is_unset()) return false;
  if (!value.is_unknown())
    report_->add(message::wrong_operand, expr.span().in(modules_->all[module].file), "if",
                 describe(value));
  return std::nullopt;
}

// Once: what reads what was too much is mostly too much again.
void Expressions::say_too_much(Span at, std::string_view limit) {
  if (!std::exchange(said_too_much_, true)) report_->add(message::too_much, at, limit);
}

bool Expressions::spend(std::size_t items, Span at) {
  if (exhausted_) return false;
  spent_ += items;
  if (spent_ <= given_.items) return true;
  exhausted_ = true;
  say_too_much(at, "500,000 values in one declaration");
  return false;
}

Value Expressions::made(const Expr& expr, Value value) {
  value.span = span(expr);
  value.origin = origins_->written(value.span, parent_);
  value.part = Value::Part::none;
  return value;
}

// A part of another value, read here: it keeps where it was born.
Value Expressions::taken(const Expr& expr, Value part) {
  const bool is_read = reads_ != nullptr && part.part != Value::Part::none;
  if (!spend(is_read ? 1 : weight(part), span(expr))) return {};
  part.span = span(expr);
  if (!is_read) return part;
  if (part.is_unknown() && !part.text.empty()) reads_->facts.push_back(part);
  if (!part.is_unknown() && part.part != Value::Part::block) reads_->fields.push_back(part);
  return part;
}

Value Expressions::inner(const Expr& expr, const Expectation& expected) {
  using Kind = Expr::Kind;
  if (!expr || !spend(1, span(expr))) return {};
  switch (expr.kind()) {
    case Kind::none: return {};
    case Kind::number: return number(expr, expected);
    case Kind::string: return string(expr);
    case Kind::boolean: return made(expr, make_boolean(expr.is_true()));
    case Kind::unset: return made(expr, make_unset());
    case Kind::name: return word_or_name(expr, expected);
    case Kind::call: return call(expr);
    case Kind::list: return list(expr, expected);
    case Kind::object: return object(expr);
    case Kind::paren: return inner(expr.operand(), expected);
    case Kind::minus:
    case Kind::negation: return unary(expr);
    case Kind::binary: return expected.text && is_bare_text(expr) ? bare_text(expr) : binary(expr);
    case Kind::range: return range(expr, expected);
    case Kind::member: return member(expr, expected);
    case Kind::index: return index(expr);
    case Kind::conditional: return conditional(expr, expected);
  }
  return {};
}

// Numbers.

Value Expressions::number(const Expr& expr, const Expectation& expected) {
  const std::vector<ast::NumberPart> parts = expr.parts();
  std::optional<Value> sum;
  std::int64_t last_factor = std::numeric_limits<std::int64_t>::max();
  for (const ast::NumberPart& part : parts) {
    std::optional<Value> value = number_part(part, expr, expected);
    if (!value) return {};
    if (parts.size() > 1) {
      const std::int64_t factor = seconds_in(part.unit).value_or(last_factor);
      if (!value->is(Value::Kind::duration) || factor >= last_factor) {
        report_->add(message::mixed_units, span(expr), expr.text());
        return {};
      }
      last_factor = factor;
    }
    if (!sum) {
      sum = std::move(value);
    } else if (__builtin_add_overflow(sum->number, value->number, &sum->number)) {
      report_->add(message::too_large, span(expr), expr.text());
      return {};
    }
  }
  return sum ? made(expr, std::move(*sum)) : Value{};
}

std::optional<Value> Expressions::number_part(const ast::NumberPart& part, const Expr& whole_number,
                                              const Expectation& expected) {
  const std::optional<Decimal> digits = parse_decimal(part.digits);
  if (!digits) {
    report_->add(message::too_large, span(whole_number), part.digits);
    return std::nullopt;
  }
  Value value;
  std::int64_t factor = 1;
  std::string_view counted = "ints";
  if (part.unit.empty()) {
    value.kind = digits->places == 0 ? Value::Kind::integer : Value::Kind::decimal;
    value.number = digits->digits;
    value.places = static_cast<std::uint8_t>(digits->places);
    if (value.is(Value::Kind::decimal)) return expected.cpu ? as_cpu(value) : value;
  } else if (part.unit == "m" && expected.cpu) {
    value.kind = Value::Kind::cpu;
    counted = "thousandths of a CPU";
  } else if (part.unit == "%") {
    value.kind = Value::Kind::percent;
    factor = 1000;
    counted = "thousandths of a percent";
  } else if (const auto bytes = bytes_in(part.unit)) {
    value.kind = Value::Kind::bytes;
    factor = *bytes;
    counted = "bytes";
  } else if (const auto seconds = seconds_in(part.unit)) {
    value.kind = Value::Kind::duration;
    factor = *seconds;
    counted = "seconds";
  } else {
    say_unknown_unit(part);
    return std::nullopt;
  }
  if (const auto number = scale(*digits, factor)) {
    value.number = *number;
    return value;
  }
  const Decimal above{digits->digits / power_of_ten(digits->places) + 1, 0};
  if (digits->places > 0 && scale(above, factor)) {
    report_->add(message::not_whole, span(whole_number), whole_number.text(), counted);
  } else {
    report_->add(message::too_large, span(whole_number), whole_number.text());
  }
  return std::nullopt;
}

void Expressions::say_unknown_unit(const ast::NumberPart& part) {
  const Span at = part.unit_span.in(modules_->all[module_].file);
  auto draft = report_->add(message::unknown_unit, at, part.unit);
  if (const auto near = nearest(part.unit, unit_names)) {
    draft.here(fmt::format("did you mean `{}`?", *near))
        .suggestion(fmt::format("write `{}{}`", part.digits, *near), {{at, std::string(*near)}});
  }
}

// Texts.

Value Expressions::string(const Expr& expr) {
  std::optional<std::string> text = interpolate(expr.string());
  return text ? made(expr, make_text(std::move(*text))) : Value{};
}

std::optional<std::string> Expressions::interpolate(const ast::String& string) {
  std::string out;
  bool known = true;
  for (const ast::String::Piece& piece : string.pieces()) {
    if (!piece.is_interpolation) {
      out += piece.text;
      continue;
    }
    const Value value = inner(piece.value);
    if (value.is(Value::Kind::text)) {
      out += value.text;
    } else if (value.is(Value::Kind::integer) || value.is(Value::Kind::boolean) ||
               (reads_ != nullptr && value.is_unset())) {
      out += spell(value);
    } else {
      known = false;
      if (value.is_quantity()) {
        auto draft =
            report_->add(message::interpolated_quantity, span(piece.value), describe(value));
        for (const std::string_view function : {"text", "quantity"}) {
          const std::string spelt = fmt::format("{}({})", function, piece.value.text());
          draft.suggestion(fmt::format("write `{}`", spelt), {{span(piece.value), spelt}});
        }
      } else if (!value.is(Value::Kind::unknown)) {
        report_->add(message::not_interpolated, span(piece.value), describe(value));
      }
    }
    if (text_ + out.size() > most_text) {
      exhausted_ = true;
      say_too_much(span(piece.value), "16 MiB of text in one declaration");
      return std::nullopt;
    }
  }
  if (!known) return std::nullopt;
  if (string.is_interpolated()) text_ += out.size();
  return out;
}

// Names.

Value Expressions::word_or_name(const Expr& expr, const Expectation& expected) {
  const std::optional<std::string> word = expr.dotted();
  const auto& uses = names_->modules[module_].uses;
  const auto use = uses.find(expr.node());
  if (word && !expected.choices.empty()) {
    for (std::size_t i = 0; i < expected.choices.size(); ++i) {
      if (expected.choices[i].name != *word) continue;
      if (use != uses.end()) {
        report_->add(message::ambiguous_word, span(expr), *word)
            .fix(fmt::format("write `\"{}\"`", *word),
                 {{span(expr), fmt::format("\"{}\"", *word)}});
        return {};
      }
      Value value;
      value.kind = Value::Kind::word;
      value.text = *word;
      value.number = static_cast<std::int64_t>(i);
      return made(expr, std::move(value));
    }
  }
  if (use != uses.end()) return declared(use->second, expr);
  if (word && !expected.choices.empty()) {  // the table says what would have been right
    Value value;
    value.kind = Value::Kind::word;
    value.text = *word;
    value.number = -1;
    return made(expr, std::move(value));
  }
  if (!word || !modules_->all[module_].is_whole()) return {};
  auto draft = report_->add(message::unknown_name, span(expr), *word);
  if (const std::string_view ours = value_word(*word); !ours.empty())
    draft.here(fmt::format("that is `{}` here", ours))
        .fix(fmt::format("write `{}`", ours), {{span(expr), std::string(ours)}});
  else if (expected.text)
    draft.here("a string is quoted")
        .fix(fmt::format("write `\"{}\"`", *word), {{span(expr), fmt::format("\"{}\"", *word)}});
  return {};
}

// Things made of others.

Value Expressions::list(const Expr& expr, const Expectation& expected) {
  Value value;
  value.kind = Value::Kind::list;
  for (const Expr& element : expr.elements()) value.items.push_back(inner(element, expected));
  return made(expr, std::move(value));
}

Value Expressions::object(const Expr& expr) {
  Value value;
  value.kind = Value::Kind::object;
  for (const ast::Attribute& field : expr.fields()) {
    if (!field.key()) continue;
    std::optional<std::string> key = field.key().is_quoted() ? interpolate(field.key().quoted())
                                                             : std::optional(field.key().plain());
    Value item = inner(field.value(), {.text = true});
    if (!key) continue;
    if (std::find(value.keys.begin(), value.keys.end(), *key) != value.keys.end()) {
      report_->add(message::repeated_field, span(field.key()), *key);
      continue;
    }
    value.keys.push_back(std::move(*key));
    value.items.push_back(std::move(item));
  }
  return made(expr, std::move(value));
}

Value Expressions::range(const Expr& expr, const Expectation& expected) {
  Value none;
  none.kind = Value::Kind::unset;
  Value left = expr.left() ? inner(expr.left(), expected) : none;
  Value right = expr.right() ? inner(expr.right(), expected) : none;
  if (left.is(Value::Kind::unknown) || right.is(Value::Kind::unknown)) return {};
  align(left, right);
  const bool both = !left.is(Value::Kind::unset) && !right.is(Value::Kind::unset);
  if (both && (left.kind != right.kind || !is_number(left))) {
    report_->add(message::mixed_range, span(expr), describe(left), describe(right));
    return {};
  }
  if (both && left.number > right.number) {
    auto draft = report_->add(message::empty_range, span(expr), spell(left), spell(right));
    draft.suggestion("swap the two", {{span(expr.left()), std::string(expr.right().text())},
                                      {span(expr.right()), std::string(expr.left().text())}});
    return {};
  }
  Value value;
  value.kind = Value::Kind::range;
  value.items = {std::move(left), std::move(right)};
  return made(expr, std::move(value));
}

Value Expressions::member(const Expr& expr, const Expectation& expected) {
  const auto& uses = names_->modules[module_].uses;
  if (const auto use = uses.find(expr.node()); use != uses.end())
    return declared(use->second, expr);
  // `source.local` is a word where words are expected, and the field of a value elsewhere.
  if (!expected.choices.empty() && expr.dotted()) return word_or_name(expr, expected);
  if (!is_declared(expr.operand())) return undeclared_member(expr, expected);
  const Value of = inner(expr.operand());
  if (of.is(Value::Kind::unknown) || !expr.name()) return {};
  const std::string name(expr.name().text());
  if (of.is(Value::Kind::object))
    if (const Value* item = find_item(of, name)) return taken(expr, *item);
  if (of.is(Value::Kind::range) && (name == "min" || name == "max"))
    return taken(expr, of.items[name == "min" ? 0 : 1]);
  if (reads_ != nullptr && of.is_unset()) return of;
  if (of.part == Value::Part::map) return lacking(expr, of, name);
  say_no_member(expr, of);
  return {};
}

// What a map of a fleet lacks is unset; what one of a cluster lacks may well be there.
Value Expressions::lacking(const Expr& expr, const Value& map, const std::string& key) {
  Value value = map.text.empty() ? make_unset() : Value{};
  if (!map.text.empty()) value.text = fmt::format("{}[\"{}\"]", map.text, key);
  value.origin = map.origin;
  value.part = map.text.empty() ? Value::Part::field : Value::Part::fact;
  return taken(expr, std::move(value));
}

void Expressions::say_no_member(const Expr& expr, const Value& of) {
  const bool is_block = of.part == Value::Part::block;
  const std::string owner = is_block ? fmt::format("`{}`", expr.operand().text()) : describe(of);
  const std::string_view name = expr.name().text();
  auto draft = report_->add(message::no_member, span(expr.name()), owner, name);
  const bool asks_for_length = name == "length" || name == "size" || name == "count";
  if (!is_block && asks_for_length && !of.is(Value::Kind::range))
    draft.here("a function says that")
        .fix("write `length(…)`", {{span(expr), fmt::format("length({})", expr.operand().text())}});
  if (!is_block) return;
  const std::vector<std::string_view> known(of.keys.begin(), of.keys.end());
  if (const auto near = nearest(name, known))
    draft.here(fmt::format("did you mean `{}`?", *near))
        .fix(fmt::format("write `{}`", *near), {{span(expr.name()), std::string(*near)}});
  else
    draft.note("it has " + listed(known));
}

Value Expressions::index(const Expr& expr) {
  const Value of = inner(expr.operand());
  const Value key = inner(expr.key());
  const bool is_shape = of.is_unknown() && of.part == Value::Part::map && !of.items.empty();
  if (is_shape) return taken(expr, of.items.front());
  if (of.is(Value::Kind::unknown) || key.is(Value::Kind::unknown)) return {};
  if (reads_ != nullptr && (of.is_unset() || key.is_unset())) return made(expr, make_unset());
  if (of.is(Value::Kind::object) && key.is(Value::Kind::text)) {
    if (const Value* item = find_item(of, key.text)) return taken(expr, *item);
    if (of.part == Value::Part::map) return lacking(expr, of, key.text);
  } else if (of.is(Value::Kind::list) && key.is(Value::Kind::integer) && key.number >= 0 &&
             key.number < static_cast<std::int64_t>(of.items.size())) {
    return taken(expr, of.items[static_cast<std::size_t>(key.number)]);
  }
  report_->add(message::no_member, span(expr.key()), describe(of), spell(key));
  return {};
}

Value Expressions::conditional(const Expr& expr, const Expectation& expected) {
  const std::optional<bool> holds = condition(module_, expr.condition());
  return holds ? inner(*holds ? expr.if_true() : expr.if_false(), expected) : Value{};
}

Value Expressions::call(const Expr& expr) {
  const std::string_view name = expr.name().text();
  const Function* function = find_function(name);
  if (function == nullptr) {
    std::vector<std::string_view> known;
    for (const Function& row : functions()) known.push_back(row.name);
    auto draft = report_->add(message::unknown_function, span(expr.name()), name);
    if (const auto near = nearest(name, known))
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `{}`", *near), {{span(expr.name()), std::string(*near)}});
    else
      draft.note("functions are " + listed(known));
    return {};
  }
  std::vector<Value> arguments;
  for (const Expr& argument : expr.arguments()) arguments.push_back(inner(argument));
  const bool known = std::none_of(arguments.begin(), arguments.end(), [](const Value& value) {
    return value.is(Value::Kind::unknown);
  });
  if (!known) return {};
  const bool any_unset = std::any_of(arguments.begin(), arguments.end(),
                                     [](const Value& value) { return value.is_unset(); });
  if (reads_ != nullptr && any_unset) return made(expr, make_unset());
  std::optional<Value> result = function->apply(arguments);
  if (!result) {
    report_->add(message::wrong_arguments, span(expr), name, function->takes);
    return {};
  }
  return made(expr, std::move(*result));
}

}  // namespace bkfc::eval
