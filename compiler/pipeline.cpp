#include "pipeline.hpp"

#include "emit/print.hpp"
#include "eval/shape.hpp"
#include "ir/build.hpp"
#include "lower/outputs.hpp"
#include "model/dump.hpp"
#include "objects/check.hpp"
#include "objects/patch.hpp"
#include "policies/hold.hpp"
#include "rules/check.hpp"
#include "syntax/dump.hpp"

namespace bkfc {

namespace {

// From where the paths of each module are seen.
std::vector<objects::Home> homes(const eval::Modules& modules) {
  std::vector<objects::Home> out;
  for (const eval::Module& module : modules.all)
    out.push_back({module.file, module.path, module.limit});
  return out;
}

}  // namespace

Analysis analyse(Sources& sources, Origins& origins, Files& files, const Request& request,
                 Report& report) {
  Analysis is;

  // What is written: every file read and parsed, imports followed.
  is.modules =
      eval::load(sources, files,
                 {request.files, request.sets, request.set_files, request.include_dirs}, report);

  // Is it shaped as the table says? Works on unfinished files, so an editor may ask the same.
  eval::check_shape(is.modules, report);

  // What is meant: names to declarations, expressions to values, values to typed fleets.
  is.names = eval::resolve(is.modules, report);
  is.values =
      eval::evaluate(is.modules, is.names, {.parameters_required = request.parameters_required},
                     sources, origins, report);
  is.program = ir::build(is.values, sources, origins, report);

  // What does the program itself require of its fleets?
  const ir::Held held =
      policies::hold({is.modules, is.names, is.program, sources}, origins, report);

  // What it comes to: the daemon each fleet runs, the pod it runs in, the names it answers to.
  is.fleets = model::all(is.program, origins);

  // What goes with it as it is: manifests of the user's own.
  is.carried = objects::carry(is.fleets, homes(is.modules), files, sources, origins, report);

  // Does it make sense? What everybody wants to know before a fleet runs.
  rules::check({is.program, is.fleets, sources, origins, is.carried.objects, request.today, held},
               report);

  // What is written for it, with the user's own patches, held together.
  is.lowered = lower::all(is.program, is.fleets);
  is.artifacts = objects::apply_patches(is.fleets, is.lowered, sources, origins, report);
  objects::check(is.fleets, is.lowered, is.artifacts, sources, origins, report);
  is.artifacts.insert(is.artifacts.end(), is.carried.artifacts.begin(), is.carried.artifacts.end());

  return is;
}

std::vector<emit::File> produce(const Analysis& analysis, std::string_view only) {
  if (only.empty()) return emit::print(analysis.artifacts);
  std::vector<emit::Artifact> named;
  for (const emit::Artifact& artifact : analysis.artifacts)
    if (artifact.subject.empty() || is_named(artifact.subject, only)) named.push_back(artifact);
  return emit::print(named);
}

namespace {

std::string dump_trees(const Analysis& is, const Sources& sources) {
  std::string out;
  for (const eval::Module& module : is.modules.all) {
    out += std::string(sources.path(module.file)) + "\n";
    out += syntax::dump(module.tree);
  }
  return out;
}

std::string dump_artifacts(const std::vector<emit::Artifact>& artifacts) {
  std::string out;
  for (const emit::File& file : emit::print(artifacts))
    out += "## " + file.path + "\n" + file.bytes;
  return out;
}

struct Stage {
  std::string_view name;
  std::string (*dump)(const Analysis&, const Sources&, const Origins&);
};

constexpr Stage stages[] = {
    {"modules", [](const Analysis& is, const Sources& sources,
                   const Origins&) { return eval::dump(is.modules, sources); }},
    {"tree", [](const Analysis& is, const Sources& sources,
                const Origins&) { return dump_trees(is, sources); }},
    {"names", [](const Analysis& is, const Sources& sources,
                 const Origins&) { return eval::dump(is.names, is.modules, sources); }},
    {"values",
     [](const Analysis& is, const Sources&, const Origins&) { return eval::dump(is.values); }},
    {"ir", [](const Analysis& is, const Sources& sources,
              const Origins& origins) { return ir::dump(is.program, sources, origins); }},
    {"model",
     [](const Analysis& is, const Sources&, const Origins&) { return model::dump(is.fleets); }},
    {"documents",
     [](const Analysis& is, const Sources&, const Origins&) { return dump_artifacts(is.lowered); }},
    {"patched", [](const Analysis& is, const Sources&,
                   const Origins&) { return dump_artifacts(is.artifacts); }},
};

std::string_view next_part(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
  return part;
}

}  // namespace

std::vector<std::string_view> dump_stages() {
  std::vector<std::string_view> names;
  for (const Stage& stage : stages) names.push_back(stage.name);
  return names;
}

std::optional<std::string> dump(const Analysis& analysis, std::string_view name,
                                const Sources& sources, const Origins& origins) {
  for (const Stage& stage : stages)
    if (stage.name == name) return stage.dump(analysis, sources, origins);
  return std::nullopt;
}

bool is_named(std::string_view fleet, std::string_view only) {
  while (!only.empty()) {
    const std::string_view wanted = next_part(only);
    const std::string_view part = next_part(fleet);
    if (wanted != part && wanted != "*") return false;
  }
  return fleet.empty();
}

}  // namespace bkfc
