#include "eval/names.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/index.hpp"
#include "eval/messages.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

class Resolver {
 public:
  Resolver(const Modules& modules, std::size_t module, Names& names, Report& report)
      : module_(module), file_(modules.all[module].file), names_(&names), report_(&report) {}

  void resolve_items(const std::vector<ast::Item>& items) {
    const std::size_t outer = scope_.size();
    for (const ast::Item& item : items)
      if (const ast::Let let = item.as<ast::Let>()) declare(let);
    for (const ast::Item& item : items) resolve_item(item);
    scope_.resize(outer);
  }

 private:
  void declare(const ast::Let& let) {
    if (!let.name()) return;
    const std::string name(let.name().text());
    if (const std::optional<DeclarationId> before = find(name)) {
      report_->add(message::shadows, let.name().span().in(file_), name)
          .label(names_->declarations[position(*before)].let.name().span().in(file_),
                 "declared here first");
      return;
    }
    scope_.push_back(id_at<DeclarationId>(names_->declarations.size()));
    names_->declarations.push_back({name, module_, let});
  }

  std::optional<DeclarationId> find(std::string_view name) const {
    for (auto id = scope_.rbegin(); id != scope_.rend(); ++id)
      if (names_->declarations[position(*id)].name == name) return *id;
    return std::nullopt;
  }

  void resolve_item(const ast::Item& item) {
    if (const ast::Let let = item.as<ast::Let>()) resolve_expression(let.value());
    if (const ast::Attribute attribute = item.as<ast::Attribute>())
      resolve_expression(attribute.value());
    if (const ast::Block block = item.as<ast::Block>()) {
      for (const ast::String& label : block.labels()) resolve_string(label);
      if (block.body()) resolve_items(block.body().items());
    }
    if (const ast::Patch patch = item.as<ast::Patch>())
      for (const ast::PatchEntry& entry : patch.entries()) resolve_expression(entry.value());
  }

  void resolve_string(const ast::String& string) {
    if (!string || !string.is_interpolated()) return;
    for (const ast::String::Piece& piece : string.pieces())
      if (piece.is_interpolation) resolve_expression(piece.value);
  }

  void resolve_expression(const ast::Expr& expr) {
    using Kind = ast::Expr::Kind;
    switch (expr.kind()) {
      case Kind::name:
        if (const auto id = find(expr.name().text()))
          names_->uses[module_].emplace(expr.node(), *id);
        return;
      case Kind::string: return resolve_string(expr.string());
      case Kind::call:
        for (const ast::Expr& argument : expr.arguments()) resolve_expression(argument);
        return;
      case Kind::list:
        for (const ast::Expr& element : expr.elements()) resolve_expression(element);
        return;
      case Kind::object:
        for (const ast::Attribute& field : expr.fields()) {
          if (field.key() && field.key().is_quoted()) resolve_string(field.key().quoted());
          resolve_expression(field.value());
        }
        return;
      case Kind::index: resolve_expression(expr.key()); [[fallthrough]];
      case Kind::paren:
      case Kind::minus:
      case Kind::negation:
      case Kind::member: return resolve_expression(expr.operand());
      case Kind::binary:
      case Kind::range: resolve_expression(expr.left()); return resolve_expression(expr.right());
      case Kind::conditional:
        resolve_expression(expr.condition());
        resolve_expression(expr.if_true());
        return resolve_expression(expr.if_false());
      default: return;
    }
  }

  std::size_t module_;
  FileId file_;
  Names* names_;
  Report* report_;
  std::vector<DeclarationId> scope_;  // what can be read here, outermost first
};

}  // namespace

Names resolve(const Modules& modules, Report& report) {
  Names names;
  names.uses.resize(modules.all.size());
  for (std::size_t i = 0; i < modules.all.size(); ++i)
    if (!modules.all[i].tree.is_unbalanced)
      Resolver(modules, i, names, report).resolve_items(ast::File(modules.all[i].tree).items());
  return names;
}

std::string dump(const Names& names, const Modules& modules, const Sources& sources) {
  const auto place = [&](std::size_t module, std::uint32_t offset) {
    const FileId file = modules.all[module].file;
    const Position at = sources.position(file, offset);
    return fmt::format("{}:{}:{}", sources.path(file), at.line, at.column);
  };
  std::string out;
  for (std::size_t i = 0; i < names.declarations.size(); ++i) {
    const Declaration& declaration = names.declarations[i];
    out += fmt::format("let {} at {}\n", declaration.name,
                       place(declaration.module, declaration.let.name().span().begin));
    std::vector<std::uint32_t> offsets;
    const auto& uses = names.uses[declaration.module];
    for (const auto& [node, id] : uses)
      if (position(id) == i)
        offsets.push_back(modules.all[declaration.module].tree.nodes[node].begin);
    std::sort(offsets.begin(), offsets.end());
    for (const std::uint32_t offset : offsets)
      out += fmt::format("  used at {}\n", place(declaration.module, offset));
  }
  return out;
}

}  // namespace bkfc::eval
