// What is written for a fleet, held against what must be right by construction.
#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "crater.hpp"
#include "emit/checksum.hpp"
#include "emit/print.hpp"
#include "lower/outputs.hpp"
#include "model/fleet.hpp"

using namespace bkfc;
using namespace bkfc::tests;
using emit::Node;

namespace {

// The artifacts of a program, by path.
std::map<std::string, emit::Artifact> lowered(const ir::Program& program) {
  Origins origins;
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  std::map<std::string, emit::Artifact> out;
  for (emit::Artifact& artifact : lower::all(program, fleets)) {
    const std::string path = artifact.path;
    REQUIRE(out.emplace(path, std::move(artifact)).second);
  }
  return out;
}

constexpr const char* folder = "deploy/crater/crater-images/buildkitd/";
constexpr const char* kit = "kit/crater/crater-images/buildkitd/";

const Node& document(const std::map<std::string, emit::Artifact>& files, const std::string& path) {
  const auto at = files.find(path);
  REQUIRE_MESSAGE(at != files.end(), path);
  const auto* yaml = std::get_if<emit::Yaml>(&at->second.content);
  REQUIRE(yaml != nullptr);
  REQUIRE(!yaml->documents.empty());
  return yaml->documents.back();
}

const Node& at(const Node& root, std::initializer_list<std::string_view> path) {
  const Node* node = &root;
  for (const std::string_view key : path) {
    if (node->kind == Node::Kind::list) {
      const auto item = std::find_if(node->items.begin(), node->items.end(), [&](const Node& one) {
        const Node* name = one.find("name");
        return name != nullptr && name->text == key;
      });
      node = item == node->items.end() ? nullptr : &*item;
    } else {
      node = node->find(key);
    }
    REQUIRE_MESSAGE(node != nullptr, std::string(key));
  }
  return *node;
}

ir::Program crater_on(const char* kubernetes) {
  ir::Program program = crater();
  program.clusters[0].kubernetes = written<std::string>(kubernetes);
  return program;
}

std::string toml_of(const ir::Program& program) {
  const auto files = lowered(program);
  return emit::print(
      *std::get_if<emit::Toml>(&files.at(std::string(kit) + "buildkitd.toml").content));
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a pod's selector is part of its labels, and of every selector that means it") {
  const auto files = lowered(crater());
  const Node& workload = document(files, std::string(folder) + "statefulset.yaml");
  const Node& selector = at(workload, {"spec", "selector", "matchLabels"});
  const Node& labels = at(workload, {"spec", "template", "metadata", "labels"});
  for (const emit::Entry& entry : selector.entries) {
    REQUIRE(labels.find(entry.key) != nullptr);
    CHECK(labels.find(entry.key)->text == entry.value.text);
  }
  for (const char* name : {"service.yaml", "service-headless.yaml"})
    CHECK(emit::same_data(at(document(files, std::string(folder) + name), {"spec", "selector"}),
                          selector));
  const Node& job = document(files, std::string(kit) + "smoke-build.yaml");
  CHECK_FALSE(at(job, {"spec", "template", "metadata", "labels", "app.kubernetes.io/name"}).text ==
              at(labels, {"app.kubernetes.io/name"}).text);
}

TEST_CASE("the workload is governed by the headless service") {
  const auto files = lowered(crater());
  const Node& workload = document(files, std::string(folder) + "statefulset.yaml");
  const Node& headless = document(files, std::string(folder) + "service-headless.yaml");
  CHECK(at(workload, {"spec", "serviceName"}).text == at(headless, {"metadata", "name"}).text);
  CHECK(at(headless, {"spec", "clusterIP"}).text == "None");
}

TEST_CASE("every mount has its volume, and every volume its mount") {
  const auto files = lowered(crater());
  const Node& workload = document(files, std::string(folder) + "statefulset.yaml");
  const Node& spec = at(workload, {"spec", "template", "spec"});
  std::vector<std::string> volumes = {"cache"};
  for (const Node& one : at(spec, {"volumes"}).items) volumes.push_back(one.find("name")->text);
  std::vector<std::string> mounts;
  for (const Node& one : at(spec, {"containers", "buildkitd", "volumeMounts"}).items)
    mounts.push_back(one.find("name")->text);
  std::sort(volumes.begin(), volumes.end());
  std::sort(mounts.begin(), mounts.end());
  CHECK(volumes == mounts);
}

TEST_CASE("AppArmor is an annotation before Kubernetes 1.30, and a field from then") {
  constexpr const char* annotation = "container.apparmor.security.beta.kubernetes.io/buildkitd";
  const auto old_files = lowered(crater_on("1.29"));
  const Node& old = document(old_files, std::string(folder) + "statefulset.yaml");
  const Node& old_pod = at(old, {"spec", "template"});
  CHECK(at(old_pod, {"metadata", "annotations", annotation}).text == "unconfined");
  CHECK(
      at(old_pod, {"spec", "containers", "buildkitd", "securityContext"}).find("appArmorProfile") ==
      nullptr);
  CHECK(at(old_pod, {"spec", "containers", "buildkitd", "lifecycle", "preStop"}).find("exec") !=
        nullptr);

  const auto files = lowered(crater_on("1.30"));
  const Node& pod =
      at(document(files, std::string(folder) + "statefulset.yaml"), {"spec", "template"});
  CHECK(at(pod, {"metadata", "annotations"}).find(annotation) == nullptr);
  CHECK(at(pod, {"spec", "containers", "buildkitd", "securityContext", "appArmorProfile", "type"})
            .text == "Unconfined");
  CHECK(at(pod, {"spec", "containers", "buildkitd", "lifecycle", "preStop", "sleep", "seconds"})
            .integer == 15);
}

TEST_CASE("what Kubernetes before 1.27 lacks is left out") {
  const auto files = lowered(crater_on("1.26"));
  const Node& workload = document(files, std::string(folder) + "statefulset.yaml");
  CHECK(workload.find("spec")->find("persistentVolumeClaimRetentionPolicy") == nullptr);
  const Node& budget = document(files, std::string(folder) + "disruption-budget.yaml");
  CHECK(budget.find("spec")->find("unhealthyPodEvictionPolicy") == nullptr);
}

TEST_CASE("tolerations are read as kubectl spells them") {
  ir::Program program = crater();
  std::vector<schema::Tolerate>& said = program.fleets[0].is.placement.tolerations;
  said.push_back({{.label = "dedicated=ci:NoExecute", .written = true}, written(Duration{300})});
  said.push_back({{.label = "spot", .written = true}, {}});
  const auto files = lowered(program);
  const Node& all = at(document(files, std::string(folder) + "statefulset.yaml"),
                       {"spec", "template", "spec", "tolerations"});
  REQUIRE(all.items.size() == 3);
  CHECK(emit::same_data(all.items[0], emit::map({{"key", "node-role.kubernetes.io/control-plane"},
                                                 {"operator", "Exists"},
                                                 {"effect", "NoSchedule"}})));
  CHECK(emit::same_data(all.items[1], emit::map({{"key", "dedicated"},
                                                 {"operator", "Equal"},
                                                 {"value", "ci"},
                                                 {"effect", "NoExecute"},
                                                 {"tolerationSeconds", 300}})));
  CHECK(emit::same_data(all.items[2], emit::map({{"key", "spot"}, {"operator", "Exists"}})));
}

TEST_CASE("the ConfigMap holds the kit's text, and the pods its mark") {
  const auto files = lowered(crater());
  const Node& map = document(files, std::string(folder) + "config.yaml");
  CHECK(at(map, {"data", "buildkitd.toml"}).text == toml_of(crater()));
  const auto mark = [](const ir::Program& program) {
    const auto all = lowered(program);
    return at(document(all, std::string(folder) + "statefulset.yaml"),
              {"spec", "template", "metadata", "annotations", "checksum/buildkitd.toml"})
        .text;
  };
  ir::Program other = crater();
  other.fleets[0].documentation = {"Another sentence."};
  CHECK(mark(other) == mark(crater()));
  other.fleets[0].is.history.max_entries = written<std::int64_t>(7);
  CHECK(mark(other) != mark(crater()));
}

TEST_CASE("buildkitd.toml says bytes and seconds, with the human form above") {
  const std::string toml = toml_of(crater());
  for (const char* part :
       {"[history]\n# 4d\nmaxAge = 345600\nmaxEntries = 100\n", "[worker.oci]\nrootless = true\n",
        "noProcessSandbox = true\n", "max-parallelism = 8\n",
        "filters = [\"type==source.local\", \"type==exec.cachemount\", "
        "\"type==source.git.checkout\"]\n",
        "# 30d\nkeepDuration = 2592000\n# 200GiB\nmaxUsedSpace = 214748364800\n",
        "all = true\n# 350GiB\nmaxUsedSpace = 375809638400\n# 50GiB\nminFreeSpace = "
        "53687091200\n"})
    CHECK_MESSAGE(has(toml, part), toml);
  CHECK_FALSE(has(toml, "[log]"));
  CHECK_FALSE(has(toml, "all = false"));
}

TEST_CASE("a key that the release lacks is lowered to what it has") {
  ir::Program program = crater();
  program.fleets[0].is.buildkit = written<std::string>("0.16");
  program.fleets[0].is.gc.tiers[1].min_free_space = {};
  program.fleets[0].is.log.head.written = true;
  program.fleets[0].is.log.level = written(schema::LogLevel::debug);
  const std::string toml = toml_of(program);
  CHECK_MESSAGE(has(toml, "keepBytes = 375809638400\n"), toml);
  CHECK_FALSE(has(toml, "maxUsedSpace"));
  CHECK(has(toml, "debug = true\n"));
  program.fleets[0].is.buildkit = written<std::string>("0.30");
  CHECK(has(toml_of(program), "[log]\nlevel = \"debug\"\n"));
}

TEST_CASE("every file is in the list of its folder, and every folder in the cluster's") {
  const auto files = lowered(crater());
  const Node& list = at(document(files, std::string(folder) + "kustomization.yaml"), {"resources"});
  std::size_t manifests = 0;
  for (const auto& [path, artifact] : files)
    if (path.starts_with(folder)) ++manifests;
  CHECK(list.items.size() == manifests - 1);
  for (const Node& item : list.items) CHECK(files.count(folder + item.text) == 1);
  CHECK(at(document(files, "deploy/crater/kustomization.yaml"), {"resources"}).items[0].text ==
        "crater-images/buildkitd");
  CHECK(files.count("namespaces/crater/crater-images.yaml") == 0);
}

TEST_CASE("what is not wanted is not written, nor listed") {
  ir::Program program = crater();
  program.fleets[0].is.network_policy.enabled = written(false);
  program.fleets[0].is.disruption.enabled = written(false);
  program.fleets[0].is.smoke_build.enabled = written(false);
  program.fleets[0].is.create_namespace = written(true);
  const auto files = lowered(program);
  CHECK(files.count(std::string(folder) + "network-policy.yaml") == 0);
  CHECK(files.count(std::string(kit) + "smoke-build.yaml") == 0);
  CHECK(files.count("namespaces/crater/crater-images.yaml") == 1);
  for (const Node& item :
       at(document(files, std::string(folder) + "kustomization.yaml"), {"resources"}).items)
    CHECK(files.count(folder + item.text) == 1);
}

TEST_CASE("scripts call objects what the fleet says that they are called") {
  ir::Program program = crater();
  schema::Fleet& is = program.fleets[0].is;
  is.names.workload = written<std::string>("builders");
  is.names.claim = written<std::string>("state");
  is.names.service = written<std::string>("front");
  is.names.headless_service = written<std::string>("pods");
  is.names.daemon_certs = written<std::string>("server-keys");
  is.names.client_certs = written<std::string>("keys-of");
  is.selector = written<schema::TextMap>({{"app", "buildkitd"}, {"pool", "ci"}});
  const auto files = lowered(program);
  const auto script = [&](const std::string& name) {
    return std::get_if<emit::Text>(&files.at(kit + name).content)->text;
  };
  const std::string certs = script("create-certs.sh");
  for (const char* part : {"daemon_secrets=(server-keys)\n", "client_secret_prefixes=(keys-of-)\n",
                           "workloads=(statefulset/builders)\n", "  front.crater-images\n",
                           "  *.pods.crater-images.svc\n"})
    CHECK_MESSAGE(has(certs, part), part);
  const std::string verify = script("verify.sh");
  CHECK(has(verify, "workload=statefulset/builders\n"));
  CHECK(has(verify, "selector='app=buildkitd,pool=ci'\n"));
  CHECK(has(script("clients/buildx.sh"), "tcp://builders-0.pods.crater-images.svc:1234"));
  Origins origins;
  CHECK(model::all(program, origins)[0].names.claim(2) == "state-builders-2");
}
