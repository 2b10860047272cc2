#include "format/children.hpp"

namespace bkfc::format {

Children::Children(const syntax::Tree& tree) : links_(tree.nodes.size()) {
  const auto count = static_cast<NodeIndex>(tree.nodes.size());
  for (NodeIndex parent = 0; parent < count; ++parent) {
    std::uint32_t left = tree.nodes[parent].size - 1;
    NodeIndex later = no_node;
    for (NodeIndex child = parent; left > 0;) {
      --child;
      const syntax::Node& node = tree.nodes[child];
      if (node.kind != syntax::Kind::comment) {
        links_[child].next = later;
        later = child;
      }
      left -= node.size;
      child -= node.size - 1;
    }
    links_[parent].first = later;
  }
}

}  // namespace bkfc::format
