// `kit/builders/<builder>.sh`: one buildx builder for the daemons of several fleets.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace bkfc::lower {

// A node of the builder. Endpoints are as buildx takes them: `tcp://name:port`.
struct BuilderNode {
  std::string fleet;      // `crater/ci/buildkitd`
  std::string platforms;  // apart by commas; empty: the daemon says
  std::string endpoint;   // the Service's
  std::string replica;    // a replica's own, with `*` for its number
  int replica_count = 0;
  std::string authority;  // as in CertificateScript: where the clients' certificates are kept
  std::string client;     // whose certificates are used; empty without TLS
};

struct BuilderScript {
  std::string builder;
  std::vector<BuilderNode> nodes;  // in the order in which buildx asks them
};

emit::Text builder_sh(const BuilderScript& script);

}  // namespace bkfc::lower
