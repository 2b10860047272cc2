#include "emit/marks.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace bkfc::emit {
namespace {

// One sentence of a comment of several lines.
std::string on_one_line(std::string_view comment) {
  std::string out(comment);
  for (char& c : out)
    if (c == '\n') c = ' ';
  return out;
}

}  // namespace

const Mark* first_within(const std::vector<Mark>& marks, const Mark& frame) {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.offset > frame.offset && mark.is_own && mark.path.starts_with(frame.path) &&
           mark.path.size() > frame.path.size();
  });
  return found == marks.end() ? nullptr : &*found;
}

std::optional<std::pair<std::size_t, std::size_t>> line_bounds(std::string_view text,
                                                               std::size_t line) {
  std::size_t begin = 0;
  for (std::size_t number = 1; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (number == line) return std::pair(begin, end);
    begin = end + 1;
  }
  return std::nullopt;
}

const Mark* mark_at(const std::vector<Mark>& marks, std::string_view bytes, std::size_t line,
                    std::optional<std::size_t> column) {
  const auto bounds = line_bounds(bytes, line);
  if (!bounds) return nullptr;
  std::size_t last = bounds->second;
  if (column) {
    last = bounds->first;
    for (std::size_t i = 1; i < *column && last < bounds->second; ++i)
      last += std::max<std::size_t>(1, sequence_length(bytes, last));
  }
  const Mark* found = nullptr;
  for (const Mark& mark : marks) {
    if (mark.offset > last || (mark.offset == last && mark.offset >= bounds->second)) break;
    if (!mark.is_inner || (column && mark.offset >= bounds->first)) found = &mark;
  }
  return found;
}

void Marker::begin(const Node& document) {
  if (!is_on()) return;
  scopes_.assign(1, {{}, document.origin, {}, false, &document});
}

void Marker::enter(std::string path, const Node& node, std::string_view comment) {
  const Scope& outer = scopes_.back();
  Scope inner{std::move(path), outer.origin, outer.why, outer.is_own, &node};
  const std::string_view own = node.comment.empty() ? comment : node.comment;
  if (node.origin != OriginId::nowhere || !node.why.empty() || !own.empty()) {
    inner.is_own = true;
    inner.why = own.empty() ? std::string(node.why) : on_one_line(own);
    if (node.origin != OriginId::nowhere)
      inner.origin = node.origin;
    else if (!node.why.empty() || !outer.is_own)
      inner.origin = OriginId::nowhere;
  }
  scopes_.push_back(std::move(inner));
}

void Marker::enter(const Entry& entry) {
  if (!is_on()) return;
  const std::string& outer = scopes_.back().path;
  const bool is_plain = entry.key.find_first_of(".[\"") == entry.key.npos;
  const std::string key = is_plain ? entry.key : fmt::format("[\"{}\"]", entry.key);
  enter(outer + (outer.empty() || !is_plain ? "" : ".") + key, entry.value, entry.comment);
}

void Marker::enter(const Node& item, std::size_t index) {
  if (is_on()) enter(fmt::format("{}[{}]", scopes_.back().path, index), item, {});
}

void Marker::leave() {
  if (is_on()) scopes_.pop_back();
}

void Marker::mark(std::size_t offset) {
  if (!is_on()) return;
  const Scope& scope = scopes_.back();
  const bool is_text =
      scope.node->kind == Node::Kind::text && scope.node->text.find('\n') != std::string::npos;
  const bool is_frame = !scope.is_own && scopes_.size() > 1 &&
                        (!scope.node->entries.empty() || !scope.node->items.empty());
  marks_->push_back({.offset = offset,
                     .path = scope.path,
                     .origin = scope.origin,
                     .why = scope.why,
                     .is_own = scope.is_own,
                     .is_frame = is_frame,
                     .text = is_text ? scope.node : nullptr});
}

void Marker::mark_inner(std::size_t offset) {
  mark(offset);
  if (is_on()) marks_->back().is_inner = true;
}

}  // namespace bkfc::emit
