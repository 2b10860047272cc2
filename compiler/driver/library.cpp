#include "driver/library.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "eval/standard_library.hpp"
#include "syntax/ast.hpp"
#include "syntax/parse.hpp"

namespace bkfc::driver {
namespace {

using syntax::ast::Item;

std::string head_of(std::string_view text) {
  std::string doc;
  while (text.starts_with("##")) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(2, end - 2);
    if (line.starts_with(' ')) line.remove_prefix(1);
    doc += fmt::format("{}{}", doc.empty() ? "" : "\n", line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return doc;
}

// Lines of a comment are no lines of a paragraph; an empty one ends it.
std::string joined(std::string_view doc) {
  std::string out;
  for (std::size_t i = 0; i < doc.size(); ++i) {
    const bool is_inner = doc[i] == '\n' && i + 1 < doc.size() && doc[i + 1] != '\n' &&
                          (i == 0 || doc[i - 1] != '\n');
    out += is_inner ? ' ' : doc[i];
  }
  return out;
}

LibraryPart part_of(const Item& item) {
  if (const auto profile = item.as<syntax::ast::Profile>())
    return {std::string(profile.name().text()), "profile", profile.documentation(), {}};
  if (const auto let = item.as<syntax::ast::Let>())
    return {std::string(let.name().text()), "let", let.documentation(), {}};
  if (const auto param = item.as<syntax::ast::Param>())
    return {std::string(param.parameter().name().text()), "param", param.documentation(), {}};
  return {};
}

std::vector<LibraryPart> parts_of(const EmbeddedText& module) {
  const syntax::Tree tree = syntax::parse(module.text);
  std::vector<LibraryPart> parts;
  for (const Item& item : syntax::ast::File(tree).items()) {
    LibraryPart part = part_of(item);
    if (part.name.empty() || part.name.starts_with('_')) continue;
    part.name = fmt::format("{}.{}", module.name, part.name);
    part.doc = joined(part.doc);
    const syntax::Extent span = item.span();
    part.source = std::string(module.text.substr(span.begin, span.end - span.begin));
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

std::vector<LibraryModule> library_modules() {
  std::vector<LibraryModule> modules;
  for (const EmbeddedText& module : eval::standard_library())
    modules.push_back(
        {fmt::format("std/{}", module.name), joined(head_of(module.text)), parts_of(module)});
  return modules;
}

}  // namespace bkfc::driver
