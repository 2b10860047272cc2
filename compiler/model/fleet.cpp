#include "model/fleet.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "facts/releases.hpp"
#include "model/derived.hpp"
#include "model/gc.hpp"
#include "model/tls.hpp"

namespace bkfc::model {
namespace {

using schema::Field;
using schema::State;

std::optional<TargetRelease> told(const Field<std::string>& field) {
  if (!field.is_set()) return {};
  const std::optional<Release> release = parse_release(field.value);
  if (!release) return {};
  return TargetRelease{*release, field.origin, true};
}

TargetRelease newest(Release release, const schema::Fleet& fleet, Origins& origins) {
  return {release, derived(origins, fleet.head.origin, "nothing tells it: the newest known"),
          false};
}

Image image_of(const schema::Fleet& fleet, Origins& origins) {
  if (fleet.image.is_set()) {
    Image image = parse_image(fleet.image.value);
    image.origin = fleet.image.origin;
    return image;
  }
  const std::optional<TargetRelease> release = told(fleet.buildkit);
  Image image = parse_image(fmt::format(
      "moby/buildkit:{}",
      facts::image_tag(release ? release->release : facts::newest_buildkit(),
                       fleet.mode.value == schema::Mode::rootless ? facts::Flavour::rootless
                                                                  : facts::Flavour::rootful)));
  image.origin = derived(origins, release ? release->origin : fleet.head.origin,
                         "the image of that release for the mode");
  return image;
}

Target target_of(const schema::Fleet& fleet, const schema::Cluster* cluster, const Image& image,
                 Origins& origins) {
  Target target;
  std::optional<TargetRelease> buildkit = told(fleet.buildkit);
  if (!buildkit && fleet.image.is_set() && image.release)
    buildkit = TargetRelease{*image.release, image.origin, true};
  std::optional<TargetRelease> kubernetes = told(fleet.kubernetes);
  if (!kubernetes && cluster != nullptr) kubernetes = told(cluster->kubernetes);
  target.buildkit = buildkit ? *buildkit : newest(facts::newest_buildkit(), fleet, origins);
  target.kubernetes = kubernetes ? *kubernetes : newest(facts::newest_kubernetes(), fleet, origins);
  return target;
}

Field<schema::PullPolicy> pull_policy_of(const schema::Fleet& fleet, const Image& image,
                                         Origins& origins) {
  if (fleet.image_pull_policy.is_set()) return fleet.image_pull_policy;
  return {image.moving ? schema::PullPolicy::Always : schema::PullPolicy::IfNotPresent,
          derived(origins, image.origin,
                  image.moving ? "the image's tag moves" : "the image never changes"),
          State::defaulted};
}

// As the rootless image has them: HOME, XDG_RUNTIME_DIR and TMPDIR are set in it.
Paths rootless_paths() {
  return {.state = "/home/user/.local/share/buildkit",
          .config_folder = "/home/user/.config/buildkit",
          .config_file = "/home/user/.config/buildkit/buildkitd.toml",
          .socket = "/run/user/1000/buildkit/buildkitd.sock",
          .certificates = "/certs",
          .runtime = "/run/user/1000",
          .user_tmp = "/home/user/.local/tmp",
          .tmp = "/tmp"};
}

Stopping stopping_of(const schema::Fleet& fleet, Origins& origins) {
  Stopping stopping{fleet.builds.longest.value, fleet.rollout.drain.value, fleet.rollout.grace};
  if (!stopping.grace.is_set())
    stopping.grace = {Duration{stopping.longest.seconds + stopping.drain.seconds + 60},
                      derived(origins, fleet.builds.longest.origin,
                              "`builds.longest`, `rollout.drain` and one minute"),
                      State::defaulted};
  return stopping;
}

Probes probes_of(const schema::Fleet& fleet, Origins& origins) {
  constexpr std::int64_t per_minute = std::int64_t{100} << 30;
  const std::int64_t period = 10;
  const std::int64_t timeout = fleet.probes.timeout.value.seconds;
  std::int64_t start = fleet.probes.startup.value.seconds;
  Probes probes;
  probes.startup_origin = fleet.probes.startup.origin;
  probes.timeout_origin = fleet.probes.timeout.origin;
  if (!fleet.probes.startup.is_set()) {
    start = 60 * (2 + (fleet.cache.size.value.count + per_minute - 1) / per_minute);
    probes.startup_origin = derived(origins, fleet.cache.size.origin,
                                    "two minutes, and one more for each 100GiB of `cache.size`");
  }
  probes.startup = {period, timeout, (start + period - 1) / period};
  probes.readiness = {.period = 15, .timeout = timeout, .failure_threshold = 2};
  // Ten times in a row: a daemon is killed, with all its builds, only when it is surely dead.
  probes.liveness = {.period = 60, .timeout = timeout, .failure_threshold = 10};
  return probes;
}

Field<std::int64_t> parallelism_of(const schema::Fleet& fleet, Origins& origins) {
  if (fleet.worker.max_parallelism.is_set()) return fleet.worker.max_parallelism;
  const schema::Range<Bytes>& memory = fleet.resources.memory.value;
  const std::int64_t step = fleet.builds.step_memory.value.count;
  if (!memory.max || step <= 0) return {};
  return {std::max<std::int64_t>(1, memory.max->count / step),
          derived(origins, fleet.builds.step_memory.origin,
                  "the memory limit over `builds.step_memory`"),
          State::defaulted};
}

Daemon daemon_of(const schema::Fleet& fleet, Release release, Origins& origins) {
  Daemon daemon;
  daemon.release = release;
  daemon.volume = fleet.cache.size.value;
  daemon.history_max_age = fleet.history.max_age;
  daemon.history_max_entries = fleet.history.max_entries;
  daemon.log_level = fleet.log.level;
  daemon.log_format = fleet.log.format;
  daemon.rootless = fleet.mode.value == schema::Mode::rootless;
  // A pod's masked `/proc` keeps a rootless daemon from giving each step one of its own.
  daemon.process_sandbox = !daemon.rootless;
  daemon.max_parallelism = parallelism_of(fleet, origins);
  daemon.snapshotter = fleet.worker.snapshotter;
  daemon.platforms = fleet.worker.platforms;
  daemon.labels = fleet.worker.labels;
  daemon.entitlements = fleet.entitlements;
  add_gc(daemon, fleet.gc, origins);
  return daemon;
}

// Temporary folders share what the container may write outside its cache.
Bytes scratch_of(const schema::Fleet& fleet) {
  constexpr Bytes enough{std::int64_t{1} << 30};
  const std::optional<Bytes>& limit = fleet.resources.ephemeral_storage.value.max;
  if (!limit) return enough;
  constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
  return std::min(enough, Bytes{std::max(mebibyte, limit->count / 4 / mebibyte * mebibyte)});
}

Field<schema::TextMap> selector_of(const schema::Fleet& fleet, const Names& names) {
  if (!fleet.selector.value.empty()) return fleet.selector;
  return {{{"app.kubernetes.io/name", std::string(Names::app)},
           {"app.kubernetes.io/instance", names.instance()}},
          fleet.head.origin,
          State::defaulted};
}

// Those of a block and of all blocks in it.
void collect_allows(const schema::BlockType& type, const void* block,
                    std::vector<const schema::Allow*>& out) {
  for (const schema::Allow& allow : type.head(const_cast<void*>(block))->allows)
    out.push_back(&allow);
  for (const schema::Child& child : type.children)
    for (std::size_t i = 0; i < child.count(block); ++i)
      collect_allows(*child.type, child.at(block, i), out);
}

Fleet model_of(const ir::Program& program, const ir::Fleet& source, Origins& origins) {
  Fleet fleet;
  fleet.source = &source;
  fleet.cluster = program.cluster_of(source);
  fleet.image = image_of(source.is, origins);
  fleet.target = target_of(source.is, fleet.cluster, fleet.image, origins);
  fleet.pull_policy = pull_policy_of(source.is, fleet.image, origins);
  fleet.paths = rootless_paths();
  fleet.names = Names(source.identity.name, source.is.names);
  fleet.selector = selector_of(source.is, fleet.names);
  const bool has_domain = fleet.cluster != nullptr && fleet.cluster->dns_domain.is_set();
  fleet.dns_domain = has_domain ? fleet.cluster->dns_domain.value : "cluster.local";
  fleet.port = source.is.listen.tcp.value;
  fleet.replicas = source.is.replicas.value.min.value_or(0);
  fleet.daemon = daemon_of(source.is, fleet.target.buildkit.release, origins);
  fleet.tls = tls_of(fleet, program.authority_of(source), origins);
  fleet.stopping = stopping_of(source.is, origins);
  fleet.probes = probes_of(source.is, origins);
  fleet.scratch = scratch_of(source.is);
  collect_allows(schema::fleet_type, &source.is, fleet.allows);
  for (const schema::Allow& allow : program.allows) fleet.allows.push_back(&allow);
  return fleet;
}

}  // namespace

std::vector<Fleet> all(const ir::Program& program, Origins& origins) {
  std::vector<Fleet> fleets;
  for (const ir::Fleet& fleet : program.fleets)
    if (fleet.complete) fleets.push_back(model_of(program, fleet, origins));
  return fleets;
}

}  // namespace bkfc::model
