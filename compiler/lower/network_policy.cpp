#include <string_view>

#include "lower/artifacts.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

// Where clouds hand out a node's credentials: AWS, Azure, GCP and others; Tencent; Alibaba.
constexpr std::string_view metadata_services[] = {"169.254.169.254/32", "169.254.0.23/32",
                                                  "100.100.100.200/32"};
constexpr std::string_view metadata_services_of_ipv6[] = {"fd00:ec2::254/128"};

Node every_pod() {
  return emit::map({{"namespaceSelector", emit::map()}}).because("pods of every namespace");
}

Node clients(const model::Fleet& fleet) {
  const schema::Field<std::vector<std::string>>& said = fleet.is().network_policy.from_namespaces;
  if (!said.is_set()) return emit::list({every_pod()});
  Node out = emit::list();
  for (const std::string& name : said.value) {
    Node labels = emit::map({{"kubernetes.io/metadata.name", Node(name).from(said.origin)}});
    out.push(emit::map({{"namespaceSelector", emit::map({{"matchLabels", std::move(labels)}})}}));
  }
  if (fleet.is().smoke_build.enabled.value)
    out.push(
        emit::map({{"podSelector", emit::map({{"matchLabels", selector_of(fleet, smoke_app)}})}}));
  return out;
}

Node ingress(const model::Fleet& fleet) {
  Node from = clients(fleet);
  if (!fleet.is().network_policy.from_namespaces.is_set())
    from.comment = "Every pod may connect; its client certificate decides.";
  Node port = emit::map({{"port", Node(model::Names::port)}, {"protocol", "TCP"}})
                  .from(fleet.is().listen.tcp.origin);
  Node rule;
  rule.set("from", std::move(from));
  rule.set("ports", emit::list({std::move(port)}));
  return emit::list({std::move(rule)});
}

Node port(std::string_view protocol) { return emit::map({{"port", 53}, {"protocol", protocol}}); }

Node everywhere(std::string_view range, std::span<const std::string_view> but, OriginId origin) {
  Node block = emit::map({{"cidr", range}});
  if (!but.empty()) {
    Node except = emit::list();
    for (const std::string_view one : but) except.push(Node(one).from(origin));
    block.set("except", std::move(except),
              "A build step shares the pod's network: it must not get the node's credentials.");
  }
  return emit::map({{"ipBlock", std::move(block)}});
}

Node egress(const model::Fleet& fleet) {
  const schema::Field<bool>& metadata = fleet.is().network_policy.metadata_service;
  Node dns = emit::map({{"ports", emit::list({port("UDP"), port("TCP")})}});
  dns.comment = "Names, by whatever server the node or the cluster has.";
  Node registries;
  registries.comment = "Registries, sources, and whatever builds fetch.";
  const auto but = [&](std::span<const std::string_view> all) {
    return metadata.value ? std::span<const std::string_view>{} : all;
  };
  registries.set(
      "to",
      emit::list({every_pod(), everywhere("0.0.0.0/0", but(metadata_services), metadata.origin),
                  everywhere("::/0", but(metadata_services_of_ipv6), metadata.origin)}));
  return emit::list({std::move(dns), std::move(registries)});
}

}  // namespace

Content network_policy(const model::Fleet& fleet) {
  Node out = object(fleet, {"networking.k8s.io/v1", "NetworkPolicy", fleet.names.network_policy(),
                            fleet.is().names.network_policy.origin});
  Node& spec = out.set("spec", emit::map());
  spec.set("podSelector", emit::map({{"matchLabels", selector(fleet)}}));
  spec.set("policyTypes", emit::list({"Ingress", "Egress"})
                              .because("both ways are said: what is not listed does not pass"));
  spec.set("ingress", ingress(fleet));
  spec.set("egress", egress(fleet));
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
