#include "eval/evaluate.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "eval/messages.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

class Evaluator {
 public:
  Evaluator(const Modules& modules, const Names& names, Origins& origins, Report& report)
      : modules_(&modules),
        origins_(&origins),
        report_(&report),
        expressions_(modules, names, origins, report) {}

  Values evaluate() {
    for (module_ = 0; module_ < modules_->all.size(); ++module_)
      if (!modules_->all[module_].tree.is_unbalanced)
        evaluate_module(ast::File(modules_->all[module_].tree));
    return std::move(values_);
  }

 private:
  Span span(syntax::Extent extent) const { return extent.in(modules_->all[module_].file); }

  void evaluate_module(const ast::File& file) {
    for (const ast::Item& item : file.items()) {
      expressions_.begin_declaration();
      if (const ast::Let let = item.as<ast::Let>()) evaluate_let(let);
      if (const ast::Allow allow = item.as<ast::Allow>()) add_allow(allow, values_.allows);
      const ast::Block block = item.as<ast::Block>();
      if (!block) continue;
      const schema::BlockType* type = schema::find_root(block.name().text());
      if (type == nullptr) continue;
      const std::vector<ast::String> labels = block.labels();
      BlockValue& root = values_.roots.emplace_back();
      open(root, block, *type, labels.empty() ? ast::String() : labels.front());
      root.documentation = lines_of(block.documentation());
      if (block.body()) evaluate_body(block.body(), root);
    }
  }

  // A name that nobody reads is still held against what it says.
  void evaluate_let(const ast::Let& let) {
    if (let.name()) expressions_.declare(module_, let);
  }

  void open(BlockValue& value, const ast::Block& block, const schema::BlockType& type,
            const ast::String& label) {
    value.type = &type;
    value.head = span(block.header_span());
    value.origin = origins_->written(value.head);
    if (!label) {
      value.label_known = type.label.empty();
      return;
    }
    const std::optional<std::string> text = expressions_.text(module_, label);
    value.label_known = text.has_value();
    value.label = text.value_or("");
  }

  void evaluate_body(const ast::Body& body, BlockValue& into) {
    for (const ast::Item& item : body.items()) {
      switch (item.kind()) {
        case ast::Item::Kind::attribute: evaluate_attribute(item.as<ast::Attribute>(), into); break;
        case ast::Item::Kind::block: evaluate_block(item.as<ast::Block>(), into); break;
        case ast::Item::Kind::let: evaluate_let(item.as<ast::Let>()); break;
        case ast::Item::Kind::allow: add_allow(item.as<ast::Allow>(), into.allows); break;
        case ast::Item::Kind::patch: evaluate_patch(item.as<ast::Patch>(), into); break;
        default: into.broken = true;
      }
    }
  }

  void add_allow(const ast::Allow& allow, std::vector<schema::Allow>& allows) {
    const std::optional<std::string> reason =
        allow.reason() ? allow.reason().plain() : std::nullopt;
    if (!allow.name() || !reason || reason->empty()) return;
    allows.push_back({std::string(allow.name().text()), *reason,
                      allow.until() ? allow.until().plain().value_or("") : "",
                      origins_->written(span(allow.name().span()))});
  }

  void evaluate_attribute(const ast::Attribute& attribute, BlockValue& into) {
    const ast::Key key = attribute.key();
    const std::string name = key ? key.plain() : "";
    if (const schema::Attribute* row = into.type->find_attribute(name)) {
      Value value = expressions_.evaluate(module_, attribute.value(), Expectation::of(*row));
      if (!attribute.value()) into.broken = true;
      add_setting(into, {row, std::move(value), span(key.span()),
                         attribute.assign() == ast::Assign::append});
      return;
    }
    const schema::Child* child = into.type->find_child(name);
    if (child != nullptr && !child->labelled &&
        attribute.value().kind() == ast::Expr::Kind::object) {
      BlockValue& inner = find_or_add(into, *child->type, "", true, span(key.span()));
      return evaluate_body(ast::view_as<ast::Body>(attribute.value()), inner);
    }
    into.broken = true;
  }

  void add_setting(BlockValue& into, Setting setting) {
    const auto before =
        std::find_if(into.settings.begin(), into.settings.end(),
                     [&](const Setting& other) { return other.row == setting.row; });
    if (before == into.settings.end()) {
      into.settings.push_back(std::move(setting));
    } else if (setting.row->type == schema::Type::text_map &&
               setting.value.is(Value::Kind::object) && before->value.is(Value::Kind::object)) {
      merge_maps(*before, setting);
    } else if (setting.appends != before->appends) {
      report_->add(message::appended_beside, setting.name, setting.row->name)
          .label(before->name, "and here");
    } else if (!setting.appends) {
      report_->add(message::repeated_attribute, setting.name, setting.row->name)
          .label(before->name, "said here first");
    } else if (setting.value.is(Value::Kind::list) && before->value.is(Value::Kind::list)) {
      for (Value& item : setting.value.items) before->value.items.push_back(std::move(item));
    }
  }

