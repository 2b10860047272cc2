// GC: what the garbage collection does with the policies that a fleet asks for.
#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/policies.hpp"
#include "rules/storage.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;
using model::GcPolicy;

bool has_tiers(const Fleet& fleet) { return !fleet.daemon.has_default_policy; }

// The place of a tier, or of the `gc` block where there is none.
OriginId last_tier(const Fleet& fleet) {
  return fleet.daemon.policies.empty() ? fleet.is().gc.head.origin
                                       : fleet.daemon.policies.back().origin;
}

void disabled(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Gc& gc = fleet.is().gc;
  if (!gc.enabled.is_written() || gc.enabled.value) return;
  auto draft = out.at(gc.enabled.origin, "this daemon never collects anything");
  draft.here("the cache grows until its volume is full");
  if (!gc.tiers.empty())
    draft.label(gc.tiers.front().head.origin, "this tier, like all others, is without effect");
}

void purges_all(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet)) return;
  for (const GcPolicy& tier : fleet.daemon.policies) {
    const gc::Policy policy = arithmetic(tier);
    if (policy.is_bounded() || policy.keep_duration.seconds != 0) continue;
    out.at(tier.origin, "tier `{}` deletes everything that it matches after every build", tier.name)
        .here("it has neither a bound nor an age")
        .note("say `max_used_space`, above which it collects, or `keep_duration`");
  }
}

void age_only(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet)) return;
  const auto policies = policies_of(fleet.daemon);
  // Where nothing has a bound, that is said instead.
  if (std::none_of(policies.begin(), policies.end(), bounds_the_cache)) return;
  for (const GcPolicy& tier : fleet.daemon.policies) {
    const gc::Policy policy = arithmetic(tier);
    if (policy.is_bounded() || policy.keep_duration.seconds == 0) continue;
    out.at(tier.keep_duration.origin,
           "tier `{}` deletes all that was not used for {}, however much room there is", tier.name,
           to_text(policy.keep_duration))
        .here("an age without a bound")
        .note("with `max_used_space` it collects only what is too much");
  }
}

void min_free_alone(const Context&, const Fleet& fleet, Findings& out) {
  const Release release = fleet.target.buildkit.release;
  const auto say = [&](OriginId at, std::string_view what, bool purges) {
    auto draft = out.at(at, "{} has `min_free_space` and no `max_used_space`", what);
    if (purges)
      draft.here("while this much is free, everything that it matches is deleted")
          .note(fmt::format("so it is until BuildKit 0.21; this fleet runs {}", to_text(release)));
    else
      draft.here("while this much is free, still one record is deleted after every build");
    draft.note("say `max_used_space` too: then nothing goes while both hold");
  };
  if (release < Release{0, 17, 0}) return;
  const bool old = release < Release{0, 21, 0};
  if (!has_tiers(fleet)) {
    const model::Daemon& daemon = fleet.daemon;
    if (daemon.min_free_space.value.count != 0 && daemon.max_used_space.value.count == 0 &&
        !(old && daemon.reserved_space.value.count != 0))
      say(daemon.min_free_space.origin, "the default policy", old);
    return;
  }
  for (const GcPolicy& tier : fleet.daemon.policies) {
    const gc::Policy policy = arithmetic(tier);
    if (policy.min_free_space.count == 0 || policy.max_used_space.count != 0) continue;
    if (old && policy.reserved_space.count != 0) continue;
    say(tier.min_free_space.origin, fmt::format("tier `{}`", tier.name), old);
  }
}

void shadowed(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet)) return;
  const auto& tiers = fleet.daemon.policies;
  for (std::size_t later = 1; later < tiers.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const gc::Policy policy = arithmetic(tiers[later]);
      const gc::Policy before = arithmetic(tiers[earlier]);
      // One that deletes everything is said to do that already.
      if (!before.is_bounded() && before.keep_duration.seconds == 0) continue;
      if (!gc::shadows(before, policy)) continue;
      auto draft =
          out.at(tiers[later].origin, "tier `{}` has nothing left to do", tiers[later].name);
      draft.here(
          fmt::format("tier `{}` takes all that it could take, and sooner", tiers[earlier].name));
      draft.label(tiers[earlier].origin, "this one");
      if (policy.min_free_space.count != 0)
        draft.note(
            "worse than nothing: free space is measured before deleted layers leave the "
            "disk, so both tiers delete for the same shortage");
      break;
    }
  }
}

