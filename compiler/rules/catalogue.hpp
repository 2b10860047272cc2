// The list of all rules.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"

namespace bkfc::rules {

// Every rule, family by family, in the order of its ids.
std::vector<const Rule*> all();

// By id (`GC004`) or name (`gc_tier_shadowed`); null if there is none.
const Rule* find(std::string_view id_or_name);

// The families, one file each.
std::span<const Rule> gc_rules();
std::span<const Rule> gc_filter_rules();
std::span<const Rule> capacity_rules();
std::span<const Rule> storage_rules();
std::span<const Rule> image_rules();
std::span<const Rule> resource_rules();
std::span<const Rule> name_rules();
std::span<const Rule> daemon_rules();
std::span<const Rule> tls_rules();
std::span<const Rule> rollout_rules();
std::span<const Rule> scheduling_rules();
std::span<const Rule> release_rules();
std::span<const Rule> builder_rules();
std::span<const Rule> object_rules();

}  // namespace bkfc::rules
