// What is most likely a text, though it reads as names and signs.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "eval/expressions.hpp"
#include "eval/messages.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

constexpr std::size_t npos = std::string_view::npos;

// What stands between the quotes of a sum: of a text its letters, of anything else `${ }`.
std::string inside(const ast::Expr& side) {
  const std::string_view text = side.text();
  if (side.kind() == ast::Expr::Kind::string && text.size() > 1 && !text.starts_with("\"\"\""))
    return std::string(text.substr(1, text.size() - 2));
  return fmt::format("${{{}}}", text);
}

}  // namespace

// Anything but a name that nobody declared.
bool Expressions::is_declared(const Expr& expr) const {
  if (expr.kind() == Expr::Kind::member) return is_declared(expr.operand());
  return expr.kind() != Expr::Kind::name || names_->modules[module_].uses.contains(expr.node());
}

// `crater-images`, `docker.io/moby`: without blanks, of names that nobody declared.
bool Expressions::is_bare_text(const Expr& expr) const {
  if (expr.kind() != Expr::Kind::binary)
    return !is_declared(expr) || expr.kind() == Expr::Kind::number;
  if (expr.text().find_first_of(" \t\r\n\"(") != npos) return false;
  return !is_declared(expr.left()) || expr.left().kind() == Expr::Kind::binary
             ? is_bare_text(expr.left()) && is_bare_text(expr.right())
             : false;
}

Value Expressions::bare_text(const Expr& expr) {
  report_->add(message::unknown_name, span(expr), expr.text())
      .here("a string is quoted")
      .fix(fmt::format("write `\"{}\"`", expr.text()),
           {{span(expr), fmt::format("\"{}\"", expr.text())}});
  return {};
}

// Of `ci.example.com` all of it is a text; in `var.size` the name alone is meant.
Value Expressions::undeclared_member(const Expr& expr, const Expectation& expected) {
  constexpr std::array<std::string_view, 4> scopes{"var", "local", "self", "params"};
  const std::optional<std::string> dotted = expr.dotted();
  if (!dotted) return inner(expr.operand());
  const std::string_view scope = std::string_view(*dotted).substr(0, dotted->find('.'));
  const bool has_scope = std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  if (!has_scope && expected.text) return bare_text(expr);
  if (!has_scope) return inner(expr.operand());
  const std::string name = dotted->substr(scope.size() + 1);
  report_->add(message::unknown_name, span(expr), *dotted)
      .here("a declared name stands alone")
      .fix(fmt::format("write `{}`", name), {{span(expr), name}});
  return {};
}

void Expressions::offer_interpolation(Report::Draft& draft, const Expr& sum) const {
  draft.here("texts are put together by `${ }`")
      .fix("write one text",
           {{span(sum), fmt::format("\"{}{}\"", inside(sum.left()), inside(sum.right()))}});
}

}  // namespace bkfc::eval
