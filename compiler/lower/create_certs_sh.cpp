#include "lower/create_certs_sh.hpp"

#include <fmt/core.h>

#include "emit/shell.hpp"
#include "lower/create_certs_certificates.hpp"
#include "lower/create_certs_command.hpp"
#include "lower/create_certs_store.hpp"

namespace bkfc::lower {
namespace {

constexpr std::string_view about =
    "Keeps the certificates of {}: a CA, a certificate for the\n"
    "daemons of each fleet, one for each client, and the Secrets that hold them. Run it again "
    "whenever\n"
    "that has changed, and before they expire; it says what it did. --help lists what else it can "
    "do.";

// A word a daemon: what the script asks of all of them, in their order.
template <class Ask>
std::vector<std::string> of_each(const CertificateScript& script, Ask ask) {
  std::vector<std::string> words;
  for (const CertificateDaemon& daemon : script.daemons) words.push_back(ask(daemon));
  return words;
}

// A name a line: so people read them, and compare them with what was.
std::string joined(const CertificateDaemon& daemon) {
  std::string out;
  for (const std::string& name : daemon.names) out += (out.empty() ? "" : "\n   ") + name;
  return out;
}

void add_daemons(const CertificateScript& script, emit::Script& out) {
  using Daemon = CertificateDaemon;
  out.assign_array("daemons", of_each(script, [](const Daemon& one) { return one.folder; }))
      .assign_array("clusters", of_each(script, [](const Daemon& one) { return one.cluster; }))
      .assign_array("namespaces", of_each(script, [](const Daemon& one) { return one.name_space; }))
      .assign_array("daemon_secrets", of_each(script, [](const Daemon& one) { return one.secret; }))
      .assign_array("client_secret_prefixes",
                    of_each(script, [](const Daemon& one) { return one.client_secret_prefix; }))
      .assign_array("workloads", of_each(script, [](const Daemon& one) { return one.workload; }))
      .assign_array("daemon_names", of_each(script, joined))
      .assign_array("daemon_validity_days", of_each(script, [](const Daemon& one) {
                      return std::to_string(one.validity_days);
                    }));
}

}  // namespace

emit::Text create_certs_sh(const CertificateScript& script) {
  std::vector<std::string> clients;
  std::vector<std::string> client_days;
  for (const CertificateClient& client : script.clients) {
    clients.push_back(client.name);
    client_days.push_back(std::to_string(client.validity_days));
  }

  emit::Script out(emit::Script::Shell::bash, fmt::format(about, script.subject));
  out.assign("authority", script.authority);
  add_daemons(script, out);
  out.assign_array("clients", clients)
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
