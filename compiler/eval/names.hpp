// Which declaration each name means, in expressions and in `use`.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eval/modules.hpp"
#include "schema/row.hpp"

namespace bkfc::eval {

enum class DeclarationId : std::uint32_t {};

struct Declaration {
  enum class Kind : std::uint8_t {
    let,
    param,
    profile,
    import,    // a module; it is no value itself
    argument,  // a profile's parameter
    turn,      // the name, key or value of a `for`
    subject,   // `fleet` and `cluster`, in a policy
  };
  Kind kind = Kind::let;
  std::string name;
  std::size_t module = 0;       // position in `Modules::all`
  syntax::ast::View statement;  // of its kind: `Let`, `Param`, `Profile`, `Parameter`, `For` …
  Span place{};                 // of its name; of a subject, of the policy's

  template <class T>
  T as() const {
    return syntax::ast::view_as<T>(statement);
  }
};

// What the nodes of one module mean.
struct ModuleNames {
  // A name or a member in an expression, or the path of a `use`, to its declaration. What is not
  // here is not declared: it may still be a word of a closed set.
  std::unordered_map<std::uint32_t, DeclarationId> uses;
  // What a body, a file, a `for` or a profile declares, in order.
  std::unordered_map<std::uint32_t, std::vector<DeclarationId>> scopes;
  // What others read of it by its import's name.
  std::unordered_map<std::string, DeclarationId> exports;
  // The words of a union of strings, by the type's node.
  std::unordered_map<std::uint32_t, std::vector<schema::Choice>> words;
};

struct Names {
  std::deque<Declaration> declarations;
  std::vector<ModuleNames> modules;  // side by side with `Modules::all`
  std::deque<std::string> texts;     // what `words` see

  const Declaration& at(DeclarationId id) const {
    return declarations[static_cast<std::size_t>(id)];
  }
  // What a node declares; nothing if it declares nothing.
  const std::vector<DeclarationId>& scope(std::size_t module, std::uint32_t node) const;
};

Names resolve(const Modules& modules, Report& report);

// For `--dump=names`: declarations and their uses, by place.
std::string dump(const Names& names, const Modules& modules, const Sources& sources);

}  // namespace bkfc::eval
