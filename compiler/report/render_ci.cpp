#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "report/formats.hpp"
#include "report/visible.hpp"

namespace bkfc::formats {
namespace {

using Json = nlohmann::ordered_json;

// GitHub reads a command to the end of its line, and a property to the next `,` or `:`.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string property(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string_view command(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "notice";
  }
  return "error";
}

std::string_view weight(Severity severity) {
  switch (severity) {
    case Severity::error: return "major";
    case Severity::warning: return "minor";
    case Severity::info: return "info";
  }
  return "major";
}

// GitHub refuses columns for a place of several lines.
std::string place(const Sources& sources, Span span) {
  const Extent at = extent(sources, span);
  std::string out = fmt::format("file={},line={},endLine={},", property(sources.path(span.file)),
                                at.begin.line, at.end.line);
  if (at.begin.line == at.end.line)
    out += fmt::format("col={},endColumn={},", at.begin.column, at.end.column);
  return out;
}

// GitLab wants a path and a line for everything: what is about no text is put to the first file.
Json location(const Diagnostic& diagnostic, const Sources& sources) {
  if (!diagnostic.primary) {
    const std::string_view path = sources.size() > 0 ? sources.path(FileId{0}) : ".";
    return {{"path", path}, {"lines", {{"begin", 1}, {"end", 1}}}};
  }
  const Extent at = extent(sources, diagnostic.primary->span);
  return {{"path", sources.path(diagnostic.primary->span.file)},
          {"lines", {{"begin", at.begin.line}, {"end", at.end.line}}}};
}

}  // namespace

std::string github(const std::vector<Diagnostic>& sorted, const Sources& sources) {
  std::string out;
  for (const Diagnostic& d : sorted) {
    out += fmt::format("::{} {}title={}::{}\n", command(d.severity),
                       d.primary ? place(sources, d.primary->span) : "", property(id_and_name(d)),
                       escaped(visible_text(whole_message(d)), "%\r\n"));
  }
  return out;
}

std::string gitlab(const std::vector<Diagnostic>& sorted, const Sources& sources) {
  Json report = Json::array();
  Fingerprints fingerprints;
  for (const Diagnostic& d : sorted)
    report.push_back({{"description", d.sentence},
                      {"check_name", d.name.empty() ? d.id : d.name},
                      {"fingerprint", fingerprints.next(d, sources)},
                      {"severity", weight(d.severity)},
                      {"location", location(d, sources)}});
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bkfc::formats
