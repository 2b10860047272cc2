// Prints a script for a sample fleet, so that its tests run what the compiler emits.
#include <cstdio>
#include <string_view>

#include "lower/buildx_sh.hpp"
#include "lower/create_certs_sh.hpp"
#include "lower/verify_sh.hpp"

namespace {

using namespace bkfc;

lower::CertificateScript certificates() {
  return {.authority = "crater/crater-images/buildkitd",
          .name_space = "crater-images",
          .workload = "statefulset/buildkitd",
          .dns_names = {"buildkitd", "buildkitd.crater-images.svc.cluster.local",
                        "*.buildkitd-headless.crater-images.svc.cluster.local", "localhost"},
          .ip_addresses = {"127.0.0.1", "::1"},
          .clients = {{.name = "ci"}, {.name = "nightly", .validity_days = 20}}};
}

lower::BuildxScript builder() {
  return {.authority = "crater/crater-images/buildkitd",
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
  return {.authority = "crater/crater-images/buildkitd",
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
  } else if (name == "buildx") {
    script = lower::buildx_sh(builder());
  } else if (name == "verify") {
    script = lower::verify_sh(verification());
  } else {
    std::fputs("usage: print-script create-certs|buildx|verify\n", stderr);
    return 2;
  }
  std::fputs(script.text.c_str(), stdout);
  return 0;
}