void reserved_over_max(const Context&, const Fleet& fleet, Findings& out) {
  const auto say = [&](const schema::Field<Bytes>& reserved, const schema::Field<Bytes>& max) {
    if (max.value.count == 0 || reserved.value <= max.value) return;
    out.at(reserved.origin,
           "`reserved_space` is larger than `max_used_space`, which is then "
           "without effect")
        .here(fmt::format("{} are never collected", about(reserved.value)))
        .label(max.origin, fmt::format("so the cache is not held to {}", about(max.value)))
        .note(
            "`reserved_space` is what survives when free space is short: mostly a small part of "
            "`max_used_space`");
  };
  if (!has_tiers(fleet)) return say(fleet.daemon.reserved_space, fleet.daemon.max_used_space);
  for (const GcPolicy& tier : fleet.daemon.policies) say(tier.reserved_space, tier.max_used_space);
}

void min_free_over_disk(const Context& context, const Fleet& fleet, Findings& out) {
  const std::optional<Bytes> disk = disk_of(context, fleet);
  const Bytes volume = fleet.daemon.volume;
  const auto say = [&](const schema::Field<Bytes>& free, Bytes reserved) {
    if (free.value.count == 0 || free.value < std::min(volume, disk.value_or(volume))) return;
    // Of a folder on the node's disk, it is that disk's free space which counts.
    const bool is_certain = disk && free.value >= *disk;
    const Bytes size = is_certain ? *disk : volume;
    auto draft = out.at(free.origin, "`min_free_space` asks for {} free on a {} of {}",
                        about(free.value), is_certain ? "disk" : "volume", about(size));
    draft.label(fleet.is().cache.size.origin, "the volume");
    if (is_certain)
      draft.here(reserved.count != 0
                     ? fmt::format("every build ends with a cache of {}", about(reserved))
                     : "every build ends with an empty cache");
    else
      draft.only(Severity::warning)
          .here("more than the whole volume")
          .note(fmt::format("volumes of this class are folders of the node's disk, of which {}",
                            disk ? fmt::format("so much of {} is to stay free", about(*disk))
                                 : "the size is not known: say it in the cluster's `node_pool`"));
  };
  if (!has_tiers(fleet)) return say(fleet.daemon.min_free_space, fleet.daemon.reserved_space.value);
  for (const GcPolicy& tier : fleet.daemon.policies)
    say(tier.min_free_space, tier.reserved_space.value);
}

void max_never_reached(const Context& context, const Fleet& fleet, Findings& out) {
  const std::optional<Bytes> disk = disk_of(context, fleet);
  if (!disk) return;
  const auto say = [&](const schema::Field<Bytes>& max, const schema::Field<Bytes>& free) {
    if (max.value.count == 0 || free.value.count == 0 || free.value >= *disk) return;
    const Bytes left{disk->count - free.value.count};
    if (max.value <= left) return;
    out.at(max.origin, "`max_used_space` is never reached: `min_free_space` collects sooner")
        .here(fmt::format("{} of a disk of {}", about(max.value), about(*disk)))
        .label(free.origin,
               fmt::format("with {} free, the cache has {}", about(free.value), about(left)))
        .note(fmt::format("say `max_used_space` of at most {}, or a smaller `min_free_space`",
                          about(left)));
  };
  if (!has_tiers(fleet)) return say(fleet.daemon.max_used_space, fleet.daemon.min_free_space);
  for (const GcPolicy& tier : fleet.daemon.policies) say(tier.max_used_space, tier.min_free_space);
}

void layers_never_collected(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet) || fleet.daemon.policies.empty()) return;
  const auto policies = policies_of(fleet.daemon);
  if (std::any_of(policies.begin(), policies.end(), collects_layers)) return;
  out.at(last_tier(fleet), "no tier collects layers, the bulk of every cache")
      .here("like all tiers, it matches records of other types only")
      .note("end with a tier for everything: `all = true` and `max_used_space`");
}

void young_unbounded(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet) || fleet.daemon.policies.empty()) return;
  const auto policies = policies_of(fleet.daemon);
  if (std::any_of(policies.begin(), policies.end(), bounds_the_cache)) return;
  const auto oldest = std::find_if(policies.rbegin(), policies.rend(), collects_layers);
  if (oldest == policies.rend() || !oldest->is_bounded()) return;
  const auto& tier = fleet.daemon.policies[static_cast<std::size_t>(policies.rend() - oldest) - 1];
  out.at(tier.keep_duration.origin, "what was used within {} is never collected",
         to_text(oldest->keep_duration))
      .here("every tier that collects layers has an age")
      .note(
          "a busy day fills the volume; end with a tier for everything that has no "
          "`keep_duration`");
}

