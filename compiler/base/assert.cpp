#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace bkfc {

void believed_wrongly(const char* belief, const char* file, int line) {
  std::fprintf(stderr, "bkfc " BKFC_VERSION ": internal error: %s:%d: %s\n", file, line, belief);
  std::abort();
}

}  // namespace bkfc
