#include "objects/patch.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "objects/entry.hpp"
#include "objects/fleet_files.hpp"
#include "objects/idle.hpp"
#include "objects/messages.hpp"
#include "report/edits.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;

constexpr std::string_view config_file = "buildkitd.toml";

// One line may serve many fleets: it is without effect only if it has none in any.
struct Line {
  Span patch;  // the kind or the file that its patch names
  Span span;
  Span statement;
  Effect effect = Effect::none;
};

class Patcher {
 public:
  Patcher(std::vector<emit::Artifact>& artifacts, const Sources& sources, const Origins& origins,
          Report& report)
      : artifacts_(artifacts), sources_(sources), origins_(origins), report_(report) {}

  void patch(const model::Fleet& fleet) {
    files_ = files_of(fleet, artifacts_);
    // The configuration first: an object's patch may name what follows from it.
    for (const ir::Patch& one : fleet.source->patches)
      if (one.file) patch_config(one, fleet);
    if (has_new_config_) renew_config(fleet, files_);
    has_new_config_ = false;
    for (const ir::Patch& one : fleet.source->patches)
      if (!one.file) patch_object(one, fleet);
  }

  void report_idle_lines() {
    for (const Line& line : lines_) {
      if (line.effect != Effect::none) continue;
      Report::Draft draft = report_.add(message::no_effect, line.span);
      std::vector<Edit> whole = delete_idle_patch(line.patch);
      if (whole.empty())
        draft.fix("delete this line", delete_line(sources_, line.statement));
      else
        draft.fix("delete this patch", std::move(whole));
    }
  }

 private:
  Span span_of(OriginId origin) const { return origins_.at(origin).span; }

  // Deletes a patch of which no line has an effect, so that no empty one is left behind.
  std::vector<Edit> delete_idle_patch(Span patch) const {
    std::vector<Span> statements;
    for (const Line& line : lines_) {
      if (!(line.patch == patch)) continue;
      if (line.effect != Effect::none) return {};
      statements.push_back(line.statement);
    }
    return delete_patch(sources_, patch, std::move(statements));
  }

  void note(const ir::PatchEntry& entry, Effect effect) {
    const Span span = span_of(entry.origin);
    auto line = std::find_if(lines_.begin(), lines_.end(),
                             [&](const Line& one) { return one.span == span; });
    if (line == lines_.end())
      line = lines_.insert(lines_.end(), {entry.patch, span, entry.statement, Effect::none});
    if (line->effect == Effect::none) line->effect = effect;
  }

  void patch_config(const ir::Patch& patch, const model::Fleet& fleet) {
    if (patch.kind != config_file || files_.config == nullptr) {
      report_.add(message::no_such_file, span_of(patch.origin), patch.kind);
      return;
    }
    const Target target{{}, fleet.target.buildkit.release, &origins_};
    for (const ir::PatchEntry& entry : patch.entries) {
      const Effect effect = apply_to_config(target, entry, files_.config->table, report_);
      has_new_config_ = has_new_config_ || effect == Effect::changed;
      note(entry, effect);
    }
  }

  void patch_object(const ir::Patch& patch, const model::Fleet& fleet) {
    Node* object = find_object(patch, fleet);
    if (object == nullptr) return;
    const Target target{patch.kind, fleet.target.kubernetes.release, &origins_};
    const std::size_t errors = report_.count(Severity::error);
    std::vector<MadeElement> made;
    for (const ir::PatchEntry& entry : patch.entries)
      note(entry, apply_to_object(target, entry, *object, made, report_));
    for (const MadeElement& element : made) check_made(target, element, *object, report_);
    // What was deleted may be missing now; where something else is wrong, that is said first.
    if (report_.count(Severity::error) == errors)
      check_object(target, *object, span_of(patch.origin), report_);
  }

  Node* find_object(const ir::Patch& patch, const model::Fleet& fleet) {
    std::vector<Node*> of_kind;
    for (Node* object : files_.objects)
      if (kind_of(*object) == patch.kind) of_kind.push_back(object);
    if (of_kind.empty()) {
      report_no_kind(patch);
      return nullptr;
    }
    if (patch.name.empty()) {
      // What is deployed goes before what is only in the kit, which has to be named beside it.
      std::size_t deployed = 0;
      for (std::size_t i = 0; i < files_.deployed; ++i)
        if (kind_of(*files_.objects[i]) == patch.kind) ++deployed;
      if (deployed == 1 || of_kind.size() == 1) return of_kind.front();
    }
    const std::string behind = fmt::format("{}-{}", fleet.names.base(), patch.name);
    for (Node* object : of_kind)
      if (name_of(*object) == patch.name || name_of(*object) == behind) return object;
    report_which(patch, of_kind);
    return nullptr;
  }

  void report_no_kind(const ir::Patch& patch) {
    std::vector<std::string_view> kinds;
    for (const Node* object : files_.objects) {
      const std::string_view kind = kind_of(*object);
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
    Report::Draft draft = report_.add(message::no_such_kind, span_of(patch.origin), patch.kind);
    if (const auto near = nearest(patch.kind, kinds))
      draft.here(fmt::format("did you mean `{}`?", *near));
    draft.note("written for it: " + listed(kinds));
  }

  void report_which(const ir::Patch& patch, const std::vector<Node*>& objects) {
    std::vector<std::string_view> names;
    for (const Node* object : objects) names.push_back(name_of(*object));
    const Span at = span_of(patch.origin);
    Report::Draft draft = patch.name.empty()
                              ? report_.add(message::which_object, at, patch.kind)
                              : report_.add(message::no_such_object, at, patch.kind, patch.name);
    draft.note("there are: " + listed(names));
  }

  std::vector<emit::Artifact>& artifacts_;
  const Sources& sources_;
  const Origins& origins_;
  Report& report_;
  FleetFiles files_;
  bool has_new_config_ = false;
  std::vector<Line> lines_;
};

}  // namespace

std::vector<emit::Artifact> apply_patches(const std::vector<model::Fleet>& fleets,
                                          std::vector<emit::Artifact> lowered,
                                          const Sources& sources, const Origins& origins,
                                          Report& report) {
  Patcher patcher(lowered, sources, origins, report);
  for (const model::Fleet& fleet : fleets)
    if (!fleet.source->patches.empty()) patcher.patch(fleet);
  patcher.report_idle_lines();
  return lowered;
}

}  // namespace bkfc::objects
