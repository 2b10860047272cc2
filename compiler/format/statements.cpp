// Statements, each from its first word to its last.
#include "format/printer.hpp"

namespace bkfc::format {
namespace {

constexpr std::size_t before_body = 2;  // columns: ` {`

// What goes on in a header stands deeper than its body.
Place in_header(Place place) {
  return {place.indent, place.hang + (place.hang - place.indent), before_body};
}

}  // namespace

void Printer::statement(NodeIndex node, Place place) {
  switch (kind(node)) {
    case Kind::language: return words("language", first(node), place);
    case Kind::import: return import(node, place);
    case Kind::param: writer_.add("param"); return parameter(first(node), Gap::blank, place);
    case Kind::let: return let(node, place);
    case Kind::profile: return profile(node, place);
    case Kind::policy:
      words("policy", first(node), place);
      return body(child(node, Kind::body), Gap::blank, place.indent);
    case Kind::require: return require(node, place);
    case Kind::for_each: return for_each(node, place);
    case Kind::if_chain: return if_chain(node, place);
    case Kind::use: return use(node, place);
    case Kind::unset: return words("unset", first(node), place);
    case Kind::allow: return allow(node, place);
    case Kind::patch: return patch(node, place);
    case Kind::patch_delete: writer_.add("delete"); return target(first(node), Gap::blank, place);
    case Kind::patch_set:
    case Kind::attribute: return setting(node, place);
    case Kind::argument:
      word(first(node), Gap::none, place);
      return assignment(next(first(node)), place);
    default: return block(node, place);
  }
}

// A name, a number, or a text.
void Printer::word(NodeIndex node, Gap gap, Place place) {
  writer_.arrive(begin(node), gap, place.hang);
  switch (kind(node)) {
    case Kind::string: return string(node);
    case Kind::block_string: return block_string(node);
    default: return writer_.add(text(node));
  }
}

// A keyword, and all that its statement holds.
void Printer::words(std::string_view keyword, NodeIndex node, Place place) {
  writer_.add(keyword);
  for (; node != no_node && kind(node) != Kind::body && kind(node) != Kind::patch_body;
       node = next(node))
    word(node, Gap::blank, place);
}

void Printer::import(NodeIndex node, Place place) {
  writer_.add("import");
  word(first(node), Gap::blank, place);
  const NodeIndex alias = next(first(node));
  if (alias == no_node) return;
  writer_.add(" as");
  word(alias, Gap::blank, place);
}

void Printer::allow(NodeIndex node, Place place) {
  const NodeIndex reason = next(first(node));
  writer_.add("allow");
  word(first(node), Gap::blank, place);
  word(reason, Gap::blank, place);
  if (next(reason) == no_node) return;
  writer_.add(" until");
  word(next(reason), Gap::blank, place);
}

// Declarations.

void Printer::let(NodeIndex node, Place place) {
  writer_.add("let");
  word(first(node), Gap::blank, place);
  NodeIndex part = next(first(node));
  if (kind(part) != Kind::assign) {
    writer_.add(":");
    type(part, Gap::blank, place);
    part = next(part);
  }
  assignment(part, place);
}

void Printer::parameter(NodeIndex node, Gap gap, Place place) {
  word(first(node), gap, place);
  NodeIndex part = next(first(node));
  writer_.add(":");
  type(part, Gap::blank, place);
  part = next(part);
  if (part != no_node && kind(part) == Kind::optional) {
    writer_.arrive(begin(part), Gap::none, place.hang);
    writer_.add("?");
    part = next(part);
  }
  if (part != no_node) assignment(part, place);
}

// A type is one line, however long: see `end_of_lifted_comments`.
void Printer::type(NodeIndex node, Gap gap, Place place) {
  const bool was_flat = writer_.begin_unbounded();
  writer_.arrive(begin(node), gap, place.hang);
  const NodeIndex part = first(node);
  switch (kind(node)) {
    case Kind::type_of:
      writer_.add(text(part));
      writer_.add(" of");
      type(next(part), Gap::blank, place);
      break;
    case Kind::type_union: type_union(node, place); break;
    default:
      writer_.add(text(part));
      if (next(part) == no_node) break;
      writer_.add(" in");
      expression(next(part), Gap::blank, place);
  }
  writer_.end_unbounded(was_flat);
}

void Printer::type_union(NodeIndex node, Place place) {
  word(first(node), Gap::none, place);
  for (NodeIndex choice = next(first(node)); choice != no_node; choice = next(choice)) {
    writer_.add(" |");
    word(choice, Gap::blank, place);
  }
}

void Printer::profile(NodeIndex node, Place place) {
  const NodeIndex name = first(node);
  const NodeIndex what = child(node, Kind::body);
  writer_.add("profile");
  word(name, Gap::blank, place);
  const std::uint32_t opener = after_gap(end(name));
  if (tree_.text[opener] == '(') {
    std::uint32_t closer = begin(what);
    while (tree_.text[closer] != ')') --closer;
    const NodeIndex parameter = next(name);
    brackets({"(", ")", parameter == what ? no_node : parameter, closer, Part::parameter},
             {place.indent, place.hang, before_body});
  }
  body(what, Gap::blank, place.indent);
}

// Conditions and loops.

void Printer::require(NodeIndex node, Place place) {
  const NodeIndex condition = first(node);
  const NodeIndex otherwise = next(condition);
  const bool is_flat = writer_.is_flat();
  writer_.add("require");
  expression(condition, Gap::blank, in_header(place));
  if (!is_flat) writer_.break_line(place.hang);
  writer_.arrive(begin(otherwise), Gap::blank, place.hang);
  writer_.add("else");
  word(next(otherwise), Gap::blank, in_header(place));
}

void Printer::for_each(NodeIndex node, Place place) {
  NodeIndex part = first(node);
  writer_.add("for");
  word(part, Gap::blank, place);
  part = next(part);
  if (kind(part) == Kind::name) {
    writer_.add(",");
    word(part, Gap::blank, place);
    part = next(part);
  }
  writer_.add(" in");
  expression(part, Gap::blank, in_header(place));
  body(next(part), Gap::blank, place.indent);
}

void Printer::if_chain(NodeIndex node, Place place) {
  branch(first(node), Gap::none, place);
  for (NodeIndex part = next(first(node)); part != no_node; part = next(part)) {
    if (writer_.has_failed()) return;
    writer_.arrive(begin(part), Gap::blank, place.indent);
    writer_.add("else");
    part = next(part);
    branch(part, Gap::blank, place);
  }
}

void Printer::branch(NodeIndex node, Gap gap, Place place) {
  NodeIndex part = first(node);
  if (kind(node) == Kind::branch) {
    writer_.arrive(begin(node), gap, place.indent);
    writer_.add("if");
    expression(part, Gap::blank, in_header(place));
    part = next(part);
  }
  body(part, Gap::blank, place.indent);
}

// What acts on other statements.

void Printer::use(NodeIndex node, Place place) {
  const NodeIndex path = first(node);
  writer_.add("use ");
  for (NodeIndex name = first(path); name != no_node; name = next(name)) {
    if (name != first(path)) writer_.add(".");
    writer_.add(text(name));
  }
  if (end(path) == end(node)) return;
  brackets({"(", ")", next(path), end(node) - 1, Part::argument}, place);
}

void Printer::patch(NodeIndex node, Place place) {
  words("patch", first(node), place);
  body(child(node, Kind::patch_body), Gap::blank, place.indent);
}

void Printer::target(NodeIndex node, Gap gap, Place place) {
  writer_.arrive(begin(node), gap, place.hang);
  for (NodeIndex part = first(node); part != no_node; part = next(part)) {
    if (kind(part) == Kind::target_key) {
      brackets(inside_of(part, first(part), "[", "]"), place);
      continue;
    }
    if (part != first(node)) writer_.add(".");
    word(part, Gap::none, place);
  }
}

// Blocks and settings.

void Printer::block(NodeIndex node, Place place) {
  NodeIndex part = first(node);
  word(part, Gap::none, place);
  for (part = next(part); part != no_node; part = next(part)) {
    if (kind(part) == Kind::body) {
      body(part, Gap::blank, place.indent);
    } else if (kind(part) == Kind::before) {
      writer_.add(" before");
      word(first(part), Gap::blank, place);
    } else {
      word(part, Gap::blank, place);
    }
  }
}

// An attribute, a field, or what a patch sets.
void Printer::setting(NodeIndex node, Place place) {
  const NodeIndex key = first(node);
  if (kind(key) == Kind::target)
    target(key, Gap::none, place);
  else
    word(key, Gap::none, place);
  const std::size_t sign = writer_.size() + 1;
  assignment(next(key), place);
  sign_ = sign;
}

// `= value` or `+= value`.
void Printer::assignment(NodeIndex sign, Place place) {
  writer_.arrive(begin(sign), Gap::blank, place.hang);
  writer_.add(text(sign));
  expression(next(sign), Gap::blank, place);
}

}  // namespace bkfc::format
