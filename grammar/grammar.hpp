// The whole language: any text matches. Only the parser and the tests of the grammar include this.
#pragma once

#include "grammar/items.hpp"

namespace bkfc::grammar {

struct stray_brace : close_brace {};
struct file : seq<opt<foreign_comment>, items, star<mistake<stray_brace>, items>, eof> {};

}  // namespace bkfc::grammar
