// What declared names come to: `let`, `param`, and what loops and uses bind.
#include "base/index.hpp"
#include "eval/expressions.hpp"
#include "eval/messages.hpp"
#include "syntax/errors.hpp"

namespace bkfc::eval {

namespace ast = syntax::ast;

namespace {

bool reads_as_text(const ast::Type& type) {
  if (type.kind() == ast::Type::Kind::union_) return true;
  const std::string_view name = type.name() ? type.name().text() : "";
  return type.kind() == ast::Type::Kind::named && (name == "string" || name == "version");
}

}  // namespace

Value Expressions::declared(DeclarationId id, const Expr& expr) {
  const Declaration& declaration = names_->at(id);
  switch (declaration.kind) {
    case Declaration::Kind::profile:
      report_->add(message::no_value, span(expr), declaration.name, "a profile")
          .note("`use` it in a fleet or in another profile");
      return {};
    case Declaration::Kind::import:
      if (expr.kind() == Expr::Kind::name)
        report_->add(message::no_value, span(expr), declaration.name, "a module")
            .note("what it declares is read as `" + declaration.name + ".name`");
      return {};
    default: break;
  }
  if (memos_[position(id)].state == Memo::State::running) {
    report_->add(message::circular, span(expr), declaration.name)
        .label(declaration.place, "declared here");
    return {};
  }
  return taken(expr, value_of(id));
}

const Value& Expressions::value_of(DeclarationId id) {
  settle(id);
  return memos_[position(id)].value;
}

void Expressions::bind(DeclarationId id, Value value) {
  memos_[position(id)] = {Memo::State::done, std::move(value)};
}

void Expressions::forget(const std::vector<DeclarationId>& ids) {
  for (const DeclarationId id : ids) memos_[position(id)] = {};
}

void Expressions::settle(DeclarationId id) {
  if (memos_[position(id)].state != Memo::State::fresh) return;
  memos_[position(id)].state = Memo::State::running;
  const Declaration& declaration = names_->at(id);
  Value value;
  if (declaration.kind == Declaration::Kind::let) value = let(declaration);
  if (declaration.kind == Declaration::Kind::param) value = param(declaration);
  if (exhausted_) value = {};  // said already: whoever reads it is quiet
  memos_[position(id)] = {Memo::State::done, std::move(value)};
}

Value Expressions::let(const Declaration& declaration) {
  const ast::Let let = declaration.as<ast::Let>();
  Value value = evaluate(declaration.module, let.value(),
                         let.type() ? expectation(declaration.module, let.type()) : Expectation{});
  if (!let.type()) return value;
  return hold(declaration.module, let.type(), false, std::move(value),
              let.value().span().in(modules_->all[declaration.module].file));
}

Value Expressions::param(const Declaration& declaration) {
  if (modules_->all[declaration.module].is_root())
    if (const Parameters::Setting* setting = parameters_.find(declaration.name))
      return set_from_outside(declaration, *setting);
  const ast::Parameter parameter = declaration.as<ast::Param>().parameter();
  Value value = absent(declaration.module, parameter);
  if (!value.is_unknown() || parameter.value()) return value;
  if (given_.parameters_required) {
    report_->add(message::parameter_missing, declaration.place, declaration.name)
        .note("give it one with `--set " + declaration.name + "=…`, or a default after `=`");
  } else {
    report_->add(message::parameter_unknown, declaration.place, declaration.name);
  }
  return {};
}

Value Expressions::absent(std::size_t module, const ast::Parameter& parameter) {
  if (!parameter.value()) return parameter.is_optional() ? make_unset() : Value{};
  Value value = evaluate(module, parameter.value(), expectation(module, parameter.type()));
  return hold(module, parameter.type(), parameter.is_optional(), std::move(value),
              parameter.value().span().in(modules_->all[module].file));
}

// A text needs no quotes on a command line; anything else is an expression.
Value Expressions::set_from_outside(const Declaration& declaration,
                                    const Parameters::Setting& setting) {
  const ast::Parameter parameter = declaration.as<ast::Param>().parameter();
  const Module& module = modules_->all[setting.module];
  const Span at = setting.statement.value().span().in(module.file);
  Value value;
  if (setting.plain != nullptr && reads_as_text(parameter.type()) &&
      !setting.plain->starts_with('"')) {
    value = *setting.plain == "unset" && parameter.is_optional() ? make_unset()
                                                                 : make_text(*setting.plain);
    value.span = at;
    value.origin = origins_->written(at);
  } else {
    if (setting.plain != nullptr) syntax::report_errors(module.tree, module.file, *report_);
    value = evaluate(setting.module, setting.statement.value(),
                     expectation(declaration.module, parameter.type()));
  }
  return hold(declaration.module, parameter.type(), parameter.is_optional(), std::move(value), at);
}

}  // namespace bkfc::eval
