// What is written here instead of what another language has at a place.
#pragma once

#include <string>
#include <vector>

#include "syntax/saying.hpp"

namespace bkfc::syntax {

// The edits that make of a mistake what it means; none where that is not certain.
std::vector<Edit> rewrite(const Saying& s);

// Of a word or a sign that has another spelling here, that spelling.
std::string_view word_for(Problem problem);
// Of `a ? b : c`, where the `?` stands.
std::uint32_t question_of(const Saying& s);
// Of `cache.size = 1GiB`, the path.
std::string_view dotted_path(const Saying& s);

}  // namespace bkfc::syntax
