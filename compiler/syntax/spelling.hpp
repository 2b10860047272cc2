// Says what is spelt as in another language, with what is written here instead.
#pragma once

#include <cstddef>

#include "syntax/saying.hpp"

namespace bkfc::syntax {

// Whoever writes one colon for `=` writes them all: such a mistake is said once in a file.
bool is_habit(Problem problem);

// Of a habit with all of its places, of anything else at its own.
void say_spelling(const Saying& s);

}  // namespace bkfc::syntax
