#include "spell.hpp"

#include <doctest/doctest.h>
#include <fmt/core.h>

#include <vector>

#include "syntax/dump.hpp"
#include "syntax/parse.hpp"

namespace bkfc::tests {

using namespace syntax;
using ast::Expr;

namespace {

std::string spell_text(const ast::String& text) {
  std::string out = "\"";
  for (const ast::String::Piece& piece : text.pieces())
    out += piece.is_interpolation ? "${" + spell(piece.value) + "}" : piece.text;
  return out + "\"";
}

std::string spell_all(const std::vector<Expr>& all) {
  std::string out;
  for (const Expr& e : all) out += " " + spell(e);
  return out;
}

std::string spell_fields(const Expr& e) {
  std::string out;
  for (const ast::Attribute& field : e.fields())
    out += fmt::format(" {}={}", field.key().plain(), spell(field.value()));
  return out;
}

std::string spell_number(const Expr& e) {
  std::string out;
  for (const ast::NumberPart& part : e.parts())
    out += std::string(part.digits) + (part.unit.empty() ? "" : "'") + std::string(part.unit);
  return out;
}

}  // namespace

std::string spell(const Expr& e) {
  switch (e.kind()) {
    case Expr::Kind::none: return "_";
    case Expr::Kind::number: return spell_number(e);
    case Expr::Kind::string: return spell_text(e.string());
    case Expr::Kind::boolean: return e.is_true() ? "true" : "false";
    case Expr::Kind::unset: return "unset";
    case Expr::Kind::name: return std::string(e.name().text());
    case Expr::Kind::call: return fmt::format("({}{})", e.name().text(), spell_all(e.arguments()));
    case Expr::Kind::list: return fmt::format("[{}]", spell_all(e.elements()));
    case Expr::Kind::object: return fmt::format("{{{}}}", spell_fields(e));
    case Expr::Kind::paren: return fmt::format("({})", spell(e.operand()));
    case Expr::Kind::minus: return fmt::format("(neg {})", spell(e.operand()));
    case Expr::Kind::negation: return fmt::format("(not {})", spell(e.operand()));
    case Expr::Kind::binary:
    case Expr::Kind::range:
      return fmt::format("({} {} {})", to_text(e.operation()), spell(e.left()), spell(e.right()));
    case Expr::Kind::member: return fmt::format("(. {} {})", spell(e.operand()), e.name().text());
    case Expr::Kind::index: return fmt::format("(at {} {})", spell(e.operand()), spell(e.key()));
    case Expr::Kind::conditional:
      return fmt::format("(if {} {} {})", spell(e.condition()), spell(e.if_true()),
                         spell(e.if_false()));
  }
  return "?";
}

Tree parse_well(std::string_view text) {
  Tree tree = parse(text);
  CAPTURE(text);
  CAPTURE(dump(tree));
  CHECK(tree.errors.empty());
  return tree;
}

ast::Item only_item(const Tree& tree) {
  const std::vector<ast::Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 1);
  return items[0];
}

}  // namespace bkfc::tests
