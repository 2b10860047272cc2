// What generated objects are called, where it is not after the fleet.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

struct Names {
  Head head;
  Field<std::string> workload;
  Field<std::string> claim;
  Field<std::string> config_map;
  Field<std::string> service;
  Field<std::string> headless_service;
  Field<std::string> service_account;
  Field<std::string> daemon_certs;
  Field<std::string> client_certs;
  Field<std::string> disruption_budget;
  Field<std::string> network_policy;
  Field<std::string> smoke_build;
};

extern const BlockType names_type;

}  // namespace bkfc::schema
