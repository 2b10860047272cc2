// The children of every node in order: the array of a tree gives them last first.
#pragma once

#include <cstdint>
#include <vector>

#include "syntax/tree.hpp"

namespace bkfc::format {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = 0xFFFFFFFF;

// Comments are left out: whoever writes knows them by their place.
class Children {
 public:
  explicit Children(const syntax::Tree& tree);

  NodeIndex first(NodeIndex parent) const { return links_[parent].first; }
  NodeIndex next(NodeIndex child) const { return links_[child].next; }

 private:
  struct Link {
    NodeIndex first = no_node;
    NodeIndex next = no_node;
  };
  std::vector<Link> links_;
};

}  // namespace bkfc::format
