// What `--help` prints, made from the tables of commands and options.
#pragma once

#include <string>
#include <string_view>

namespace bkfc::driver {

// Of one command; empty: of bkfc itself.
std::string help_text(std::string_view command);

}  // namespace bkfc::driver
