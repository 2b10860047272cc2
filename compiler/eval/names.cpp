#include "eval/names.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/index.hpp"
#include "base/text.hpp"
#include "eval/messages.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;
using Kind = Declaration::Kind;

class Resolver {
 public:
  Resolver(const Modules& modules, std::size_t module, Names& names, Report& report)
      : modules_(&modules),
        module_(module),
        source_(&modules.all[module]),
        file_(modules.all[module].file),
        names_(&names),
        report_(&report) {}

  // What the module declares at its top; others may read it before this one is resolved.
  void declare_top() {
    const ast::File file(source_->tree);
    for (const Import& import : source_->imports)
      if (!import.name.empty())
        declare(file.node(), Kind::import, import.name, import_span(import), import.statement);
    for (const ast::Item& item : file.items()) declare_item(file.node(), item);
    for (const DeclarationId id : names_->scope(module_, file.node()))
      if (names_->at(id).kind != Kind::import) here().exports.emplace(names_->at(id).name, id);
  }

  void resolve_file() {
    const ast::File file(source_->tree);
    for (const ast::Item& item : file.items()) resolve_item(item);
  }

 private:
  ModuleNames& here() { return names_->modules[module_]; }
  Span span(const ast::View& view) const { return view.span().in(file_); }

  Span import_span(const Import& import) const {
    return import.statement.alias() ? span(import.statement.alias())
                                    : span(import.statement.path());
  }

  // Declarations.

  void declare_item(std::uint32_t scope, const ast::Item& item) {
    if (const ast::Let let = item.as<ast::Let>()) declare(scope, Kind::let, let.name(), let);
    if (const ast::Param param = item.as<ast::Param>())
      declare(scope, Kind::param, param.parameter().name(), param);
    if (const ast::Profile profile = item.as<ast::Profile>())
      declare(scope, Kind::profile, profile.name(), profile);
  }

  void declare(std::uint32_t scope, Kind kind, const ast::Name& name, const ast::View& statement) {
    if (name) declare(scope, kind, name.text(), span(name), statement);
  }

  void declare(std::uint32_t scope, Kind kind, std::string_view name, Span place,
               const ast::View& statement) {
    if (const auto before = find(name)) {
      report_->add(message::shadows, place, name)
          .label(names_->at(*before).place, "declared here first");
      return;
    }
    const DeclarationId id = id_at<DeclarationId>(names_->declarations.size());
    names_->declarations.push_back({kind, std::string(name), module_, statement, place});
    here().scopes[scope].push_back(id);
    visible_[names_->declarations.back().name] = id;
    opened_.push_back(names_->declarations.back().name);
  }

  std::optional<DeclarationId> find(std::string_view name) const {
    const auto found = visible_.find(name);
    return found == visible_.end() ? std::nullopt : std::optional(found->second);
  }

  void close(std::size_t outer) {
    for (; opened_.size() > outer; opened_.pop_back()) visible_.erase(opened_.back());
  }

  // Statements.

  void resolve_body(const ast::Body& body) {
    if (!body) return;
    const std::size_t outer = opened_.size();
    const std::vector<ast::Item> items = body.items();
    for (const ast::Item& item : items) declare_item(body.node(), item);
    for (const ast::Item& item : items) resolve_item(item);
    close(outer);
  }

  void resolve_item(const ast::Item& item) {
    using Item = ast::Item::Kind;
    switch (item.kind()) {
      case Item::let: return resolve_let(item.as<ast::Let>());
      case Item::param: return resolve_parameter(item.as<ast::Param>().parameter());
      case Item::profile: return resolve_profile(item.as<ast::Profile>());
      case Item::policy: return resolve_policy(item.as<ast::Policy>());
      case Item::require: return resolve_require(item.as<ast::Require>());
      case Item::for_each: return resolve_for(item.as<ast::For>());
      case Item::if_chain: return resolve_if(item.as<ast::If>());
      case Item::use: return resolve_use(item.as<ast::Use>());
      case Item::attribute: return resolve_attribute(item.as<ast::Attribute>());
      case Item::block: return resolve_block(item.as<ast::Block>());
      case Item::patch:
        for (const ast::PatchEntry& entry : item.as<ast::Patch>().entries()) resolve(entry.value());
        return resolve(item.as<ast::Patch>().name());
      case Item::allow: return resolve(item.as<ast::Allow>().reason());
      default: return;
    }
  }

