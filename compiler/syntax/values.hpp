// Values that are not what was meant, because something in them or behind them is in the way.
#pragma once

#include "syntax/tree.hpp"

namespace bkfc::syntax {

// Takes such values out, so that nobody evaluates them, and says of those that are one text without
// its quotes that they are. The errors of the tree stand in order, before and afterwards.
void review_values(Tree& tree);

}  // namespace bkfc::syntax
