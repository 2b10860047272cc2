// `create-certs.sh`: keeps a CA, of one fleet or of several that share it, and the certificates of
// its daemons and clients.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace bkfc::lower {

// A client whose certificate lasts its own number of days.
struct CertificateClient {
  std::string name;  // letters, digits, `-` and `.`: it ends in the name of a Secret
  int validity_days = 365;
};

// The daemons of one fleet, which have one certificate. Names and addresses are as clients write
// them: wildcards of one label are fine.
struct CertificateDaemon {
  std::string folder = "daemon";  // below the CA's; `daemons/` and the fleet where it has several
  std::string cluster;
  std::string name_space;
  std::string secret = "buildkitd-certs";
  std::string client_secret_prefix = "buildkitd-client-";  // the client's name follows
  std::string workload;  // `statefulset/buildkitd`: what has to be restarted for new certificates
  std::vector<std::string> names;  // without blanks
  int validity_days = 365;
};

// What the script is told.
struct CertificateScript {
  std::string subject;    // whose certificates they are, in words
  std::string authority;  // `crater/ci/buildkitd`: the CA's name, and its folder in the user's data
  std::vector<CertificateDaemon> daemons;
  std::vector<CertificateClient> clients;

  std::string key_type = "ecdsa_p256";  // or `rsa_2048`, `rsa_4096`
  int validity_days = 365;              // of a client without its own
  int ca_validity_days = 3650;
  int renew_before_days = 30;

  // The keys in the Secrets. With `tls.crt` and `tls.key` their type is `kubernetes.io/tls`.
  std::string ca_key_name = "ca.pem";
  std::string certificate_key_name = "cert.pem";
  std::string private_key_name = "key.pem";
};

emit::Text create_certs_sh(const CertificateScript& script);

}  // namespace bkfc::lower
