#include "eval/evaluate.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/index.hpp"
#include "eval/bodies.hpp"
#include "eval/merge.hpp"
#include "eval/messages.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

constexpr std::size_t most_turns = 20'000;  // of the loops at the top, in all

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
  Evaluator(const Modules& modules, const Names& names, const Given& given, Origins& origins,
            Report& report)
      : modules_(&modules),
        names_(&names),
        report_(&report),
        bodies_(modules, names, given, origins, report),
        merger_(origins, report) {}

  Values evaluate() {
    for (module_ = 0; module_ < modules_->all.size(); ++module_) {
      const Module& module = modules_->all[module_];
      if (module.is_usable() && module.role != Module::Role::settings)
        evaluate_file(ast::File(module.tree));
    }
    if (is_over_) {
      values_.roots.clear();  // as many as there are by chance
    } else {
      probe_profiles();
    }
    return std::move(values_);
  }

  void say_idle(const Sources& sources) { merger_.say_idle(sources); }

 private:
  Expressions& expressions() { return bodies_.expressions(); }
  FileId file() const { return modules_->all[module_].file; }

  void evaluate_file(const ast::File& file) {
    for (const DeclarationId id : names_->scope(module_, file.node())) {
      const Declaration::Kind kind = names_->at(id).kind;
      expressions().begin_declaration();
      if (kind == Declaration::Kind::let || kind == Declaration::Kind::param)
        expressions().value_of(id);
    }
    for (const ast::Item& item : file.items()) {
      expressions().begin_declaration();
      evaluate_item(item);
    }
  }

  // False once there have been too many turns: then all loops end.
  bool evaluate_item(const ast::Item& item) {
    using Kind = ast::Item::Kind;
    switch (item.kind()) {
      case Kind::block: evaluate_root(item.as<ast::Block>()); return true;
      case Kind::for_each: return evaluate_loop(item.as<ast::For>());
      case Kind::if_chain: return evaluate_choice(item.as<ast::If>());
      case Kind::allow:
        if (std::optional<schema::Allow> allow = bodies_.allow(module_, item.as<ast::Allow>()))
          values_.allows.push_back(std::move(*allow));
        return true;
      default: return true;
    }
  }

  bool evaluate_items(const ast::Body& body) {
    for (const ast::Item& item : body.items())
      if (!evaluate_item(item)) return false;
    return true;
  }

  bool evaluate_loop(const ast::For& loop) {
    bodies_.each_turn(module_, loop, [&] {
      if (is_over_) return false;
      if (++turns_ > most_turns) {
        is_over_ = true;
        report_->add(message::too_much, loop.list().span().in(file()),
                     "20,000 turns of loops outside blocks");
        return false;
      }
      expressions().begin_declaration();
      return evaluate_items(loop.body());
    });
    return !is_over_;
  }

  bool evaluate_choice(const ast::If& chain) {
    const std::optional<ast::Body> taken = bodies_.taken(module_, chain);
    if (!taken) return read_for_mistakes(chain);
    if (!*taken) return true;
    bodies_.open(module_, *taken);
    return evaluate_items(*taken);
  }

  // Whichever branch will be taken, what is wrong in it is wrong; nobody knows what stands there.
  bool read_for_mistakes(const ast::If& chain) {
    const std::size_t known = values_.roots.size();
    bool goes_on = true;
    for (const ast::Branch& branch : chain.branches()) {
      if (!branch.body() || !goes_on) continue;
      bodies_.open(module_, branch.body());
      goes_on = evaluate_items(branch.body());
    }
    values_.roots.resize(std::min(known, values_.roots.size()));
    return goes_on;
  }

  void evaluate_root(const ast::Block& block) {
    const schema::BlockType* type = schema::find_root(block.name().text());
    if (type == nullptr) return;
    Report::Context speaking = report_->context();
    if (speaking.loop) {
      const std::vector<ast::String> labels = block.labels();
      if (!labels.empty())
        speaking.subject = expressions().text(module_, labels.front()).value_or("");
    }
    const Report::Context outer = report_->speak_of(std::move(speaking));
    const Layers layers = bodies_.root(module_, block, *type);
    BlockValue& root = values_.roots.emplace_back(merger_.merge(layers));
    root.documentation = lines_of(block.documentation());
    root.broken |= expressions().is_exhausted();
    report_->speak_of(outer);
  }

  // What is wrong with a profile is wrong whoever will use it.
  void probe_profiles() {
    for (std::size_t i = 0; i < names_->declarations.size(); ++i) {
      const Declaration& declaration = names_->declarations[i];
      if (declaration.kind != Declaration::Kind::profile) continue;
      if (!modules_->all[declaration.module].is_root()) continue;
      expressions().begin_declaration();
      const Instance* instance = bodies_.probe(id_at<DeclarationId>(i));
      if (instance == nullptr) continue;
      BlockValue& value = values_.unused.emplace_back(merger_.merge(instance->layers));
      value.label = declaration.name;
      value.broken = true;  // whoever uses it may say the rest
    }
  }

  const Modules* modules_;
  const Names* names_;
  Report* report_;
  Bodies bodies_;
  Merger merger_;
  std::size_t module_ = 0;
  std::size_t turns_ = 0;
  bool is_over_ = false;
  Values values_;
};

void dump_patch(const PatchValue& patch, const std::string& indent, std::string& out) {
  using Kind = ast::PatchEntry::Kind;
  out += indent + "patch " + patch.kind;
  if (!patch.name.empty()) out += fmt::format(" \"{}\"", patch.name);
  out += " {\n";
  for (const PatchValue::Entry& entry : patch.entries) {
    const std::string path = path_of(entry.target);
    out += entry.kind == Kind::remove
               ? fmt::format("{}  delete {}\n", indent, path)
               : fmt::format("{}  {} {} {}\n", indent, path,
                             entry.kind == Kind::append ? "+=" : "=", spell(entry.value));
  }
  out += indent + "}\n";
}

void dump_block(const BlockValue& block, std::size_t depth, std::string& out) {
  const std::string indent(depth * 2, ' ');
  out += indent + std::string(block.type->name);
  if (!block.label.empty()) out += fmt::format(" \"{}\"", block.label);
  out += " {\n";
  for (const Setting& setting : block.settings)
    out += fmt::format("{}  {} {} {}\n", indent, setting.row->name, setting.appends ? "+=" : "=",
                       spell(setting.value));
  for (const BlockValue& inner : block.blocks) dump_block(inner, depth + 1, out);
  for (const PatchValue& patch : block.patches) dump_patch(patch, indent + "  ", out);
  out += indent + "}\n";
}

}  // namespace

std::string path_of(const std::vector<ast::Segment>& target) {
  std::string out;
  for (const ast::Segment& segment : target) {
    if (segment.kind == ast::Segment::Kind::key) {
      out += "[\"" + segment.text + "\"]";
    } else {
      out += (out.empty() ? "" : ".") + segment.text;
    }
  }
  return out;
}

Values evaluate(const Modules& modules, const Names& names, const Given& given,
                const Sources& sources, Origins& origins, Report& report) {
  Evaluator evaluator(modules, names, given, origins, report);
  Values values = evaluator.evaluate();
  evaluator.say_idle(sources);
  return values;
}

std::string dump(const Values& values) {
  std::string out;
  for (const BlockValue& root : values.roots) dump_block(root, 0, out);
  return out;
}

}  // namespace bkfc::eval
