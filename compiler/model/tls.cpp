#include "model/tls.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "model/derived.hpp"

namespace bkfc::model {
namespace {

void add_once(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

// A Service as its own namespace, the others, and the whole domain call it.
void add_service(std::vector<std::string>& names, const std::string& service, const Fleet& fleet) {
  const std::string& name_space = fleet.name_space();
  add_once(names, service);
  add_once(names, fmt::format("{}.{}", service, name_space));
  add_once(names, fmt::format("{}.{}.svc", service, name_space));
  add_once(names, fmt::format("{}.{}.svc.{}", service, name_space, fleet.dns_domain));
}

// Digits and dots, or anything with a colon: a certificate holds it as an address, not as a name.
bool is_address(std::string_view name) {
  if (name.find(':') != std::string_view::npos) return true;
  return std::count(name.begin(), name.end(), '.') == 3 &&
         name.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Whoever has the CA says what is said of it: an authority, or the fleet's own `tls`.
template <class Block>
void add_ca(Tls& tls, const Block& said) {
  tls.client_validity = said.validity.value;
  tls.ca_validity = said.ca_validity.value;
  tls.renew_before = said.renew_before.value;
  tls.key_type = said.key_type.value;
  for (const schema::Client& client : said.clients)
    tls.clients.push_back({client.head.label,
                           client.validity.is_set() ? client.validity.value : said.validity.value,
                           tls.client_secret_prefix + client.head.label, client.head.origin});
}

void add_default_client(Tls& tls, OriginId head, Origins& origins) {
  tls.clients.push_back(
      {"client", tls.client_validity, tls.client_secret_prefix + "client",
       derived(origins, head, "a CA without clients gets one, or nobody could build")});
}

}  // namespace

Tls tls_of(const Fleet& fleet, const schema::Authority* authority, Origins& origins) {
  const schema::Tls& said = fleet.is().tls;
  Tls tls;
  tls.issuer = said.issuer.value;
  add_service(tls.dns_names, fleet.names.service(), fleet);
  add_service(tls.dns_names, fleet.names.headless_service(), fleet);
  // The pods' own names, however many there will be.
  add_service(tls.dns_names, "*." + fleet.names.headless_service(), fleet);
  add_once(tls.dns_names, "localhost");
  // What `kubectl port-forward` listens on.
  tls.ip_addresses = {"127.0.0.1", "::1"};
  for (const std::string& name : said.names.value)
    add_once(is_address(name) ? tls.ip_addresses : tls.dns_names, name);
  tls.names_origin = derived(origins, said.names.is_set() ? said.names.origin : said.head.origin,
                             "what its Services and pods are called, and `tls.names`");
  tls.secrets_origin =
      derived(origins, said.head.origin, "one Secret for the daemons, and one for each client");
  tls.daemon_secret = fleet.names.daemon_certificates();
  tls.validity = said.validity.value;
  tls.authority = authority;
  const std::string fleet_text = fleet.source->identity.text();
  if (authority != nullptr) {
    tls.store = "authorities/" + authority->head.label;
    tls.daemon_folder = "daemons/" + fleet_text;
    tls.client_secret_prefix = fleet.names.said().client_certs.is_set()
                                   ? fleet.names.client_certificate("")
                                   : Names(authority->head.label).client_certificate("");
    add_ca(tls, *authority);
  } else {
    tls.store = fleet_text;
    tls.daemon_folder = "daemon";
    tls.client_secret_prefix = fleet.names.client_certificate("");
    add_ca(tls, said);
  }
  if (tls.clients.empty())
    add_default_client(tls, authority != nullptr ? authority->head.origin : fleet.is().head.origin,
                       origins);
  return tls;
}

}  // namespace bkfc::model
