// Which checks of which linters a fleet's needs make fail, and the reason for each suppression.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bkfc::facts {

// What a fleet needs that linters object to.
enum class Need : std::uint8_t {
  privilege_escalation,
  seccomp_unconfined,
  apparmor_unconfined,
  writable_root_filesystem,
  low_user_id,
  added_capabilities,
  pinned_without_pull,  // a digest, or a fixed tag, with IfNotPresent
  tag_without_digest,
  privileged,
  root_user,
  host_path,
  unmasked_proc,
  no_cpu_limit,
  no_resources,
};

enum class Linter : std::uint8_t { kube_linter, kube_score, polaris, checkov };

struct Suppression {
  Need need{};
  Linter linter{};
  std::string_view check;  // `privilege-escalation-container`, `CKV_K8S_20`
};

// Why a fleet has a need: a sentence that names the mechanism.
std::string_view reason(Need need);

std::span<const Suppression> suppressions();
std::vector<Suppression> suppressions_of(Need need);

// The annotation that one linter reads: key, and how several checks are said.
// kube-linter: `ignore-check.kube-linter.io/<check>: <reason>`;
// kube-score: `kube-score/ignore: <check>,<check>`;
// polaris: `polaris.fairwinds.com/<check>-exempt: "true"`;
// checkov: `checkov.io/skip<n>: <check>=<reason>`.
std::string_view annotation_prefix(Linter linter);

}  // namespace bkfc::facts
