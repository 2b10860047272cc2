#include "model/names.hpp"

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

}  // namespace

std::string bounded(std::string_view name, std::size_t limit) {
  if (name.size() <= limit) return std::string(name);
  constexpr std::size_t digits = 8;
  std::string_view head = name.substr(0, limit - digits - 1);
  while (!head.empty() && (head.back() == '-' || head.back() == '.')) head.remove_suffix(1);
  return joined(head, std::string_view(sha256(name)).substr(0, digits));
}

Names::Names(std::string_view fleet) : fleet_(fleet), workload_(bounded(fleet, workload_limit)) {}

std::string Names::config_map() const { return joined(workload_, "config"); }

std::string Names::headless_service() const {
  return bounded(joined(workload_, "headless"), label_limit);
}

std::string Names::daemon_certificates() const { return joined(workload_, "daemon-certs"); }

std::string Names::client_certificate(std::string_view client) const {
  return bounded(joined(joined(workload_, "client"), client), subdomain_limit);
}

std::string Names::smoke_build() const {
  return bounded(joined(workload_, "smoke-build"), label_limit);
}

std::string Names::pod(std::size_t ordinal) const {
  return joined(workload_, std::to_string(ordinal));
}

std::string Names::claim(std::size_t ordinal) const { return joined(cache_volume, pod(ordinal)); }

}  // namespace bkfc::model
