// From what is wrong with a text to what is said about it.
#pragma once

#include "report/report.hpp"
#include "syntax/tree.hpp"

namespace bkfc::syntax {

// Whether a text can be parsed at all: UTF-8 without byte-order mark, no NUL, at most 16 MiB.
// Reports why, if not.
bool check_text(std::string_view text, FileId file, Report& report);

// Each error of a tree as a diagnostic, with its fix where one is certain.
void report_errors(const Tree& tree, FileId file, Report& report);

}  // namespace bkfc::syntax
