// From text to tree: never fails, whatever the bytes.
#pragma once

#include <string_view>

#include "syntax/tree.hpp"

namespace bkfc::syntax {

// Invariant: the last node is the file and covers every byte of `text`; children lie inside their
// parents, in order. `text` must outlive the tree and be shorter than 4 GiB.
Tree parse(std::string_view text);

}  // namespace bkfc::syntax
