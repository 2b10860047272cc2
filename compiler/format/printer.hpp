// Writes the nodes of a tree, each in the layout of its kind.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/children.hpp"
#include "format/writer.hpp"
#include "syntax/tree.hpp"

namespace bkfc::format {

// Where something is written: the indentation of the line that it begins on, that of the lines it
// goes on with, and how many columns something else needs behind it.
struct Place {
  std::size_t indent = 0;
  std::size_t hang = 0;
  std::size_t after = 0;
};

class Printer {
 public:
  explicit Printer(const syntax::Tree& tree) : tree_(tree), children_(tree), writer_(tree) {}

  std::string file();

 private:
  using Kind = syntax::Kind;

  // What stands on a line of its own.
  enum class Part : std::uint8_t { statement, element, parameter, argument, alone };

  static bool has_comma(Part part) {
    return part == Part::element || part == Part::parameter || part == Part::argument;
  }

  // Brackets and what they hold.
  struct Brackets {
    std::string_view opener;
    std::string_view closer;
    NodeIndex first = no_node;
    std::uint32_t end = 0;  // where the closer begins
    Part part = Part::element;
  };

  Kind kind(NodeIndex node) const { return tree_.nodes[node].kind; }
  std::uint32_t begin(NodeIndex node) const { return tree_.nodes[node].begin; }
  std::uint32_t end(NodeIndex node) const { return tree_.nodes[node].end; }
  NodeIndex first(NodeIndex node) const { return children_.first(node); }
  NodeIndex next(NodeIndex node) const { return children_.next(node); }
  NodeIndex last(NodeIndex node) const;
  NodeIndex child(NodeIndex node, Kind wanted) const;
  bool is_before(NodeIndex node, std::uint32_t offset) const;
  std::string_view text(NodeIndex node) const;
  std::uint32_t after_gap(std::uint32_t offset) const;
  bool has_line_end_after(std::uint32_t offset) const;
  bool has_broken_list_before(std::uint32_t closer) const;

  // lines.cpp: what stands one a line.
  void lines(NodeIndex first_part, std::uint32_t end_of_all, Part part, std::size_t indent);
  void line(NodeIndex node, std::uint32_t limit, Part part, std::size_t indent, std::size_t base);
  bool is_on_one_line(NodeIndex node, Part part, std::size_t indent);
  void write_part(NodeIndex node, Part part, std::size_t indent);
  void own_comments(std::uint32_t limit, std::size_t indent, bool& is_first, std::size_t base);
  std::uint32_t end_of_lifted_comments(NodeIndex node) const;
  bool has_sign(NodeIndex node) const;
  bool is_unbreakable_setting(NodeIndex node) const;
  bool is_unbreakable(NodeIndex expression) const;
  void brackets(const Brackets& brackets, Place place);
  void flat_brackets(const Brackets& brackets);
  void broken_brackets(const Brackets& brackets, std::size_t indent);
  void body(NodeIndex node, Gap gap, std::size_t indent);
  void flat_body(NodeIndex node);

  // statements.cpp
  void statement(NodeIndex node, Place place);
  void import(NodeIndex node, Place place);
  void let(NodeIndex node, Place place);
  void parameter(NodeIndex node, Gap gap, Place place);
  void type(NodeIndex node, Gap gap, Place place);
  void type_union(NodeIndex node, Place place);
  void profile(NodeIndex node, Place place);
  void require(NodeIndex node, Place place);
  void for_each(NodeIndex node, Place place);
  void if_chain(NodeIndex node, Place place);
  void branch(NodeIndex node, Gap gap, Place place);
  void use(NodeIndex node, Place place);
  void allow(NodeIndex node, Place place);
  void patch(NodeIndex node, Place place);
  void target(NodeIndex node, Gap gap, Place place);
  void block(NodeIndex node, Place place);
  void setting(NodeIndex node, Place place);
  void assignment(NodeIndex sign, Place place);
  void word(NodeIndex node, Gap gap, Place place);
  void words(std::string_view keyword, NodeIndex node, Place place);

  // expressions.cpp
  void expression(NodeIndex node, Gap gap, Place place);
  void flat(NodeIndex node);
  void flat_object(NodeIndex node);
  void flat_conditional(NodeIndex node);
  void flat_chain(NodeIndex node);
  void flat_tail(NodeIndex node);
  void broken(NodeIndex node, Place place);
  void broken_object(NodeIndex node, std::size_t indent);
  void broken_conditional(NodeIndex node, Place place);
  void broken_chain(NodeIndex node, Place place);
  bool hangs_on_last_operand(NodeIndex node, Place place);
  void broken_range(NodeIndex node, Place place);
  void broken_member(NodeIndex node, Place place);
  Brackets list_of(NodeIndex node) const;
  Brackets call_of(NodeIndex node) const;
  Brackets inside_of(NodeIndex node, NodeIndex part, std::string_view opener,
                     std::string_view closer) const;
  bool follows_operand(NodeIndex node) const;

  // strings.cpp
  void string(NodeIndex node);
  void block_string(NodeIndex node);
  void interpolation(NodeIndex node);

  const syntax::Tree& tree_;
  Children children_;
  Writer writer_;
  std::vector<NodeIndex> operands_;  // of the chains that are being written, the last one innermost
  std::size_t sign_ = 0;             // where the sign of the attribute stands that was written last
};

}  // namespace bkfc::format