  void resolve_let(const ast::Let& let) {
    resolve(let.type());
    resolve(let.value());
  }

  void resolve_parameter(const ast::Parameter& parameter) {
    resolve(parameter.type());
    resolve(parameter.value());
  }

  void resolve_profile(const ast::Profile& profile) {
    // A default sees the module, not the parameters beside it.
    for (const ast::Parameter& parameter : profile.parameters()) resolve_parameter(parameter);
    const std::size_t outer = opened_.size();
    for (const ast::Parameter& parameter : profile.parameters())
      declare(profile.node(), Kind::argument, parameter.name(), parameter);
    resolve_body(profile.body());
    close(outer);
  }

  // `fleet` and `cluster` are names here and nowhere else, whatever the module declares.
  void resolve_policy(const ast::Policy& policy) {
    if (!policy.name()) return;
    std::vector<std::pair<std::string, std::optional<DeclarationId>>> hidden;
    for (const std::string_view subject : {"fleet", "cluster"}) {
      hidden.emplace_back(subject, find(subject));
      visible_.erase(std::string(subject));
      declare(policy.node(), Kind::subject, subject, span(policy.name()), policy);
      opened_.pop_back();
    }
    resolve_body(policy.body());
    for (const auto& [name, before] : hidden) {
      visible_.erase(name);
      if (before) visible_[name] = *before;
    }
  }

  void resolve_require(const ast::Require& require) {
    resolve(require.condition());
    resolve(require.message());
  }

  void resolve_for(const ast::For& loop) {
    resolve(loop.list());
    const std::size_t outer = opened_.size();
    for (const ast::Name& name : loop.names()) declare(loop.node(), Kind::turn, name, loop);
    resolve_body(loop.body());
    close(outer);
  }

  void resolve_if(const ast::If& chain) {
    for (const ast::Branch& branch : chain.branches()) {
      resolve(branch.condition());
      resolve_body(branch.body());
    }
  }

  void resolve_attribute(const ast::Attribute& attribute) {
    if (attribute.key() && attribute.key().is_quoted()) resolve(attribute.key().quoted());
    resolve(attribute.value());
  }

  void resolve_block(const ast::Block& block) {
    for (const ast::String& label : block.labels()) resolve(label);
    resolve(block.before());
    resolve_body(block.body());
  }

  // `use`.

  void resolve_use(const ast::Use& use) {
    for (const ast::Argument& argument : use.arguments()) resolve(argument.value());
    const std::optional<DeclarationId> id = find_profile(use.path());
    if (!id) return;
    here().uses.emplace(use.path().node(), *id);
    check_arguments(use, *id);
  }

  std::optional<DeclarationId> find_profile(const ast::Path& path) {
    const std::vector<ast::Name> names = path.names();
    if (names.empty()) return std::nullopt;
    std::optional<DeclarationId> id = find(names.front().text());
    if (!id) {
      if (!source_->is_whole()) return std::nullopt;
      auto draft =
          report_->add(message::unknown_profile, span(names.front()), names.front().text());
      offer_nearest(draft, names.front(), visible(Kind::profile));
      return std::nullopt;
    }
    for (std::size_t i = 1; i < names.size() && id; ++i) {
      if (names_->at(*id).kind != Kind::import) break;
      id = find_exported(*id, names[i]);
    }
    if (!id) return std::nullopt;
    const Declaration& declaration = names_->at(*id);
    if (declaration.kind == Kind::profile) return id;
    if (declaration.kind != Kind::import || target_of(declaration))
      report_->add(message::no_profile, span(path), path.text())
          .label(declaration.place, "declared here");
    return std::nullopt;
  }

