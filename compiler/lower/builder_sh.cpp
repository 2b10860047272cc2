#include "lower/builder_sh.hpp"

#include <fmt/core.h>

#include "emit/shell.hpp"
#include "lower/builder_text.hpp"
#include "lower/buildx_nodes.hpp"

namespace bkfc::lower {
namespace {

constexpr std::string_view about =
    "Makes the buildx builder {}, one over several fleets.\n"
    "Run it again after a change, and with --remove to take it away; --help lists the rest.";

std::vector<std::string> of_each(const BuilderScript& script, std::string BuilderNode::*member) {
  std::vector<std::string> words;
  for (const BuilderNode& node : script.nodes) words.push_back(node.*member);
  return words;
}

}  // namespace

emit::Text builder_sh(const BuilderScript& script) {
  std::vector<std::string> counts;
  for (const BuilderNode& node : script.nodes) counts.push_back(std::to_string(node.replica_count));
  emit::Script out(emit::Script::Shell::bash, fmt::format(about, script.builder));
  out.assign("builder", script.builder)
      .assign_array("fleets", of_each(script, &BuilderNode::fleet))
      .assign_array("platforms", of_each(script, &BuilderNode::platforms))
      .assign_array("endpoints", of_each(script, &BuilderNode::endpoint))
      .assign_array("replicas", of_each(script, &BuilderNode::replica))
      .assign_array("replica_counts", counts)
      .assign_array("authorities", of_each(script, &BuilderNode::authority))
      .assign_array("clients", of_each(script, &BuilderNode::client))
      .text(buildx_nodes)
      .text(builder_text);
  return {out.str()};
}

}  // namespace bkfc::lower
