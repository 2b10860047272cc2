// Prints a script for a sample fleet, so that its tests run what the compiler emits.
#include <cstdio>
#include <string_view>

#include "lower/create_certs_sh.hpp"

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

}  // namespace

int main(int count, char** arguments) {
  const std::string_view name = count == 2 ? arguments[1] : "";
  emit::Text script;
  if (name == "create-certs") {
    script = lower::create_certs_sh(certificates());
  } else {
    std::fputs("usage: print-script create-certs\n", stderr);
    return 2;
  }
  std::fputs(script.text.c_str(), stdout);
  return 0;
}
