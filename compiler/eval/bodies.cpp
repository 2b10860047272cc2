#include "eval/bodies.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/index.hpp"
#include "eval/messages.hpp"
#include "eval/walk.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {

namespace ast = syntax::ast;

namespace {

constexpr std::size_t deepest_use = 256;
constexpr std::size_t units_an_instance = 64;
constexpr std::size_t longest_turn = 60;

std::string turn_text(const ast::For& loop, const Value* key, const Value& value) {
  std::string text;
  const std::vector<ast::Name> names = loop.names();
  if (key != nullptr) text = fmt::format("{} = {}, ", names[0].text(), spell(*key));
  text += fmt::format("{} = ", names.back().text());
  text += weight(value) > longest_turn ? "…" : spell(value);
  if (text.size() <= longest_turn) return text;
  text.resize(longest_turn);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
  return text + "…";
}

}  // namespace

Bodies::Bodies(const Modules& modules, const Names& names, const Given& given, Origins& origins,
               Report& report)
    : modules_(&modules),
      names_(&names),
      origins_(&origins),
      report_(&report),
      expressions_(modules, names, given, origins, report),
      used_(names.declarations.size()) {}

Span Bodies::span(std::size_t module, const ast::View& view) const {
  return view.span().in(modules_->all[module].file);
}

Layers Bodies::root(std::size_t module, const ast::Block& block, const schema::BlockType& type) {
  Layers layers(1);
  Walk walk(*this, module, layers);
  Cursor cursor = walk.opened(block, type, nullptr);
  walk.body(block.body(), cursor);
  return layers;
}

// Loops and choices.

void Bodies::open(std::size_t module, const ast::Body& body) {
  const std::vector<DeclarationId>& declared = names_->scope(module, body.node());
  expressions_.forget(declared);
  for (const DeclarationId id : declared)
    if (names_->at(id).kind == Declaration::Kind::let) expressions_.value_of(id);
}

void Bodies::each_turn(std::size_t module, const ast::For& loop,
                       const std::function<bool()>& body) {
  const Value list = expressions_.evaluate(module, loop.list(), {});
  const std::vector<DeclarationId>& names = names_->scope(module, loop.node());
  const bool is_map = list.is(Value::Kind::object);
  if (list.is_unknown() && list.items.size() == 1 && loop.body()) {  // any turn of it
    for (const DeclarationId name : names) expressions_.bind(name, {});
    if (!names.empty()) expressions_.bind(names.back(), list.items.front());
    open(module, loop.body());
    body();
    return;
  }
  if (list.is_unset() && expressions_.is_noting()) return;
  if (list.is_unknown() || !loop.body() || names.size() != loop.names().size()) return;
  if (!is_map && !list.is(Value::Kind::list)) {
    report_->add(message::no_loop, span(module, loop.list()), describe(list));
    return;
  }
  if (names.size() != (is_map ? 2u : 1u)) {
    report_->add(is_map ? message::map_loop : message::list_loop, span(module, loop.list()));
    return;
  }
  const OriginId outer = expressions_.parent();
  const Span place{span(module, loop).file, span(module, loop).begin,
                   span(module, loop.list()).end};
  const Report::Context speaking =
      report_->speak_of({.subject = report_->context().subject, .loop = place});
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (!expressions_.spend(1, place)) break;
    std::optional<Value> key;
    if (is_map) key = make_text(list.keys[i]);
    const std::string turn = turn_text(loop, key ? &*key : nullptr, list.items[i]);
    expressions_.come_through(origins_->add({Origin::Kind::turn, place, outer, turn}));
    if (key) {
      key->span = place;
      key->origin = list.items[i].origin;
      if (list.items[i].part != Value::Part::none) key->part = Value::Part::field;
      expressions_.bind(names[0], std::move(*key));
    }
    expressions_.bind(names.back(), list.items[i]);
    open(module, loop.body());
    if (!body()) break;
  }
  report_->speak_of(speaking);
  expressions_.come_through(outer);
}

std::optional<ast::Body> Bodies::taken(std::size_t module, const ast::If& chain) {
  for (const ast::Branch& branch : chain.branches()) {
    if (branch.is_else()) return branch.body();
    if (!branch.condition()) return std::nullopt;
    const std::optional<bool> holds = expressions_.condition(module, branch.condition());
    if (!holds) return std::nullopt;
    if (*holds) return branch.body();
  }
  return ast::Body();
}

