#include "eval/parameters.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "eval/messages.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

using Known = std::map<std::string_view, const Declaration*>;

void say_unknown(const ast::Key& key, FileId file, const Known& known, Report& report) {
  const std::string name = key.plain();
  const Span place = key.span().in(file);
  std::vector<std::string_view> names;
  for (const auto& [known_name, declaration] : known) names.push_back(known_name);
  auto draft = report.add(message::unknown_parameter, place, name);
  if (const auto near = nearest(name, names))
    draft.here(fmt::format("did you mean `{}`?", *near));
  else if (!names.empty())
    draft.note("parameters are " + listed(names));
  else
    draft.note("the root file declares no `param`");
}

}  // namespace

Parameters::Parameters(const Modules& modules, const Names& names, Report& report) {
  Known known;
  for (const Declaration& declaration : names.declarations) {
    if (declaration.kind != Declaration::Kind::param) continue;
    if (!modules.all[declaration.module].is_root()) continue;
    const auto [before, is_new] = known.try_emplace(declaration.name, &declaration);
    const auto type = [](const Declaration& one) {
      return one.as<ast::Param>().parameter().type().text();
    };
    if (!is_new && type(declaration) != type(*before->second))
      report.add(message::parameter_types, declaration.place, declaration.name)
          .label(before->second->place, "and here");
  }
  for (std::size_t i = 0; i < modules.all.size(); ++i) {
    const Module& module = modules.all[i];
    if (module.role != Module::Role::settings) continue;
    if (!module.is_usable() && !module.plain) continue;  // said: its braces do not balance
    for (const ast::Item& item : ast::File(module.tree).items()) {
      const ast::Attribute attribute = item.as<ast::Attribute>();
      if (!attribute || !attribute.key()) {
        if (!module.plain && item.kind() != ast::Item::Kind::junk)
          report.add(message::no_setting, item.span().in(module.file));
        continue;
      }
      const std::string name = attribute.key().plain();
      if (!known.contains(name)) {
        say_unknown(attribute.key(), module.file, known, report);
        continue;
      }
      Setting& setting = settings_[name];
      const bool is_weaker = setting.plain != nullptr && !module.plain;
      if (!is_weaker) setting = {i, attribute, module.plain ? &*module.plain : nullptr};
      if (module.plain) break;  // what follows belongs to the text, if it is one
    }
  }
}

const Parameters::Setting* Parameters::find(std::string_view name) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? nullptr : &found->second;
}

}  // namespace bkfc::eval
