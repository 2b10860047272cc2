// What an expression comes to, before the table says what it should have been.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_vector.hpp"
#include "base/units.hpp"
#include "schema/row.hpp"
#include "source/origin.hpp"

namespace bkfc::eval {

struct Value {
  enum class Kind : std::uint8_t {
    unknown,  // something is wrong with it, and was said: whoever meets it is quiet. In a policy
              // also a fact that nobody says, which `text` names; and what a fleet may say,
              // whatever it is, with the shape of its items as the only one of `items`
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

  // What it is of the `fleet` or the `cluster` that a policy reads.
  enum class Part : std::uint8_t {
    none,
    block,  // its fields are all that the table has
    map,    // what it lacks is `unset`; where `text` names facts, it is one that nobody says
    field,
    fact,  // a field of the cluster
  };

  Kind kind = Kind::unknown;
  Part part = Part::none;
  bool boolean = false;
  bool of_daemons_disk = false;  // of a percent: buildkitd takes it of the disk that it sees
  bool is_version = false;       // of a text: it is compared by its components
  std::uint8_t places = 0;       // of a decimal: how many of its digits stand behind the point
  OriginId origin = OriginId::nowhere;
  // integer; bytes; seconds; millicores; thousandths of a percent; digits of a decimal; of a word
  // its position in the set, -1 where it is none of it
  std::int64_t number = 0;
  std::string text;  // text, word
  SharedVector<std::string> keys;
  SharedVector<Value> items;
  std::span<const schema::Choice> words = {};  // the closed set that it is of, where one is known
  Span span{};  // of the expression that is written where the value is used

  bool is(Kind other) const { return kind == other; }
  bool is_unset() const { return kind == Kind::unset; }
  bool is_unknown() const { return kind == Kind::unknown; }
  Decimal decimal() const { return {number, places}; }
  bool is_quantity() const {
    return kind == Kind::bytes || kind == Kind::percent || kind == Kind::duration ||
           kind == Kind::cpu || kind == Kind::decimal;
  }
};

// The kind in the language's own words: `bytes`, `string`, `range of cpu`.
std::string describe(const Value& value);

// The value in the language's own spelling, on one line.
std::string spell(const Value& value);

// How many values it holds, itself included, counted up to a million.
std::size_t weight(const Value& value);

Value make_unset();
Value make_text(std::string text);
Value make_boolean(bool boolean);
// Any kind that is counted in `Value::number`.
Value make_number(Value::Kind kind, std::int64_t number);

// The item of a key of an object; null if it has none.
const Value* find_item(const Value& object, std::string_view key);

// Equal as the language's `==` has it; kinds must be the same.
bool same(const Value& a, const Value& b);

}  // namespace bkfc::eval
