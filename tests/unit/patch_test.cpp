// What patches leave behind; what they are refused for is in `tests/cases/patch`.
#include <doctest/doctest.h>

#include <string>

#include "emit/checksum.hpp"
#include "emit/toml.hpp"
#include "objects/fleet_files.hpp"
#include "pipeline.hpp"
#include "support/one_file.hpp"

using namespace bkfc;
using emit::Node;

namespace {

// A small fleet with patches, compiled; what is said is in `report`.
struct Compiled {
  explicit Compiled(std::string_view patches) {
    tests::OneFile file(
        "cluster \"c\" { kubernetes = \"1.31\" }\nfleet \"b\" {\n  namespace = \"ci\"\n"
        "  cache { size = 100GiB }\n" +
        std::string(patches) + "\n}\n");
    is = analyse(sources, origins, file, {.files = {"main.bkfleet"}}, report);
    REQUIRE(is.fleets.size() == 1);
    files = objects::files_of(is.fleets[0], is.artifacts);
  }

  const Node& object(std::string_view kind, std::string_view name = "b") const {
    for (const Node* one : files.objects)
      if (objects::kind_of(*one) == kind && objects::name_of(*one) == name) return *one;
    REQUIRE_MESSAGE(false, std::string(kind));
    return *files.objects.front();
  }

  const Node& pod() const {
    return *objects::find(object("StatefulSet"), {"spec", "template", "spec"});
  }

  const Node& container(std::string_view name) const {
    const Node* found = nullptr;
    for (const Node& one : pod().find("containers")->items)
      if (one.find("name")->text == name) found = &one;
    REQUIRE(found != nullptr);
    return *found;
  }

  Sources sources;
  Origins origins;
  Report report;
  Analysis is;
  objects::FleetFiles files;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("fields are set, appended to and deleted by the API's own paths") {
  const Compiled c(R"(patch StatefulSet {
    spec.template.spec.schedulerName = "volcano"
    spec.template.spec.containers["buildkitd"].env["GODEBUG"].value = "madvdontneed=1"
    spec.template.spec.containers["buildkitd"].args += ["--oci-worker-net", "host"]
    spec.template.spec.nodeSelector.disk = "ssd"
    spec.template.spec.containers["sidecar"] = { image = "registry.example.com/sidecar:1.0.0" }
    delete spec.template.spec.containers["buildkitd"].resources
    delete spec.template.spec.containers["buildkitd"].args["--config"]
  }
  patch Service "headless" { metadata.annotations["example.com/owner"] = "ci" })");
  CHECK_FALSE(c.report.has_errors());
  CHECK(c.pod().find("schedulerName")->text == "volcano");
  const Node& daemon = c.container("buildkitd");
  CHECK(same_data(*daemon.find("env"),
                  emit::list({emit::map({{"name", "GODEBUG"}, {"value", "madvdontneed=1"}})})));
  CHECK(daemon.find("args")->items.front().text != "--config");
  CHECK(daemon.find("args")->items.back().text == "host");
  CHECK(daemon.find("resources") == nullptr);
  CHECK(c.pod().find("nodeSelector")->find("disk")->text == "ssd");
  CHECK(c.container("sidecar").find("image")->text == "registry.example.com/sidecar:1.0.0");
  CHECK(objects::text_at(c.object("Service", "b-headless"),
                         {"metadata", "annotations", "example.com/owner"}) == "ci");
}

TEST_CASE("an element is found by its key, whatever the key is called, and not made anew") {
  const Compiled c(R"(patch StatefulSet {
    spec.template.spec.containers["buildkitd"].volumeMounts["/tmp"].readOnly = true
    spec.template.spec.containers["buildkitd"].ports["1234"].hostPort = 1234
    spec.template.spec.volumes += [{ name = "tmp", emptyDir = { medium = "Memory" } }]
  })");
  CHECK_FALSE(c.report.has_errors());
  const Node& daemon = c.container("buildkitd");
  CHECK(daemon.find("volumeMounts")->items.size() == 6);
  REQUIRE(daemon.find("ports")->items.size() == 1);
  CHECK(daemon.find("ports")->items[0].find("hostPort")->integer == 1234);
  std::size_t tmp = 0;
  for (const Node& one : c.pod().find("volumes")->items)
    if (one.find("name")->text == "tmp") {
      ++tmp;
      CHECK(objects::text_at(one, {"emptyDir", "medium"}) == "Memory");
    }
  CHECK(tmp == 1);
}

TEST_CASE("a text of a list of buildkitd.toml is deleted by what it says") {
  const Compiled c(R"(entitlements = [network.host, security.insecure]
  allow entitlement_insecure "only its own pipelines build here"
  patch "buildkitd.toml" {
    delete "insecure-entitlements"["security.insecure"]
    delete dns.nameservers["10.0.0.10"]
  })");
  CHECK_FALSE(c.report.has_errors());
  CHECK(same_data(*c.files.config->table.find("insecure-entitlements"),
                  emit::list({"network.host"})));
  std::size_t idle = 0;
  for (const Diagnostic& one : c.report.all()) idle += one.id == "E0611" ? 1 : 0;
  CHECK(idle == 1);
}

TEST_CASE("what a patch sets has the patch's line as its origin") {
  const Compiled c("patch StatefulSet { spec.template.spec.schedulerName = \"volcano\" }");
  const Origin& origin = c.origins.at(c.pod().find("schedulerName")->origin);
  CHECK(origin.kind == Origin::Kind::written);
  CHECK(has(std::string(c.sources.text(origin.span)), "volcano"));
}

TEST_CASE("a key of buildkitd.toml is set, and the ConfigMap and the pods' mark follow") {
  const Compiled plain("");
  const Compiled c(R"(patch "buildkitd.toml" {
    worker.oci.binary = "crun"
    registry["docker.io"].mirrors = ["mirror.example.com"]
    dns.nameservers += ["10.0.0.10"]
    dns.nameservers += ["10.0.0.11"]
  })");
  CHECK_FALSE(c.report.has_errors());
  const std::string text(
      objects::text_at(c.object("ConfigMap", "b-config"), {"data", "buildkitd.toml"}));
  CHECK(text == emit::print(*c.files.config));
  CHECK(has(text, "binary = \"crun\"\n"));
  CHECK(has(text, "[registry.\"docker.io\"]\nmirrors = [\"mirror.example.com\"]\n"));
  CHECK(has(text, "nameservers = [\"10.0.0.10\", \"10.0.0.11\"]\n"));
  const auto mark = [](const Compiled& of) {
    return std::string(objects::text_at(
        of.object("StatefulSet"),
        {"spec", "template", "metadata", "annotations", "checksum/buildkitd.toml"}));
  };
  CHECK(mark(c) == emit::checksum(*c.files.config));
  CHECK(mark(c) != mark(plain));
}

TEST_CASE("a patch that is refused changes nothing, and the others are applied") {
  const Compiled c(R"(patch StatefulSet {
    spec.template.spec.schedulerNam = "x"
    spec.template.spec.priority = "high"
    spec.template.spec.schedulerName = "volcano"
  })");
  CHECK(c.report.count(Severity::error) == 2);
  CHECK(c.pod().find("schedulerNam") == nullptr);
  CHECK(c.pod().find("priority") == nullptr);
  CHECK(c.pod().find("schedulerName")->text == "volcano");
}

TEST_CASE("what two lines break and the second mends is no finding") {
  const Compiled c(R"(patch StatefulSet {
    delete spec.template.spec.volumes["tmp"]
    spec.template.spec.volumes["tmp"].emptyDir.medium = "Memory"
  })");
  CHECK_FALSE(c.report.has_errors());
}
