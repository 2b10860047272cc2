// What the model makes of a fleet, where it is more than a copy.
#include <algorithm>

#include <doctest/doctest.h>

#include "crater.hpp"
#include "model/fleet.hpp"
#include "model/gc.hpp"

using namespace bkfc;
using namespace bkfc::tests;

namespace {

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

model::Daemon daemon_without_tiers(Release release) {
  model::Daemon daemon;
  daemon.release = release;
  daemon.volume = gibibytes(500);
  Origins origins;
  model::add_gc(daemon, plain_fleet().gc, origins);
  return daemon;
}

}  // namespace

TEST_CASE("percentages of tiers are of the cache's volume, in whole bytes") {
  Origins origins;
  const ir::Program program = crater();
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  REQUIRE(fleets.size() == 1);
  const model::Daemon& daemon = fleets[0].daemon;
  REQUIRE(daemon.policies.size() == 2);
  CHECK_FALSE(daemon.has_default_policy);
  CHECK(daemon.policies[0].filters.value == std::vector<std::string>{"type==source.local",
                                                                     "type==exec.cachemount",
                                                                     "type==source.git.checkout"});
  CHECK(daemon.policies[1].max_used_space.value == gibibytes(350));
  CHECK(daemon.policies[1].min_free_space.value == gibibytes(50));
  CHECK_FALSE(daemon.policies[1].reserved_space.is_set());
  CHECK(daemon.max_parallelism.value == 8);
}

TEST_CASE("a percentage rounds down, and the largest volumes do not overflow") {
  CHECK(model::bytes_of({{}, Percent{33'333}}, Bytes{10}).count == 3);
  CHECK(model::bytes_of({{}, Percent{100'000}}, gibibytes(65536)) == gibibytes(65536));
  CHECK(model::bytes_of({{}, Percent{12'500}}, Bytes{800'000}).count == 100'000);
}

TEST_CASE("the default policy is the release's own, for the volume's size") {
  // The values that buildkitd prints for a disk of 500GiB.
  const model::Daemon now = daemon_without_tiers({0, 34, 2});
  REQUIRE(now.policies.size() == 4);
  CHECK(now.has_default_policy);
  CHECK(now.policies[0].filters.value.size() == 3);
  CHECK(now.policies[0].max_used_space.value.count == 512'000'000);
  CHECK(now.policies[2].reserved_space.value.count == 10'000'000'000);
  CHECK(now.policies[2].min_free_space.value.count == 101'000'000'000);
  CHECK(now.policies[2].max_used_space.value.count == 100'000'000'000);
  CHECK_FALSE(now.policies[2].all.value);
  CHECK(now.policies[3].all.value);

  // One filter, which no record matches.
  CHECK(daemon_without_tiers({0, 30, 0}).policies[0].filters.value.size() == 1);

  const model::Daemon old = daemon_without_tiers({0, 16, 0});
  CHECK(old.policies[3].reserved_space.value.count == 51'000'000'000);
  CHECK_FALSE(old.policies[3].max_used_space.is_set());
}

TEST_CASE("one space of the worker takes the place of all computed ones") {
  schema::Gc gc = plain_fleet().gc;
  gc.max_used_space = written(schema::Space{gibibytes(300), {}});
  model::Daemon daemon;
  daemon.release = {0, 24, 0};
  daemon.volume = gibibytes(500);
  Origins origins;
  model::add_gc(daemon, gc, origins);
  CHECK(daemon.policies[3].max_used_space.value == gibibytes(300));
  CHECK_FALSE(daemon.policies[3].min_free_space.is_set());
  CHECK_FALSE(daemon.policies[3].reserved_space.is_set());
}

TEST_CASE("before the spaces, a tier's cap is its keepBytes") {
  ir::Program program = crater();
  program.fleets[0].is.buildkit = written<std::string>("0.16");
  Origins origins;
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  CHECK(fleets[0].daemon.policies[1].reserved_space.value == gibibytes(350));
  CHECK_FALSE(fleets[0].daemon.policies[1].max_used_space.is_set());
}

TEST_CASE("certificates hold every name of both services, of every pod, and of a port-forward") {
  ir::Program program = crater();
  program.fleets[0].is.tls.names =
      written(std::vector<std::string>{"build.example.com", "10.0.0.5", "fd00::5"});
  Origins origins;
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  const model::Tls& tls = fleets[0].tls;
  for (const char* name : {"buildkitd", "buildkitd.crater-images", "buildkitd.crater-images.svc",
                           "buildkitd.crater-images.svc.cluster.local", "buildkitd-headless",
                           "buildkitd-headless.crater-images.svc.cluster.local",
                           "*.buildkitd-headless.crater-images.svc.cluster.local",
                           "*.buildkitd-headless", "localhost", "build.example.com"})
    CHECK_MESSAGE(has(tls.dns_names, name), name);
  CHECK(tls.ip_addresses == std::vector<std::string>{"127.0.0.1", "::1", "10.0.0.5", "fd00::5"});
  REQUIRE(tls.clients.size() == 1);
  CHECK(tls.clients[0].secret == "buildkitd-client-ci");
}

TEST_CASE("a fleet that names no client gets one") {
  ir::Program program = crater();
  program.fleets[0].is.tls.clients.clear();
  Origins origins;
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  REQUIRE(fleets[0].tls.clients.size() == 1);
  CHECK(fleets[0].tls.clients[0].name == "client");
}

TEST_CASE("the grace period outlasts the longest build, the start grows with the cache") {
  Origins origins;
  const ir::Program program = crater();
  const std::vector<model::Fleet> fleets = model::all(program, origins);
  CHECK(fleets[0].stopping.grace.value.seconds == 45 * 60 + 15 + 60);
  CHECK(fleets[0].probes.startup.period * fleets[0].probes.startup.failure_threshold == 7 * 60);
  CHECK(origins.at(fleets[0].stopping.grace.origin).kind == Origin::Kind::derived);
}

TEST_CASE("names stay within what Kubernetes takes, and apart") {
  const std::string a = std::string(60, 'a') + "x";
  const std::string b = std::string(60, 'a') + "y";
  CHECK(model::Names(a).workload().size() <= 52);
  CHECK(model::Names(a).workload() != model::Names(b).workload());
  CHECK(model::Names(a).headless_service().size() <= 63);
  CHECK(model::Names(a).pod(9999).size() <= 63);
  CHECK(model::Names("buildkitd").claim(0) == "cache-buildkitd-0");
}

TEST_CASE("a fleet with a field that is unknown is not modelled") {
  ir::Program program = crater();
  program.fleets[0].complete = false;
  Origins origins;
  CHECK(model::all(program, origins).empty());
}
