// Which declaration each name in an expression means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "eval/modules.hpp"

namespace bkfc::eval {

enum class DeclarationId : std::uint32_t {};

// `let name = …`, at the top of a module or in a body.
struct Declaration {
  std::string name;
  std::size_t module = 0;  // position in `Modules::all`
  syntax::ast::Let let;
};

struct Names {
  std::vector<Declaration> declarations;
  // For each module: the node of a name in an expression, to what it means. A name that is not
  // here is not declared: it may still be a word of a closed set.
  std::vector<std::unordered_map<std::uint32_t, DeclarationId>> uses;
};

Names resolve(const Modules& modules, Report& report);

// For `--dump=names`: declarations and their uses, by place.
std::string dump(const Names& names, const Modules& modules, const Sources& sources);

}  // namespace bkfc::eval
