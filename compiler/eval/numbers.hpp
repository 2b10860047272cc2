// Which values are numbers, and how two of them come to one dimension.
#pragma once

#include "eval/value.hpp"

namespace bkfc::eval {

// Whether it is counted in `Value::number`, so that it adds and compares.
bool is_number(const Value& value);

// An int or a fraction as CPUs, where it can be; any other value as it is.
Value as_cpu(Value value);

// An int is CPUs where the other side is, and a fraction always.
void align(Value& left, Value& right);

}  // namespace bkfc::eval
