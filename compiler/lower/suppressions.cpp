#include "lower/suppressions.hpp"

#include <algorithm>
#include <string>

#include <fmt/core.h>

namespace bkfc::lower {
namespace {

using emit::Node;
using facts::Linter;
using facts::Silence;

std::vector<Silence> silences_of(const std::vector<Excuse>& excuses) {
  std::vector<Silence> out;
  for (const Excuse& excuse : excuses)
    for (const facts::Suppression& one : facts::suppressions_of(excuse.need))
      if (one.is_default) out.push_back({one.linter, one.check, excuse.reason});
  return out;
}

// What a rule of ours and checks of linters find alike is excused by what the fleet says of the
// rule; where it says nothing, the linters find it too.
void add_allowed(const model::Fleet& fleet, std::string_view rule, facts::Need need,
                 std::vector<Excuse>& out) {
  const auto at = std::find_if(fleet.allows.begin(), fleet.allows.end(),
                               [&](const schema::Allow* allow) { return allow->rule == rule; });
  if (at != fleet.allows.end()) out.push_back({need, (*at)->reason});
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

Excuse excuse(facts::Need need) { return {need, std::string(facts::reason(need))}; }

std::vector<Excuse> excuses_of_image(const model::Fleet& fleet) {
  using facts::Need;
  const model::Image& image = fleet.image;
  const bool is_pulled_once = fleet.pull_policy.value != schema::PullPolicy::Always;
  std::vector<Excuse> out;
  if (!image.moving) {
    if (is_pulled_once) out.push_back(excuse(Need::pull_if_not_present));
    if (image.digest.empty()) out.push_back(excuse(Need::no_digest));
    return out;
  }
  if (is_pulled_once) add_allowed(fleet, "image_pulled_once", Need::pull_if_not_present, out);
  add_allowed(fleet, "image_moves", Need::no_digest, out);
  if (image.tag.empty() || image.tag == "latest")
    add_allowed(fleet, "image_moves", Need::latest_tag, out);
  return out;
}

std::vector<Excuse> excuses_of_resources(const model::Fleet& fleet) {
  std::vector<Excuse> out;
  const schema::Field<schema::Range<Cpu>>& cpu = fleet.is().resources.cpu;
  if (cpu.is_set() && !cpu.value.max) out.push_back(excuse(facts::Need::no_cpu_limit));
  if (!fleet.is().resources.memory.value.max)
    add_allowed(fleet, "memory_unlimited", facts::Need::no_memory_limit, out);
  return out;
}

void add_suppressions(emit::Node& annotations, const std::vector<Excuse>& excuses) {
  const std::vector<Silence> silences = silences_of(excuses);
  for (const facts::Annotation& one : facts::annotations(silences)) {
    std::string why;
    if (one.key.starts_with("kube-score/"))
      why = reasons_of(silences, Linter::kube_score, one.key);
    else if (one.key.starts_with("polaris."))
      why = reasons_of(silences, Linter::polaris, one.key);
    annotations.set(
        one.key, Node(one.value).because("a check of a linter that the fleet cannot pass, and why"),
        why);
  }
}

}  // namespace bkfc::lower
