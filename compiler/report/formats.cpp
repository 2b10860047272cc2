#include "report/formats.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace bkfc::formats {
namespace {

// FNV-1a, 64 bits; a zero byte ends each part, so that parts do not run into each other.
std::uint64_t mixed(std::uint64_t hash, std::string_view part) {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return hash * prime;
}

std::string_view stripped(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  line.remove_prefix(begin);
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

}  // namespace

std::string id_and_name(const Diagnostic& diagnostic) {
  const bool names_itself = diagnostic.name.empty() || diagnostic.id.ends_with(diagnostic.name);
  return names_itself ? diagnostic.id : diagnostic.id + " " + diagnostic.name;
}

std::string whole_message(const Diagnostic& diagnostic) {
  std::string out = diagnostic.sentence;
  if (diagnostic.primary && !diagnostic.primary->text.empty())
    out += "\n" + diagnostic.primary->text;
  for (const std::string& note : diagnostic.notes) out += "\n" + note;
  for (const Fix& fix : diagnostic.fixes) out += "\nhelp: " + fix.title;
  return out;
}

Extent extent(const Sources& sources, Span span) {
  return {sources.position(span.file, span.begin),
          sources.position(span.file, std::max(span.begin, span.end))};
}

std::string Fingerprints::next(const Diagnostic& diagnostic, const Sources& sources) {
  constexpr std::uint64_t basis = 0xcbf29ce484222325;
  std::uint64_t hash = mixed(basis, diagnostic.id);
  if (diagnostic.primary) {
    const Span span = diagnostic.primary->span;
    const std::uint32_t number = sources.position(span.file, span.begin).line;
    hash = mixed(hash, sources.path(span.file));
    hash = mixed(hash, stripped(sources.line(span.file, number)));
  } else {
    hash = mixed(hash, diagnostic.sentence);
  }
  return fmt::format("{:016x}:{}", hash, ++seen_[hash]);
}

}  // namespace bkfc::formats
