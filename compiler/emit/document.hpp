// What is to be printed, as an ordered tree: scalars with a kind, maps, lists, comments, origins.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/origin.hpp"

namespace bkfc::emit {

struct Entry;

// One value of a document. Invariant: only the members of its kind are used.
struct Node {
  enum class Kind : std::uint8_t {
    text,
    integer,
    boolean,
    map,
    list,
    other,  // read, never lowered: a fraction, a date, infinity; `text` is its spelling
    null,   // read from YAML, never lowered
  };

  Kind kind = Kind::map;
  std::string text;
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<Entry> entries;  // of a map, in the order in which they are printed
  std::vector<Node> items;     // of a list
  std::string comment;         // printed above the value: a list's item, or the whole document
  OriginId origin = OriginId::nowhere;
  std::string_view why;  // a constant: why the compiler writes it whatever the fleet says

  // Defined where `Entry` is complete: a vector of it is destroyed when a constructor throws.
  Node();
  Node(std::string value);
  Node(std::string_view value);
  Node(const char* value);
  Node(std::int64_t value);
  Node(int value);
  Node(bool value);
  static Node null();
  static Node other(std::string_view spelling);

  // The value under a key of a map; null if there is none.
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);

  // Puts a value under a key at the end of a map; an existing one is replaced in its place.
  Node& set(std::string_view key, Node value);
  // The same, with a comment above the key.
  Node& set(std::string_view key, Node value, std::string_view comment);
  // Appends to a list.
  Node& push(Node value);
  // Drops a key; says whether it was there.
  bool erase(std::string_view key);

  Node from(OriginId id) &&;
  // For a constant alone.
  Node because(std::string_view reason) &&;
};

// A key of a map, its value, and the comment printed above it: lines apart by `\n`.
struct Entry {
  std::string key;
  Node value;
  std::string comment;
  OriginId origin = OriginId::nowhere;  // of the key, where it was read
};

// A map from pairs, a list from items: `map({{"name", "x"}, {"port", 1234}})`.
Node map(std::vector<std::pair<std::string_view, Node>> entries = {});
Node list(std::vector<Node> items = {});
Node text_list(const std::vector<std::string>& items);

// Equal as data: comments and origins do not count, the order of a map's keys does not either.
bool same_data(const Node& a, const Node& b);

}  // namespace bkfc::emit
