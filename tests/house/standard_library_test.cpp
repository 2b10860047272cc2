// Every module of the standard library parses, and says what it is for.
#include <doctest/doctest.h>

#include "eval/standard_library.hpp"
#include "syntax/ast.hpp"
#include "syntax/parse.hpp"

namespace bkfc::tests {
namespace {

// What only its own module sees, and what declares nothing.
bool is_private(const syntax::ast::Item& item) {
  if (const auto let = item.as<syntax::ast::Let>()) return let.name().text().starts_with("_");
  if (const auto profile = item.as<syntax::ast::Profile>())
    return profile.name().text().starts_with("_");
  return item.kind() == syntax::ast::Item::Kind::import ||
         item.kind() == syntax::ast::Item::Kind::language;
}

std::string documentation_of(const syntax::ast::Item& item) {
  if (const auto let = item.as<syntax::ast::Let>()) return let.documentation();
  if (const auto profile = item.as<syntax::ast::Profile>()) return profile.documentation();
  if (const auto param = item.as<syntax::ast::Param>()) return param.documentation();
  return {};
}

}  // namespace

TEST_CASE("every module of the standard library parses, and says what it and each part are for") {
  CHECK_FALSE(eval::standard_library().empty());
  for (const EmbeddedText& module : eval::standard_library()) {
    CAPTURE(module.name);
    CHECK(eval::find_standard_module(module.name) == &module);
    CHECK(module.text.starts_with("## "));
    const syntax::Tree tree = syntax::parse(module.text);
    CHECK(tree.errors.empty());
    for (const syntax::ast::Item& item : syntax::ast::File(tree).items()) {
      const std::string_view line = module.text.substr(item.span().begin, 40);
      CAPTURE(line);
      CHECK((is_private(item) || !documentation_of(item).empty()));
    }
  }
}

}  // namespace bkfc::tests
