// The built-in functions: one row each, with its body.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "eval/value.hpp"

namespace bkfc::eval {

struct Function {
  std::string_view name;
  std::string_view signature;  // "round_up(x, to)"
  std::string_view takes;      // "two or more quantities of one dimension"
  std::string_view doc;
  std::string_view example;
  std::string_view result;  // of the example, as `spell` prints it
  // Nothing if these arguments are not what it takes. No argument is unknown.
  std::optional<Value> (*apply)(std::span<const Value> arguments);
};

std::span<const Function> functions();
const Function* find_function(std::string_view name);

}  // namespace bkfc::eval
