// What a tree shows only when it is whole: a block written with `=`, braces that contradict the
// indentation, and what a grammar says badly.
#pragma once

#include "syntax/tree.hpp"

namespace bkfc::syntax {

// Adds to the errors, and turns an object that can only be a block into one.
void review(Tree& tree);

}  // namespace bkfc::syntax
