// The renderers behind `render`, one a format.
#pragma once

#include <string>
#include <vector>

#include "report/render.hpp"

namespace bkfc::formats {

std::string text(const std::vector<Diagnostic>& sorted, const Sources& sources,
                 const RenderOptions& options);

// One diagnostic as text, without the summary and in the plain look.
std::string plain_text(const Diagnostic& diagnostic, const Sources& sources);

}  // namespace bkfc::formats