  void check_arguments(const ast::Use& use, DeclarationId profile) {
    // Of a profile in a file that could not be read whole, the parameters are a guess.
    if (!modules_->all[names_->at(profile).module].is_whole()) return;
    const std::vector<ast::Parameter> parameters =
        names_->at(profile).as<ast::Profile>().parameters();
    std::vector<std::string_view> known;
    for (const ast::Parameter& parameter : parameters)
      if (parameter.name()) known.push_back(parameter.name().text());
    std::vector<std::string_view> given;
    for (const ast::Argument& argument : use.arguments()) {
      if (!argument.name()) continue;
      const std::string_view name = argument.name().text();
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        auto draft = report_->add(message::unknown_argument, span(argument.name()),
                                  names_->at(profile).name, name);
        offer_nearest(draft, argument.name(), known);
      } else if (std::find(given.begin(), given.end(), name) != given.end()) {
        report_->add(message::repeated_argument, span(argument.name()), name);
      }
      given.push_back(name);
    }
    for (const ast::Parameter& parameter : parameters)
      if (parameter.name() && !parameter.value() && !parameter.is_optional() &&
          std::find(given.begin(), given.end(), parameter.name().text()) == given.end())
        report_
            ->add(message::missing_argument, span(use.path()), names_->at(profile).name,
                  parameter.name().text())
            .label(names_->at(profile).place, "declared here");
  }

  // Other modules.

  std::optional<std::size_t> target_of(const Declaration& import) const {
    for (const Import& one : source_->imports)
      if (one.statement == import.as<ast::Import>()) return one.target;
    return std::nullopt;
  }

  std::optional<DeclarationId> find_exported(DeclarationId import, const ast::Name& name) {
    const std::optional<std::size_t> target = target_of(names_->at(import));
    if (!name || !target) return std::nullopt;
    const auto& exports = names_->modules[*target].exports;
    const auto found = exports.find(std::string(name.text()));
    if (found == exports.end()) {
      if (!modules_->all[*target].is_whole()) return std::nullopt;
      auto draft =
          report_->add(message::not_exported, span(name), names_->at(import).name, name.text());
      std::vector<std::string_view> known;
      for (const auto& [exported, id] : exports)
        if (!exported.starts_with('_')) known.push_back(exported);
      std::sort(known.begin(), known.end());
      offer_nearest(draft, name, known);
      return std::nullopt;
    }
    if (name.text().starts_with('_')) {
      report_->add(message::private_name, span(name), name.text(), names_->at(import).name)
          .label(names_->at(found->second).place, "declared here");
      return std::nullopt;
    }
    return found->second;
  }

  std::vector<std::string_view> visible(Kind kind) const {
    std::vector<std::string_view> out;
    for (const auto& [name, id] : visible_)
      if (names_->at(id).kind == kind) out.push_back(name);
    std::sort(out.begin(), out.end());
    return out;
  }

  void offer_nearest(Report::Draft& draft, const ast::Name& name,
                     std::span<const std::string_view> known) {
    if (const auto near = nearest(name.text(), known)) {
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `{}`", *near), {{span(name), std::string(*near)}});
    } else if (!known.empty()) {
      draft.note("known here: " + listed(known));
    }
  }

  // Types and expressions.

  void resolve(const ast::Type& type) {
    if (!type) return;
    resolve(type.bound());
    if (type.kind() == ast::Type::Kind::union_) {
      std::vector<schema::Choice>& words = here().words[type.node()];
      for (const ast::String& choice : type.choices())
        if (std::optional<std::string> text = choice.plain())
          words.push_back({names_->texts.emplace_back(std::move(*text)), {}});
    }
    resolve(type.element());
  }

  void resolve(const ast::String& string) {
    if (!string || !string.is_interpolated()) return;
    for (const ast::String::Piece& piece : string.pieces())
      if (piece.is_interpolation) resolve(piece.value);
  }

  void resolve(const ast::Expr& expr) {
    using Expr = ast::Expr::Kind;
    switch (expr.kind()) {
      case Expr::name:
        if (const auto id = find(expr.name().text())) here().uses.emplace(expr.node(), *id);
        return;
      case Expr::member: return resolve_member(expr);
      case Expr::string: return resolve(expr.string());
      case Expr::call:
        for (const ast::Expr& argument : expr.arguments()) resolve(argument);
        return;
      case Expr::list:
        for (const ast::Expr& element : expr.elements()) resolve(element);
        return;
      case Expr::object:
        for (const ast::Attribute& field : expr.fields()) resolve_attribute(field);
        // A block written with `=` reads like one: what it holds besides is a mistake, said once.
        return;
      case Expr::index: resolve(expr.key()); [[fallthrough]];
      case Expr::paren:
      case Expr::minus:
      case Expr::negation: return resolve(expr.operand());
      case Expr::binary:
      case Expr::range: resolve(expr.left()); return resolve(expr.right());
      case Expr::conditional:
        resolve(expr.condition());
        resolve(expr.if_true());
        return resolve(expr.if_false());
      default: return;
    }
  }

  void resolve_member(const ast::Expr& expr) {
    resolve(expr.operand());
    if (expr.operand().kind() != ast::Expr::Kind::name) return;
    const std::optional<DeclarationId> of = find(expr.operand().name().text());
    if (!of || names_->at(*of).kind != Kind::import) return;
    // What cannot be found is unknown: its import stands for it.
    here().uses.emplace(expr.node(), find_exported(*of, expr.name()).value_or(*of));
  }

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  const Modules* modules_;
  std::size_t module_;
  const Module* source_;
  FileId file_;
  Names* names_;
  Report* report_;
  std::unordered_map<std::string, DeclarationId, Hash, std::equal_to<>> visible_;
  std::vector<std::string> opened_;  // what is visible, in the order of declaration
};

}  // namespace

