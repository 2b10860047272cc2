#include <algorithm>

#include <fmt/core.h>

#include "lower/artifacts.hpp"
#include "lower/buildx_sh.hpp"
#include "lower/create_certs_sh.hpp"
#include "lower/parts.hpp"
#include "lower/verify_sh.hpp"

namespace bkfc::lower {
namespace {

// openssl counts in days; a part of one is one.
int days(Duration duration) {
  return static_cast<int>(std::max<std::int64_t>(1, duration.seconds / (24 * 3600)));
}

VerifyTier tier_of(const model::GcPolicy& policy) {
  return {.all = policy.all.value,
          .keep_seconds = policy.keep_duration.value.seconds,
          .max_used_space = policy.max_used_space.value.count,
          .reserved_space = policy.reserved_space.value.count,
          .min_free_space = policy.min_free_space.value.count,
          .filters = policy.filters.value};
}

}  // namespace

Content create_certs(const model::Fleet& fleet) {
  const model::Tls& tls = fleet.tls;
  CertificateScript script;
  script.authority = fleet.source->identity.text();
  script.name_space = fleet.name_space();
  script.daemon_secret = tls.daemon_secret;
  script.client_secret_prefix = fleet.names.client_certificate("");
  script.workload = fmt::format("statefulset/{}", fleet.names.workload());
  script.dns_names = tls.dns_names;
  script.ip_addresses = tls.ip_addresses;
  for (const model::Client& client : tls.clients)
    script.clients.push_back({client.name, days(client.validity)});
  script.key_type = schema::to_text(tls.key_type);
  script.validity_days = days(tls.validity);
  script.ca_validity_days = days(tls.ca_validity);
  script.renew_before_days = days(tls.renew_before);
  script.ca_key_name = tls.files.ca;
  script.certificate_key_name = tls.files.cert;
  script.private_key_name = tls.files.key;
  return create_certs_sh(script);
}

Content buildx(const model::Fleet& fleet) {
  const std::string& name_space = fleet.name_space();
  BuildxScript script;
  script.authority = fleet.source->identity.text();
  script.builder = fleet.names.fleet();
  script.name_space = name_space;
  script.service = fleet.names.service();
  script.port = static_cast<int>(fleet.port);
  script.endpoint =
      fmt::format("tcp://{}.{}.svc:{}", fleet.names.service(), name_space, fleet.port);
  for (std::int64_t i = 0; i < fleet.replicas; ++i)
    script.replicas.push_back(fmt::format("tcp://{}.{}.{}.svc:{}",
                                          fleet.names.pod(static_cast<std::size_t>(i)),
                                          fleet.names.headless_service(), name_space, fleet.port));
  script.client = fleet.tls.clients.front().name;
  script.has_tls = fleet.tls.issuer != schema::Issuer::none;
  return buildx_sh(script);
}

Content verify(const model::Fleet& fleet) {
  VerifyScript script;
  script.authority = fleet.source->identity.text();
  script.name_space = fleet.name_space();
  script.workload = fmt::format("statefulset/{}", fleet.names.workload());
  for (const auto& [key, value] : fleet.selector.value)
    script.selector += fmt::format("{}{}={}", script.selector.empty() ? "" : ",", key, value);
  script.container = model::Names::container;
  script.port = static_cast<int>(fleet.port);
  script.client = fleet.tls.clients.front().name;
  script.has_tls = fleet.tls.issuer != schema::Issuer::none;
  script.state_directory = fleet.paths.state;
  script.volume_size = fleet.daemon.volume.count;
  if (!fleet.daemon.has_default_policy)
    for (const model::GcPolicy& policy : fleet.daemon.policies)
      script.policy.push_back(tier_of(policy));
  script.cache_limit = model::cache_limit(fleet.daemon).count;
  script.restart_seconds = fleet.stopping.grace.value.seconds +
                           fleet.probes.startup.period * fleet.probes.startup.failure_threshold;
  if (fleet.is().smoke_build.enabled.value) script.smoke_job = fleet.names.smoke_build();
  return verify_sh(script);
}

}  // namespace bkfc::lower
