#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "facts/buildkitd_flags.hpp"
#include "facts/buildkitd_keys.hpp"
#include "facts/linters.hpp"
#include "facts/node_systems.hpp"
#include "facts/pattern.hpp"
#include "facts/releases.hpp"
#include "facts/storage.hpp"

namespace bkfc::facts {
namespace {

using Path = std::vector<std::string_view>;

// `a.b.c` as a path.
Path split(std::string_view text) {
  Path out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('.'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

TEST_CASE("every key of buildkitd.toml is said once, and what is deprecated has its successor") {
  std::set<std::string_view> paths;
  for (const BuildkitdKey& key : buildkitd_keys()) {
    CAPTURE(key.path);
    CHECK(paths.insert(key.path).second);
    CHECK(key.since >= Release{0, 3});
    CHECK(key.since <= newest_buildkit());
    CHECK_FALSE(key.source.empty());
    CHECK(key.deprecated.known() == !key.instead.empty());
  }
  for (const BuildkitdKey& key : buildkitd_keys()) {
    CHECK((key.instead.empty() || paths.contains(key.instead)));
  }
}

TEST_CASE("a key of buildkitd.toml is found by its path") {
  const KeyAnswer tier = find_buildkitd_key(split("worker.oci.gcpolicy.keepDuration"));
  REQUIRE(tier.kind == KeyAnswer::Kind::key);
  CHECK(tier.key->type == KeyType::duration);
  CHECK(find_buildkitd_key(split("worker.oci.reservedSpace")).key->since == Release{0, 17});
  CHECK(find_buildkitd_key(Path{"registry", "ghcr.io", "mirrors"}).key->type == KeyType::text_list);
  CHECK(find_buildkitd_key(Path{"frontend", "dockerfile.v0", "enabled"}).key->since ==
        Release{0, 14});
  CHECK(find_buildkitd_key(split("worker.oci.labels.any")).key->type == KeyType::text);
  CHECK(find_buildkitd_key(split("cache.gha.verify.policy.tlogThreshold")).key->type ==
        KeyType::integer);
  CHECK(find_buildkitd_key(split("worker.containerd.runtime.options.a.b.c")).key->type ==
        KeyType::any);
}

TEST_CASE("tables of buildkitd.toml are told from keys") {
  CHECK(find_buildkitd_key(split("worker.oci.gcpolicy")).kind == KeyAnswer::Kind::table_array);
  CHECK(find_buildkitd_key(Path{"registry", "a", "keypair"}).kind == KeyAnswer::Kind::table_array);
  CHECK(find_buildkitd_key(split("worker.oci")).kind == KeyAnswer::Kind::table);
  CHECK(find_buildkitd_key(split("worker.oci.labels")).kind == KeyAnswer::Kind::table);
  CHECK(find_buildkitd_key(split("worker.containerd.runtime.options")).kind ==
        KeyAnswer::Kind::table);
  CHECK(find_buildkitd_key(Path{}).kind == KeyAnswer::Kind::table);
}

TEST_CASE("an unknown key of buildkitd.toml has its nearest known one") {
  const KeyAnswer misspelt = find_buildkitd_key(split("worker.oci.gcpolicy.keepDurations"));
  CHECK(misspelt.kind == KeyAnswer::Kind::unknown);
  CHECK(misspelt.known == 3);
  CHECK(misspelt.nearest == "keepDuration");
  CHECK(std::count(misspelt.names.begin(), misspelt.names.end(), "all") == 1);
  CHECK(find_buildkitd_key(split("workers.oci.gc")).nearest == "worker");
  CHECK(find_buildkitd_key(Path{"registry", "a", "mirror"}).nearest == "mirrors");
  // Unquoted, the name of a frontend is two levels, which buildkitd ignores.
  CHECK(find_buildkitd_key(split("frontend.dockerfile.v0.enabled")).known == 1);
  CHECK(find_buildkitd_key(split("ghacache.sign.cmd")).kind == KeyAnswer::Kind::unknown);
  CHECK(find_buildkitd_key(split("debug.on")).kind == KeyAnswer::Kind::unknown);
  // Exact case only: some releases ignore another.
  CHECK(find_buildkitd_key(split("worker.OCI")).kind == KeyAnswer::Kind::unknown);
}

TEST_CASE("every flag of buildkitd is said once, and the keys that flags override exist") {
  std::set<std::string_view> names;
  for (const BuildkitdFlag& flag : buildkitd_flags()) {
    CAPTURE(flag.name);
    CHECK(names.insert(flag.name).second);
    CHECK(flag.since <= newest_buildkit());
    CHECK(
        (flag.key.empty() || find_buildkitd_key(split(flag.key)).kind != KeyAnswer::Kind::unknown));
  }
  REQUIRE(find_buildkitd_flag("--addr") != nullptr);
  CHECK(find_buildkitd_flag("addr")->key == "grpc.address");
  CHECK_FALSE(find_buildkitd_flag("--oci-worker-no-process-sandbox")->takes_value);
  CHECK(find_buildkitd_flag("--address") == nullptr);
  CHECK(find_buildkitd_flag("--") == nullptr);
}

TEST_CASE("releases are in order, and the newest are known") {
  const auto earlier = [](const KnownRelease& a, const KnownRelease& b) {
    return a.release < b.release;
  };
  CHECK(std::is_sorted(buildkit_releases().begin(), buildkit_releases().end(), earlier));
  CHECK(std::is_sorted(kubernetes_releases().begin(), kubernetes_releases().end(), earlier));
  CHECK(newest_buildkit() == Release{0, 34, 2});
  CHECK(newest_kubernetes() == Release{1, 37});
  CHECK(oldest_kubernetes() == Release{1, 25});
  CHECK(image_tag(newest_buildkit(), Flavour::rootless) == "v0.34.2-rootless");
}

TEST_CASE("an image's tag tells release, flavour, and whether it moves") {
  CHECK(read_image_tag("v0.24.0-rootless").release == Release{0, 24});
  CHECK(read_image_tag("v0.24.0-rootless").flavour == Flavour::rootless);
  CHECK(read_image_tag("v0.24.0").flavour == Flavour::rootful);
  CHECK_FALSE(read_image_tag("v0.24.0").moves);
  CHECK(read_image_tag("v0.24").moves);
  for (const char* tag : {"", "latest", "master", "master-rootless", "rootless", "nightly",
                          "buildx-stable-1", "buildx-stable-1-rootless"}) {
    CAPTURE(tag);
    CHECK(read_image_tag(tag).moves);
    CHECK_FALSE(read_image_tag(tag).release);
    CHECK(read_image_tag(tag).flavour ==
          (std::string_view(tag).ends_with("rootless") ? Flavour::rootless : Flavour::rootful));
  }
  CHECK_FALSE(read_image_tag("prod-7").moves);
  CHECK_FALSE(read_image_tag("prod-7").flavour);
  CHECK(read_image_tag("prod-rootless").flavour == Flavour::rootless);
}

TEST_CASE("a pattern's stars stand for any characters") {
  CHECK(fits("a*c", "abbc"));
  CHECK(fits("*", ""));
  CHECK(fits("*b*b", "abab"));
  CHECK_FALSE(fits("a*c", "abcd"));
  CHECK_FALSE(fits("", "a"));
}

TEST_CASE("provisioners tell network file systems and those that see the whole disk") {
  CHECK(find_provisioner("nfs.csi.k8s.io")->network == Known::yes);
  CHECK(find_provisioner("cluster.local/a-nfs-subdir-external-provisioner")->network == Known::yes);
  CHECK(find_provisioner("rook-ceph.cephfs.csi.ceph.com")->network == Known::yes);
  CHECK(find_provisioner("rook-ceph.rbd.csi.ceph.com")->network == Known::no);
  CHECK(find_provisioner("openebs.io/local")->enforces_capacity == Known::no);
  CHECK(find_provisioner("openebs.io/local")->network == Known::no);
  CHECK(find_provisioner("driver.longhorn.io")->network == Known::depends);
  CHECK(find_provisioner("example.com/mine") == nullptr);
}

TEST_CASE("a class's name gives away what it is of") {
  CHECK(guess_storage_class("managed-nfs-storage")->network == Known::yes);
  CHECK(guess_storage_class("azurefile-premium")->word == "azurefile");
  CHECK(guess_storage_class("openebs-hostpath")->enforces_capacity == Known::no);
  CHECK(guess_storage_class("alicloud-nas")->word == "nas");
  CHECK_FALSE(guess_storage_class("nasdaq"));
  CHECK_FALSE(guess_storage_class("nvme"));
  CHECK_FALSE(guess_storage_class(""));
}

TEST_CASE("access modes are known by both names") {
  CHECK(find_access_mode("RWX")->shared);
  CHECK_FALSE(find_access_mode("ReadWriteOnce")->shared);
  CHECK_FALSE(find_access_mode("RWOP")->gate.open({1, 26}));
  CHECK(find_access_mode("rwx") == nullptr);
}

TEST_CASE("a node's system is known by its name and by what its kubelet says") {
  CHECK(find_node_system("bottlerocket")->mounts_nosuid);
  CHECK(find_node_system("Bottlerocket OS 1.20.0 (aws-k8s-1.29)")->name == "bottlerocket");
  CHECK(find_node_system("Ubuntu 24.04.1 LTS")->name == "ubuntu");
  CHECK(find_node_system("Amazon Linux 2023.6")->name == "al2023");
  CHECK(find_node_system("Amazon Linux 2")->name == "al2");
  CHECK(find_node_system("Red Hat Enterprise Linux CoreOS 416.94")->name == "rhcos");
  CHECK(find_node_system("plan9") == nullptr);
  for (const NodeSystem& system : node_systems()) {
    CAPTURE(system.name);
    CHECK(system.sysctl.empty() == system.error.empty());
    CHECK(system.sysctl.empty() == system.affects.empty());
    CHECK_FALSE(system.source.empty());
  }
}

TEST_CASE("every need has a reason and checks that object to it") {
  std::set<std::string> seen;
  for (const Suppression& row : suppressions()) {
    CAPTURE(row.check);
    CHECK(seen.insert(std::to_string(static_cast<int>(row.need)) + std::string(row.check)).second);
    CHECK_FALSE(reason(row.need).empty());
  }
  for (int need = 0; need <= static_cast<int>(Need::latest_tag); ++need) {
    CHECK_FALSE(suppressions_of(static_cast<Need>(need)).empty());
  }
}

TEST_CASE("linters are told in their own annotations") {
  const std::vector<Annotation> told = annotations({{Linter::checkov, "CKV_K8S_20", "setuid"},
                                                    {Linter::kube_score, "a", "x"},
                                                    {Linter::kube_linter, "b", "why"},
                                                    {Linter::kube_score, "c", "x"},
                                                    {Linter::kube_score, "a", "again"},
                                                    {Linter::trivy, "KSV-0001", "x"},
                                                    {Linter::polaris, "d", "x"},
                                                    {Linter::checkov, "CKV_K8S_31", "mount"}});
  REQUIRE(told.size() == 5);
  CHECK(told[0].key == "ignore-check.kube-linter.io/b");
  CHECK(told[0].value == "why");
  CHECK(told[1].key == "kube-score/ignore");
  CHECK(told[1].value == "a,c");
  CHECK(told[2].key == "polaris.fairwinds.com/d-exempt");
  CHECK(told[3].key == "checkov.io/skip1");
  CHECK(told[3].value == "CKV_K8S_20=setuid");
  CHECK(told[4].value == "CKV_K8S_31=mount");
}

}  // namespace bkfc::facts
