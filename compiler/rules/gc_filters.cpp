// GC, continued: the filters of tiers.
#include <algorithm>

#include "gc/filter.hpp"
#include "rules/catalogue.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

// Where a filter stands: `filters`, or `types`, of which the first ones are made.
OriginId place_of(const schema::GcTier& tier, std::size_t filter) {
  const std::size_t types = tier.types.is_set() ? tier.types.value.size() : 0;
  return filter < types ? tier.types.origin : tier.filters.origin;
}

// Calls for every filter of every tier, with the place where it is said.
template <class Visit>
void each_filter(const Fleet& fleet, const Visit& visit) {
  if (fleet.daemon.has_default_policy) return;
  const auto& tiers = fleet.is().gc.tiers;
  for (std::size_t t = 0; t < std::min(tiers.size(), fleet.daemon.policies.size()); ++t) {
    const auto& filters = fleet.daemon.policies[t].filters.value;
    for (std::size_t f = 0; f < filters.size(); ++f)
      visit(filters[f], tiers[t], place_of(tiers[t], f));
  }
}

// A single `=` for `==`, mended; empty where that does not mend the filter.
std::string with_double_equals(std::string_view filter, std::size_t at) {
  if (filter.substr(at, 1) != "=") return {};
  std::string mended(filter);
  mended.insert(at, "=");
  return gc::parse_filter(mended).error ? std::string() : mended;
}

void filter_syntax(const Context&, const Fleet& fleet, Findings& out) {
  each_filter(fleet, [&](const std::string& text, const schema::GcTier&, OriginId place) {
    const gc::Filter filter = gc::parse_filter(text);
    if (!filter.error) return;
    auto draft = out.at(place, "the daemon cannot read the filter `{}`", text);
    draft.around(text)
        .here(fmt::format("it {}", filter.error->reason))
        .note(
            "the daemon starts and looks well; every sweep ends here with an error in its log, "
            "and no tier collects");
    if (std::string mended = with_double_equals(text, filter.error->at); !mended.empty())
      draft.fix_around(fmt::format("write `{}`", mended), mended);
  });
}

// The type that a filter `type==x` asks for.
std::string_view type_in(std::string_view filter) {
  return filter.starts_with("type==") ? filter.substr(6) : filter;
}

void filter_without_effect(const Context&, const Fleet& fleet, Findings& out) {
  each_filter(fleet, [&](const std::string& text, const schema::GcTier& tier, OriginId place) {
    const gc::Filter filter = gc::parse_filter(text);
    if (filter.error) return;
    const auto problem = gc::find_problem(filter, tier.all.value);
    if (!problem) return;
    auto draft = out.at(place, "the filter `{}` matches {} record", text,
                        problem->matches_all ? "every" : "no");
    draft.around(place == tier.types.origin ? type_in(text) : std::string_view(text));
    draft.here(problem->reason);
    if (problem->kind == gc::FilterProblem::Kind::two_types)
      draft.note("write two filters, or `types = […]`: the elements of a list are alternatives");
  });
}

constexpr Rule rules[] = {
    {.id = "GC015",
     .name = "gc_filter_syntax",
     .title = "a filter that the daemon cannot read",
     .why = "Filters are read when a sweep comes to them, not when the daemon starts. A mistake "
            "ends the sweep with an error in the log: no later tier runs, at every sweep, and the "
            "daemon looks healthy. (containerd's pkg/filters, prune in cache/manager.go; tried on "
            "0.24 and 0.34.)",
     .fleet = filter_syntax},
    {.id = "GC016",
     .name = "gc_filter_without_effect",
     .title = "a filter that selects nothing, or everything",
     .why = "In one filter a comma is \"and\". Records have `id`, `type`, `description` and the "
            "flags `mutable`, `immutable`, `shared` and `private`; `parents` and `inuse` are never "
            "filled while pruning, and a flag has no value. A condition on anything else holds "
            "never, or with `!=` always, and nobody is told. BuildKit's own default had this "
            "mistake until 0.30. (adaptUsageInfo in cache/manager.go.)",
     .fleet = filter_without_effect},
};

}  // namespace

std::span<const Rule> gc_filter_rules() { return rules; }

}  // namespace bkfc::rules
