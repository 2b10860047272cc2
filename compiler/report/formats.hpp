// The renderers behind `render`, one a format, and what several of them need.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "report/render.hpp"

namespace bkfc::formats {

std::string text(const std::vector<Diagnostic>& sorted, const Sources& sources,
                 const RenderOptions& options);

// One diagnostic as text, without the summary and in the plain look.
std::string plain_text(const Diagnostic& diagnostic, const Sources& sources);

// One object a line and a diagnostic, in the shape of rustc's.
std::string json(const std::vector<Diagnostic>& sorted, const Sources& sources);

// One run of SARIF 2.1.0, with the properties that GitHub's code scanning reads.
std::string sarif(const std::vector<Diagnostic>& sorted, const Sources& sources,
                  const RenderOptions& options);

// Workflow commands that GitHub shows beside the changed lines.
std::string github(const std::vector<Diagnostic>& sorted, const Sources& sources);

// A Code Quality report of GitLab.
std::string gitlab(const std::vector<Diagnostic>& sorted, const Sources& sources);

// `E0201`, `GC004 gc_tier_shadowed`, `policy/small`: the id, and the name where that is another.
std::string id_and_name(const Diagnostic& diagnostic);

// The sentence, and below it what the label, the notes and the fixes say.
std::string whole_message(const Diagnostic& diagnostic);

// Where a span begins and ends; the end is the place after its last character.
struct Extent {
  Position begin;
  Position end;
};

Extent extent(const Sources& sources, Span span);

// Names that findings keep while lines move: made from the id, the file and the text of the line,
// and the count of equal ones before. Invariant: no name is given twice.
class Fingerprints {
 public:
  std::string next(const Diagnostic& diagnostic, const Sources& sources);

 private:
  std::map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace bkfc::formats
