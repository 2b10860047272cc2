#include "lower/buildx_sh.hpp"

#include <fmt/core.h>

#include "emit/shell.hpp"
#include "lower/buildx_nodes.hpp"
#include "lower/buildx_text.hpp"

namespace bkfc::lower {
namespace {

constexpr std::string_view about =
    "Makes a buildx builder for {}.\n"
    "Run it again after a change, and with --remove to take it away; --help lists the rest.";

}  // namespace

emit::Text buildx_sh(const BuildxScript& script) {
  emit::Script out(emit::Script::Shell::bash, fmt::format(about, script.subject));
  out.assign("authority", script.authority)
      .assign("builder", script.builder)
      .assign("namespace", script.name_space)
      .assign("service", script.service)
      .assign("port", std::to_string(script.port))
      .assign("endpoint", script.endpoint)
      .assign_array("replicas", script.replicas)
      .assign("client", script.client)
      .assign("has_tls", script.has_tls ? "yes" : "no")
      .text(buildx_nodes)
      .text(buildx_text);
  return {out.str()};
}

}  // namespace bkfc::lower
