// The table's rows: an attribute, a block, and how each reaches its member without its type.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/release.hpp"
#include "schema/field.hpp"

namespace bkfc::schema {

enum class Type : std::uint8_t {
  boolean,
  integer,
  text,
  bytes,
  space,  // bytes or percent
  duration,
  cpu,
  integer_range,
  cpu_range,
  bytes_range,
  text_list,
  text_map,
  choice,
  choice_list,
};

// As the language and its messages call it: `bytes`, `range of cpu`, `one of …` is the caller's.
std::string_view to_text(Type type);

// One value of a closed set. What this release does not compile is known, and refused by name.
struct Choice {
  std::string_view name;
  std::string_view doc;
  bool compiled = true;
};

// Position in the row's `choices`.
enum class ChoiceId : std::uint8_t {};

// Any value that a field can hold, by type.
using Stored = std::variant<std::monostate, bool, std::int64_t, std::string, Bytes, Space, Duration,
                            Cpu, Range<std::int64_t>, Range<Cpu>, Range<Bytes>,
                            std::vector<std::string>, TextMap, ChoiceId, std::vector<ChoiceId>>;

struct StoredField {
  Stored value;
  OriginId origin = OriginId::nowhere;
  State state = State::unset;
};

struct Attribute {
  std::string_view name;
  std::string_view doc;
  bool required = false;
  std::string_view fallback = {};  // the default, as it would be written; empty: none in the table
  std::string_view because =
      {};  // why that is the default, or who derives it where `fallback` is empty
  std::span<const Choice> choices = {};
  std::string_view min = {};  // bounds, both within, as they would be written
  std::string_view max = {};
  Gate gate = {};               // the releases that have it
  std::string_view toml = {};   // its key in buildkitd.toml, relative to its block's table
  std::string_view field = {};  // what it becomes in Kubernetes, for the reference
  std::string_view example = {};
  bool is_release = false;     // the text must read as a release
  std::string_view also = {};  // words for the same thing elsewhere, apart by blanks
  // The kinds of its block that have it, apart by blanks; empty: all. See `BlockType::chosen_by`.
  std::string_view only_with = {};

  // From the member, by `attribute<&Block::member>`.
  Type type = Type::boolean;
  void (*store)(void* block, StoredField value) = nullptr;
  StoredField (*load)(const void* block) = nullptr;
};

struct BlockType;

// A block that may stand in another: once, or once a label.
struct Child {
  const BlockType* type = nullptr;
  bool labelled = false;
  void* (*find_or_add)(void* parent, std::string_view label) = nullptr;
  std::size_t (*count)(const void* parent) = nullptr;
  const void* (*at)(const void* parent, std::size_t i) = nullptr;
};

// Words of other tools for which there is no single name here, and what to write instead.
struct Elsewhere {
  std::string_view words;  // apart by blanks
  std::string_view instead;
};

struct BlockType {
  std::string_view name;
  std::string_view doc;
  std::span<const Attribute> attributes = {};
  std::span<const Child> children = {};
  std::string_view label = {};  // what its label is, where it has one: "a client's name"
  std::string_view toml = {};   // its table in buildkitd.toml: `history`, `worker.oci`
  Gate gate = {};
  std::string_view example = {};
  std::string_view also = {};  // words for the same thing elsewhere, apart by blanks
  std::span<const Elsewhere> elsewhere = {};
  std::string_view chosen_by = {};  // the attribute that chooses the block's kind: `kind`, `issuer`
  bool ordered = false;  // among blocks of its kind their order counts, so `before` may move it
  Head* (*head)(void* block) = nullptr;

