// A program as `bkfc expand --json` prints it: the same as the text, for other programs.
#pragma once

#include <string>
#include <string_view>

#include "driver/session.hpp"

namespace bkfc::driver {

// What changes in a way that a reader could trip over raises it.
inline constexpr int expanded_version = 1;

std::string expanded_json(const Analysis& analysis, const Session& session, const Options& options);

// An origin alone, as in there.
std::string origin_json(const Session& session, OriginId origin);

// Its JSON Schema, and its page in the reference.
std::string expanded_schema();
std::string expanded_page();

}  // namespace bkfc::driver
