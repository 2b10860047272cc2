// The systems that nodes run, and what a rootless daemon needs of each.
#pragma once

#include <span>
#include <string_view>

#include "facts/storage.hpp"

namespace bkfc::facts {

struct NodeSystem {
  std::string_view name;       // as a node pool says it: `bottlerocket`
  std::string_view os_image;   // how a kubelet's `osImage` begins: `Bottlerocket OS`
  Known apparmor = Known::no;  // whether a default profile stands between a container and mounts
  Known selinux = Known::no;
  bool mounts_nosuid = false;  // some of its volumes are mounted nosuid, which breaks unpacking
  // The setting without which a rootless daemon does not start; empty: none that is known.
  std::string_view sysctl{};
  std::string_view affects{};  // which of its releases need that
  std::string_view error{};    // what is printed without it
  std::string_view note{};     // where it is set, and what else to know
  std::string_view source{};
};

std::span<const NodeSystem> node_systems();
// By name or by the beginning of a kubelet's `osImage`, in any case; null: not known.
const NodeSystem* find_node_system(std::string_view name);

}  // namespace bkfc::facts
