#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "lower/artifacts.hpp"
#include "lower/parts.hpp"
#include "model/carried.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

constexpr std::string_view own_name = "kustomization.yaml";

Node kustomization(std::string comment, const std::vector<std::string>& resources) {
  constexpr std::string_view what = "what `kubectl apply -k` reads";
  Node out = emit::map({{"apiVersion", Node("kustomize.config.k8s.io/v1beta1").because(what)},
                        {"kind", Node("Kustomization").because(what)},
                        {"resources", emit::text_list(resources).because(
                                          "what is written into this folder for the program")}});
  out.comment = std::move(comment);
  return out;
}

}  // namespace

Content fleet_kustomization(const model::Fleet& fleet) {
  std::vector<std::string> files;
  for (const Output& output : outputs()) {
    const std::string_view name = output.path.substr(output.path.rfind('/') + 1);
    if (output.path.starts_with("deploy/") && name != own_name && output.wanted(fleet))
      files.emplace_back(name);
  }
  for (const schema::Object& object : fleet.is().objects)
    files.push_back(fmt::format("objects/{}", model::carried_name(object)));
  Node out = kustomization(head_comment(fleet), files);
  out.origin = fleet.is().head.origin;
  return emit::Yaml{{std::move(out)}};
}

emit::Yaml cluster_kustomization(const std::vector<const model::Fleet*>& fleets) {
  std::vector<std::string> folders;
  for (const model::Fleet* fleet : fleets)
    folders.push_back(fmt::format("{}/{}", fleet->name_space(), fleet->source->identity.name));
  std::sort(folders.begin(), folders.end());
  return {{kustomization("Written by bkfc: every fleet of this cluster.", folders)}};
}

}  // namespace bkfc::lower