void nothing_bounds(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet) || fleet.daemon.policies.empty()) return;
  const auto policies = policies_of(fleet.daemon);
  const bool collects = std::any_of(policies.begin(), policies.end(), collects_layers);
  const bool bounded = std::any_of(policies.begin(), policies.end(), [](const gc::Policy& policy) {
    return collects_layers(policy) && (policy.is_bounded() || policy.keep_duration.seconds == 0);
  });
  if (!collects || bounded) return;
  out.at(last_tier(fleet), "no tier bounds the size of the cache")
      .here("tiers that collect layers know their age only")
      .note("end with a tier for everything: `all = true` and `max_used_space`");
}

void free_space_of_some(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet)) return;
  const GcPolicy* with = nullptr;
  const GcPolicy* catch_all = nullptr;
  for (const GcPolicy& tier : fleet.daemon.policies) {
    const gc::Policy policy = arithmetic(tier);
    const bool everything = policy.filters.empty() && policy.keep_duration.seconds == 0;
    if (everything && policy.min_free_space.count != 0) return;
    if (everything) catch_all = &tier;
    if (policy.min_free_space.count != 0) with = &tier;
  }
  if (with == nullptr || catch_all == nullptr) return;
  out.at(with->min_free_space.origin,
         "`min_free_space` here keeps free only what tier `{}` may "
         "collect",
         with->name)
      .here("this tier matches a part of the cache")
      .label(catch_all->origin, "this one, which matches everything, has no `min_free_space`")
      .note("the disk still fills with layers: say `min_free_space` in the tier for everything");
}

void no_all_tier(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_tiers(fleet) || fleet.daemon.policies.empty()) return;
  const auto& tiers = fleet.daemon.policies;
  if (std::any_of(tiers.begin(), tiers.end(), [](const GcPolicy& t) { return t.all.value; }))
    return;
  // Where not even layers are collected, that is said instead.
  const auto policies = policies_of(fleet.daemon);
  if (std::none_of(policies.begin(), policies.end(), collects_layers)) return;
  out.at(last_tier(fleet), "no tier has `all = true`")
      .here("internal records and frontends are never collected")
      .note("say `all = true` in the last tier");
}

void default_uses_a_part(const Context&, const Fleet& fleet, Findings& out) {
  if (has_tiers(fleet) || fleet.daemon.policies.empty()) return;
  // Of the node's disk, which is not this volume, nobody knows here what it keeps.
  if (!storage_of(fleet).enforces_capacity().value_or(true)) return;
  const Bytes kept = ceiling(policies_of(fleet.daemon), fleet.daemon.volume);
  if (kept.count == 0 || kept.count >= fleet.daemon.volume.count / 2) return;
  const schema::Gc& gc = fleet.is().gc;
  if (gc.max_used_space.is_written() || gc.reserved_space.is_written()) return;
  out.at(fleet.is().cache.size.origin, "buildkitd's default policy keeps {} of this volume's {}",
         about(kept), about(fleet.daemon.volume))
      .here("the rest stays empty")
      .note("say `gc { max_used_space = 70% }`, or tiers");
}

