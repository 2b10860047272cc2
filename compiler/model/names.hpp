// What the generated objects are called. Invariant: every name fits where Kubernetes puts it, if
// the fleet's name is made of the letters that names may have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bkfc::model {

class Names {
 public:
  Names() = default;
  explicit Names(std::string_view fleet);

  const std::string& fleet() const { return fleet_; }  // as the source says it, whole

  // At most 52: the pods' label `controller-revision-hash` is this, `-`, and up to ten letters.
  const std::string& workload() const { return workload_; }
  std::string instance() const { return workload_; }  // the value of `app.kubernetes.io/instance`
  std::string service_account() const { return workload_; }
  std::string config_map() const;
  std::string service() const { return workload_; }
  std::string headless_service() const;
  std::string disruption_budget() const { return workload_; }
  std::string network_policy() const { return workload_; }
  std::string daemon_certificates() const;
  std::string client_certificate(std::string_view client) const;
  std::string smoke_build() const;
  std::string pod(std::size_t ordinal) const;
  std::string claim(std::size_t ordinal) const;

  static constexpr std::string_view container = "buildkitd";
  static constexpr std::string_view cache_volume = "cache";
  static constexpr std::string_view config_key = "buildkitd.toml";
  static constexpr std::string_view port = "buildkit";
  static constexpr std::string_view config_checksum = "checksum/buildkitd.toml";

 private:
  std::string fleet_;
  std::string workload_;
};

// The text, or its beginning and eight letters that tell it apart, in at most `limit` bytes.
std::string bounded(std::string_view name, std::size_t limit);

}  // namespace bkfc::model
