// DMN: what the daemon does with what it is told.
#include <algorithm>
#include <array>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

constexpr std::array<std::string_view, 9> architectures{
    "amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le"};

std::string_view part(std::string_view text, int which) {
  for (; which > 0 && text.find('/') != text.npos; --which) text = text.substr(text.find('/') + 1);
  return which > 0 ? std::string_view() : text.substr(0, text.find('/'));
}

void platforms(const Context&, const Fleet& fleet, Findings& out) {
  const auto& platforms = fleet.is().worker.platforms;
  for (const std::string& platform : platforms.value) {
    const bool has_parts = std::count(platform.begin(), platform.end(), '/') >= 1 &&
                           std::count(platform.begin(), platform.end(), '/') <= 2;
    const bool is_spelt = std::all_of(platform.begin(), platform.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '.';
    });
    if (has_parts && is_spelt && !part(platform, 0).empty() && !part(platform, 1).empty()) continue;
    out.at(platforms.origin, "`{}` is no platform", platform)
        .around(fmt::format("\"{}\"", platform))
        .here("system and architecture, like `linux/arm64`")
        .note("buildkitd does not start with one that it cannot read");
  }
}

void foreign(const Context&, const Fleet& fleet, Findings& out) {
  const auto& platforms = fleet.is().worker.platforms;
  const auto& arch = fleet.is().placement.arch;
  if (!platforms.is_written() || !arch.is_set()) return;
  for (const std::string& platform : platforms.value) {
    const std::string_view wanted = part(platform, 1);
    if (wanted == arch.value || (wanted == "386" && arch.value == "amd64") ||
        (wanted == "arm" && arch.value == "arm64"))
      continue;
    if (std::find(architectures.begin(), architectures.end(), wanted) == architectures.end())
      continue;
    out.at(platforms.origin, "`{}` is not what these nodes run", platform)
        .around(fmt::format("\"{}\"", platform))
        .here("builds for it need an emulator")
        .label(arch.origin, "the nodes")
        .note("without QEMU registered on the nodes, steps end with \"exec format error\"");
    return;
  }
}

void entitlements(const Context&, const Fleet& fleet, Findings& out) {
  const auto& said = fleet.is().entitlements;
  for (const schema::Entitlement one : said.value) {
    if (one == schema::Entitlement::security_insecure)
      out.at(said.origin, "every client may run steps with all of the daemon's privileges")
          .around("security.insecure")
          .here("`RUN --security=insecure`")
          .note(
              "rootless, they are those of user 1000's namespace; such a step still reads the "
              "daemon's certificates and every other build's files");
    if (one == schema::Entitlement::network_host && fleet.daemon.rootless)
      out.at(said.origin, "every step uses the pod's network already")
          .around("network.host")
          .only(Severity::info)
          .here("rootless, this adds nothing");
  }
}

void history_off(const Context&, const Fleet& fleet, Findings& out) {
  const auto& entries = fleet.is().history.max_entries;
  if (!entries.is_written() || entries.value != 0) return;
  const Release release = fleet.target.buildkit.release;
  if (release < Release{0, 33, 0}) {
    out.at(entries.origin, "0 means \"by age alone\" here, and \"no records\" from BuildKit 0.33")
        .here(fmt::format("this fleet runs {}", to_text(release)))
        .note("an update to 0.33 ends the history without a word");
  } else {
    out.at(entries.origin, "no build leaves a record")
        .here("from BuildKit 0.33, 0 switches the history off")
        .note("`docker buildx history` shows nothing, and nobody learns why a build failed");
  }
}

void snapshotter(const Context&, const Fleet& fleet, Findings& out) {
  const auto& said = fleet.is().worker.snapshotter;
  if (!said.is_written() || !fleet.daemon.rootless) return;
  switch (said.value) {
    case schema::Snapshotter::fuse_overlayfs:
      out.at(said.origin, "a rootless pod has no `/dev/fuse`, which `fuse-overlayfs` needs")
          .here("`auto` takes overlayfs, from Linux 5.11")
          .note("the daemon does not start: \"fuse-overlayfs not functional\"");
      break;
    case schema::Snapshotter::native:
      out.at(said.origin, "`native` copies every layer whole")
          .only(Severity::warning)
          .here("slow, and several times as large")
          .note(
              "the daemon counts less than it uses: leave twice the room "
              "(moby/buildkit#5459, #4218)");
      break;
    default: break;
  }
}

constexpr Rule rules[] = {
    {.id = "DMN001",
     .name = "platform_spelling",
     .title = "a platform that buildkitd cannot read",
     .why = "Platforms are `os/architecture` or `os/architecture/variant`. One that cannot be "
            "parsed ends the daemon at its start. (containerd's platforms package.)",
     .fleet = platforms},
    {.id = "DMN002",
     .name = "platform_foreign",
     .severity = Severity::warning,
     .title = "a platform that the nodes do not run",
     .why = "A daemon that announces a platform gets builds for it. If its nodes run another "
            "architecture and no emulator is registered with the kernel, each `RUN` step ends "
            "with \"exec format error\".",
     .fleet = foreign},
    {.id = "DMN003",
     .name = "entitlement_insecure",
     .severity = Severity::warning,
     .title = "entitlements that every client gets",
     .why = "An entitlement of the daemon is for everyone who may connect. `security.insecure` "
            "takes away seccomp, AppArmor and the limits of capabilities from steps that ask for "
            "it. (solver/llbsolver, every release; a rootless daemon cannot give more than its "
            "user has.)",
     .fleet = entitlements},
    {.id = "DMN004",
     .name = "history_off",
     .severity = Severity::warning,
     .title = "a history of 0 entries",
     .why = "Before BuildKit 0.33, `maxEntries = 0` means that records go by age alone; from then "
            "on it switches the recording of builds off. (Enabled in "
            "solver/llbsolver/history/buildhistory.go at v0.33.0; tried on 0.32 to 0.34.)",
     .fleet = history_off},
    {.id = "DMN005",
     .name = "snapshotter_unusable",
     .title = "a snapshotter that does not work in this pod",
     .why = "`fuse-overlayfs` opens `/dev/fuse`, which a pod without privileges does not have. "
            "`native` works everywhere by copying whole layers, and what it takes is counted too "
            "small. (moby/buildkit#5459, #4218.)",
     .fleet = snapshotter},
};

}  // namespace

std::span<const Rule> daemon_rules() { return rules; }

}  // namespace bkfc::rules
