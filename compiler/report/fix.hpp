// Applies the certain fixes of a report to the texts, as `check --fix` does.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/diagnostic.hpp"

namespace bkfc {

struct FixedText {
  FileId file{};
  std::string text;  // the whole new content
};

struct FixRound {
  std::vector<FixedText> texts;  // only files that change, in the order of their ids
  std::size_t applied = 0;       // fixes that are in the texts
  std::size_t left = 0;          // certain fixes that touch what an earlier one changes: run again
};

// One round: the first certain fix of each diagnostic, all of its edits or none. Of two fixes
// whose edits overlap the first wins; the other is counted in `left` for a round on the new texts.
FixRound apply_fixes(const std::vector<Diagnostic>& sorted, const Sources& sources);

}  // namespace bkfc