constexpr Rule rules[] = {
    {.id = "GC001",
     .name = "gc_disabled",
     .severity = Severity::warning,
     .title = "garbage collection is off",
     .why = "With `gc = false` buildkitd keeps no policies at all: nothing is ever collected, and "
            "the cache grows until writing fails with \"no space left on device\" in the middle of "
            "a build. Tiers beside it are ignored. (getGCPolicy in cmd/buildkitd/main.go, every "
            "release.) Leave `enabled` out, or prune from outside and say so in an `allow`.",
     .fleet = disabled},
    {.id = "GC002",
     .name = "gc_tier_purges_all",
     .title = "a tier without a bound and without an age",
     .why = "Without `max_used_space`, `reserved_space` and `min_free_space` a policy has no size "
            "at which it stops, and without `keep_duration` everything is old enough: after every "
            "build it deletes all that it matches and that is not in use. "
            "(calculateKeepBytes in cache/manager.go; tried on 0.24 and 0.34.) Give the tier a "
            "bound or an age.",
     .fleet = purges_all},
    {.id = "GC003",
     .name = "gc_tier_age_only",
     .severity = Severity::warning,
     .title = "a tier that knows ages only",
     .why = "An age without a bound deletes whatever is older, also while the volume is nearly "
            "empty: a weekend can cost the whole cache. (cache/manager.go, every release.) Mostly "
            "`max_used_space` is meant beside it.",
     .fleet = age_only},
    {.id = "GC004",
     .name = "gc_min_free_alone",
     .title = "`min_free_space` without `max_used_space`",
     .why = "While enough is free, such a policy should do nothing. From BuildKit 0.21 its target "
            "is then the size of the whole cache, and since a policy deletes until the cache is "
            "*below* its target, one record still goes in every sweep. In 0.17 to 0.20 the target "
            "is 0, which means \"no bound\": everything that it matches goes. "
            "(calculateKeepBytes in cache/manager.go.) With `max_used_space` beside it nothing "
            "goes while both hold.",
     .fleet = min_free_alone},
    {.id = "GC005",
     .name = "gc_tier_shadowed",
     .severity = Severity::warning,
     .title = "a tier that an earlier one leaves nothing to do",
     .why = "Policies run in order. If an earlier one matches at least what a later one matches, "
            "at no higher an age, and stops at no higher a size, the later one never finds "
            "anything. With `min_free_space` in both it is worse: the free space is measured "
            "before deleted layers leave the disk, so each deletes for the same shortage. "
            "(cache/manager.go; the amplification was tried on 0.24.) Give the earlier tier "
            "filters or an age, or delete one.",
     .fleet = shadowed},
    {.id = "GC006",
     .name = "gc_reserved_over_max",
     .title = "`reserved_space` above `max_used_space`",
     .why = "A policy's target is the larger of what its maximum and the free space ask for, and "
            "of `reserved_space`. A reserve above the maximum wins, silently, and disables "
            "`min_free_space` as well. (calculateKeepBytes in cache/manager.go, from 0.17.)",
     .fleet = reserved_over_max},
    {.id = "GC007",
     .name = "gc_min_free_over_disk",
     .title = "more free space is asked for than the disk has",
     .why = "Free space is compared with the whole disk that the cache lies on. If so much can "
            "never be free, every sweep deletes all that is not in use, down to `reserved_space`. "
            "(calculateKeepBytes in cache/manager.go; tried on 0.24.) The disk is the volume, or "
            "the node's disk where the storage class does not enforce capacity.",
     .fleet = min_free_over_disk},
    {.id = "GC008",
     .name = "gc_max_never_reached",
     .severity = Severity::warning,
     .title = "`max_used_space` and `min_free_space` do not fit on the disk together",
     .why = "If the two together are more than the disk, the free space decides alone and the "
            "maximum is without effect: the cache is smaller than somebody planned. "
            "(calculateKeepBytes in cache/manager.go, from 0.17.)",
     .fleet = max_never_reached},
    {.id = "GC009",
     .name = "gc_layers_never_collected",
     .title = "no tier collects layers",
     .why = "Layers are records of type `regular`. If every tier is filtered to other types, they "
            "are never collected and the volume fills with them, while `buildctl debug workers` "
            "shows a policy that looks complete. (cache/manager.go, every release.)",
     .fleet = layers_never_collected},
    {.id = "GC010",
     .name = "gc_young_unbounded",
     .severity = Severity::warning,
     .title = "nothing bounds what is young",
     .why = "A tier with `keep_duration` never collects what was used within that time. If every "
            "tier that collects layers has one, the cache exceeds every bound whenever that much "
            "is written in that time. (cache/manager.go, every release.) End with a tier that "
            "matches everything and has no age.",
     .fleet = young_unbounded},
    {.id = "GC011",
     .name = "gc_size_unbounded",
     .title = "no tier bounds the size of the cache",
     .why = "As soon as one tier is written, buildkitd's default policy is gone, and with it its "
            "bounds. Tiers that know ages only let the cache grow without limit between them. "
            "(getGCPolicy in cmd/buildkitd/main.go, every release.)",
     .fleet = nothing_bounds},
    {.id = "GC012",
     .name = "gc_free_space_of_some",
     .severity = Severity::warning,
     .title = "`min_free_space` only in a tier that matches a part",
     .why = "A tier frees space only by what it matches. If the tier for everything has no "
            "`min_free_space`, the disk still fills with layers as soon as another program uses "
            "it too. (cache/manager.go, from 0.17.)",
     .fleet = free_space_of_some},
    {.id = "GC013",
     .name = "gc_no_all_tier",
     .severity = Severity::warning,
     .title = "no tier collects internal records",
     .why = "Records of type `internal` and `frontend` are matched only by policies with `all`. "
            "Without one they stay for ever, and keep alive the layers that they were made from. "
            "buildkitd's own default policy ends with `all`. (cache/manager.go, every release.)",
     .fleet = no_all_tier},
    {.id = "GC014",
     .name = "gc_default_uses_a_part",
     .severity = Severity::info,
     .title = "the default policy uses a small part of the volume",
     .why = "Without tiers and spaces buildkitd keeps at most 80 % of its disk and at most 100 GB, "
            "the smaller of the two. (DetectDefaultGCCap in cmd/buildkitd/config/gcpolicy.go, "
            "from 0.17.)",
     .fleet = default_uses_a_part},
};

}  // namespace

std::span<const Rule> gc_rules() { return rules; }

}  // namespace bkfc::rules
