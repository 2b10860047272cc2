#include "eval/functions.hpp"

#include <algorithm>
#include <limits>

namespace bkfc::eval {
namespace {

using Arguments = std::span<const Value>;

Value integer(std::int64_t number) {
  Value value;
  value.kind = Value::Kind::integer;
  value.number = number;
  return value;
}

Value text(std::string content) {
  Value value;
  value.kind = Value::Kind::text;
  value.text = std::move(content);
  return value;
}

bool is_ordered(const Value& value) {
  return value.is(Value::Kind::integer) || value.is(Value::Kind::bytes) ||
         value.is(Value::Kind::percent) || value.is(Value::Kind::duration) ||
         value.is(Value::Kind::cpu);
}

bool are_alike(Arguments arguments) {
  return arguments.size() >= 2 && std::all_of(arguments.begin(), arguments.end(), [&](auto& value) {
           return is_ordered(value) && value.kind == arguments[0].kind;
         });
}

bool by_number(const Value& a, const Value& b) { return a.number < b.number; }

std::optional<Value> apply_min(Arguments arguments) {
  if (!are_alike(arguments)) return std::nullopt;
  return *std::min_element(arguments.begin(), arguments.end(), by_number);
}

std::optional<Value> apply_max(Arguments arguments) {
  if (!are_alike(arguments)) return std::nullopt;
  return *std::max_element(arguments.begin(), arguments.end(), by_number);
}

std::optional<Value> apply_round_up(Arguments arguments) {
  if (!are_alike(arguments) || arguments.size() != 2 || arguments[1].number <= 0)
    return std::nullopt;
  Value value = arguments[0];
  const std::int64_t to = arguments[1].number;
  const std::int64_t over = value.number % to;
  if (over == 0) return value;
  if (value.number > std::numeric_limits<std::int64_t>::max() - to) return std::nullopt;
  value.number += to - over;
  return value;
}

std::optional<Value> apply_length(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const Value& of = arguments[0];
  if (!of.is(Value::Kind::list) && !of.is(Value::Kind::object)) return std::nullopt;
  return integer(static_cast<std::int64_t>(of.items.size()));
}

std::optional<Value> apply_text(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const Value& of = arguments[0];
  if (of.is(Value::Kind::text)) return of;
  if (of.is(Value::Kind::list) || of.is(Value::Kind::object) || of.is(Value::Kind::unset))
    return std::nullopt;
  return text(spell(of));
}

std::optional<Value> apply_quantity(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const Value& of = arguments[0];
  if (of.is(Value::Kind::bytes)) return text(quantity(Bytes{of.number}));
  if (of.is(Value::Kind::cpu)) return text(quantity(Cpu{of.number}));
  if (of.is(Value::Kind::integer)) return text(spell(of));
  return std::nullopt;
}

std::optional<Value> apply_daemon_percent(Arguments arguments) {
  if (arguments.size() != 1 || !arguments[0].is(Value::Kind::integer)) return std::nullopt;
  if (arguments[0].number < 1 || arguments[0].number > 99) return std::nullopt;
  Value value;
  value.kind = Value::Kind::percent;
  value.number = arguments[0].number * 1000;
  value.of_daemons_disk = true;
  return value;
}

constexpr Function table[] = {
    {"daemon_percent", "daemon_percent(percentage)", "an int from 1 to 99",
     "A percentage that buildkitd itself takes, once, at its start, of the disk that it sees; "
     "`20%` is computed by the compiler, of `cache.size`.",
     "daemon_percent(20)", "20%", apply_daemon_percent},
    {"length", "length(x)", "a list or an object", "How many elements or fields there are.",
     "length([1, 2, 3])", "3", apply_length},
    {"max", "max(x, y, …)", "two or more numbers of one kind", "The largest.", "max(1GiB, 2GiB)",
     "2GiB", apply_max},
    {"min", "min(x, y, …)", "two or more numbers of one kind", "The smallest.", "min(30d, 1h)",
     "1h", apply_min},
    {"quantity", "quantity(x)", "bytes, cpu or an int",
     "A text, as Kubernetes spells the quantity.", "quantity(50GiB)", "\"50Gi\"", apply_quantity},
    {"round_up", "round_up(x, to)", "a number, and a positive step of the same kind",
     "The next multiple of the step, or the number itself if it is one.", "round_up(7GiB, 5GiB)",
     "10GiB", apply_round_up},
    {"text", "text(x)", "a single value", "A text, as this language spells the value.",
     "text(50GiB)", "\"50GiB\"", apply_text},
};

}  // namespace

std::span<const Function> functions() { return table; }

const Function* find_function(std::string_view name) {
  const auto at = std::find_if(std::begin(table), std::end(table),
                               [&](const Function& function) { return function.name == name; });
  return at == std::end(table) ? nullptr : at;
}

}  // namespace bkfc::eval
