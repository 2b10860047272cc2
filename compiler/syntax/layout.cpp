#include "syntax/layout.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "syntax/ast.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Line {
  std::uint32_t first = 0;  // what is not blank
  std::uint32_t end = 0;    // behind the last that is not blank
  std::size_t depth = 0;
};

// The lines that hold more than blanks and a comment.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first != npos && line[first] != '#')
      lines.push_back({static_cast<std::uint32_t>(begin + first),
                       static_cast<std::uint32_t>(begin + line.find_last_not_of(" \t\r") + 1),
                       first});
    begin = end + 1;
  }
  return lines;
}

std::size_t depth_of(std::string_view text, std::uint32_t place) {
  const std::size_t newline = text.substr(0, place).rfind('\n');
  return place - (newline == npos ? 0 : newline + 1);
}

bool ends_in_colon(std::string_view text, Extent extent) {
  const std::size_t end = std::min(text.find_first_of("\n#", extent.begin), text.size());
  const std::string_view line = text.substr(extent.begin, end - extent.begin);
  const std::size_t last = line.find_last_not_of(" \t\r");
  return last != npos && line[last] == ':';
}

// Whether an item may be a header that lacks its `{`.
bool is_header(std::string_view text, const ast::Item& item) {
  if (const auto block = item.as<ast::Block>()) return !block.body();
  const auto attribute = item.as<ast::Attribute>();
  return attribute && !attribute.value() && ends_in_colon(text, item.span());
}

// The first of these items that is one, or in a body of theirs. A line that is only indented too
// far is no proof: at the top no attribute can stand, and a colon says that a body was meant.
std::optional<Extent> header_among(const Tree& tree, const ast::Body& body, bool is_top) {
  const std::vector<ast::Item> items = body.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Extent at = items[i].span();
    const auto block = items[i].as<ast::Block>();
    if (block && block.body())
      if (const auto inner = header_among(tree, block.body(), false)) return inner;
    if (i + 1 == items.size() || !is_header(tree.text, items[i])) continue;
    const std::uint32_t next = items[i + 1].span().begin;
    const std::size_t line_end = tree.text.find('\n', at.begin);
    if (line_end > next || depth_of(tree.text, next) <= depth_of(tree.text, at.begin)) continue;
    const bool is_attribute = static_cast<bool>(items[i + 1].as<ast::Attribute>());
    if (!(is_top && is_attribute) && !ends_in_colon(tree.text, at)) continue;
    return Extent{at.begin,
                  static_cast<std::uint32_t>(tree.text.find_last_not_of(" \t\r\n", line_end) + 1)};
  }
  return std::nullopt;
}

// A name, with labels and a colon or not: what could be the header of a body.
bool reads_as_header(std::string_view line) {
  if (line.find_first_of("={}[](),#") != npos) return false;
  const char last = line.back();
  return last == '"' || last == ':' || last == '_' || (last >= '0' && last <= '9') ||
         (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');
}

}  // namespace

std::optional<Extent> indented_header(const Tree& tree) {
  return header_among(tree, ast::view_as<ast::Body>(ast::File(tree)), true);
}

std::vector<Edit> braces_by_indentation(const Saying& s) {
  const std::string_view text = s.tree.text;
  if (text.find("\"\"\"") != npos) return {};
  const std::vector<Line> lines = lines_of(text);
  std::vector<Edit> edits;
  std::vector<Line> open;
  const auto close_down_to = [&](std::size_t depth, std::uint32_t at) {
    std::string closers;
    for (; !open.empty() && depth <= open.back().depth; open.pop_back())
      closers +=
          "\n" +
          std::string(text.substr(open.back().first - open.back().depth, open.back().depth)) + "}";
    if (!closers.empty()) edits.push_back(s.edit(at, at, closers));
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (i > 0) close_down_to(line.depth, lines[i - 1].end);
    const std::string_view written = text.substr(line.first, line.end - line.first);
    const bool is_deeper = i + 1 < lines.size() && lines[i + 1].depth > line.depth;
    if (!is_deeper || !reads_as_header(written)) continue;
    const std::uint32_t header_end = written.back() == ':' ? line.end - 1 : line.end;
    edits.push_back(s.edit(header_end, line.end, " {"));
    open.push_back(line);
  }
  if (!lines.empty()) close_down_to(0, lines.back().end);
  return edits;
}

}  // namespace bkfc::syntax
