#include "lower/artifacts.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {

Content service_account(const model::Fleet& fleet) {
  emit::Node out = object(fleet, {"v1", "ServiceAccount", fleet.names.service_account(),
                                  fleet.is().names.service_account.origin});
  out.set("automountServiceAccountToken", false,
          "A build step could use the token: it shares the pod's network.");
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
