// Prints a script for a sample fleet, so that its tests run what the compiler emits.
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "lower/builder_sh.hpp"
#include "lower/buildx_sh.hpp"
#include "lower/create_certs_sh.hpp"
#include "lower/verify_sh.hpp"

namespace {

using namespace bkfc;

lower::CertificateScript certificates() {
  lower::CertificateDaemon daemon{
      .cluster = "crater",
      .name_space = "crater-images",
      .workload = "statefulset/buildkitd",
      .names = {"buildkitd", "buildkitd.crater-images.svc.cluster.local",
                "*.buildkitd-headless.crater-images.svc.cluster.local", "localhost", "127.0.0.1",
                "::1"}};
  return {.subject = "crater/crater-images/buildkitd",
          .authority = "crater/crater-images/buildkitd",
          .daemons = {std::move(daemon)},
          .clients = {{.name = "ci"}, {.name = "nightly", .validity_days = 20}}};
}

lower::CertificateDaemon daemon_of(const std::string& cluster, const std::string& name) {
  return {.folder = "daemons/" + cluster + "/ci/" + name,
          .cluster = cluster,
          .name_space = "ci",
          .secret = name + "-daemon-certs",
          .client_secret_prefix = "shared-client-",
          .workload = "statefulset/" + name,
          .names = {name + ".ci.svc", "*." + name + "-headless.ci.svc", "127.0.0.1"}};
}

// Three fleets that share a CA, two of them in one cluster.
lower::CertificateScript shared_certificates() {
  lower::CertificateScript script;
  script.subject = "the authority shared";
  script.authority = "authorities/shared";
  script.daemons = {daemon_of("lab", "amd"), daemon_of("lab", "arm"), daemon_of("edge", "amd")};
  script.daemons[1].validity_days = 90;
  script.clients = {{.name = "github"}};
  return script;
}

lower::BuilderScript fleets_builder() {
  lower::BuilderScript script{.builder = "all"};
  for (const std::string name : {"amd", "arm"})
    script.nodes.push_back({.fleet = "lab/ci/" + name,
                            .platforms = "linux/" + name + "64",
                            .endpoint = "tcp://" + name + ".ci.svc:1234",
                            .replica = "tcp://" + name + "-*." + name + "-headless.ci.svc:1234",
                            .replica_count = 3,
                            .authority = "authorities/shared",
                            .client = "github"});
  return script;
}

lower::BuildxScript builder() {
  return {.subject = "crater/crater-images/buildkitd",
          .authority = "crater/crater-images/buildkitd",
          .builder = "crater-buildkitd",
          .name_space = "crater-images",
          .service = "buildkitd",
          .endpoint = "tcp://buildkitd.crater-images.svc.cluster.local:1234",
          .replicas = {"tcp://buildkitd-0.buildkitd-headless.crater-images.svc.cluster.local:1234",
                       "tcp://buildkitd-1.buildkitd-headless.crater-images.svc.cluster.local:1234",
                       "tcp://buildkitd-2.buildkitd-headless.crater-images.svc.cluster.local:1234"},
          .client = "ci"};
}

lower::VerifyScript verification() {
  return {.subject = "crater/crater-images/buildkitd",
          .authority = "crater/crater-images/buildkitd",
          .name_space = "crater-images",
          .workload = "statefulset/buildkitd",
          .selector = "app.kubernetes.io/name=buildkitd",
          .container = "buildkitd",
          .client = "ci",
          .state_directory = "/home/user/.local/share/buildkit",
          .volume_size = std::int64_t{10} << 30,
          .policy = {{.keep_seconds = 2592000,
                      .max_used_space = 30000000,
                      .filters = {"type==source.local", "type==exec.cachemount"}},
                     {.all = true, .max_used_space = 50000000, .min_free_space = 1000000}},
          .cache_limit = 50000000,
          .restart_seconds = 20,
          .smoke_job = "buildkitd-smoke"};
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view name = count == 2 ? arguments[1] : "";
  emit::Text script;
  if (name == "create-certs") {
    script = lower::create_certs_sh(certificates());
  } else if (name == "shared-certs") {
    script = lower::create_certs_sh(shared_certificates());
  } else if (name == "builder") {
    script = lower::builder_sh(fleets_builder());
  } else if (name == "buildx") {
    script = lower::buildx_sh(builder());
  } else if (name == "verify") {
    script = lower::verify_sh(verification());
  } else {
    std::fputs("usage: print-script create-certs|shared-certs|buildx|builder|verify\n", stderr);
    return 2;
  }
  std::fputs(script.text.c_str(), stdout);
  return 0;
}
