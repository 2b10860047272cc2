#include "crater.hpp"

namespace bkfc::tests {
namespace {

using schema::Space;

constexpr std::int64_t day = 24 * 3600;
constexpr const char* control_plane = "node-role.kubernetes.io/control-plane";

schema::Cluster crater_cluster() {
  schema::Cluster cluster;
  cluster.head = {.label = "crater", .written = true};
  cluster.kubernetes = written<std::string>("1.31");
  cluster.dns_domain = fallback<std::string>("cluster.local");
  schema::NodePool& pool = cluster.node_pools.emplace_back();
  pool.head = {.label = "control-plane", .written = true};
  pool.count = written(schema::Range<std::int64_t>{3, 3});
  pool.os = written<std::string>("ubuntu");
  pool.arch = written<std::string>("amd64");
  pool.labels = written(schema::TextMap{{control_plane, ""}});
  pool.taints.push_back({{.label = std::string(control_plane) + ":NoSchedule", .written = true}});
  pool.allocatable.disk = written(gibibytes(1800));
  schema::StorageClass& storage = cluster.storage_classes.emplace_back();
  storage.head = {.label = "openebs-hostpath", .written = true};
  storage.provisioner = written<std::string>("openebs.io/local");
  schema::NamespaceFacts& facts = cluster.namespaces.emplace_back();
  facts.head = {.label = "crater-images", .written = true};
  facts.pod_security = written(schema::PodSecurity::privileged);
  return cluster;
}

schema::Gc crater_gc() {
  using schema::RecordType;
  schema::Gc gc = plain_fleet().gc;
  gc.head.written = true;
  schema::GcTier& sources = gc.tiers.emplace_back();
  sources.head = {.label = "sources", .written = true};
  sources.all = fallback(false);
  sources.types = written(std::vector<RecordType>{
      RecordType::source_local, RecordType::exec_cachemount, RecordType::source_git_checkout});
  sources.keep_duration = written(Duration{30 * day});
  sources.max_used_space = written(Space{gibibytes(200), {}});
  schema::GcTier& everything = gc.tiers.emplace_back();
  everything.head = {.label = "everything", .written = true};
  everything.all = written(true);
  everything.max_used_space = written(Space{{}, Percent{70'000}});
  everything.min_free_space = written(Space{gibibytes(50), {}});
  return gc;
}

}  // namespace

schema::Fleet plain_fleet() {
  schema::Fleet fleet;
  fleet.head.written = true;
  fleet.create_namespace = fallback(false);
  fleet.replicas = fallback(schema::Range<std::int64_t>{1, 1});
  fleet.mode = fallback(schema::Mode::rootless);
  fleet.workload = fallback(schema::Workload::StatefulSet);
  fleet.placement.spread = fallback(schema::Spread::host);
  fleet.resources.ephemeral_storage = fallback(schema::Range<Bytes>{gibibytes(1), gibibytes(4)});
  fleet.builds.longest = fallback(Duration{30 * 60});
  fleet.cache.kind = fallback(schema::CacheKind::persistent);
  fleet.cache.access_mode = fallback(schema::AccessMode::ReadWriteOnce);
  fleet.cache.when_deleted = fallback(schema::ClaimRetention::Retain);
  fleet.cache.when_scaled = fallback(schema::ClaimRetention::Retain);
  fleet.gc.enabled = fallback(true);
  fleet.history.max_age = fallback(Duration{2 * day});
  fleet.history.max_entries = fallback<std::int64_t>(50);
  fleet.worker.snapshotter = fallback(schema::Snapshotter::automatic);
  fleet.log.level = fallback(schema::LogLevel::info);
  fleet.log.format = fallback(schema::LogFormat::text);
  fleet.listen.tcp = fallback<std::int64_t>(1234);
  fleet.tls.issuer = fallback(schema::Issuer::script);
  fleet.tls.validity = fallback(Duration{365 * day});
  fleet.tls.ca_validity = fallback(Duration{3650 * day});
  fleet.tls.renew_before = fallback(Duration{30 * day});
  fleet.tls.key_type = fallback(schema::KeyType::ecdsa_p256);
  fleet.probes.timeout = fallback(Duration{60});
  fleet.rollout.pod_management = fallback(schema::PodManagement::Parallel);
  fleet.rollout.drain = fallback(Duration{15});
  fleet.disruption.enabled = fallback(true);
  fleet.disruption.max_unavailable = fallback<std::int64_t>(1);
  fleet.network_policy.enabled = fallback(true);
  fleet.network_policy.metadata_service = fallback(false);
  fleet.smoke_build.enabled = fallback(true);
  return fleet;
}

ir::Program crater() {
  ir::Program program;
  program.clusters.push_back(crater_cluster());
  ir::Fleet& fleet = program.fleets.emplace_back();
  fleet.identity = {"crater", "crater-images", "buildkitd"};
  fleet.cluster = 0;
  fleet.documentation = {"The daemons of the crater."};
  schema::Fleet& is = fleet.is = plain_fleet();
  is.head.label = "buildkitd";
  is.name_space = written<std::string>("crater-images");
  is.cluster = written<std::string>("crater");
  is.replicas = written(schema::Range<std::int64_t>{3, 3});
  is.mode = written(schema::Mode::rootless);
  is.image = written<std::string>(
      "crater-harbor.act.buaa.edu.cn/docker.io/moby/buildkit:v0.24.0-rootless");
  is.placement.head.written = true;
  is.placement.node_selector = written(schema::TextMap{{control_plane, ""}});
  is.placement.spread = written(schema::Spread::host);
  is.placement.tolerations.push_back(
      {{.label = std::string(control_plane) + ":NoSchedule", .written = true}, {}});
  is.resources.cpu = written(schema::Range<Cpu>{Cpu{6000}, Cpu{12000}});
  is.resources.memory = written(schema::Range<Bytes>{gibibytes(48), gibibytes(96)});
  is.builds.longest = written(Duration{45 * 60});
  is.builds.footprint = written(gibibytes(40));
  is.builds.step_memory = written(gibibytes(12));
  is.cache.head.written = true;
  is.cache.storage_class = written<std::string>("openebs-hostpath");
  is.cache.size = written(gibibytes(500));
  is.gc = crater_gc();
  is.history.head.written = true;
  is.history.max_age = written(Duration{4 * day});
  is.history.max_entries = written<std::int64_t>(100);
  is.tls.head.written = true;
  is.tls.clients.push_back({{.label = "ci", .written = true}, {}});
  return program;
}

}  // namespace bkfc::tests
