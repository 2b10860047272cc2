// Texts in quotes. What they say stays as it is written; what stands in `${ }` has a layout.
#include "syntax/strings.hpp"
#include "format/printer.hpp"

namespace bkfc::format {
namespace {

std::size_t common_prefix(std::string_view a, std::string_view b) {
  std::size_t size = 0;
  while (size < a.size() && size < b.size() && a[size] == b[size]) ++size;
  return size;
}

// Without a carriage return that belongs to the line end. One before it is text: as `\r\r\n`, the
// two are read as what they are.
std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\r') && !line.ends_with("\r\r")) line.remove_suffix(1);
  return line;
}

}  // namespace

void Printer::string(NodeIndex node) {
  if (child(node, Kind::interpolation) == no_node) return writer_.add(text(node));
  const bool was_flat = writer_.begin_unbounded();
  writer_.add("\"");
  for (NodeIndex piece = first(node); piece != no_node; piece = next(piece))
    if (kind(piece) == Kind::interpolation)
      interpolation(piece);
    else
      writer_.add(text(piece));
  writer_.add("\"");
  writer_.end_unbounded(was_flat);
}

void Printer::interpolation(NodeIndex node) {
  writer_.add("${");
  expression(first(node), Gap::none, {});
  writer_.add("}");
}

void Printer::block_string(NodeIndex node) {
  if (writer_.is_bounded()) return writer_.fail();
  const bool was_flat = writer_.begin_unbounded();
  const std::string_view old_indentation = syntax::closing_indentation(text(node));
  const std::string indentation(writer_.line_indent() + level, ' ');
  writer_.add("\"\"\"");
  writer_.add_raw_line("");
  bool is_at_begin = true;  // of a line whose indentation is not written yet
  for (NodeIndex piece = first(node); piece != no_node; piece = next(piece)) {
    if (kind(piece) == Kind::interpolation) {
      if (is_at_begin) writer_.add(indentation);
      is_at_begin = false;
      interpolation(piece);
      continue;
    }
    std::string_view left = text(piece);
    for (;;) {
      const std::size_t line_end = left.find('\n');
      std::string_view line = left.substr(0, line_end);
      if (line_end != left.npos) line = without_line_end(line);
      if (is_at_begin) line.remove_prefix(common_prefix(line, old_indentation));
      if (is_at_begin && !line.empty()) writer_.add(indentation);
      is_at_begin = is_at_begin && line.empty();
      writer_.add(line);
      if (line_end == left.npos) break;
      writer_.add_raw_line("");
      is_at_begin = true;
      left.remove_prefix(line_end + 1);
    }
  }
  writer_.add(indentation);
  writer_.add("\"\"\"");
  writer_.end_unbounded(was_flat);
}

}  // namespace bkfc::format
