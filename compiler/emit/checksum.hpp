// A hash of what a document says, by which pods know that their configuration is another one.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace bkfc::emit {

// Of the data alone: a comment restarts no daemon. 64 hexadecimal digits.
std::string checksum(const Toml& toml);

}  // namespace bkfc::emit
