#include "lower/create_certs_sh.hpp"

#include <fmt/core.h>

#include "emit/shell.hpp"
#include "lower/create_certs_certificates.hpp"
#include "lower/create_certs_command.hpp"
#include "lower/create_certs_store.hpp"

namespace bkfc::lower {
namespace {

constexpr std::string_view about =
    "Keeps the certificates of {}: a CA, one certificate for its\n"
    "daemons, one for each client, and the Secrets that hold them. Run it again whenever the "
    "fleet\n"
    "has changed, and before they expire; it says what it did. --help lists what else it can do.";

}  // namespace

emit::Text create_certs_sh(const CertificateScript& script) {
  std::vector<std::string> clients;
  std::vector<std::string> client_days;
  for (const CertificateClient& client : script.clients) {
    clients.push_back(client.name);
    client_days.push_back(std::to_string(client.validity_days));
  }

  emit::Script out(emit::Script::Shell::bash, fmt::format(about, script.authority));
  out.assign("authority", script.authority)
      .assign("namespace", script.name_space)
      .assign("daemon_secret", script.daemon_secret)
      .assign("client_secret_prefix", script.client_secret_prefix)
      .assign("workload", script.workload)
      .assign_array("dns_names", script.dns_names)
      .assign_array("ip_addresses", script.ip_addresses)
      .assign_array("clients", clients)
      .assign_array("client_validity_days", client_days)
      .assign("key_type", script.key_type)
      .assign("validity_days", std::to_string(script.validity_days))
      .assign("ca_validity_days", std::to_string(script.ca_validity_days))
      .assign("renew_before_days", std::to_string(script.renew_before_days))
      .assign("ca_key_name", script.ca_key_name)
      .assign("certificate_key_name", script.certificate_key_name)
      .assign("private_key_name", script.private_key_name)
      .text(create_certs_certificates)
      .text(create_certs_store)
      .text(create_certs_command);
  return {out.str()};
}

}  // namespace bkfc::lower
