#include "model/dump.hpp"

#include <fmt/core.h>

namespace bkfc::model {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string dump(const Probe& probe) {
  return fmt::format("every {}s, {} times, {}s to answer", probe.period, probe.failure_threshold,
                     probe.timeout);
}

std::string dump(const GcPolicy& policy) {
  std::string out = fmt::format("  tier \"{}\"", policy.name);
  if (policy.all.is_set() && policy.all.value) out += " all";
  for (const std::string& filter : policy.filters.value) out += fmt::format(" [{}]", filter);
  if (policy.keep_duration.is_set()) out += " keep " + to_text(policy.keep_duration.value);
  const auto space = [&out](std::string_view name, const schema::Field<Bytes>& bytes) {
    if (bytes.is_set()) out += fmt::format(" {} {}", name, bytes.value.count);
  };
  space("reserved", policy.reserved_space);
  space("max-used", policy.max_used_space);
  space("min-free", policy.min_free_space);
  return out + "\n";
}

std::string dump(const Fleet& fleet) {
  std::string out = fmt::format("fleet {}\n", fleet.source->identity.text());
  const auto line = [&out](std::string_view name, const std::string& value) {
    out += fmt::format("  {}: {}\n", name, value);
  };
  line("buildkit", to_text(fleet.target.buildkit.release));
  line("kubernetes", to_text(fleet.target.kubernetes.release));
  line("image", fleet.image.reference);
  line("workload", fleet.names.workload());
  line("state", fleet.paths.state);
  line("config", fleet.paths.config_file);
  line("socket", fleet.paths.socket);
  line("dns names", joined(fleet.tls.dns_names));
  line("ip addresses", joined(fleet.tls.ip_addresses));
  line("grace", to_text(fleet.stopping.grace.value));
  line("drain", to_text(fleet.stopping.drain));
  line("startup probe", dump(fleet.probes.startup));
  line("readiness probe", dump(fleet.probes.readiness));
  line("liveness probe", dump(fleet.probes.liveness));
  if (fleet.daemon.max_parallelism.is_set())
    line("parallelism", fmt::format("{}", fleet.daemon.max_parallelism.value));
  for (const GcPolicy& policy : fleet.daemon.policies) out += dump(policy);
  return out;
}

}  // namespace

std::string dump(const std::vector<Fleet>& fleets) {
  std::string out;
  for (const Fleet& fleet : fleets) out += dump(fleet);
  return out;
}

}  // namespace bkfc::model
