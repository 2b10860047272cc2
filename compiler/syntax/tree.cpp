#include "syntax/tree.hpp"

#include <array>

namespace bkfc::syntax {

std::string_view to_text(Kind kind) {
  static constexpr std::array names = {std::string_view("none"),
#define X(kind) std::string_view(#kind),
                                       BKFC_NODE_KINDS(X)
#undef X
  };
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace bkfc::syntax
