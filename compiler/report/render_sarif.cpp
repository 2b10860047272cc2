#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "report/formats.hpp"

namespace bkfc::formats {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level(Severity severity) {
  return severity == Severity::info ? "note" : to_text(severity);
}

// A path as a URI reference: relative ones stay relative to the folder of the run.
std::string uri(std::string_view path) {
  constexpr std::string_view plain = "/-._~!$&'()*+,;=@";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                         (byte >= 'a' && byte <= 'z');
    if (is_word || plain.find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  return out;
}

Json region(const Sources& sources, Span span) {
  const Extent at = extent(sources, span);
  return {
      {"startLine", at.begin.line}, {"startColumn", at.begin.utf16_column},
      {"endLine", at.end.line},     {"endColumn", at.end.utf16_column},
      {"byteOffset", span.begin},   {"byteLength", std::max(span.begin, span.end) - span.begin}};
}

Json artifact(const Sources& sources, FileId file) { return {{"uri", uri(sources.path(file))}}; }

Json location(const Sources& sources, Span span) {
  return {
      {"physicalLocation",
       {{"artifactLocation", artifact(sources, span.file)}, {"region", region(sources, span)}}}};
}

Json related(const Diagnostic& diagnostic, const Sources& sources) {
  Json out = Json::array();
  for (const Label& label : diagnostic.labels) {
    Json next = {{"id", out.size() + 1}};
    next.update(location(sources, label.span));
    if (!label.text.empty()) next["message"] = {{"text", label.text}};
    out.push_back(std::move(next));
  }
  return out;
}

// SARIF groups the replacements of a fix by file.
Json changes(const Fix& fix, const Sources& sources) {
  std::vector<FileId> files;
  Json out = Json::array();
  for (const Edit& edit : fix.edits) {
    const auto found = std::find(files.begin(), files.end(), edit.span.file);
    const auto at = static_cast<std::size_t>(found - files.begin());
    if (found == files.end()) {
      files.push_back(edit.span.file);
      out.push_back({{"artifactLocation", artifact(sources, edit.span.file)},
                     {"replacements", Json::array()}});
    }
    out[at]["replacements"].push_back({{"deletedRegion", region(sources, edit.span)},
                                       {"insertedContent", {{"text", edit.text}}}});
  }
  return out;
}

Json fixes(const Diagnostic& diagnostic, const Sources& sources) {
  Json out = Json::array();
  for (const Fix& fix : diagnostic.fixes)
    if (!fix.edits.empty())
      out.push_back(
          {{"description", {{"text", fix.title}}}, {"artifactChanges", changes(fix, sources)}});
  return out;
}

Json rule(const std::string& id, const RenderOptions& options) {
  Json out = {{"id", id}};
  const auto known = std::find_if(options.rules.begin(), options.rules.end(),
                                  [&](const RuleText& text) { return text.id == id; });
  if (known == options.rules.end()) return out;
  if (!known->name.empty()) out["name"] = known->name;
  if (!known->title.empty()) out["shortDescription"] = {{"text", known->title}};
  if (!known->help.empty()) {
    out["fullDescription"] = {{"text", known->help}};
    out["help"] = {{"text", known->help}};
  }
  out["defaultConfiguration"] = {{"level", level(known->severity)}};
  return out;
}

Json result(const Diagnostic& diagnostic, std::size_t rule_index, const std::string& fingerprint,
            const Sources& sources) {
  Json out = {{"ruleId", diagnostic.id},
              {"ruleIndex", rule_index},
              {"level", level(diagnostic.severity)},
              {"message", {{"text", whole_message(diagnostic)}}},
              {"locations", Json::array()}};
  if (diagnostic.primary) out["locations"].push_back(location(sources, diagnostic.primary->span));
  if (!diagnostic.labels.empty()) out["relatedLocations"] = related(diagnostic, sources);
  out["partialFingerprints"] = {{"primaryLocationLineHash", fingerprint}};
  if (Json offered = fixes(diagnostic, sources); !offered.empty())
    out["fixes"] = std::move(offered);
  if (!diagnostic.subjects.empty()) out["properties"] = {{"fleets", diagnostic.subjects}};
  return out;
}

Json driver(const RenderOptions& options) {
  Json out = {{"name", "bkfc"}};
  if (!options.version.empty()) out["version"] = options.version;
  if (!options.uri.empty()) out["informationUri"] = options.uri;
  out["rules"] = Json::array();
  return out;
}

}  // namespace

std::string sarif(const std::vector<Diagnostic>& sorted, const Sources& sources,
                  const RenderOptions& options) {
  Json tool = driver(options);
  Json results = Json::array();
  std::vector<std::string> ids;
  Fingerprints fingerprints;
  for (const Diagnostic& d : sorted) {
    const auto found = std::find(ids.begin(), ids.end(), d.id);
    const auto index = static_cast<std::size_t>(found - ids.begin());
    if (found == ids.end()) {
      ids.push_back(d.id);
      tool["rules"].push_back(rule(d.id, options));
    }
    results.push_back(result(d, index, fingerprints.next(d, sources), sources));
  }
  const Json run = {{"tool", {{"driver", std::move(tool)}}},
                    {"columnKind", "utf16CodeUnits"},
                    {"results", std::move(results)}};
  const Json log = {{"$schema", schema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bkfc::formats
