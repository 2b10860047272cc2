// What is meant by a name that is not known where it stands: by its spelling, by what other tools
// call the same thing, or by where it would be known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/row.hpp"

namespace bkfc::eval {

struct Meant {
  std::vector<const schema::Child*> path;  // the blocks that lie between; empty: right here
  const schema::Attribute* row = nullptr;  // the attribute, or else the block
  const schema::Child* child = nullptr;
  bool is_near = false;  // only its spelling is near

  std::string_view name() const { return row != nullptr ? row->name : child->type->name; }
  bool is_map() const { return row != nullptr && row->type == schema::Type::text_map; }
};

// The one thing that a word means in a body of this type; nothing where it is none or several.
std::optional<Meant> meant_by(std::string_view word, const schema::BlockType& type);

// The one block that has an attribute or a block of this name, as `fleet` or `fleet.gc`; empty
// where none or several have it.
std::string place_of(std::string_view word);

// What to write here for a word that no single name stands for; empty if nothing is known of it.
std::string_view instead_of(std::string_view word, const schema::BlockType* type);

// A word of other languages for a value that has another one here: `null` is `unset`.
std::string_view value_word(std::string_view word);

}  // namespace bkfc::eval
