// Edits of source texts for fixes, made from places alone.
#pragma once

#include <string>
#include <vector>

#include "report/edits.hpp"
#include "source/origin.hpp"

namespace bkfc::rules {

// The value that an origin stands for, replaced. Empty where it is written nowhere.
std::vector<Edit> replace(const Origins& origins, OriginId value, std::string text);

// The attribute whose value is at an origin, deleted with its line; empty where it does not stand
// on a line of its own.
std::vector<Edit> delete_attribute(const Sources& sources, const Origins& origins, OriginId value);

}  // namespace bkfc::rules
