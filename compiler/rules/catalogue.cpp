#include "rules/catalogue.hpp"

#include <array>

namespace bkfc::rules {
namespace {

using Family = std::span<const Rule> (*)();

constexpr std::array<Family, 14> families{
    gc_rules,         gc_filter_rules, capacity_rules, storage_rules, image_rules,
    resource_rules,   name_rules,      daemon_rules,   tls_rules,     rollout_rules,
    scheduling_rules, release_rules,   builder_rules,  object_rules};

}  // namespace

std::vector<const Rule*> all() {
  std::vector<const Rule*> out;
  for (const Family family : families)
    for (const Rule& rule : family()) out.push_back(&rule);
  return out;
}

const Rule* find(std::string_view id_or_name) {
  for (const Family family : families)
    for (const Rule& rule : family())
      if (rule.id == id_or_name || rule.name == id_or_name) return &rule;
  return nullptr;
}

}  // namespace bkfc::rules
