// What an expression comes to, before the table says what it should have been.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.hpp"
#include "source/origin.hpp"

namespace bkfc::eval {

struct Value {
  enum class Kind : std::uint8_t {
    unknown,  // something is wrong with it, and was said: whoever meets it is quiet
    unset,
    boolean,
    integer,
    decimal,  // a fraction without a unit: only a CPU may be one
    text,
    bytes,
    percent,
    duration,
    cpu,
    word,   // a bare word of the closed set that was expected
    range,  // two items, either may be `unset`
    list,
    object,  // `keys` and `items` side by side
  };

  Kind kind = Kind::unknown;
  bool boolean = false;
  bool of_daemons_disk = false;  // of a percent: buildkitd takes it of the disk that it sees
  std::int64_t number = 0;       // integer; bytes; seconds; millicores; thousandths of a percent
  Decimal decimal;
  std::string text;  // text, word
  std::vector<std::string> keys;
  std::vector<Value> items;
  Span span;  // of the expression that is written where the value is used
  OriginId origin = OriginId::nowhere;

  bool is(Kind other) const { return kind == other; }
  bool is_quantity() const {
    return kind == Kind::bytes || kind == Kind::percent || kind == Kind::duration ||
           kind == Kind::cpu || kind == Kind::decimal;
  }
};

// The kind in the language's own words: `bytes`, `string`, `range of cpu`.
std::string describe(const Value& value);

// The value in the language's own spelling, on one line.
std::string spell(const Value& value);

// How many values it holds, itself included.
std::size_t weight(const Value& value);

// Equal as the language's `==` has it; kinds must be the same.
bool same(const Value& a, const Value& b);

}  // namespace bkfc::eval
