// What stands one a line: statements, fields, and the parts of broken brackets.
#include <algorithm>

#include "format/printer.hpp"

namespace bkfc::format {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

// The tree.

NodeIndex Printer::last(NodeIndex node) const {
  NodeIndex found = no_node;
  for (NodeIndex at = first(node); at != no_node; at = next(at)) found = at;
  return found;
}

NodeIndex Printer::child(NodeIndex node, Kind wanted) const {
  NodeIndex at = first(node);
  while (at != no_node && kind(at) != wanted) at = next(at);
  return at;
}

bool Printer::is_before(NodeIndex node, std::uint32_t offset) const {
  return node != no_node && begin(node) < offset;
}

std::string_view Printer::text(NodeIndex node) const {
  return tree_.text.substr(begin(node), end(node) - begin(node));
}

// Where what follows blanks, line ends and comments begins.
std::uint32_t Printer::after_gap(std::uint32_t offset) const {
  const std::string_view source = tree_.text;
  while (offset < source.size() && (is_blank(source[offset]) || source[offset] == '#')) {
    if (source[offset] == '#')
      offset = static_cast<std::uint32_t>(std::min(source.find('\n', offset), source.size()));
    else
      ++offset;
  }
  return offset;
}

bool Printer::has_line_end_after(std::uint32_t offset) const {
  const std::string_view source = tree_.text;
  while (offset < source.size() && is_blank(source[offset]))
    if (source[offset++] == '\n') return true;
  return false;
}

// A comma and a line end before a closer.
bool Printer::has_broken_list_before(std::uint32_t closer) const {
  bool has_line_end = false;
  for (; closer > 0 && is_blank(tree_.text[closer - 1]); --closer)
    has_line_end |= tree_.text[closer - 1] == '\n';
  return has_line_end && closer > 0 && tree_.text[closer - 1] == ',';
}

// Lines.

std::string Printer::file() {
  const auto root = static_cast<NodeIndex>(tree_.nodes.size() - 1);
  lines(first(root), end(root), Part::statement, 0);
  if (!writer_.is_empty()) writer_.blank_line();
  return writer_.take();
}

void Printer::lines(NodeIndex first_part, std::uint32_t end_of_all, Part part, std::size_t indent) {
  const std::size_t base = writer_.row_count();
  bool is_first = true;
  for (NodeIndex node = first_part; is_before(node, end_of_all); node = next(node)) {
    own_comments(end_of_lifted_comments(node), indent, is_first, base);
    if (!is_first && writer_.has_blank_line_before(begin(node))) {
      writer_.align_rows(base);
      writer_.blank_line();
    }
    is_first = false;
    const NodeIndex follower = next(node);
    const std::uint32_t limit = is_before(follower, end_of_all) ? begin(follower) : end_of_all;
    line(node, limit, part, indent, base);
  }
  own_comments(end_of_all, indent, is_first, base);
  writer_.align_rows(base);
}

void Printer::line(NodeIndex node, std::uint32_t limit, Part part, std::size_t indent,
                   std::size_t base) {
  writer_.begin_line(indent);
  Writer::Row row{.begin = writer_.line_begin()};
  row.fits = is_on_one_line(node, part, indent);
  const bool is_row = row.fits || is_unbreakable_setting(node);
  if (!row.fits) {
    if (!is_row) writer_.align_rows(base);
    write_part(node, part, indent);
  }
  if (has_comma(part)) writer_.add(",");
  row.end = writer_.size();
  if (has_sign(node)) {
    row.sign = sign_;
    row.sign_width = text(next(first(node))).size();
  }
  row.comment = writer_.comment_behind(limit);
  // What takes several lines is aligned with nothing.
  if (is_row) writer_.add_row(row);
}

bool Printer::is_on_one_line(NodeIndex node, Part part, std::size_t indent) {
  if (writer_.has_comment_before(end(node))) return false;
  const Writer::Trial trial = writer_.begin_flat();
  write_part(node, part, indent);
  return writer_.end_flat(trial, has_comma(part) ? 1 : 0);
}

void Printer::write_part(NodeIndex node, Part part, std::size_t indent) {
  const Place place{indent, indent + level, has_comma(part) ? std::size_t{1} : 0};
  switch (part) {
    case Part::statement: return statement(node, place);
    case Part::element: return expression(node, Gap::none, place);
    case Part::parameter: return parameter(node, Gap::none, place);
    case Part::argument: return statement(node, place);
    // Its own lines begin where it begins: the brackets around it say enough.
    case Part::alone: return expression(node, Gap::none, {indent, indent});
  }
}

void Printer::own_comments(std::uint32_t limit, std::size_t indent, bool& is_first,
                           std::size_t base) {
  while (writer_.has_comment_before(limit)) {
    writer_.align_rows(base);
    if (!is_first && writer_.has_blank_line_before(writer_.next_comment())) writer_.blank_line();
    writer_.comment_line(indent);
    is_first = false;
  }
}

// A line that begins like `name =` is a statement to the grammar wherever it stands, so no line may
// begin within the type of a declaration: comments in there go above it.
std::uint32_t Printer::end_of_lifted_comments(NodeIndex node) const {
  const NodeIndex declared = kind(node) == Kind::param ? first(node) : node;
  if (kind(declared) != Kind::parameter && kind(declared) != Kind::let) return begin(node);
  const NodeIndex type = next(first(declared));
  return type == no_node || kind(type) == Kind::assign ? begin(node) : end(type);
}

// Whether its sign is aligned with those of its neighbours.
bool Printer::has_sign(NodeIndex node) const {
  return kind(node) == Kind::attribute || kind(node) == Kind::patch_set;
}

// One that stays on its line although it is too long.
bool Printer::is_unbreakable_setting(NodeIndex node) const {
  return has_sign(node) && !writer_.has_comment_before(end(node)) &&
         text(first(node)).find('\n') == std::string_view::npos && is_unbreakable(last(node));
}

bool Printer::is_unbreakable(NodeIndex expression) const {
  switch (kind(expression)) {
    case Kind::string:
    case Kind::number:
    case Kind::reference:
    case Kind::boolean:
    case Kind::unset_value: return true;
    default: return false;
  }
}

// Brackets.

void Printer::brackets(const Brackets& brackets, Place place) {
  if (writer_.is_flat()) return flat_brackets(brackets);
  if (!writer_.has_comment_before(brackets.end)) {
    const Writer::Trial trial = writer_.begin_flat();
    flat_brackets(brackets);
    if (writer_.end_flat(trial, place.after)) return;
    // A line of its own would gain nothing.
    if (brackets.part == Part::alone && is_unbreakable(brackets.first))
      return flat_brackets(brackets);
  }
  broken_brackets(brackets, place.indent);
}

void Printer::flat_brackets(const Brackets& brackets) {
  if (has_comma(brackets.part) && brackets.first != no_node && has_broken_list_before(brackets.end))
    writer_.fail();
  writer_.add(brackets.opener);
  for (NodeIndex node = brackets.first; is_before(node, brackets.end) && !writer_.has_failed();
       node = next(node)) {
    if (node != brackets.first) writer_.add(", ");
    write_part(node, brackets.part, 0);
  }
  writer_.add(brackets.closer);
}

void Printer::broken_brackets(const Brackets& brackets, std::size_t indent) {
  writer_.add(brackets.opener);
  if (brackets.first != no_node || writer_.has_comment_before(brackets.end)) {
    writer_.comment_behind(brackets.first == no_node ? brackets.end : begin(brackets.first));
    lines(brackets.first, brackets.end, brackets.part, indent + level);
    writer_.begin_line(indent);
  }
  writer_.add(brackets.closer);
}

// Bodies.

void Printer::body(NodeIndex node, Gap gap, std::size_t indent) {
  writer_.arrive(begin(node), gap, indent);
  if (writer_.is_flat()) return flat_body(node);
  const std::uint32_t closer = end(node) - 1;
  const NodeIndex item = first(node);
  writer_.add("{");
  if (item != no_node || writer_.has_comment_before(closer)) {
    writer_.comment_behind(item == no_node ? closer : begin(item));
    lines(item, closer, Part::statement, indent + level);
    writer_.begin_line(indent);
  }
  writer_.add("}");
}

void Printer::flat_body(NodeIndex node) {
  const NodeIndex item = first(node);
  if (item == no_node) return writer_.add("{}");
  if (next(item) != no_node || has_line_end_after(begin(node) + 1)) return writer_.fail();
  writer_.add("{ ");
  statement(item, {});
  writer_.add(" }");
}

}  // namespace bkfc::format
