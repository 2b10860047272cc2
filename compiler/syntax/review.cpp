#include "syntax/review.hpp"

namespace bkfc::syntax {
void review(Tree&) {}
}  // namespace bkfc::syntax
