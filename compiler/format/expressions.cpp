// Expressions: on one line where they fit, else broken as their kind is.
#include "format/printer.hpp"

namespace bkfc::format {
namespace {

// How loosely an operation binds: those that bind alike and follow each other break together.
enum class Strength : std::uint8_t { or_, and_, compared, sum, product, share };

Strength strength_of(std::string_view operation) {
  if (operation == "or") return Strength::or_;
  if (operation == "and") return Strength::and_;
  if (operation == "+" || operation == "-") return Strength::sum;
  if (operation == "*" || operation == "/") return Strength::product;
  return operation == "of" ? Strength::share : Strength::compared;
}

// Only these two may begin a line.
bool begins_line(Strength strength) {
  return strength == Strength::or_ || strength == Strength::and_;
}

}  // namespace

void Printer::expression(NodeIndex node, Gap gap, Place place) {
  writer_.arrive(begin(node), gap, place.hang);
  if (writer_.is_flat()) return flat(node);
  if (!writer_.has_comment_before(end(node))) {
    const Writer::Trial trial = writer_.begin_flat();
    flat(node);
    if (writer_.end_flat(trial, place.after)) return;
  }
  broken(node, place);
}

// What is in it.

Printer::Brackets Printer::list_of(NodeIndex node) const {
  return {"[", "]", first(node), end(node) - 1, Part::element};
}

Printer::Brackets Printer::call_of(NodeIndex node) const {
  return {"(", ")", next(first(node)), end(node) - 1, Part::element};
}

Printer::Brackets Printer::inside_of(NodeIndex node, NodeIndex part, std::string_view opener,
                                     std::string_view closer) const {
  return {opener, closer, part, end(node) - 1, Part::alone};
}

// `a + b`, `a.b`, `a[b]` and `a..b` begin with what they act on; `..b` does not.
bool Printer::follows_operand(NodeIndex node) const {
  switch (kind(node)) {
    case Kind::binary:
    case Kind::member:
    case Kind::index: return true;
    case Kind::range: return kind(first(node)) != Kind::operation;
    default: return false;
  }
}

// On one line.

void Printer::flat(NodeIndex node) {
  switch (kind(node)) {
    case Kind::string: return string(node);
    case Kind::block_string: return block_string(node);
    case Kind::list: return flat_brackets(list_of(node));
    case Kind::object: return flat_object(node);
    case Kind::paren: return flat_brackets(inside_of(node, first(node), "(", ")"));
    case Kind::call: writer_.add(text(first(node))); return flat_brackets(call_of(node));
    case Kind::minus: writer_.add("-"); return expression(first(node), Gap::none, {});
    case Kind::negation: writer_.add("not"); return expression(first(node), Gap::blank, {});
    case Kind::conditional: return flat_conditional(node);
    case Kind::binary:
    case Kind::member:
    case Kind::index:
    case Kind::range: return flat_chain(node);
    default: return writer_.add(text(node));
  }
}

void Printer::flat_object(NodeIndex node) {
  const NodeIndex field = first(node);
  if (field == no_node) return writer_.add("{}");
  if (has_line_end_after(begin(node) + 1)) writer_.fail();
  writer_.add("{ ");
  for (NodeIndex at = field; at != no_node && !writer_.has_failed(); at = next(at)) {
    if (at != field) writer_.add(", ");
    setting(at, {});
  }
  writer_.add(" }");
}

void Printer::flat_conditional(NodeIndex node) {
  NodeIndex part = first(node);
  writer_.add("if");
  expression(part, Gap::blank, {});
  while ((part = next(part)) != no_node) {
    writer_.add(" ");
    writer_.add(text(part));
    part = next(part);
    expression(part, Gap::blank, {});
  }
}

// A chain may be as long as its file, so its operands are not found by calls within calls.
void Printer::flat_chain(NodeIndex node) {
  const std::size_t base = operands_.size();
  for (; follows_operand(node); node = first(node)) operands_.push_back(node);
  if (kind(node) == Kind::range)
    flat_tail(node);
  else
    flat(node);
  while (operands_.size() > base && !writer_.has_failed()) {
    const NodeIndex tail = operands_.back();
    operands_.pop_back();
    flat_tail(tail);
  }
  operands_.resize(base);
}

void Printer::flat_tail(NodeIndex node) {
  const NodeIndex part = follows_operand(node) ? next(first(node)) : first(node);
  switch (kind(node)) {
    case Kind::member: writer_.add("."); return writer_.add(text(part));
    case Kind::index: return flat_brackets(inside_of(node, part, "[", "]"));
    case Kind::range:
      writer_.add("..");
      if (next(part) != no_node) expression(next(part), Gap::none, {});
      return;
    default:
      writer_.add(" ");
      writer_.add(text(part));
      return expression(next(part), Gap::blank, {});
  }
}

// On several lines.

void Printer::broken(NodeIndex node, Place place) {
  switch (kind(node)) {
    case Kind::list: return broken_brackets(list_of(node), place.indent);
    case Kind::object: return broken_object(node, place.indent);
    case Kind::paren: return brackets(inside_of(node, first(node), "(", ")"), place);
    case Kind::call:
      writer_.add(text(first(node)));
      return broken_brackets(call_of(node), place.indent);
    case Kind::minus: writer_.add("-"); return expression(first(node), Gap::none, place);
    case Kind::negation: writer_.add("not"); return expression(first(node), Gap::blank, place);
    case Kind::conditional: return broken_conditional(node, place);
    case Kind::binary: return broken_chain(node, place);
    case Kind::range: return broken_range(node, place);
    case Kind::member:
    case Kind::index: return broken_member(node, place);
    default: return flat(node);
  }
}

void Printer::broken_object(NodeIndex node, std::size_t indent) {
  const std::uint32_t closer = end(node) - 1;
  const NodeIndex field = first(node);
  const std::size_t inside = indent + level;
  writer_.add("{");
  writer_.comment_behind(field == no_node ? closer : begin(field));
  lines(field, closer, Part::statement, inside);
  writer_.begin_line(indent);
  writer_.add("}");
}

void Printer::broken_conditional(NodeIndex node, Place place) {
  NodeIndex part = first(node);
  const std::size_t deeper = place.hang + level;
  writer_.add("if");
  expression(part, Gap::blank, {place.indent, deeper});
  while ((part = next(part)) != no_node) {
    const NodeIndex value = next(part);
    writer_.break_line(place.hang);
    writer_.arrive(begin(part), Gap::blank, place.hang);
    writer_.add(text(part));
    const bool is_last = next(value) == no_node;
    // `else if` goes on at the same depth.
    const bool goes_on = is_last && kind(value) == Kind::conditional;
    expression(value, Gap::blank,
               {place.hang, goes_on ? place.hang : deeper, is_last ? place.after : 0});
    part = value;
  }
}

// The operands of operations that bind alike, one a line.
void Printer::broken_chain(NodeIndex node, Place place) {
  if (hangs_on_last_operand(node, place)) return;
  const Strength strength = strength_of(text(next(first(node))));
  const std::size_t base = operands_.size();
  NodeIndex operand = node;
  for (; kind(operand) == Kind::binary && strength_of(text(next(first(operand)))) == strength;
       operand = first(operand))
    operands_.push_back(operand);
  const std::size_t operator_width = begins_line(strength) ? 0 : 3;
  expression(operand, Gap::none, {place.indent, place.hang, operator_width});
  while (operands_.size() > base) {
    const NodeIndex sign = next(first(operands_.back()));
    operands_.pop_back();
    const bool is_last = operands_.size() == base;
    const bool is_first_on_line = begins_line(strength) || writer_.has_comment_before(begin(sign));
    if (begins_line(strength)) writer_.break_line(place.hang);
    writer_.arrive(begin(sign), Gap::blank, place.hang);
    writer_.add(text(sign));
    if (!is_first_on_line) writer_.break_line(place.hang);
    expression(next(sign), Gap::blank,
               {place.hang, place.hang + level, is_last ? place.after : operator_width});
  }
}

// `base + [` may end a line, and the list be broken, if all before it fits.
bool Printer::hangs_on_last_operand(NodeIndex node, Place place) {
  const NodeIndex sign = next(first(node));
  const NodeIndex right = next(sign);
  if (kind(right) != Kind::list && kind(right) != Kind::object) return false;
  if (writer_.has_comment_before(begin(right))) return false;
  const Writer::Trial trial = writer_.begin_flat();
  flat(first(node));
  writer_.add(" ");
  writer_.add(text(sign));
  if (!writer_.end_flat(trial, 2)) return false;
  expression(right, Gap::blank, place);
  return true;
}

void Printer::broken_range(NodeIndex node, Place place) {
  NodeIndex sign = first(node);
  if (follows_operand(node)) {
    expression(sign, Gap::none, {place.indent, place.hang, 2});
    sign = next(sign);
  }
  writer_.arrive(begin(sign), Gap::none, place.hang);
  writer_.add("..");
  if (next(sign) != no_node) expression(next(sign), Gap::none, place);
}

// Names stay where they are; what stands in `[ ]` may be broken.
void Printer::broken_member(NodeIndex node, Place place) {
  const std::size_t base = operands_.size();
  for (; kind(node) == Kind::member || kind(node) == Kind::index; node = first(node))
    operands_.push_back(node);
  expression(node, Gap::none, {place.indent, place.hang});
  while (operands_.size() > base) {
    const NodeIndex tail = operands_.back();
    operands_.pop_back();
    const NodeIndex part = next(first(tail));
    if (kind(tail) == Kind::index) {
      brackets(inside_of(tail, part, "[", "]"), place);
    } else {
      writer_.add(".");
      writer_.add(text(part));
    }
  }
}

}  // namespace bkfc::format
