#include "model/daemon.hpp"

namespace bkfc::model {
namespace {

template <class T>
schema::Field<T> said_if(bool is_said, T value) {
  if (!is_said) return {};
  return {std::move(value), OriginId::nowhere, schema::State::defaulted};
}

GcPolicy policy_of(const gc::Policy& own) {
  GcPolicy policy;
  policy.all = said_if(own.all, own.all);
  policy.filters = said_if(!own.filters.empty(), own.filters);
  policy.keep_duration = said_if(own.keep_duration.seconds != 0, own.keep_duration);
  policy.reserved_space = said_if(own.reserved_space.count != 0, own.reserved_space);
  policy.max_used_space = said_if(own.max_used_space.count != 0, own.max_used_space);
  policy.min_free_space = said_if(own.min_free_space.count != 0, own.min_free_space);
  return policy;
}

}  // namespace

gc::Policy arithmetic(const GcPolicy& policy) {
  return {.all = policy.all.value,
          .filters = policy.filters.value,
          .keep_duration = policy.keep_duration.value,
          .reserved_space = policy.reserved_space.value,
          .max_used_space = policy.max_used_space.value,
          .min_free_space = policy.min_free_space.value};
}

Bytes cache_limit(const Daemon& daemon) {
  std::vector<gc::Policy> policies;
  for (const GcPolicy& policy : daemon.policies) policies.push_back(arithmetic(policy));
  return gc::ceiling(policies);
}

std::vector<GcPolicy> default_policy(const Daemon& daemon, Bytes disk) {
  const gc::Spaces spaces{daemon.reserved_space.value, daemon.max_used_space.value,
                          daemon.min_free_space.value};
  std::vector<GcPolicy> policies;
  for (const gc::Policy& own : gc::default_policies(spaces, disk, daemon.release))
    policies.push_back(policy_of(own));
  return policies;
}

}  // namespace bkfc::model
