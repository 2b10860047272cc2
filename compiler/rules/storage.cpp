// STO: what the cache lies on.
#include "rules/storage.hpp"

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/edits.hpp"
#include "rules/findings.hpp"
#include "rules/nodes.hpp"

namespace bkfc::rules {
namespace {

using facts::Known;
using model::Fleet;
using schema::AccessMode;

std::optional<bool> from(Known known) {
  if (known == Known::depends) return std::nullopt;
  return known == Known::yes;
}

// What the fleet says of its storage: the class, or the size where the class is left to default.
OriginId place(const Fleet& fleet) {
  const schema::Cache& cache = fleet.is().cache;
  return cache.storage_class.is_written() ? cache.storage_class.origin : cache.size.origin;
}

std::string what_it_is(const Storage& storage) {
  if (storage.is != nullptr && storage.is->provisioner.is_set())
    return fmt::format("`{}` makes its volumes", storage.is->provisioner.value);
  return "the cluster's facts say so";
}

void network_storage(const Context&, const Fleet& fleet, Findings& out) {
  const Storage storage = storage_of(fleet);
  const std::optional<bool> network = storage.network();
  const bool is_guessed = !network && storage.hint && storage.hint->network != Known::no;
  if (!network.value_or(is_guessed)) return;
  auto draft =
      out.at(place(fleet), "the cache lies on {} file system, `{}`",
             is_guessed ? "what looks like a network" : "a network or shared", storage.class_name);
  if (is_guessed) {
    draft.only(Severity::warning)
        .here(fmt::format("classes with `{}` in their name mostly are one", storage.hint->word))
        .note("if it is none, say so: `storage_class \"…\" { network = false }` in the cluster");
  } else {
    draft.here(what_it_is(storage));
    if (storage.is != nullptr) draft.label(storage.is->head.origin, "the class");
  }
  draft
      .note(
          "a rootless daemon cannot unpack layers there: it may not give files to other users, "
          "and overlayfs does not work")
      .note("say a class with a disk of its node or a block device, one for each daemon");
}

void shared_access(const Context& context, const Fleet& fleet, Findings& out) {
  const auto& mode = fleet.is().cache.access_mode;
  if (!mode.is_written()) return;
  if (mode.value == AccessMode::ReadOnlyMany) {
    out.at(mode.origin, "a cache that nobody may write")
        .here("say `ReadWriteOnce`")
        .fix("write `ReadWriteOnce`", replace(context.origins, mode.origin, "ReadWriteOnce"));
  } else if (mode.value == AccessMode::ReadWriteMany) {
    out.at(mode.origin, "volumes that many nodes may write are network file systems")
        .here("say `ReadWriteOnce`: each daemon has a volume of its own")
        .note(
            "two daemons cannot share a cache: the second does not start, for the first has "
            "locked it")
        .fix("write `ReadWriteOnce`", replace(context.origins, mode.origin, "ReadWriteOnce"));
  }
}

std::string_view spelling(AccessMode mode) {
  switch (mode) {
    case AccessMode::ReadWriteOnce: return "ReadWriteOnce";
    case AccessMode::ReadWriteOncePod: return "ReadWriteOncePod";
    case AccessMode::ReadWriteMany: return "ReadWriteMany";
    case AccessMode::ReadOnlyMany: return "ReadOnlyMany";
  }
  return "";
}

void access_mode_release(const Context& context, const Fleet& fleet, Findings& out) {
  const auto& mode = fleet.is().cache.access_mode;
  if (!mode.is_written()) return;
  const facts::AccessMode* known = facts::find_access_mode(spelling(mode.value));
  const model::TargetRelease& target = fleet.target.kubernetes;
  if (known == nullptr || known->gate.open(target.release)) return;
  out.at(mode.origin, "`{}` is there from Kubernetes {}, and this fleet is for {}", known->name,
         to_text(known->gate.since), to_text(target.release))
      .here("say `ReadWriteOnce`")
      .label(target.origin, "the release")
      .fix("write `ReadWriteOnce`", replace(context.origins, mode.origin, "ReadWriteOnce"));
}

void default_on_nodes_disk(const Context&, const Fleet& fleet, Findings& out) {
  if (!fleet.daemon.has_default_policy || fleet.daemon.policies.empty()) return;
  const schema::Gc& gc = fleet.is().gc;
  if (gc.max_used_space.is_set() || gc.reserved_space.is_set() || gc.min_free_space.is_set())
    return;
  const Storage storage = storage_of(fleet);
  if (storage.enforces_capacity().value_or(true)) return;
  auto draft = out.at(place(fleet),
                      "the default policy is made for the node's disk, not for this "
                      "volume");
  draft.here("volumes of this class are as large as their node's disk");
  if (storage.is != nullptr) draft.label(storage.is->head.origin, "the class");
  draft
      .note(
          "buildkitd takes percentages of the disk that it sees: 80 % of the node's disk, at most "
          "100 GB, and 20 % of it free")
      .note(
          "say `gc { max_used_space = 70% }` or tiers: the compiler takes percentages of "
          "`cache.size`");
}

// Whether the class of a fleet's caches is one of which nothing is known.
bool is_unknown(const Fleet& fleet, const Storage& storage) {
  if (fleet.cluster == nullptr) return false;  // that is said once, for everything
  if (storage.hint && storage.hint->network != Known::no) return false;  // a warning by itself
  return storage.is == nullptr || !(storage.network() || storage.is->network.is_unknown() ||
                                    storage.is->provisioner.is_unknown());
}

// Said once a class, at its first fleet.
void storage_unknown(const Context& context, Findings& out) {
  std::vector<std::pair<const schema::Cluster*, std::string>> said;
  for (const Fleet& fleet : context.fleets) {
    const Storage storage = storage_of(fleet);
    if (!is_unknown(fleet, storage)) continue;
    const std::pair key(fleet.cluster, storage.class_name);
    if (std::find(said.begin(), said.end(), key) != said.end()) continue;
    said.push_back(key);
    Draft draft = storage.class_name.empty()
                      ? out.at(place(fleet),
                               "it is not known which storage class the cluster has "
                               "as its default")
                      : out.at(place(fleet), "nothing is known of the storage class `{}`",
                               storage.class_name);
    if (storage.class_name.empty())
      draft.here("this volume gets it")
          .note("say `storage_class \"…\" { is_default = true }` in the cluster, or name a class");
    else if (storage.is == nullptr)
      draft.here("the cluster does not declare it")
          .note(fmt::format("say `storage_class \"{}\" {{ provisioner = \"…\" }}` in the cluster",
                            storage.class_name));
    else
      draft.label(storage.is->head.origin, "declared here")
          .note("say its `provisioner`, or `network` and `enforces_capacity`");
    for (const Fleet& other : context.fleets)
      if (other.cluster == fleet.cluster && storage_of(other).class_name == storage.class_name)
        draft.about(other);
  }
}

constexpr Rule rules[] = {
    {.id = "STO001",
     .name = "cache_on_network_storage",
     .title = "the cache lies on a network or shared file system",
     .why = "Unpacking a layer gives files to users of the layer. A server that sees user 1000 "
            "refuses that; overlayfs does not take such a file system as its upper layer; and the "
            "databases beside the cache need locks and memory maps that they do not keep. What "
            "comes of it are failed builds, corrupt caches, or the `native` snapshotter with full "
            "copies. (moby/buildkit#2898, #6024.) Known is it from the provisioner, or from "
            "`network` in the cluster's `storage_class`; a name alone is a warning.",
     .fleet = network_storage},
    {.id = "STO002",
     .name = "cache_shared_access",
     .title = "an access mode for many nodes",
     .why = "Volumes that many nodes mount at once are network file systems, and a cache is "
            "locked by its daemon: a second one ends with \"could not lock … another instance "
            "running?\". (`buildkitd.lock`, from BuildKit 0.5.1.)",
     .fleet = shared_access},
    {.id = "STO003",
     .name = "access_mode_release",
     .title = "an access mode that the Kubernetes release does not have",
     .why = "An API server that does not know the mode refuses the claim, and the pods stay "
            "pending. (`ReadWriteOncePod`: behind a gate from Kubernetes 1.22, on from 1.27.)",
     .fleet = access_mode_release},
    {.id = "STO004",
     .name = "default_policy_on_nodes_disk",
     .severity = Severity::warning,
     .title = "the default policy on a volume without a limit of its own",
     .why = "Some provisioners give a folder of the node's disk. The daemon then sees the whole "
            "disk, and its default policy is made of percentages of that: it may keep more than "
            "the claim says, and frees space for whatever else fills the disk. "
            "(DetectDefaultGCCap in cmd/buildkitd/config/gcpolicy.go; openebs/openebs#3319.)",
     .fleet = default_on_nodes_disk},
    {.id = "STO005",
     .name = "storage_unknown",
     .severity = Severity::info,
     .title = "nothing is known of the storage class",
     .why = "Whether a class is a network file system, and whether its volumes have a limit, is "
            "known of its provisioner. Where nothing is known, nothing is checked, and that is "
            "said.",
     .program = storage_unknown},
};

}  // namespace

std::optional<bool> Storage::network() const {
  if (is != nullptr && is->network.is_set()) return is->network.value;
  if (provisioner != nullptr) return from(provisioner->network);
  return std::nullopt;
}

std::optional<bool> Storage::enforces_capacity() const {
  if (is != nullptr && is->enforces_capacity.is_set()) return is->enforces_capacity.value;
  if (provisioner != nullptr) return from(provisioner->enforces_capacity);
  return std::nullopt;
}

Storage storage_of(const model::Fleet& fleet) {
  Storage out;
  const auto& said = fleet.is().cache.storage_class;
  out.origin = said.origin;
  if (said.is_set()) out.class_name = said.value;
  if (fleet.cluster != nullptr) {
    for (const schema::StorageClass& one : fleet.cluster->storage_classes) {
      const bool is_it = said.is_set() ? one.head.label == said.value
                                       : one.is_default.is_set() && one.is_default.value;
      if (!is_it) continue;
      out.is = &one;
      out.class_name = one.head.label;
    }
  }
  if (out.is != nullptr && out.is->provisioner.is_set())
    out.provisioner = facts::find_provisioner(out.is->provisioner.value);
  else if (!out.class_name.empty())
    out.hint = facts::guess_storage_class(out.class_name);
  return out;
}

std::optional<Bytes> disk_of(const Context&, const model::Fleet& fleet) {
  if (storage_of(fleet).enforces_capacity().value_or(true)) return fleet.daemon.volume;
  std::optional<Bytes> least;
  for (const schema::NodePool* pool : pools_for(fleet)) {
    const auto& disk = pool->allocatable.disk;
    if (!disk.is_set()) return std::nullopt;
    least = least ? std::min(*least, disk.value) : disk.value;
  }
  return least;
}

std::span<const Rule> storage_rules() { return rules; }

}  // namespace bkfc::rules
