#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "lower/artifacts.hpp"
#include "lower/builder_sh.hpp"
#include "lower/buildx_sh.hpp"
#include "lower/create_certs_sh.hpp"
#include "lower/parts.hpp"
#include "lower/verify_sh.hpp"
#include "model/platforms.hpp"

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

namespace {

CertificateDaemon daemon_of(const model::Fleet& fleet) {
  CertificateDaemon daemon;
  daemon.folder = fleet.tls.daemon_folder;
  daemon.cluster = fleet.source->identity.cluster;
  daemon.name_space = fleet.name_space();
  daemon.secret = fleet.tls.daemon_secret;
  daemon.client_secret_prefix = fleet.tls.client_secret_prefix;
  daemon.workload = fmt::format("statefulset/{}", fleet.names.workload());
  daemon.names = fleet.tls.dns_names;
  daemon.names.insert(daemon.names.end(), fleet.tls.ip_addresses.begin(),
                      fleet.tls.ip_addresses.end());
  daemon.validity_days = days(fleet.tls.validity);
  return daemon;
}

// What is the same for all fleets of a CA is taken from the first.
emit::Text certificates(std::string subject, const std::vector<const model::Fleet*>& fleets) {
  const model::Tls& tls = fleets.front()->tls;
  CertificateScript script;
  script.subject = std::move(subject);
  script.authority = tls.store;
  for (const model::Fleet* fleet : fleets) script.daemons.push_back(daemon_of(*fleet));
  for (const model::Client& client : tls.clients)
    script.clients.push_back({client.name, days(client.validity)});
  script.key_type = schema::to_text(tls.key_type);
  script.validity_days = days(tls.client_validity);
  script.ca_validity_days = days(tls.ca_validity);
  script.renew_before_days = days(tls.renew_before);
  script.ca_key_name = tls.files.ca;
  script.certificate_key_name = tls.files.cert;
  script.private_key_name = tls.files.key;
  return create_certs_sh(script);
}

}  // namespace

Content create_certs(const model::Fleet& fleet) {
  return certificates(fleet.source->identity.text(), {&fleet});
}

emit::Text shared_certs(const std::vector<const model::Fleet*>& fleets) {
  const schema::Authority& authority = *fleets.front()->tls.authority;
  return certificates(fmt::format("the authority {}", authority.head.label), fleets);
}

namespace {

std::string endpoint(const model::Fleet& fleet) {
  return fmt::format("tcp://{}.{}.svc:{}", fleet.names.service(), fleet.name_space(), fleet.port);
}

std::string replica_endpoint(const model::Fleet& fleet, std::string_view pod) {
  return fmt::format("tcp://{}.{}.{}.svc:{}", pod, fleet.names.headless_service(),
                     fleet.name_space(), fleet.port);
}

// The first client that all fleets of a builder know; nothing if there is none.
std::optional<std::string> common_client(const std::vector<const model::Fleet*>& fleets) {
  for (const model::Client& client : fleets.front()->tls.clients) {
    const auto knows = [&](const model::Fleet* fleet) {
      return std::any_of(fleet->tls.clients.begin(), fleet->tls.clients.end(),
                         [&](const model::Client& other) { return other.name == client.name; });
    };
    if (std::all_of(fleets.begin(), fleets.end(), knows)) return client.name;
  }
  return std::nullopt;
}

std::string comma_joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

}  // namespace

Content buildx(const model::Fleet& fleet) {
  BuildxScript script;
  script.subject = fleet.source->identity.text();
  script.authority = fleet.tls.store;
  script.builder = fleet.names.fleet();
  script.name_space = fleet.name_space();
  script.service = fleet.names.service();
  script.port = static_cast<int>(fleet.port);
  script.endpoint = endpoint(fleet);
  for (std::int64_t i = 0; i < fleet.replicas; ++i)
    script.replicas.push_back(
        replica_endpoint(fleet, fleet.names.pod(static_cast<std::size_t>(i))));
  script.client = fleet.tls.clients.front().name;
  script.has_tls = fleet.tls.issuer != schema::Issuer::none;
  return buildx_sh(script);
}

emit::Text builder(std::string_view name, const std::vector<const model::Fleet*>& fleets) {
  BuilderScript script;
  script.builder = name;
  const std::optional<std::string> common = common_client(fleets);
  for (const model::Fleet* fleet : fleets) {
    BuilderNode node;
    node.fleet = fleet->source->identity.text();
    node.platforms = comma_joined(model::platforms_of(*fleet));
    node.endpoint = endpoint(*fleet);
    node.replica = replica_endpoint(*fleet, fleet->names.workload() + "-*");
    node.replica_count = static_cast<int>(fleet->replicas);
    node.authority = fleet->tls.store;
    if (fleet->tls.issuer != schema::Issuer::none)
      node.client = common.value_or(fleet->tls.clients.front().name);
    script.nodes.push_back(std::move(node));
  }
  return builder_sh(script);
}

Content verify(const model::Fleet& fleet) {
  VerifyScript script;
  script.subject = fleet.source->identity.text();
  script.authority = fleet.tls.store;
  script.daemon_folder = fleet.tls.daemon_folder;
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
