#include "eval/value.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace bkfc::eval {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool interpolates = c == '$' && i + 1 < text.size() && text[i + 1] == '{';
    if (c == '"' || c == '\\' || interpolates) out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string spell_items(const Value& value, char open, char close) {
  std::string out(1, open);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i > 0) out += ", ";
    if (value.is(Value::Kind::object)) out += quoted(value.keys[i]) + " = ";
    out += spell(value.items[i]);
  }
  return out + close;
}

}  // namespace

std::string describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::unknown: return "unknown";
    case Value::Kind::unset: return "`unset`";
    case Value::Kind::boolean: return "a bool";
    case Value::Kind::integer: return "an int";
    case Value::Kind::decimal: return "a fraction without a unit";
    case Value::Kind::text: return "a string";
    case Value::Kind::bytes: return "bytes";
    case Value::Kind::percent: return "a percentage";
    case Value::Kind::duration: return "a duration";
    case Value::Kind::cpu: return "cpu";
    case Value::Kind::word: return "a word";
    case Value::Kind::range: return "a range";
    case Value::Kind::list: return "a list";
    case Value::Kind::object: return "an object";
  }
  return "";
}

std::string spell(const Value& value) {
  switch (value.kind) {
    case Value::Kind::unknown: return "?";
    case Value::Kind::unset: return "unset";
    case Value::Kind::boolean: return value.boolean ? "true" : "false";
    case Value::Kind::integer: return fmt::format("{}", value.number);
    case Value::Kind::decimal: {
      std::string digits = fmt::format("{:0{}}", value.number, value.places + 1);
      digits.insert(digits.size() - static_cast<std::size_t>(value.places), ".");
      return digits;
    }
    case Value::Kind::text: return quoted(value.text);
    case Value::Kind::bytes: return to_text(Bytes{value.number});
    case Value::Kind::percent: return to_text(Percent{value.number});
    case Value::Kind::duration: return to_text(Duration{value.number});
    case Value::Kind::cpu: return to_text(Cpu{value.number});
    case Value::Kind::word: return value.text;
    case Value::Kind::range:
      return (value.items[0].is(Value::Kind::unset) ? "" : spell(value.items[0])) + ".." +
             (value.items[1].is(Value::Kind::unset) ? "" : spell(value.items[1]));
    case Value::Kind::list: return spell_items(value, '[', ']');
    case Value::Kind::object: return spell_items(value, '{', '}');
  }
  return "";
}

namespace {

constexpr std::size_t heaviest = 1'000'000;

void weigh(const Value& value, std::size_t& sum) {
  ++sum;
  for (const Value& item : value.items) {
    if (sum >= heaviest) return;
    weigh(item, sum);
  }
}

}  // namespace

std::size_t weight(const Value& value) {
  std::size_t sum = 0;
  weigh(value, sum);
  return sum;
}

Value make_unset() {
  Value value;
  value.kind = Value::Kind::unset;
  return value;
}

Value make_text(std::string text) {
  Value value;
  value.kind = Value::Kind::text;
  value.text = std::move(text);
  return value;
}

Value make_boolean(bool boolean) {
  Value value;
  value.kind = Value::Kind::boolean;
  value.boolean = boolean;
  return value;
}

Value make_number(Value::Kind kind, std::int64_t number) {
  Value value;
  value.kind = kind;
  value.number = number;
  return value;
}

const Value* find_item(const Value& object, std::string_view key) {
  for (std::size_t i = 0; i < object.keys.size(); ++i)
    if (object.keys[i] == key) return &object.items[i];
  return nullptr;
}

bool same(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Value::Kind::boolean: return a.boolean == b.boolean;
    case Value::Kind::decimal: return a.number == b.number && a.places == b.places;
    case Value::Kind::text:
    case Value::Kind::word: return a.text == b.text;
    case Value::Kind::range:
    case Value::Kind::list:
    case Value::Kind::object:
      return a.keys == b.keys &&
             std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same);
    default: return a.number == b.number;
  }
}

}  // namespace bkfc::eval