std::optional<schema::Allow> Bodies::allow(std::size_t module, const ast::Allow& allow) {
  const std::optional<std::string> reason =
      allow.reason() ? expressions_.text(module, allow.reason()) : std::nullopt;
  if (!allow.name() || !reason || reason->empty()) return std::nullopt;
  return schema::Allow{std::string(allow.name().text()), *reason,
                       allow.until() ? allow.until().plain().value_or("") : "",
                       origins_->written(span(module, allow.name()), expressions_.parent())};
}

// Profiles.

const Instance* Bodies::instance(std::size_t module, const ast::Use& use) {
  const auto& uses = names_->modules[module].uses;
  const auto found = uses.find(use.path().node());
  if (found == uses.end()) return nullptr;
  const Declaration& profile = names_->at(found->second);
  std::vector<Value> arguments;
  for (const ast::Parameter& parameter : profile.as<ast::Profile>().parameters()) {
    if (!parameter.name()) continue;
    const std::vector<ast::Argument> given = use.arguments();
    const auto said = std::find_if(given.begin(), given.end(), [&](const ast::Argument& one) {
      return one.name() && one.name().text() == parameter.name().text();
    });
    if (said == given.end()) {
      arguments.push_back(expressions_.absent(profile.module, parameter));
      continue;
    }
    Value value = expressions_.evaluate(module, said->value(),
                                        expressions_.expectation(profile.module, parameter.type()));
    arguments.push_back(expressions_.hold(profile.module, parameter.type(), parameter.is_optional(),
                                          std::move(value), span(module, said->value())));
  }
  return instance(found->second, std::move(arguments), span(module, use.path()));
}

bool Bodies::may_enter(DeclarationId profile, Span at) {
  if (std::find(entered_.begin(), entered_.end(), profile) != entered_.end()) {
    report_->add(message::profile_circle, at, names_->at(profile).name)
        .label(names_->at(profile).place, "declared here");
    return false;
  }
  if (entered_.size() < deepest_use) return true;
  report_->add(message::too_much, at, "256 profiles in one chain");
  return false;
}

const Instance* Bodies::instance(DeclarationId profile, std::vector<Value> arguments, Span at) {
  used_[position(profile)] = true;
  std::string key = fmt::format("{}", position(profile));
  std::size_t heavy = 0;
  for (const Value& argument : arguments) heavy += weight(argument);
  if (!expressions_.spend(heavy, at)) return nullptr;
  for (const Value& argument : arguments) key += " " + spell(argument);
  std::vector<std::unique_ptr<Instance>>& alike = instances_[std::move(key)];
  for (const std::unique_ptr<Instance>& one : alike)
    if (std::equal(arguments.begin(), arguments.end(), one->arguments.begin(), same))
      return one.get();
  if (!may_enter(profile, at) || !expressions_.spend(units_an_instance, at)) return nullptr;

  const Declaration& declaration = names_->at(profile);
  auto made = std::make_unique<Instance>(Instance{profile, std::move(arguments), Layers(1)});
  bind(declaration, made->arguments);
  entered_.push_back(profile);
  const OriginId outer = expressions_.come_through(OriginId::nowhere);
  const Report::Context speaking = report_->speak_of({});
  Walk walk(*this, declaration.module, made->layers);
  Cursor cursor{.type = &schema::fleet_type};
  walk.body(declaration.as<ast::Profile>().body(), cursor);
  report_->speak_of(speaking);
  expressions_.come_through(outer);
  entered_.pop_back();
  return alike.emplace_back(std::move(made)).get();
}

// A parameter whose name was taken has none.
void Bodies::bind(const Declaration& profile, const std::vector<Value>& arguments) {
  std::size_t next = 0;
  for (const ast::Parameter& parameter : profile.as<ast::Profile>().parameters()) {
    if (!parameter.name()) continue;
    const Value& argument = arguments[next++];
    for (const DeclarationId id : names_->scope(profile.module, profile.statement.node()))
      if (names_->at(id).as<ast::Parameter>() == parameter) expressions_.bind(id, argument);
  }
}

const Instance* Bodies::probe(DeclarationId profile) {
  if (used_[position(profile)]) return nullptr;
  const Declaration& declaration = names_->at(profile);
  std::vector<Value> arguments;
  for (const ast::Parameter& parameter : declaration.as<ast::Profile>().parameters())
    if (parameter.name()) arguments.push_back(expressions_.absent(declaration.module, parameter));
  return instance(profile, std::move(arguments), declaration.place);
}

}  // namespace bkfc::eval