  void merge_maps(Setting& before, Setting& more) {
    for (std::size_t i = 0; i < more.value.keys.size(); ++i) {
      const auto same =
          std::find(before.value.keys.begin(), before.value.keys.end(), more.value.keys[i]);
      if (same != before.value.keys.end()) {
        const auto at = static_cast<std::size_t>(same - before.value.keys.begin());
        report_->add(message::repeated_attribute, more.value.items[i].span, *same)
            .label(before.value.items[at].span, "said here first");
        continue;
      }
      before.value.keys.push_back(std::move(more.value.keys[i]));
      before.value.items.push_back(std::move(more.value.items[i]));
    }
  }

  void evaluate_block(const ast::Block& block, BlockValue& into) {
    const std::string_view name = block.name().text();
    const schema::Attribute* row = into.type->find_attribute(name);
    if (row != nullptr && row->type == schema::Type::text_map)
      return add_setting(into, {row, evaluate_map(block, *row), span(block.name().span()), false});
    const schema::Child* child = into.type->find_child(name);
    if (child == nullptr) {
      into.broken = true;
      return;
    }
    BlockValue opened;
    const std::vector<ast::String> labels = block.labels();
    open(opened, block, *child->type, labels.empty() ? ast::String() : labels.front());
    BlockValue& inner =
        find_or_add(into, *child->type, opened.label, opened.label_known, opened.head);
    if (block.body()) evaluate_body(block.body(), inner);
  }

  BlockValue& find_or_add(BlockValue& into, const schema::BlockType& type, std::string_view label,
                          bool label_known, Span head) {
    for (BlockValue& other : into.blocks)
      if (label_known && other.type == &type && other.label == label) return other;
    BlockValue& added = into.blocks.emplace_back();
    added.type = &type;
    added.label = label;
    added.label_known = label_known;
    added.head = head;
    added.origin = origins_->written(head);
    return added;
  }

  Value evaluate_map(const ast::Block& block, const schema::Attribute& row) {
    Value map;
    map.kind = Value::Kind::object;
    map.span = span(block.name().span());
    map.origin = origins_->written(map.span);
    if (!block.body()) return map;
    for (const ast::Item& item : block.body().items()) {
      const ast::Attribute attribute = item.as<ast::Attribute>();
      if (!attribute || !attribute.key()) continue;
      std::optional<std::string> key = attribute.key().is_quoted()
                                           ? expressions_.text(module_, attribute.key().quoted())
                                           : std::optional(attribute.key().plain());
      Value value = expressions_.evaluate(module_, attribute.value(), Expectation::of(row));
      if (!key) continue;
      const auto same = std::find(map.keys.begin(), map.keys.end(), *key);
      if (same != map.keys.end()) {
        report_->add(message::repeated_attribute, span(attribute.key().span()), *key)
            .label(map.items[static_cast<std::size_t>(same - map.keys.begin())].span,
                   "said here first");
        continue;
      }
      map.keys.push_back(std::move(*key));
      map.items.push_back(std::move(value));
    }
    return map;
  }

  void evaluate_patch(const ast::Patch& patch, BlockValue& into) {
    PatchValue value;
    value.file = !patch.object_kind();
    value.kind = value.file ? "" : std::string(patch.object_kind().text());
    std::optional<std::string> name;
    if (patch.name()) name = expressions_.text(module_, patch.name());
    (value.file ? value.kind : value.name) = name.value_or("");
    const syntax::ast::View first =
        value.file ? syntax::ast::View(patch.name()) : syntax::ast::View(patch.object_kind());
    value.head = span(first.span());
    for (const ast::PatchEntry& entry : patch.entries())
      value.entries.push_back({entry.kind(), entry.target(), span(entry.target_span()),
                               span(entry.span()),
                               expressions_.evaluate(module_, entry.value(), {.text = true})});
    into.patches.push_back(std::move(value));
  }

  const Modules* modules_;
  Origins* origins_;
  Report* report_;
  Expressions expressions_;
  std::size_t module_ = 0;
  Values values_;
};

void dump_block(const BlockValue& block, std::size_t depth, std::string& out) {
  const std::string indent(depth * 2, ' ');
  out += indent + std::string(block.type->name);
  if (!block.label.empty()) out += fmt::format(" \"{}\"", block.label);
  out += " {\n";
  for (const Setting& setting : block.settings)
    out += fmt::format("{}  {} {} {}\n", indent, setting.row->name, setting.appends ? "+=" : "=",
                       spell(setting.value));
  for (const BlockValue& inner : block.blocks) dump_block(inner, depth + 1, out);
  for (const PatchValue& patch : block.patches)
    out += fmt::format("{}  patch {} ({} entries)\n", indent, patch.kind, patch.entries.size());
  out += indent + "}\n";
}

}  // namespace

Values evaluate(const Modules& modules, const Names& names, Origins& origins, Report& report) {
  return Evaluator(modules, names, origins, report).evaluate();
}

std::string dump(const Values& values) {
  std::string out;
  for (const BlockValue& root : values.roots) dump_block(root, 0, out);
  return out;
}

}  // namespace bkfc::eval
