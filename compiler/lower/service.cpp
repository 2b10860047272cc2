#include "lower/artifacts.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

Node ports(const model::Fleet& fleet) {
  const OriginId origin = fleet.is().listen.tcp.origin;
  return emit::list({emit::map({{"name", Node(model::Names::port).from(origin)},
                                {"port", Node(fleet.port).from(origin)},
                                {"targetPort", Node(model::Names::port).from(origin)},
                                {"protocol", "TCP"}})
                         .from(origin)});
}

}  // namespace

Content service(const model::Fleet& fleet) {
  Node out =
      object(fleet, {"v1", "Service", fleet.names.service(), fleet.is().names.service.origin});
  Node& spec =
      out.set("spec", emit::map({{"type", Node("ClusterIP")
                                              .because("clients are in the cluster, or come by "
                                                       "`kubectl port-forward`")}}));
  spec.set("selector", selector(fleet));
  spec.set("ports", ports(fleet));
  return emit::Yaml{{std::move(out)}};
}

Content headless_service(const model::Fleet& fleet) {
  Node out = object(fleet, {"v1", "Service", fleet.names.headless_service(),
                            fleet.is().names.headless_service.origin});
  Node& spec = out.set("spec", emit::map());
  spec.set("clusterIP", "None", "One DNS name a pod, so that a client can choose its daemon.");
  spec.set("publishNotReadyAddresses", false,
           "A daemon that starts, or ends its last builds, gets no new ones.");
  spec.set("selector", selector(fleet));
  spec.set("ports", ports(fleet));
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
