#include "lower/suppressions.hpp"

#include <algorithm>
#include <string>

#include <fmt/core.h>

namespace bkfc::lower {
namespace {

using facts::Linter;
using facts::Silence;

std::vector<Silence> silences_of(const std::vector<facts::Need>& needs) {
  std::vector<Silence> out;
  for (const facts::Need need : needs)
    for (const facts::Suppression& one : facts::suppressions_of(need))
      if (one.is_default) out.push_back({one.linter, one.check, std::string(facts::reason(need))});
  return out;
}

// The reasons of a linter whose annotations have no room for them.
std::string reasons_of(const std::vector<Silence>& silences, Linter linter, std::string_view key) {
  std::string out;
  for (const Silence& silence : silences) {
    const bool is_meant = silence.linter == linter &&
                          (linter != Linter::polaris || key.find(silence.check) != key.npos);
    if (is_meant)
      out += fmt::format("{}{}: {}", out.empty() ? "" : "\n", silence.check, silence.reason);
  }
  return out;
}

}  // namespace

std::vector<facts::Need> needs_of_image(const model::Fleet& fleet) {
  std::vector<facts::Need> needs;
  if (fleet.pull_policy.value != schema::PullPolicy::Always)
    needs.push_back(facts::Need::pull_if_not_present);
  if (fleet.image.digest.empty() && !fleet.image.moving) needs.push_back(facts::Need::no_digest);
  return needs;
}

void add_suppressions(emit::Node& annotations, const std::vector<facts::Need>& needs) {
  const std::vector<Silence> silences = silences_of(needs);
  for (const facts::Annotation& one : facts::annotations(silences)) {
    std::string why;
    if (one.key.starts_with("kube-score/"))
      why = reasons_of(silences, Linter::kube_score, one.key);
    else if (one.key.starts_with("polaris."))
      why = reasons_of(silences, Linter::polaris, one.key);
    annotations.set(one.key, one.value, why);
  }
}

}  // namespace bkfc::lower
