// Which checks of which linters a fleet's needs make fail, and the reason for each suppression.
#pragma once

#include <cstdint>
#include <span>
#include <string>
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
  pull_if_not_present,
  no_digest,
  privileged,
  root_user,
  host_path,
  unmasked_proc,
  no_cpu_limit,
  no_memory_limit,
  latest_tag,
};

enum class Linter : std::uint8_t { kube_linter, kube_score, polaris, checkov, trivy };

struct Suppression {
  Need need{};
  Linter linter{};
  std::string_view check;  // `privilege-escalation-container`, `CKV_K8S_20`
  bool is_default = true;  // whether the check is on unless asked for
};

std::span<const Suppression> suppressions();
std::vector<Suppression> suppressions_of(Need need);

// Why a fleet has a need: the mechanism, as it stands behind "because".
std::string_view reason(Need need);

// An annotation, complete.
struct Annotation {
  std::string key;
  std::string value;
};

// A check to be silenced, and why.
struct Silence {
  Linter linter{};
  std::string_view check;
  std::string reason;
};

// The annotations by which the linters are told, in the order of the linters:
// `ignore-check.kube-linter.io/<check>`, one `kube-score/ignore`,
// `polaris.fairwinds.com/<check>-exempt`, numbered `checkov.io/skip<n>`. trivy has none: it reads a
// file of its own. One check silenced twice is said once, with the first reason.
std::vector<Annotation> annotations(const std::vector<Silence>& silences);

}  // namespace bkfc::facts
