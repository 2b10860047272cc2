// Bodies to layers: what each statement says, and how strong it is.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "eval/evaluate.hpp"

namespace bkfc::eval {

struct Instance;

// A profile at the place of its `use`.
struct UseValue {
  const Instance* instance = nullptr;
  OriginId origin = OriginId::nowhere;  // the `use`, through which all that the profile says comes
};

// What one body says at one depth of `if`s. Its uses are weaker than its statements.
struct Layer {
  std::vector<UseValue> uses;
  BlockValue root;
};

// Outside all `if`s, in the outermost ones, in those within them: the deeper, the stronger. Never
// empty; references stay true while it grows.
using Layers = std::deque<Layer>;

// A profile with its arguments. It is evaluated once, however often it is used: it sees nothing but
// them and its module. Origins in it begin at the profile.
struct Instance {
  DeclarationId profile{};
  std::vector<Value> arguments;
  Layers layers;
};

class Bodies {
 public:
  Bodies(const Modules& modules, const Names& names, const Given& given, Origins& origins,
         Report& report);

  Expressions& expressions() { return expressions_; }

  // A root block, where it is written. What it comes through is what the expressions come through.
  Layers root(std::size_t module, const syntax::ast::Block& block, const schema::BlockType& type);

  // A profile with each parameter unknown that has no default; null if something used it already.
  const Instance* probe(DeclarationId profile);

  // Binds the names of a `for` to each turn and opens its body; stops when `body` says so.
  void each_turn(std::size_t module, const syntax::ast::For& loop,
                 const std::function<bool()>& body);
  // The branch that an `if` takes; an empty body if none does, nothing if that is unknown.
  std::optional<syntax::ast::Body> taken(std::size_t module, const syntax::ast::If& chain);
  // Makes a body's own declarations new, and holds each of them, so that what is wrong with one is
  // said even if nobody reads it.
  void open(std::size_t module, const syntax::ast::Body& body);

  // Nothing if it is unfinished, which is said already.
  std::optional<schema::Allow> allow(std::size_t module, const syntax::ast::Allow& allow);

 private:
  friend class Walk;

  const Instance* instance(std::size_t module, const syntax::ast::Use& use);
  const Instance* instance(DeclarationId profile, std::vector<Value> arguments, Span at);
  void bind(const Declaration& profile, const std::vector<Value>& arguments);
  bool may_enter(DeclarationId profile, Span at);
  Span span(std::size_t module, const syntax::ast::View& view) const;

  const Modules* modules_;
  const Names* names_;
  Origins* origins_;
  Report* report_;
  Expressions expressions_;
  std::unordered_map<std::string, std::vector<std::unique_ptr<Instance>>> instances_;
  std::vector<DeclarationId> entered_;  // the profiles that are being evaluated, outermost first
  std::vector<bool> used_;              // by declaration
};

}  // namespace bkfc::eval
