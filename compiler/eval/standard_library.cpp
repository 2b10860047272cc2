#include "eval/standard_library.hpp"

// Made by the build from `stdlib`.
namespace bkfc::eval::stdlib {

extern const EmbeddedText texts[];
extern const unsigned text_count;

}  // namespace bkfc::eval::stdlib

namespace bkfc::eval {

std::span<const EmbeddedText> standard_library() { return {stdlib::texts, stdlib::text_count}; }

const EmbeddedText* find_standard_module(std::string_view name) {
  for (const EmbeddedText& module : standard_library())
    if (module.name == name) return &module;
  return nullptr;
}

}  // namespace bkfc::eval
