// Our own mistakes: on in every build, told with what was believed.
#pragma once

namespace bkfc {

[[noreturn]] void believed_wrongly(const char* belief, const char* file, int line);

}  // namespace bkfc

#define BKFC_ASSERT(condition, belief) \
  ((condition) ? static_cast<void>(0) : ::bkfc::believed_wrongly(belief, __FILE__, __LINE__))
