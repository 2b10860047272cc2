#include "eval/later.hpp"

#include <algorithm>

namespace bkfc::eval {
namespace {

constexpr std::string_view later_blocks[] = {
    "autoscale", "binfmt", "delivery", "dns",      "env",     "env_from", "init",   "metrics",
    "otel",      "pod",    "proxy",    "registry", "service", "sidecar",  "system", "volume",
};

}  // namespace

bool is_later_block(std::string_view name) {
  return std::find(std::begin(later_blocks), std::end(later_blocks), name) !=
         std::end(later_blocks);
}

}  // namespace bkfc::eval
