#include "model/names.hpp"

#include <utility>

#include "base/sha256.hpp"

namespace bkfc::model {
namespace {

// Of a name in a label's value, and of a DNS label.
constexpr std::size_t label_limit = 63;
constexpr std::size_t workload_limit = 52;
// Of a DNS subdomain, which Secrets and ConfigMaps may be called.
constexpr std::size_t subdomain_limit = 253;

std::string joined(std::string_view a, std::string_view b) {
  std::string out(a);
  out += '-';
  out += b;
  return out;
}

std::string said_or(const schema::Field<std::string>& said, std::string_view derived) {
  return said.is_set() ? said.value : std::string(derived);
}

}  // namespace

std::string bounded(std::string_view name, std::size_t limit) {
  if (name.size() <= limit) return std::string(name);
  constexpr std::size_t digits = 8;
  std::string_view head = name.substr(0, limit - digits - 1);
  while (!head.empty() && (head.back() == '-' || head.back() == '.')) head.remove_suffix(1);
  return joined(head, std::string_view(sha256(name)).substr(0, digits));
}

Names::Names(std::string_view fleet, schema::Names said)
    : fleet_(fleet), base_(bounded(fleet, workload_limit)), said_(std::move(said)) {}

std::string Names::workload() const { return said_or(said_.workload, base_); }

std::string Names::service_account() const { return said_or(said_.service_account, base_); }

std::string Names::config_map() const { return said_or(said_.config_map, joined(base_, "config")); }

std::string Names::service() const { return said_or(said_.service, base_); }

std::string Names::headless_service() const {
  return said_or(said_.headless_service, bounded(joined(base_, "headless"), label_limit));
}

std::string Names::disruption_budget() const { return said_or(said_.disruption_budget, base_); }

std::string Names::network_policy() const { return said_or(said_.network_policy, base_); }

std::string Names::daemon_certificates() const {
  return said_or(said_.daemon_certs, joined(base_, "daemon-certs"));
}

std::string Names::client_certificate(std::string_view client) const {
  const std::string prefix = said_or(said_.client_certs, joined(base_, "client"));
  return bounded(joined(prefix, client), subdomain_limit);
}

std::string Names::smoke_build() const {
  return said_or(said_.smoke_build, bounded(joined(base_, "smoke-build"), label_limit));
}

std::string Names::cache_volume() const { return said_or(said_.claim, "cache"); }

std::string Names::pod(std::size_t ordinal) const {
  return joined(workload(), std::to_string(ordinal));
}

std::string Names::claim(std::size_t ordinal) const { return joined(cache_volume(), pod(ordinal)); }

}  // namespace bkfc::model
