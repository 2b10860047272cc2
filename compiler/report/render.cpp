#include "report/render.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/assert.hpp"
#include "report/formats.hpp"

namespace bkfc {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return count == 0 ? "" : fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "json") return Format::json;
  if (name == "sarif") return Format::sarif;
  if (name == "github") return Format::github;
  if (name == "gitlab") return Format::gitlab;
  return std::nullopt;
}

std::string render(const std::vector<Diagnostic>& sorted, const Sources& sources,
                   const RenderOptions& options) {
  switch (options.format) {
    case Format::text: return formats::text(sorted, sources, options);
    case Format::json: return formats::json(sorted, sources);
    case Format::sarif: return formats::sarif(sorted, sources, options);
    case Format::github: return formats::github(sorted, sources);
    case Format::gitlab: return formats::gitlab(sorted, sources);
  }
  BKFC_ASSERT(false, "a format is one of the enumerators");
  return {};
}

std::string summary(const std::vector<Diagnostic>& diagnostics) {
  const auto count = [&](Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [&](const Diagnostic& d) { return d.severity == severity; }));
  };
  std::string out;
  for (const std::string& part :
       {counted(count(Severity::error), "error"), counted(count(Severity::warning), "warning"),
        counted(count(Severity::info), "remark")}) {
    if (part.empty()) continue;
    if (!out.empty()) out += ", ";
    out += part;
  }
  return out;
}

}  // namespace bkfc
