// Text for a terminal: sentences on lines of one width, examples set in.
#pragma once

#include <string>
#include <string_view>

namespace bkfc::driver {

// Words on lines of a page's width; line ends that are there stay.
std::string wrapped(std::string_view text);

// Each line four blanks further in.
std::string indented(std::string_view text);

}  // namespace bkfc::driver
