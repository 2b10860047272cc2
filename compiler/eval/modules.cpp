#include "eval/modules.hpp"

#include <fmt/core.h>

#include "eval/messages.hpp"
#include "syntax/errors.hpp"
#include "syntax/parse.hpp"

namespace bkfc::eval {
namespace {

constexpr Message<std::string_view, std::string_view> cannot_read{
    "E0001",
    Severity::error,
    "cannot read `{}`: {}",
    "The file is not there, is a folder, may not be read, or is larger than 16 MiB.",
    {},
    {}};

constexpr std::size_t largest_file = 16u << 20;

}  // namespace

Modules load(Sources& sources, Files& files, std::span<const std::string> paths, Report& report) {
  Modules modules;
  for (const std::string& path : paths) {
    Result<std::string> text = files.read(path, largest_file);
    if (!text) {
      report.add(cannot_read, path, text.error());
      modules.readable = false;
      continue;
    }
    const FileId file = sources.add(path, std::move(text).value());
    if (!syntax::check_text(sources.text(file), file, report)) continue;
    Module module{.file = file, .tree = syntax::parse(sources.text(file)), .is_root = true};
    syntax::report_errors(module.tree, file, report);
    modules.all.push_back(std::move(module));
  }
  return modules;
}

std::string dump(const Modules& modules, const Sources& sources) {
  std::string out;
  for (const Module& module : modules.all)
    out += fmt::format("{}: {} bytes, {} nodes, {} errors{}\n", sources.path(module.file),
                       module.tree.text.size(), module.tree.nodes.size(), module.tree.errors.size(),
                       module.is_root ? ", root" : "");
  return out;
}

}  // namespace bkfc::eval
