// One function an artifact: from the model of a fleet to what is written for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lower/outputs.hpp"

namespace bkfc::lower {

Content buildkitd_toml(const model::Fleet& fleet);
Content service_account(const model::Fleet& fleet);
Content config_map(const model::Fleet& fleet);
Content stateful_set(const model::Fleet& fleet);
Content service(const model::Fleet& fleet);
Content headless_service(const model::Fleet& fleet);
Content disruption_budget(const model::Fleet& fleet);
Content network_policy(const model::Fleet& fleet);
Content create_certs(const model::Fleet& fleet);
Content verify(const model::Fleet& fleet);
Content buildx(const model::Fleet& fleet);
Content smoke_build(const model::Fleet& fleet);
Content fleet_kustomization(const model::Fleet& fleet);

// What several fleets share.
emit::Text shared_certs(const std::vector<const model::Fleet*>& fleets);  // of one authority
emit::Text builder(std::string_view name, const std::vector<const model::Fleet*>& fleets);
emit::Yaml name_space(const std::vector<const model::Fleet*>& fleets);
emit::Yaml cluster_kustomization(const std::vector<const model::Fleet*>& fleets);

}  // namespace bkfc::lower
