// `clients/buildx.sh`: a buildx builder for the daemons of a fleet.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace bkfc::lower {

// What the script is told. Endpoints are as buildx takes them: `tcp://name:port`.
struct BuildxScript {
  std::string subject;    // the fleet, in words
  std::string authority;  // as in CertificateScript: where the clients' certificates are kept
  std::string builder;    // the name that the builder gets
  std::string name_space;
  std::string service;
  int port = 1234;
  std::string endpoint;               // the Service's
  std::vector<std::string> replicas;  // each replica's own, where they have names
  std::string client;                 // whose certificates are used; empty without TLS
  bool has_tls = true;
};

emit::Text buildx_sh(const BuildxScript& script);

}  // namespace bkfc::lower
