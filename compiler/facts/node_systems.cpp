#include "facts/node_systems.hpp"

#include <algorithm>

namespace bkfc::facts {
namespace {

using enum Known;

constexpr std::string_view rootless_guide = "moby/buildkit docs/rootless.md";
constexpr std::string_view no_namespaces = "fork/exec /proc/self/exe: no space left on device";

constexpr NodeSystem systems[] = {
    {.name = "ubuntu",
     .os_image = "Ubuntu",
     .apparmor = yes,
     .sysctl = "kernel.apparmor_restrict_unprivileged_userns=0",
     .affects = "23.10 and later",
     .error = "fork/exec /proc/self/exe: permission denied",
     .note = "or an AppArmor profile that allows `userns`",
     .source = rootless_guide},
    {.name = "debian",
     .os_image = "Debian",
     .apparmor = yes,
     .sysctl = "kernel.unprivileged_userns_clone=1",
     .affects = "10 and earlier",
     .error = "fork/exec /proc/self/exe: operation not permitted",
     .source = rootless_guide},
    {.name = "bottlerocket",
     .os_image = "Bottlerocket",
     .selinux = yes,
     .mounts_nosuid = true,
     .sysctl = "user.max_user_namespaces=16384",
     .affects = "all",
     .error = no_namespaces,
     .note =
         "in the node's settings, as `settings.kernel.sysctl`; an emptyDir is mounted nosuid, so "
         "the cache belongs on a claim",
     .source = "moby/buildkit docs/rootless.md, #4667"},
    {.name = "talos",
     .os_image = "Talos",
     .sysctl = "user.max_user_namespaces=11255",
     .affects = "all",
     .error = no_namespaces,
     .note = "in the machine configuration, as `machine.sysctls`",
     .source = "talos.dev, not tried"},
    {.name = "cos",
     .os_image = "Container-Optimized OS",
     .apparmor = yes,
     .mounts_nosuid = true,
     .note =
         "a volume that the image declares is mounted nosuid, so the cache needs a volume of its "
         "own; Autopilot takes capabilities away",
     .source = "moby/buildkit#879, #3097, #3217"},
    {.name = "flatcar", .os_image = "Flatcar", .selinux = depends, .source = rootless_guide},
    {.name = "al2023",
     .os_image = "Amazon Linux 2023",
     .selinux = depends,
     .source = rootless_guide},
    {.name = "al2",
     .os_image = "Amazon Linux 2",
     .note = "its kernel is 5.10 or older: no overlay file system in a user namespace before 5.11",
     .source = rootless_guide},
    {.name = "rhcos",
     .os_image = "Red Hat Enterprise Linux CoreOS",
     .selinux = yes,
     .note =
         "OpenShift's default constraint gives a random uid and drops SETUID and SETGID: it takes "
         "one of its own",
     .source = "moby/buildkit#1634, #1638"},
    {.name = "rhel",
     .os_image = "Red Hat Enterprise Linux",
     .selinux = yes,
     .sysctl = "user.max_user_namespaces=28633",
     .affects = "7 and earlier",
     .error = no_namespaces,
     .source = rootless_guide},
    {.name = "rocky", .os_image = "Rocky Linux", .selinux = yes, .source = rootless_guide},
    {.name = "alma", .os_image = "AlmaLinux", .selinux = yes, .source = rootless_guide},
    {.name = "fedora_coreos",
     .os_image = "Fedora CoreOS",
     .selinux = yes,
     .source = rootless_guide},
    {.name = "opensuse",
     .os_image = "openSUSE",
     .apparmor = depends,
     .selinux = depends,
     .source = rootless_guide},
    {.name = "azure_linux",
     .os_image = "Microsoft Azure Linux",
     .apparmor = depends,
     .selinux = depends,
     .source = rootless_guide},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::span<const NodeSystem> node_systems() { return systems; }

const NodeSystem* find_node_system(std::string_view name) {
  const NodeSystem* best = nullptr;
  for (const NodeSystem& system : systems) {
    if (begins_with(name, system.name) && name.size() == system.name.size()) return &system;
    // The longest beginning: `Amazon Linux 2023` begins as `Amazon Linux 2` does.
    if (begins_with(name, system.os_image) &&
        (best == nullptr || best->os_image.size() < system.os_image.size())) {
      best = &system;
    }
  }
  return best;
}

}  // namespace bkfc::facts
