#include "lower/verify_sh.hpp"

#include <fmt/core.h>

#include "emit/shell.hpp"
#include "lower/verify_command.hpp"
#include "lower/verify_connection.hpp"
#include "lower/verify_steps.hpp"

namespace bkfc::lower {
namespace {

constexpr std::string_view about =
    "Shows step by step that {} works.\n"
    "--list says what the steps are, --only STEP runs one, --help lists the rest.";

// A tier as the script has buildctl print it; durations are nanoseconds there.
std::string reported(const VerifyTier& tier) {
  std::string filters;
  for (const std::string& filter : tier.filters) {
    if (!filters.empty()) filters += ' ';
    filters += filter;
  }
  return fmt::format("all={} keep={} max={} reserved={} free={} filters=[{}]", tier.all,
                     tier.keep_seconds * 1'000'000'000, tier.max_used_space, tier.reserved_space,
                     tier.min_free_space, filters);
}

}  // namespace

emit::Text verify_sh(const VerifyScript& script) {
  std::vector<std::string> policy;
  for (const VerifyTier& tier : script.policy) policy.push_back(reported(tier));

  emit::Script out(emit::Script::Shell::bash, fmt::format(about, script.subject));
  out.assign("authority", script.authority)
      .assign("daemon_folder", script.daemon_folder)
      .assign("namespace", script.name_space)
      .assign("workload", script.workload)
      .assign("selector", script.selector)
      .assign("container", script.container)
      .assign("port", std::to_string(script.port))
      .assign("client", script.client)
      .assign("has_tls", script.has_tls ? "yes" : "no")
      .assign("state_directory", script.state_directory)
      .assign("volume_size", std::to_string(script.volume_size))
      .assign_array("policy", policy, "As the daemon is to report it: nanoseconds and bytes.")
      .assign("cache_limit", std::to_string(script.cache_limit))
      .assign("restart_seconds", std::to_string(script.restart_seconds))
      .assign("smoke_job", script.smoke_job)
      .text(verify_connection)
      .text(verify_steps)
      .text(verify_command);
  return {out.str()};
}

}  // namespace bkfc::lower
