// One line of a patch, applied to one object or to buildkitd.toml.
#pragma once

#include <string>
#include <vector>

#include "base/release.hpp"
#include "emit/document.hpp"
#include "facts/kubernetes_fields.hpp"
#include "ir/program.hpp"
#include "report/report.hpp"
#include "source/origin.hpp"

namespace bkfc::objects {

enum class Effect : std::uint8_t { none, changed, refused };

// What a line is applied under.
struct Target {
  std::string_view kind;  // of an object; empty for buildkitd.toml
  Release release;        // of Kubernetes, or of BuildKit
  const Origins* origins = nullptr;
};

// An element of a list that did not exist before: it must be complete when the patch is over.
struct MadeElement {
  std::vector<ir::PathStep> path;  // up to it, and with it
  OriginId origin = OriginId::nowhere;
};

Effect apply_to_object(const Target& target, const ir::PatchEntry& entry, emit::Node& object,
                       std::vector<MadeElement>& made, Report& report);

Effect apply_to_config(const Target& target, const ir::PatchEntry& entry, emit::Node& table,
                       Report& report);

// Reports what an element that a patch made lacks.
void check_made(const Target& target, const MadeElement& made, const emit::Node& object,
                Report& report);

// Reports what an object lacks, once all of a patch is applied to it.
void check_object(const Target& target, const emit::Node& object, Span at, Report& report);

// `spec.template.spec.containers["buildkitd"]`: the first so many steps, as they are written.
std::string spell(const std::vector<ir::PathStep>& path, std::size_t steps);

// Gives a value, and all in it, the place that it came from, where it has none of its own.
void stamp(emit::Node& node, OriginId origin);

// `a text`, `a list`: what a value is, in a message.
std::string_view what(const emit::Node& node);

}  // namespace bkfc::objects