const std::vector<DeclarationId>& Names::scope(std::size_t module, std::uint32_t node) const {
  static const std::vector<DeclarationId> none;
  const auto found = modules[module].scopes.find(node);
  return found == modules[module].scopes.end() ? none : found->second;
}

Names resolve(const Modules& modules, Report& report) {
  Names names;
  names.modules.resize(modules.all.size());
  std::vector<Resolver> resolvers;
  for (std::size_t i = 0; i < modules.all.size(); ++i)
    if (modules.all[i].is_usable() && modules.all[i].role != Module::Role::settings)
      resolvers.emplace_back(modules, i, names, report).declare_top();
  for (Resolver& resolver : resolvers) resolver.resolve_file();
  return names;
}

std::string dump(const Names& names, const Modules& modules, const Sources& sources) {
  constexpr std::string_view kinds[] = {"let",       "param", "profile", "import",
                                        "parameter", "for",   "subject"};
  const auto place = [&](FileId file, std::uint32_t offset) {
    const Position at = sources.position(file, offset);
    return fmt::format("{}:{}:{}", sources.path(file), at.line, at.column);
  };
  std::string out;
  for (std::size_t i = 0; i < names.declarations.size(); ++i) {
    const Declaration& declaration = names.declarations[i];
    out += fmt::format("{} {} at {}\n", kinds[static_cast<std::size_t>(declaration.kind)],
                       declaration.name, place(declaration.place.file, declaration.place.begin));
    for (std::size_t module = 0; module < names.modules.size(); ++module) {
      std::vector<std::uint32_t> offsets;
      for (const auto& [node, id] : names.modules[module].uses)
        if (position(id) == i) offsets.push_back(modules.all[module].tree.nodes[node].begin);
      std::sort(offsets.begin(), offsets.end());
      for (const std::uint32_t offset : offsets)
        out += fmt::format("  used at {}\n", place(modules.all[module].file, offset));
    }
  }
  return out;
}

}  // namespace bkfc::eval
