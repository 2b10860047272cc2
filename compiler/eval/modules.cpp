#include "eval/modules.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/core.h>

#include "eval/import_path.hpp"
#include "eval/messages.hpp"
#include "syntax/errors.hpp"
#include "syntax/parse.hpp"

namespace bkfc::eval {
namespace {

namespace ast = syntax::ast;

constexpr std::size_t largest_file = 16u << 20;
constexpr std::size_t deepest_chain = 256;

class Loader {
 public:
  Loader(Sources& sources, Files& files, const Inputs& inputs, Report& report)
      : sources_(&sources), files_(&files), inputs_(&inputs), report_(&report) {}

  Modules load() {
    for (const std::string& path : inputs_->files) load_root(path);
    // Grows while it is walked: what a module imports comes behind it.
    for (std::size_t i = 0; i < modules_.all.size(); ++i) follow(i);
    cut_circles();
    load_settings();
    return std::move(modules_);
  }

 private:
  void load_root(const std::string& path) {
    const Result<std::string> resolved = files_->resolve(path);
    const std::string known_by = resolved ? resolved.value() : path;
    if (by_path_.contains(known_by)) return;
    std::optional<std::string> text = read(path);
    if (!text) return;
    Vantage vantage{path, known_by, files_->project_root(path)};
    add(std::move(vantage), std::move(*text), Module::Role::root);
  }

  std::optional<std::string> read(const std::string& path) {
    Result<std::string> text = files_->read(path, largest_file);
    if (text) return std::move(text).value();
    report_->add(message::cannot_read, path, text.error());
    modules_.readable = false;
    return std::nullopt;
  }

  // Nothing where the bytes are no text.
  std::optional<std::size_t> add(Vantage vantage, std::string text, Module::Role role,
                                 std::optional<std::string> plain = std::nullopt) {
    const FileId file = sources_->add(vantage.shown, std::move(text));
    if (!syntax::check_text(sources_->text(file), file, *report_)) return std::nullopt;
    Module& module = modules_.all.emplace_back();
    module.file = file;
    module.tree = syntax::parse(sources_->text(file));
    module.role = role;
    module.path = vantage.resolved;
    module.limit = vantage.limit;
    module.plain = std::move(plain);
    if (!module.plain) syntax::report_errors(module.tree, file, *report_);
    by_path_.emplace(module.path, modules_.all.size() - 1);
    vantages_.push_back(std::move(vantage));
    return modules_.all.size() - 1;
  }

  void follow(std::size_t from) {
    if (!modules_.all[from].is_usable()) return;
    for (const ast::Item& item : ast::File(modules_.all[from].tree).items())
      if (const ast::Import import = item.as<ast::Import>()) follow(from, import);
  }

  void follow(std::size_t from, const ast::Import& statement) {
    const FileId file = modules_.all[from].file;
    const std::optional<std::string> path =
        statement.path() ? statement.path().plain() : std::nullopt;
    Import import{statement, {}, std::nullopt};
    if (statement.alias()) {
      import.name = statement.alias().text();
    } else if (path) {
      import.name = import_name(*path);
      if (import.name.empty())
        report_->add(message::import_unnamed, statement.path().span().in(file), *path);
    }
    if (path) import.target = reach(from, *path, statement.path().span().in(file));
    modules_.all[from].imports.push_back(std::move(import));
  }

  std::optional<std::size_t> reach(std::size_t from, std::string_view path, Span place) {
    std::optional<Target> target =
        find_import(path, vantages_[from], inputs_->include_dirs, *files_, place, *report_);
    if (!target) return std::nullopt;
    if (const auto known = by_path_.find(target->resolved); known != by_path_.end())
      return known->second;
    std::string text;
    if (target->embedded) {
      text = *target->embedded;
    } else {
      Result<std::string> content = files_->read(target->shown, largest_file);
      if (!content) {
        report_->add(message::import_unreadable, place, path, content.error());
        return std::nullopt;
      }
      text = std::move(content).value();
    }
    Vantage vantage{target->shown, target->resolved, target->limit, target->embedded.has_value()};
    return add(std::move(vantage), std::move(text), Module::Role::imported);
  }

  // Circles.

  enum class Mark : std::uint8_t { fresh, open, done };

  void cut_circles() {
    marks_.assign(modules_.all.size(), Mark::fresh);
    for (std::size_t i = 0; i < modules_.all.size(); ++i)
      if (marks_[i] == Mark::fresh) visit(i);
  }

  void visit(std::size_t module) {
    marks_[module] = Mark::open;
    chain_.push_back(module);
    for (Import& import : modules_.all[module].imports) {
      if (!import.target) continue;
      const Span place = import.statement.path().span().in(modules_.all[module].file);
      if (marks_[*import.target] == Mark::open) {
        say_circle(place, *import.target);
        import.target.reset();
      } else if (chain_.size() >= deepest_chain) {
        report_->add(message::too_much, place, "256 imports in one chain");
        import.target.reset();
      } else if (marks_[*import.target] == Mark::fresh) {
        visit(*import.target);
      }
    }
    chain_.pop_back();
    marks_[module] = Mark::done;
  }

  void say_circle(Span place, std::size_t target) {
    std::string chain;
    const auto first = std::find(chain_.begin(), chain_.end(), target);
    for (auto at = first; at != chain_.end(); ++at)
      chain += fmt::format("`{}` imports ", sources_->path(modules_.all[*at].file));
    const std::string_view closing = sources_->path(modules_.all[target].file);
    report_->add(message::import_circle, place, closing)
        .note(fmt::format("{}`{}`", chain, closing));
  }

  // Values of parameters.

  void load_settings() {
    for (const auto& [name, expression] : inputs_->sets) {
      const std::string path = fmt::format("--set {}", name);
      add({path, path, {}}, fmt::format("{} = {}\n", name, expression), Module::Role::settings,
          expression);
    }
    for (const std::string& path : inputs_->set_files)
      if (std::optional<std::string> text = read(path))
        add({path, "--set-file " + path, {}}, std::move(*text), Module::Role::settings);
  }

  Sources* sources_;
  Files* files_;
  const Inputs* inputs_;
  Report* report_;
  Modules modules_;
  std::vector<Vantage> vantages_;  // side by side with `modules_.all`
  std::unordered_map<std::string, std::size_t> by_path_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> chain_;
};

}  // namespace

Modules load(Sources& sources, Files& files, const Inputs& inputs, Report& report) {
  return Loader(sources, files, inputs, report).load();
}

std::string dump(const Modules& modules, const Sources& sources) {
  constexpr std::string_view roles[] = {", root", ", imported", ", settings"};
  std::string out;
  for (const Module& module : modules.all) {
    out += fmt::format("{}: {} bytes, {} nodes, {} errors{}\n", sources.path(module.file),
                       module.tree.text.size(), module.tree.nodes.size(), module.tree.errors.size(),
                       roles[static_cast<std::size_t>(module.role)]);
    for (const Import& import : module.imports)
      if (import.target)
        out += fmt::format("  {} is {}\n", import.name,
                           sources.path(modules.all[*import.target].file));
  }
  return out;
}

}  // namespace bkfc::eval
