// The systems that nodes run, and what a rootless daemon needs of each.
#pragma once

#include <span>
#include <string_view>

#include "facts/storage.hpp"

namespace bkfc::facts {

struct NodeSystem {
  std::string_view name;   // as `node_pool` says it: `bottlerocket`
  std::string_view title;  // as people know it
  std::span<const std::string_view> aliases{};
  Known apparmor = Known::no;  // whether its default profile denies mounts
  Known selinux = Known::no;
  bool mounts_nosuid = false;  // volumes of emptyDir or the image are mounted nosuid
  // What has to be set on the node before a rootless daemon starts; empty: nothing.
  std::string_view sysctl{};
  std::string_view without_it{};  // what happens else: the error that the daemon prints
  std::string_view how{};         // where it is set on this system
  std::string_view source{};
};

std::span<const NodeSystem> node_systems();
// By name, alias, or the beginning of a kubelet's `osImage`; null: not known.
const NodeSystem* find_node_system(std::string_view name);

}  // namespace bkfc::facts
