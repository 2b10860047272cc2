// Origins as people read them: a place, and the uses and turns that a value came through.
#pragma once

#include <string>
#include <vector>

#include "source/origin.hpp"

namespace bkfc {

// `main.bkfleet:6:3`.
std::string place_text(const Sources& sources, Span span);

// The uses and turns that something came through, the innermost first.
std::vector<Origin> ways(const Origins& origins, OriginId id);

// `use builder (main.bkfleet:25:5)`, `turn arch = "amd64"`.
std::string way_text(const Sources& sources, const Origin& way);

// `company.bkfleet:6:3, through use builder (main.bkfleet:25:5), turn arch = "amd64"`;
// `default: the reason`; `derived: from what (main.bkfleet:6:3)`. Empty where nothing is known.
std::string whence(const Sources& sources, const Origins& origins, OriginId id);

}  // namespace bkfc
