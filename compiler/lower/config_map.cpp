#include "emit/toml.hpp"
#include "lower/artifacts.hpp"
#include "lower/buildkitd_toml.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {

Content config_map(const model::Fleet& fleet) {
  emit::Node out = object(
      fleet, {"v1", "ConfigMap", fleet.names.config_map(), fleet.is().names.config_map.origin});
  out.set("data",
          emit::map({{model::Names::config_key,
                      emit::Node(emit::print(config_of(fleet))).from(fleet.is().head.origin)}}));
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
