#include "facts/buildkitd_flags.hpp"

#include <algorithm>

namespace bkfc::facts {
namespace {

// As `cmd/buildkitd` of moby/buildkit v0.34.2 declares them; the flags for Windows' services apart.
// Name, since, key, note; whether it takes a value; deprecated since.
constexpr BuildkitdFlag flags[] = {
    {"addr", {0, 3}, "grpc.address", "replaces the whole list of the file"},
    {"config", {0, 3}, "", "a file that is not there is taken for an empty one"},
    {"debug", {0, 3}, "debug", "", false, {0, 30}},
    {"debugaddr", {0, 3}, "grpc.debugAddress"},
    {"group", {0, 3}, "grpc.gid"},
    {"root", {0, 3}, "root"},
    {"rootless", {0, 3}, "", "true by itself in a user namespace", false},
    {"tlscacert", {0, 3}, "grpc.tls.ca"},
    {"tlscert", {0, 3}, "grpc.tls.cert"},
    {"tlskey", {0, 3}, "grpc.tls.key"},
    {"allow-insecure-entitlement",
     {0, 5},
     "insecure-entitlements",
     "replaces the list of the file; an unknown one is fatal"},
    {"trace", {0, 12}, "trace", "", false, {0, 30}},
    {"log-format", {0, 13}, "log.format"},
    {"otel-socket-path", {0, 13}, "otel.socketPath"},
    {"cdi-disabled", {0, 20}, "cdi.disabled", "", false},
    {"cdi-spec-dir", {0, 20}, "cdi.specDirs"},
    {"save-cache-debug", {0, 24}, "", "", false},
    {"log-level", {0, 30}, "log.level"},
    {"proxy-network", {0, 31}, "proxyNetwork", "", false},
    {"oci-worker", {0, 3}, "worker.oci.enabled"},
    {"oci-worker-labels", {0, 3}, "worker.oci.labels"},
    {"oci-worker-platform", {0, 3}, "worker.oci.platforms"},
    {"oci-worker-rootless", {0, 3}, "worker.oci.rootless", "", false},
    {"oci-worker-snapshotter", {0, 3}, "worker.oci.snapshotter"},
    {"oci-worker-gc", {0, 4}, "worker.oci.gc", "", false},
    {"oci-worker-gc-keepstorage",
     {0, 4},
     "worker.oci.gckeepstorage",
     "in units of 1e6 bytes; since 0.17 `reserved,free,max`; dead where the file has a `gcpolicy`"},
    {"oci-worker-no-process-sandbox", {0, 4}, "worker.oci.noProcessSandbox", "", false},
    {"oci-worker-net", {0, 6}, "worker.oci.networkMode"},
    {"oci-cni-config-path",
     {0, 6},
     "worker.oci.cniConfigPath",
     "is not read: write `worker.oci.cniConfigPath` in the file instead"},
    {"oci-cni-binary-dir", {0, 6}, "worker.oci.cniBinaryPath"},
    {"oci-worker-binary", {0, 7}, "worker.oci.binary"},
    {"oci-worker-proxy-snapshotter-path", {0, 8}, "worker.oci.proxySnapshotterPath"},
    {"oci-worker-apparmor-profile", {0, 8, 2}, "worker.oci.apparmor-profile"},
    {"oci-worker-selinux", {0, 10, 6}, "worker.oci.selinux", "", false},
    {"oci-cni-pool-size", {0, 11}, "worker.oci.cniPoolSize"},
    {"oci-max-parallelism", {0, 24}, "worker.oci.max-parallelism"},
    {"containerd-worker", {0, 3}, "worker.containerd.enabled"},
    {"containerd-worker-labels", {0, 3}, "worker.containerd.labels"},
    {"containerd-worker-platform", {0, 3}, "worker.containerd.platforms"},
    {"containerd-worker-addr", {0, 3}, "worker.containerd.address"},
    {"containerd-worker-namespace", {0, 3}, "worker.containerd.namespace"},
    {"containerd-worker-snapshotter", {0, 8}, "worker.containerd.snapshotter"},
    {"containerd-worker-rootless", {0, 10}, "worker.containerd.rootless", "", false},
    {"containerd-worker-runtime", {0, 13}, "worker.containerd.runtime.name"},
    {"containerd-worker-hyperv-isolation",
     {0, 34},
     "worker.containerd.hypervIsolation",
     "for Windows only",
     false},
    {"containerd-worker-gc", {0, 4}, "worker.containerd.gc", "", false},
    {"containerd-worker-gc-keepstorage",
     {0, 4},
     "worker.containerd.gckeepstorage",
     "in units of 1e6 bytes; since 0.17 `reserved,free,max`; dead where the file has a `gcpolicy`"},
    {"containerd-worker-net", {0, 6}, "worker.containerd.networkMode"},
    {"containerd-cni-config-path", {0, 6}, "worker.containerd.cniConfigPath"},
    {"containerd-cni-binary-dir", {0, 6}, "worker.containerd.cniBinaryPath"},
    {"containerd-worker-apparmor-profile", {0, 8, 2}, "worker.containerd.apparmor-profile"},
    {"containerd-worker-selinux", {0, 10, 6}, "worker.containerd.selinux", "", false},
    {"containerd-cni-pool-size", {0, 11}, "worker.containerd.cniPoolSize"},
    {"containerd-max-parallelism", {0, 24}, "worker.containerd.max-parallelism"},
};

}  // namespace

std::span<const BuildkitdFlag> buildkitd_flags() { return flags; }

const BuildkitdFlag* find_buildkitd_flag(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
  const auto at = std::find_if(std::begin(flags), std::end(flags),
                               [&](const BuildkitdFlag& flag) { return flag.name == name; });
  return at == std::end(flags) ? nullptr : at;
}

}  // namespace bkfc::facts
