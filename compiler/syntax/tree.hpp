// The syntax tree of one text: one flat array in post-order, from which the text can be had back.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "source/sources.hpp"

namespace bkfc::syntax {

// A grammar rule becomes a node only if it is named here.
// clang-format off
#define BKFC_NODE_KINDS(X)                                                         \
  X(file) X(comment) X(language) X(import) X(param) X(let) X(profile) X(policy)    \
  X(require) X(for_each) X(if_chain) X(branch) X(else_branch) X(use) X(unset)      \
  X(allow) X(patch) X(patch_body) X(patch_set) X(patch_delete) X(target)           \
  X(target_key) X(attribute) X(block) X(before) X(body) X(parameter) X(type_of)    \
  X(type_name) X(type_union) X(optional) X(path) X(argument) X(name) X(assign)     \
  X(keyword) X(conditional) X(binary) X(negation) X(range) X(minus) X(member)      \
  X(index) X(call) X(reference) X(number) X(number_part) X(string) X(block_string) \
  X(chunk) X(interpolation) X(boolean) X(unset_value) X(list) X(object) X(paren)   \
  X(operation) X(junk)
// clang-format on

enum class Kind : std::uint8_t {
  none,
#define X(kind) kind,
  BKFC_NODE_KINDS(X)
#undef X
};

std::string_view to_text(Kind kind);

// A piece of the text of a tree: bytes [begin, end).
struct Extent {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Extent&) const = default;
  bool empty() const { return begin == end; }
  Span in(FileId file) const { return {file, begin, end}; }
};

struct Node {
  Kind kind = Kind::none;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size = 1;  // nodes of this subtree, itself included; they lie just before it
};

// What is wrong at a place; `messages.hpp` says it in words.
enum class Problem : std::uint8_t;

struct SyntaxError {
  Extent extent;
  Problem problem;
  Extent related = {};  // what it has to do with, such as the opener that is not closed
};

struct Tree {
  std::string_view text;  // owned by whoever asked for the parse
  std::vector<Node> nodes;
  std::vector<SyntaxError> errors;  // by place
  // Braces do not balance, so what belongs to what is a guess: only syntax is worth a message.
  bool is_unbalanced = false;
};

}  // namespace bkfc::syntax
