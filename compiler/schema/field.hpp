// A typed value of a fleet, with where it came from; and what is common to all blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/units.hpp"
#include "source/origin.hpp"

namespace bkfc::schema {

enum class State : std::uint8_t {
  unset,      // neither written nor defaulted: `value` is empty
  defaulted,  // from the table
  written,    // in some source text
  unknown,  // written, but wrong or not known yet: `value` is empty, and whoever meets it is quiet
};

template <class T>
struct Field {
  T value{};
  OriginId origin = OriginId::nowhere;
  State state = State::unset;

  bool is_set() const { return state == State::defaulted || state == State::written; }
  bool is_written() const { return state == State::written; }
  bool is_unknown() const { return state == State::unknown; }
};

// Where an item of a written list or map was born. Invariant: the origins of the items follow that
// of the whole, in their order.
template <class T>
OriginId item_origin(const T& field, std::size_t item) {
  if (field.state != State::written || field.origin == OriginId::nowhere) return field.origin;
  return static_cast<OriginId>(static_cast<std::size_t>(field.origin) + 1 + item);
}

// requests..limits, minimum..maximum. A single value is both.
template <class T>
struct Range {
  std::optional<T> min;
  std::optional<T> max;

  bool operator==(const Range&) const = default;
};

// Bytes, or a part of the cache's volume.
struct Space {
  Bytes bytes;
  std::optional<Percent> percent;  // then `bytes` is empty
  bool of_daemons_disk = false;    // `daemon_percent(…)`: buildkitd takes it of the disk it sees
};

// In the order of first mention.
using TextMap = std::vector<std::pair<std::string, std::string>>;

// `allow rule "why" until "2027-06"`, in the block that it silences.
struct Allow {
  std::string rule;
  std::string reason;
  std::string until;  // empty: no end
  OriginId origin = OriginId::nowhere;
};

// What every block has. Invariant: `written` is false only for a block that nobody wrote.
struct Head {
  std::string label;
  OriginId origin = OriginId::nowhere;  // the block's name and label, where it was written first
  bool written = false;
  std::vector<Allow> allows;
};

}  // namespace bkfc::schema
