// `verify.sh`: shows step by step that a fleet works, from a forwarded port to garbage collection.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace bkfc::lower {

// One tier of the policy, as the daemon is to report it.
struct VerifyTier {
  bool all = false;
  std::int64_t keep_seconds = 0;
  std::int64_t max_used_space = 0;  // bytes; 0 says none, here and below
  std::int64_t reserved_space = 0;
  std::int64_t min_free_space = 0;
  std::vector<std::string> filters;  // as the configuration has them: `type==source.local`
};

// What the script is told.
struct VerifyScript {
  std::string subject;                   // the fleet, in words
  std::string authority;                 // as in CertificateScript: where the certificates are kept
  std::string daemon_folder = "daemon";  // there too
  std::string name_space;
  std::string workload;   // `statefulset/buildkitd`
  std::string selector;   // the labels of its pods: `app.kubernetes.io/instance=buildkitd`
  std::string container;  // the one that runs buildkitd
  int port = 1234;
  std::string client;  // whose certificates are used; empty without TLS
  bool has_tls = true;

  std::string state_directory;       // where the cache lies in the container
  std::int64_t volume_size = 0;      // of the volume of its own that it lies on; 0: there is none
  std::vector<VerifyTier> policy;    // empty: the daemon's own
  std::int64_t cache_limit = 0;      // what collection keeps the whole cache under; 0: nothing
  std::int64_t restart_seconds = 0;  // what a pod may take to end its builds and come up again
  std::string smoke_job;             // the name of the Job in `smoke-build.yaml`
};

emit::Text verify_sh(const VerifyScript& script);

}  // namespace bkfc::lower
