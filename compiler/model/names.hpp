// What the generated objects are called. Invariant: a name that the fleet does not say fits where
// Kubernetes puts it, if the fleet's name is made of the letters that names may have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schema/names.hpp"

namespace bkfc::model {

class Names {
 public:
  Names() = default;
  explicit Names(std::string_view fleet, schema::Names said = {});

  const std::string& fleet() const { return fleet_; }  // as the source says it, whole

  // What the others begin with. At most 52: the pods' label `controller-revision-hash` is the
  // workload's name, `-`, and up to ten letters.
  const std::string& base() const { return base_; }
  std::string instance() const { return base_; }  // the value of `app.kubernetes.io/instance`

  std::string workload() const;
  std::string service_account() const;
  std::string config_map() const;
  std::string service() const;
  std::string headless_service() const;
  std::string disruption_budget() const;
  std::string network_policy() const;
  std::string daemon_certificates() const;
  std::string client_certificate(std::string_view client) const;
  std::string smoke_build() const;
  std::string cache_volume() const;
  std::string pod(std::size_t ordinal) const;
  std::string claim(std::size_t ordinal) const;

  // What the fleet says of them; a name of which it says nothing is unset.
  const schema::Names& said() const { return said_; }

  static constexpr std::string_view app = "buildkitd";  // the value of `app.kubernetes.io/name`
  static constexpr std::string_view container = "buildkitd";
  static constexpr std::string_view config_key = "buildkitd.toml";
  static constexpr std::string_view port = "buildkit";
  static constexpr std::string_view config_checksum = "checksum/buildkitd.toml";

 private:
  std::string fleet_;
  std::string base_;
  schema::Names said_;
};

// The text, or its beginning and eight letters that tell it apart, in at most `limit` bytes.
std::string bounded(std::string_view name, std::size_t limit);

}  // namespace bkfc::model
