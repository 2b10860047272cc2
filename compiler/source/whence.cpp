#include "source/whence.hpp"

#include <fmt/core.h>

namespace bkfc {
namespace {

std::string birth(const Sources& sources, const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::nowhere: return "";
    case Origin::Kind::written:
    case Origin::Kind::profile:
    case Origin::Kind::turn: return place_text(sources, origin.span);
    case Origin::Kind::defaulted:
      return origin.note.empty() ? "default" : fmt::format("default: {}", origin.note);
    case Origin::Kind::derived:
      return fmt::format("derived: {} ({})", origin.note, place_text(sources, origin.span));
  }
  return "";
}

}  // namespace

std::string place_text(const Sources& sources, Span span) {
  const Position at = sources.position(span.file, span.begin);
  return fmt::format("{}:{}:{}", sources.path(span.file), at.line, at.column);
}

std::vector<Origin> ways(const Origins& origins, OriginId id) {
  std::vector<Origin> out;
  for (OriginId at = origins.at(id).parent; at != OriginId::nowhere; at = origins.at(at).parent)
    out.push_back(origins.at(at));
  return out;
}

std::string way_text(const Sources& sources, const Origin& way) {
  if (way.kind == Origin::Kind::turn) return fmt::format("turn {}", way.note);
  return fmt::format("use {} ({})", way.note, place_text(sources, way.span));
}

std::string whence(const Sources& sources, const Origins& origins, OriginId id) {
  std::string out = birth(sources, origins.at(id));
  std::string_view before = ", through ";
  for (const Origin& way : ways(origins, id)) {
    out += before;
    out += way_text(sources, way);
    before = ", ";
  }
  return out;
}

}  // namespace bkfc
