// One layout for every text: a tree is written anew, with its comments where they were.
#pragma once

#include <string>

#include "syntax/tree.hpp"

namespace bkfc::format {

// The layout. It has no options, and what it gives, it gives back unchanged.
//
// - Nothing changes place, and nothing but blanks, line ends and the commas of lists comes or goes.
//   LF ends every line, the last one included. A level is two blanks; a line has 100 columns.
// - Statements stand one a line. At most one blank line is kept between two; none after an opener
//   or before a closer. A body of one statement stays on the line of its header if it was written
//   so and fits; an empty one is `{}`.
// - In a run of lines that follow each other, the `=` of attributes, of an object's fields and of a
//   patch are aligned, and so are the comments behind them. What takes several lines ends the run,
//   and so does a line of another kind, or one that would get too long by it.
// - `( )` and `[ ]` are broken, one part a line and a comma behind each, if they do not fit, hold a
//   comment, or were written so: with a comma and a line end before the closer. An object is broken
//   into lines without commas, if a line end stood behind its `{`.
// - An expression that does not fit breaks before `then`, `else`, `and` and `or` and behind other
//   operators. A text in quotes is never broken.
// - The lines of a `"""` stand one level deeper than the line that opens it; what they say stays.
// - A comment behind something stays behind it, two blanks off; one on a line of its own keeps it.
//   Comments within a type move above its declaration.

// Invariant: `tree` has no errors. The result parses to the same tree, comments and layout aside.
std::string format(const syntax::Tree& tree);

}  // namespace bkfc::format
