#include "facts/linters.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace bkfc::facts {
namespace {

using enum Need;
using enum Linter;

// Of kube-linter 0.8.3, kube-score 1.20.0, polaris 10.2.2, checkov 3.3.13 and trivy's checks.
constexpr Suppression rows[] = {
    {privilege_escalation, kube_linter, "privilege-escalation-container"},
    {privilege_escalation, polaris, "privilegeEscalationAllowed"},
    {privilege_escalation, checkov, "CKV_K8S_20"},
    {privilege_escalation, trivy, "KSV-0001"},
    {seccomp_unconfined, kube_score, "container-seccomp-profile", false},
    {seccomp_unconfined, checkov, "CKV_K8S_31"},
    {seccomp_unconfined, trivy, "KSV-0030"},
    {seccomp_unconfined, trivy, "KSV-0104"},
    {apparmor_unconfined, trivy, "KSV-0002"},
    {writable_root_filesystem, kube_linter, "no-read-only-root-fs"},
    {writable_root_filesystem, kube_score, "container-security-context-readonlyrootfilesystem"},
    {writable_root_filesystem, polaris, "notReadOnlyRootFilesystem"},
    {writable_root_filesystem, checkov, "CKV_K8S_22"},
    {writable_root_filesystem, trivy, "KSV-0014"},
    {low_user_id, kube_score, "container-security-context-user-group-id"},
    {low_user_id, checkov, "CKV_K8S_40"},
    {low_user_id, trivy, "KSV-0020"},
    {low_user_id, trivy, "KSV-0021"},
    {added_capabilities, checkov, "CKV_K8S_25"},
    {added_capabilities, trivy, "KSV-0022"},
    {pull_if_not_present, kube_score, "container-image-pull-policy"},
    {pull_if_not_present, polaris, "pullPolicyNotAlways"},
    {pull_if_not_present, checkov, "CKV_K8S_15"},
    {no_digest, checkov, "CKV_K8S_43"},
    {privileged, kube_linter, "privileged-container"},
    {privileged, kube_linter, "privilege-escalation-container"},
    {privileged, kube_score, "container-security-context-privileged"},
    {privileged, polaris, "runAsPrivileged"},
    {privileged, polaris, "privilegeEscalationAllowed"},
    {privileged, checkov, "CKV_K8S_16"},
    {privileged, checkov, "CKV_K8S_20"},
    {privileged, trivy, "KSV-0017"},
    {root_user, kube_linter, "run-as-non-root"},
    {root_user, kube_score, "container-security-context-user-group-id"},
    {root_user, polaris, "runAsRootAllowed"},
    {root_user, checkov, "CKV_K8S_23"},
    {root_user, checkov, "CKV_K8S_40"},
    {root_user, trivy, "KSV-0012"},
    {root_user, trivy, "KSV-0116"},
    {host_path, kube_linter, "sensitive-host-mounts"},
    {host_path, kube_linter, "writable-host-mount", false},
    {host_path, polaris, "hostPathSet"},
    {host_path, trivy, "KSV-0023"},
    {unmasked_proc, kube_linter, "unsafe-proc-mount", false},
    {unmasked_proc, polaris, "procMount"},
    {unmasked_proc, trivy, "KSV-0027"},
    {no_cpu_limit, kube_score, "container-resources"},
    {no_cpu_limit, polaris, "cpuLimitsMissing"},
    {no_cpu_limit, checkov, "CKV_K8S_11"},
    {no_cpu_limit, trivy, "KSV-0011"},
    {no_memory_limit, kube_linter, "unset-memory-requirements"},
    {no_memory_limit, kube_score, "container-resources"},
    {no_memory_limit, polaris, "memoryLimitsMissing"},
    {no_memory_limit, checkov, "CKV_K8S_13"},
    {no_memory_limit, trivy, "KSV-0018"},
    {latest_tag, kube_linter, "latest-tag"},
    {latest_tag, kube_score, "container-image-tag"},
    {latest_tag, polaris, "tagNotSpecified"},
    {latest_tag, checkov, "CKV_K8S_14"},
    {latest_tag, trivy, "KSV-0013"},
};

// What kube-score ignores is said in one annotation, without reasons.
void add_to_list(std::vector<Annotation>& out, std::string_view key, std::string_view check) {
  const auto at = std::find_if(out.begin(), out.end(),
                               [&](const Annotation& annotation) { return annotation.key == key; });
  if (at == out.end()) {
    out.push_back({std::string(key), std::string(check)});
  } else {
    at->value += fmt::format(",{}", check);
  }
}

void add(std::vector<Annotation>& out, const Silence& silence, int number) {
  switch (silence.linter) {
    case kube_linter:
      out.push_back({fmt::format("ignore-check.kube-linter.io/{}", silence.check), silence.reason});
      return;
    case kube_score: add_to_list(out, "kube-score/ignore", silence.check); return;
    case polaris:
      out.push_back({fmt::format("polaris.fairwinds.com/{}-exempt", silence.check), "true"});
      return;
    case checkov:
      out.push_back({fmt::format("checkov.io/skip{}", number),
                     fmt::format("{}={}", silence.check, silence.reason)});
      return;
    case trivy: return;
  }
}

}  // namespace

std::span<const Suppression> suppressions() { return rows; }

std::vector<Suppression> suppressions_of(Need need) {
  std::vector<Suppression> out;
  std::copy_if(std::begin(rows), std::end(rows), std::back_inserter(out),
               [&](const Suppression& row) { return row.need == need; });
  return out;
}

std::string_view reason(Need need) {
  switch (need) {
    case privilege_escalation:
      return "newuidmap and newgidmap are setuid and must gain SETUID and SETGID; with "
             "no_new_privs rootlesskit does not start";
    case seccomp_unconfined:
      return "the container runtime inside needs unshare, mount and setns, which the default "
             "profile denies";
    case apparmor_unconfined:
      return "the default AppArmor profile denies the mounts of build steps";
    case writable_root_filesystem:
      return "the daemon writes its run folder, its home and /tmp in the image's file system";
    case low_user_id:
      return "the image's /etc/subuid knows uid 1000 only; another uid takes an image of its own";
    case added_capabilities:
      return "newuidmap needs SETUID and newgidmap SETGID in the bounding set; all others are "
             "dropped";
    case pull_if_not_present:
      return "the image is pinned, so what is on the node is what would be pulled";
    case no_digest: return "the image is known by the tag of a release, which does not move";
    case privileged: return "the fleet's mode is privileged: build steps mount and use namespaces";
    case root_user: return "the daemon of this mode runs as root in its container";
    case host_path: return "the cache lies on the node's own disk, as the fleet says";
    case unmasked_proc: return "it keeps build steps in a process namespace of their own";
    case no_cpu_limit: return "a CPU limit throttles builds while the node has CPU to spare";
    case no_memory_limit: return "the fleet lets its daemons use all memory of their nodes";
    case latest_tag: return "the fleet runs whatever image its tag is when a pod starts";
  }
  return {};
}

std::vector<Annotation> annotations(const std::vector<Silence>& silences) {
  std::vector<Silence> sorted;
  for (const Silence& silence : silences) {
    const bool is_known = std::any_of(sorted.begin(), sorted.end(), [&](const Silence& other) {
      return other.linter == silence.linter && other.check == silence.check;
    });
    if (!is_known) sorted.push_back(silence);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Silence& a, const Silence& b) { return a.linter < b.linter; });
  std::vector<Annotation> out;
  int number = 0;
  for (const Silence& silence : sorted) {
    if (silence.linter == checkov) ++number;
    add(out, silence, number);
  }
  return out;
}

}  // namespace bkfc::facts
