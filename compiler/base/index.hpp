// Typed indices into vectors: `enum class NodeId : uint32_t {}` says what an integer counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace bkfc {

// The position that a typed index stands for.
template <class Id>
requires std::is_enum_v<Id>
constexpr std::size_t position(Id id) { return static_cast<std::size_t>(id); }

template <class Id>
requires std::is_enum_v<Id>
constexpr Id id_at(std::size_t position) {
  return static_cast<Id>(static_cast<std::underlying_type_t<Id>>(position));
}

}  // namespace bkfc
