#include "eval/later.hpp"

#include <algorithm>

namespace bkfc::eval {
namespace {

constexpr std::string_view later_blocks[] = {
    "authority", "autoscale", "binfmt",   "builder", "delivery", "dns",    "env",
    "env_from",  "init",      "metrics",  "names",   "object",   "otel",   "pod",
    "proxy",     "registry",  "selector", "service", "sidecar",  "system", "volume",
};

}  // namespace

std::optional<std::string_view> later_statement(syntax::ast::Item::Kind kind) {
  using Kind = syntax::ast::Item::Kind;
  switch (kind) {
    case Kind::import: return "`import`";
    case Kind::param: return "`param`";
    case Kind::profile: return "`profile`";
    case Kind::use: return "`use`";
    case Kind::policy:
    case Kind::require: return "`policy`";
    case Kind::for_each: return "`for`";
    case Kind::if_chain: return "`if`";
    case Kind::unset: return "`unset`";
    default: return std::nullopt;
  }
}

bool is_later_block(std::string_view name) {
  return std::find(std::begin(later_blocks), std::end(later_blocks), name) !=
         std::end(later_blocks);
}

}  // namespace bkfc::eval
