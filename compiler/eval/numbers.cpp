#include "eval/numbers.hpp"

#include <limits>

namespace bkfc::eval {
namespace {

constexpr std::int64_t cpu_scale = 1000;

}  // namespace

Value as_cpu(Value value) {
  if (value.is(Value::Kind::integer) && value.number <= std::numeric_limits<int>::max()) {
    value.kind = Value::Kind::cpu;
    value.number *= cpu_scale;
  } else if (value.is(Value::Kind::decimal)) {
    if (const auto millicores = scale(value.decimal(), cpu_scale)) {
      value.kind = Value::Kind::cpu;
      value.number = *millicores;
    }
  }
  return value;
}

void align(Value& left, Value& right) {
  const bool fraction = left.is(Value::Kind::decimal) || right.is(Value::Kind::decimal);
  if (left.is(Value::Kind::cpu) || right.is(Value::Kind::cpu) || fraction) {
    left = as_cpu(std::move(left));
    right = as_cpu(std::move(right));
  }
}

bool is_number(const Value& value) {
  return value.is(Value::Kind::integer) || value.is(Value::Kind::bytes) ||
         value.is(Value::Kind::duration) || value.is(Value::Kind::percent) ||
         value.is(Value::Kind::cpu);
}

}  // namespace bkfc::eval
