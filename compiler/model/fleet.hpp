// What a fleet comes to: the daemon it runs, the pod it runs in, the names it answers to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.hpp"
#include "model/daemon.hpp"
#include "model/image.hpp"
#include "model/names.hpp"

namespace bkfc::model {

struct TargetRelease {
  Release release;
  OriginId origin = OriginId::nowhere;
  bool told = false;  // false: nothing tells it, so it is the newest known
};

struct Target {
  TargetRelease buildkit;
  TargetRelease kubernetes;
};

// Where things lie in the daemon's container.
struct Paths {
  std::string state;          // the cache, its databases, the history
  std::string config_folder;  // mounted whole: what is mounted by `subPath` never updates
  std::string config_file;
  std::string socket;
  std::string certificates;
  std::string runtime;   // XDG_RUNTIME_DIR
  std::string user_tmp;  // TMPDIR
  std::string tmp;
};

// One client with a certificate of its own.
struct Client {
  std::string name;
  Duration validity;
  std::string secret;
  OriginId origin = OriginId::nowhere;
};

// The names of the files in a secret, and in a folder of certificates.
struct KeyFiles {
  std::string ca = "ca.pem";
  std::string cert = "cert.pem";
  std::string key = "key.pem";
};

struct Tls {
  schema::Issuer issuer = schema::Issuer::script;
  const schema::Authority* authority = nullptr;  // null: the fleet has a CA of its own
  std::string store;                 // where `create-certs.sh` keeps the CA, below the user's data
  std::string daemon_folder;         // below it, the daemons' certificate
  std::string client_secret_prefix;  // the client's name follows
  std::vector<std::string> dns_names;     // each once; every name that a client may use
  std::vector<std::string> ip_addresses;  // each once
  std::vector<Client> clients;            // never empty: `client` where none is named
  std::string daemon_secret;
  OriginId names_origin = OriginId::nowhere;  // of `dns_names` and `ip_addresses`
  OriginId secrets_origin = OriginId::nowhere;
  KeyFiles files;
  Duration validity;         // of the daemons' certificate
  Duration client_validity;  // of a client that says no other
  Duration ca_validity;
  Duration renew_before;
  schema::KeyType key_type = schema::KeyType::ecdsa_p256;
};

// How a pod ends: it drains, then buildkitd lets its builds end, all within the grace period.
struct Stopping {
  Duration longest;  // the longest build
  Duration drain;
  schema::Field<Duration> grace;
};

struct Probe {
  std::int64_t period = 0;  // seconds, like `timeout`
  std::int64_t timeout = 0;
  std::int64_t failure_threshold = 1;
};

struct Probes {
  Probe startup;
  Probe readiness;
  Probe liveness;
  OriginId startup_origin = OriginId::nowhere;
  OriginId timeout_origin = OriginId::nowhere;
};

struct Fleet {
  const ir::Fleet* source = nullptr;         // of the program that it was made from
  const schema::Cluster* cluster = nullptr;  // null: none is declared
  Target target;
  Image image;
  schema::Field<schema::PullPolicy> pull_policy;
  Paths paths;
  Names names;
  schema::Field<schema::TextMap> selector;  // never empty; the pods have these labels
  std::string dns_domain;
  std::int64_t port = 0;
  std::int64_t replicas = 0;  // of a range, its least
  Daemon daemon;
  Tls tls;
  Stopping stopping;
  Probes probes;
  Bytes scratch;                             // the size of each temporary folder
  std::vector<const schema::Allow*> allows;  // in the fleet and its blocks, then of the program

  const schema::Fleet& is() const { return source->is; }
  const std::string& name_space() const { return source->identity.name_space; }
};

// The fleets that can be modelled: those of which every field is known.
std::vector<Fleet> all(const ir::Program& program, Origins& origins);

}  // namespace bkfc::model
