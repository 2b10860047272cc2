#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>

#include "crater.hpp"
#include "rules/catalogue.hpp"
#include "rules/check.hpp"
#include "rules/edits.hpp"
#include "rules/nodes.hpp"
#include "rules/spelling.hpp"

namespace bkfc::rules {
namespace {

// The names of the rules that find something in a program.
std::set<std::string> found(const ir::Program& program) {
  Origins origins;
  Sources sources;
  sources.add("a.bkfleet", "");
  Report report;
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  check({program, fleets, sources, origins, {}, {}, {}}, report);
  std::set<std::string> names;
  for (const Diagnostic& diagnostic : report.all()) names.insert(diagnostic.name);
  return names;
}

std::set<std::string> with(const std::function<void(schema::Fleet&, schema::Cluster&)>& change) {
  ir::Program program = tests::crater();
  change(program.fleets.front().is, program.clusters.front());
  return found(program);
}

}  // namespace

TEST_CASE("rules find nothing in the fleet that the language is explained with") {
  CHECK(found(tests::crater()) == std::set<std::string>());
}

TEST_CASE("the edges of bounds and volumes") {
  using tests::gibibytes;
  using tests::written;
  const auto capped = [](std::int64_t gib) {
    return with([&](schema::Fleet& fleet, schema::Cluster&) {
      fleet.gc.tiers[1].max_used_space = written(schema::Space{gibibytes(gib), {}});
      fleet.gc.tiers[1].min_free_space = {};
    });
  };
  CHECK(capped(370).empty());
  CHECK(capped(371).contains("cache_headroom"));
  CHECK(capped(474).contains("cache_headroom"));
  CHECK(capped(475) == std::set<std::string>{"cache_fills_volume"});
}

TEST_CASE("a node pool takes pods by labels, taints and architecture") {
  const auto with_fleet = [](const std::function<void(schema::Fleet&)>& change) {
    return with([&](schema::Fleet& fleet, schema::Cluster&) { change(fleet); });
  };
  CHECK(with_fleet([](schema::Fleet& f) { f.placement.tolerations.clear(); }) ==
        std::set<std::string>{"taint_not_tolerated"});
  CHECK(with_fleet([](schema::Fleet& f) {
          f.placement.arch = tests::written<std::string>("arm64");
        }) == std::set<std::string>{"no_node_matches"});
  CHECK(with_fleet([](schema::Fleet& f) {
          f.placement.node_selector =
              tests::written(schema::TextMap{{"topology.kubernetes.io/zone", "a"}});
        }).empty());
  CHECK(with_fleet([](schema::Fleet& f) {
          f.placement.node_selector = tests::written(schema::TextMap{{"gpu", "a"}});
        }) == std::set<std::string>{"no_node_matches"});
}

TEST_CASE("taints are read as kubectl reads them") {
  CHECK(parse_taint("a=b:NoSchedule")->value == "b");
  CHECK_FALSE(parse_taint("a:NoExecute")->value);
  CHECK(parse_taint("a=:NoSchedule")->value == "");
  CHECK_FALSE(parse_taint("a=b"));
  CHECK_FALSE(parse_taint("a:Nothing"));
  CHECK_FALSE(parse_taint(":NoSchedule"));
}

TEST_CASE("names are refused for what Kubernetes refuses") {
  CHECK_FALSE(refuse_label("a-1"));
  for (const char* bad : {"", "A", "a_b", "-a", "a-", "a.b", "ä"})
    CHECK_MESSAGE(refuse_label(bad), bad);
  CHECK(refuse_label(std::string(64, 'a')));
  CHECK_FALSE(refuse_label(std::string(63, 'a')));
  CHECK_FALSE(refuse_subdomain("a.b-c.d"));
  CHECK(refuse_subdomain("a..b"));
  CHECK_FALSE(refuse_label_key("node-role.kubernetes.io/control-plane"));
  CHECK(refuse_label_key("a/b/c"));
  CHECK(refuse_label_key("/a"));
  CHECK_FALSE(refuse_label_value("A_b.c"));
  CHECK(refuse_label_value("a b"));
  CHECK_FALSE(refuse_certificate_name("*.example.com"));
  for (const char* bad : {"a.*.com", "https://a", "a:1", "*"})
    CHECK_MESSAGE(refuse_certificate_name(bad), bad);
}

TEST_CASE("addresses") {
  for (const char* good :
       {"10.0.0.5", "::1", "fe80::1:2", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "::"})
    CHECK_MESSAGE(is_address(good), good);
  for (const char* bad : {"10.0.0", "10.0.0.256", "10.0.0.05", "a.b.c.d", "1:2", "1::2::3", "::g",
                          "1:2:3:4:5:6:7:8:9", ""})
    CHECK_MESSAGE(!is_address(bad), bad);
}

TEST_CASE("references of images") {
  const std::string digest = "@sha256:" + std::string(64, 'a');
  for (const std::string& good :
       {std::string("moby/buildkit:v0.24.0"), std::string("buildkit"),
        std::string("Harbor.example.com:5000/a/b:T_1"), "moby/buildkit" + digest})
    CHECK_MESSAGE(!refuse_image(good), good);
  for (const char* bad : {"", "moby/BuildKit:v1", "a b", "a:", "a@sha256:12", "a//b", "a:b c"})
    CHECK_MESSAGE(refuse_image(bad), bad);
}

TEST_CASE("ids ascend within their family, and names are used once") {
  std::set<std::string_view> names;
  std::set<std::string_view> families;
  std::string_view last;
  for (const Rule* rule : all()) {
    CAPTURE(rule->id);
    CHECK((rule->id.size() == 5 || rule->id.size() == 6));
    if (last.substr(0, last.size() - 3) == rule->id.substr(0, rule->id.size() - 3))
      CHECK(last < rule->id);
    else
      CHECK(families.insert(rule->id.substr(0, rule->id.size() - 3)).second);
    last = rule->id;
    CHECK(names.insert(rule->name).second);
    CHECK((rule->fleet != nullptr) != (rule->program != nullptr));
    CHECK((rule->why.ends_with('.') || rule->why.ends_with(".)")));
    CHECK_FALSE(rule->title.ends_with('.'));
  }
}

TEST_CASE("an attribute is deleted with its line, where it has one of its own") {
  Sources sources;
  Origins origins;
  const FileId file =
      sources.add("a", "gc {\n  a = 1  # why\n  b += [\n    2\n  ]\n}\nx { c = 3 }\n");
  const auto deleted = [&](std::uint32_t begin, std::uint32_t end) {
    const auto edits = delete_attribute(sources, origins, origins.written({file, begin, end}));
    return edits.empty() ? std::string("-") : std::string(sources.text(edits.front().span));
  };
  CHECK(deleted(11, 12) == "  a = 1  # why\n");
  CHECK(deleted(27, 38) == "  b += [\n    2\n  ]\n");
  CHECK(deleted(49, 50) == "-");
}

}  // namespace bkfc::rules
