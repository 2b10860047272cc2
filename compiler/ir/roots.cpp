#include "ir/roots.hpp"

namespace bkfc::ir {

std::vector<Root> roots(const Program& program) {
  std::vector<Root> out;
  for (const schema::Cluster& cluster : program.clusters)
    out.push_back({&schema::cluster_type, &cluster, nullptr});
  for (const Authority& authority : program.authorities)
    out.push_back({&schema::authority_type, &authority.is, nullptr});
  for (const Fleet& fleet : program.fleets) out.push_back({&schema::fleet_type, &fleet.is, &fleet});
  for (const Builder& builder : program.builders)
    out.push_back({&schema::builder_type, &builder.is, nullptr});
  return out;
}

const schema::Head& head_of(const schema::BlockType& type, const void* block) {
  return *type.head(const_cast<void*>(block));
}

}  // namespace bkfc::ir
