#include "rules/policies.hpp"

#include <algorithm>

#include "gc/filter.hpp"

namespace bkfc::rules {

std::vector<gc::Policy> policies_of(const model::Daemon& daemon) {
  std::vector<gc::Policy> out;
  for (const model::GcPolicy& policy : daemon.policies) {
    out.push_back(arithmetic(policy));
    // The daemon does not know it yet, and does nothing for it.
    if (daemon.release < Release{0, 17, 0}) out.back().min_free_space = {};
  }
  return out;
}

bool collects_layers(const gc::Policy& policy) {
  if (policy.filters.empty()) return true;
  return std::any_of(policy.filters.begin(), policy.filters.end(), [](const std::string& text) {
    const gc::Filter filter = gc::parse_filter(text);
    if (filter.error) return false;
    // A filter that says nothing of types collects layers too, if only some.
    return std::all_of(filter.selectors.begin(), filter.selectors.end(),
                       [](const gc::Selector& selector) {
                         if (selector.field != "type") return true;
                         const bool is_regular = selector.value == "regular";
                         switch (selector.op) {
                           case gc::Operator::equal: return is_regular;
                           case gc::Operator::not_equal: return !is_regular;
                           default: return true;
                         }
                       });
  });
}

bool bounds_the_cache(const gc::Policy& policy) {
  return policy.is_bounded() && policy.keep_duration.seconds == 0 && collects_layers(policy);
}

Bytes ceiling(const std::vector<gc::Policy>& policies, std::optional<Bytes> disk) {
  Bytes least;
  for (const gc::Policy& policy : policies) {
    if (!bounds_the_cache(policy)) continue;
    Bytes bound = policy.max_used_space;
    if (policy.min_free_space.count != 0 && disk) {
      const Bytes free{std::max<std::int64_t>(0, disk->count - policy.min_free_space.count)};
      bound = bound.count == 0 ? free : std::min(bound, free);
    }
    bound = std::max(bound, policy.reserved_space);
    if (bound.count == 0) continue;
    if (least.count == 0 || bound < least) least = bound;
  }
  return least;
}

}  // namespace bkfc::rules
