// Documents as TOML 1.0, which every release of buildkitd reads alike.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/marks.hpp"

namespace bkfc::emit {

// A header a table: `[a.b]`, `[[a.b]]` for a list of maps. The order of keys is kept, but plain
// values come before tables, since what follows a header belongs to it. Lists that do not fit a
// line have an item a line.
// Where `marks` is given, what each value is made from is added to it.
std::string print(const Toml& toml, std::vector<Mark>* marks = nullptr);

}  // namespace bkfc::emit