  const Attribute* find_attribute(std::string_view attribute) const;
  const Child* find_child(std::string_view block) const;
};

namespace detail {

template <class T>
struct TypeOf;  // the Type of a member's value
template <>
struct TypeOf<bool> {
  static constexpr Type type = Type::boolean;
};
template <>
struct TypeOf<std::int64_t> {
  static constexpr Type type = Type::integer;
};
template <>
struct TypeOf<std::string> {
  static constexpr Type type = Type::text;
};
template <>
struct TypeOf<Bytes> {
  static constexpr Type type = Type::bytes;
};
template <>
struct TypeOf<Space> {
  static constexpr Type type = Type::space;
};
template <>
struct TypeOf<Duration> {
  static constexpr Type type = Type::duration;
};
template <>
struct TypeOf<Cpu> {
  static constexpr Type type = Type::cpu;
};
template <>
struct TypeOf<Range<std::int64_t>> {
  static constexpr Type type = Type::integer_range;
};
template <>
struct TypeOf<Range<Cpu>> {
  static constexpr Type type = Type::cpu_range;
};
template <>
struct TypeOf<Range<Bytes>> {
  static constexpr Type type = Type::bytes_range;
};
template <>
struct TypeOf<std::vector<std::string>> {
  static constexpr Type type = Type::text_list;
};
template <>
struct TypeOf<TextMap> {
  static constexpr Type type = Type::text_map;
};
template <class E>
requires std::is_enum_v<E>
struct TypeOf<E> {
  static constexpr Type type = Type::choice;
};
template <class E>
requires std::is_enum_v<E>
struct TypeOf<std::vector<E>> {
  static constexpr Type type = Type::choice_list;
};

template <class T>
T unwrap(Stored stored) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(std::get<ChoiceId>(stored));
  } else if constexpr (TypeOf<T>::type == Type::choice_list) {
    T out;
    for (const ChoiceId id : std::get<std::vector<ChoiceId>>(stored))
      out.push_back(static_cast<typename T::value_type>(id));
    return out;
  } else {
    return std::get<T>(std::move(stored));
  }
}

template <class T>
Stored wrap(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<ChoiceId>(value);
  } else if constexpr (TypeOf<T>::type == Type::choice_list) {
    std::vector<ChoiceId> out;
    for (const auto one : value) out.push_back(static_cast<ChoiceId>(one));
    return out;
  } else {
    return value;
  }
}

template <class M>
struct MemberOf;
template <class B, class T>
struct MemberOf<Field<T> B::*> {
  using Block = B;
  using Value = T;
};
template <class P, class B>
struct MemberOf<B P::*> {
  using Parent = P;
  using Block = B;
};
template <class P, class B>
struct MemberOf<std::vector<B> P::*> {
  using Parent = P;
  using Block = B;
};

}  // namespace detail

// A row for a member of a block's struct.
template <auto Member>
constexpr Attribute attribute(Attribute row) {
  using Of = detail::MemberOf<decltype(Member)>;
  using Block = typename Of::Block;
  using Value = typename Of::Value;
  row.type = detail::TypeOf<Value>::type;
  row.store = [](void* block, StoredField field) {
    Field<Value>& member = static_cast<Block*>(block)->*Member;
    const bool has_value = field.state == State::defaulted || field.state == State::written;
    member = {has_value ? detail::unwrap<Value>(std::move(field.value)) : Value{}, field.origin,
              field.state};
  };
  row.load = [](const void* block) -> StoredField {
    const Field<Value>& member = static_cast<const Block*>(block)->*Member;
    return {member.is_set() ? detail::wrap(member.value) : Stored{}, member.origin, member.state};
  };
  return row;
}

// A block that stands at most once in its parent: a plain member.
template <auto Member>
constexpr Child block(const BlockType& type) {
  using Parent = typename detail::MemberOf<decltype(Member)>::Parent;
  return {.type = &type,
          .labelled = false,
          .find_or_add = [](void* parent, std::string_view) -> void* {
            return &(static_cast<Parent*>(parent)->*Member);
          },
          .count = [](const void*) -> std::size_t { return 1; },
          .at = [](const void* parent, std::size_t) -> const void* {
            return &(static_cast<const Parent*>(parent)->*Member);
          }};
}

// Blocks told apart by their label: a vector, in the order of first mention.
template <auto Member>
constexpr Child blocks(const BlockType& type) {
  using Parent = typename detail::MemberOf<decltype(Member)>::Parent;
  return {.type = &type,
          .labelled = true,
          .find_or_add = [](void* parent, std::string_view label) -> void* {
            auto& all = static_cast<Parent*>(parent)->*Member;
            for (auto& one : all)
              if (one.head.label == label) return &one;
            all.emplace_back().head.label = label;
            return &all.back();
          },
          .count = [](const void* parent) -> std::size_t {
            return (static_cast<const Parent*>(parent)->*Member).size();
          },
          .at = [](const void* parent, std::size_t i) -> const void* {
            return &(static_cast<const Parent*>(parent)->*Member)[i];
          }};
}

template <class Block>
constexpr Head* (*head_of())(void*) {
  return [](void* block) -> Head* { return &static_cast<Block*>(block)->head; };
}

}  // namespace bkfc::schema
