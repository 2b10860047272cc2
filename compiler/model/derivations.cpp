#include "model/derivations.hpp"

#include <utility>

namespace bkfc::model {
namespace {

using schema::Type;

class Collector {
 public:
  explicit Collector(const Fleet& fleet) : fleet_(&fleet) {}

  std::vector<Derivation> take() { return std::move(out_); }

  void add_image() {
    const schema::Fleet& is = fleet_->is();
    if (!is.buildkit.is_set())
      text("buildkit", to_text(fleet_->target.buildkit.release), fleet_->target.buildkit.origin);
    if (!is.kubernetes.is_set())
      text("kubernetes", to_text(fleet_->target.kubernetes.release),
           fleet_->target.kubernetes.origin);
    if (!is.image.is_set()) text("image", fleet_->image.reference, fleet_->image.origin);
    if (!is.image_pull_policy.is_set())
      text("image_pull_policy", std::string(schema::to_text(fleet_->pull_policy.value)),
           fleet_->pull_policy.origin);
  }

  void add_names() {
    const Names& names = fleet_->names;
    const schema::Names& said = names.said();
    name("names.workload", said.workload, names.workload());
    name("names.service_account", said.service_account, names.service_account());
    name("names.config_map", said.config_map, names.config_map());
    name("names.service", said.service, names.service());
    name("names.headless_service", said.headless_service, names.headless_service());
    name("names.disruption_budget", said.disruption_budget, names.disruption_budget());
    name("names.network_policy", said.network_policy, names.network_policy());
    name("names.daemon_certs", said.daemon_certs, names.daemon_certificates());
    name("names.smoke_build", said.smoke_build, names.smoke_build());
    name("names.claim", said.claim, names.cache_volume());
  }

  void add_behaviour() {
    const schema::Fleet& is = fleet_->is();
    if (is.selector.value.empty())
      add({"selector", true, Type::text_map, fleet_->selector.value, fleet_->selector.origin});
    if (!is.rollout.grace.is_set())
      add({"rollout.grace", true, Type::duration, fleet_->stopping.grace.value,
           fleet_->stopping.grace.origin});
    if (!is.probes.startup.is_set())
      add({"probes.startup", true, Type::duration,
           Duration{fleet_->probes.startup.period * fleet_->probes.startup.failure_threshold},
           fleet_->probes.startup_origin});
    if (!is.worker.max_parallelism.is_set() && fleet_->daemon.max_parallelism.is_set())
      add({"worker.max_parallelism", true, Type::integer, fleet_->daemon.max_parallelism.value,
           fleet_->daemon.max_parallelism.origin});
  }

  void add_certificates() {
    std::vector<std::string> names = fleet_->tls.dns_names;
    names.insert(names.end(), fleet_->tls.ip_addresses.begin(), fleet_->tls.ip_addresses.end());
    add({"tls.certificate_names", false, Type::text_list, std::move(names),
         fleet_->tls.names_origin});
    std::vector<std::string> secrets{fleet_->tls.daemon_secret};
    for (const Client& client : fleet_->tls.clients) secrets.push_back(client.secret);
    add({"tls.secrets", false, Type::text_list, std::move(secrets), fleet_->tls.secrets_origin});
  }

 private:
  void add(Derivation one) { out_.push_back(std::move(one)); }
  void text(std::string_view path, std::string value, OriginId origin) {
    add({path, true, Type::text, std::move(value), origin});
  }
  void name(std::string_view path, const schema::Field<std::string>& said, std::string value) {
    if (!said.is_set()) text(path, std::move(value), said.origin);
  }

  const Fleet* fleet_;
  std::vector<Derivation> out_;
};

}  // namespace

std::vector<Derivation> derivations(const Fleet& fleet) {
  Collector collector(fleet);
  collector.add_image();
  collector.add_names();
  collector.add_behaviour();
  collector.add_certificates();
  return collector.take();
}

}  // namespace bkfc::model
