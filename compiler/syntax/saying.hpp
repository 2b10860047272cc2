// One error of a tree on its way to the report, and what is asked of the text around it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "report/report.hpp"
#include "syntax/tree.hpp"

namespace bkfc::syntax {

struct Saying {
  const Tree& tree;
  FileId file;
  Report& report;
  const SyntaxError& error;

  Span span() const { return error.extent.in(file); }
  Span at(std::uint32_t begin, std::uint32_t end) const { return {file, begin, end}; }
  std::string_view text() const { return text(error.extent); }
  std::string_view text(Extent extent) const {
    return tree.text.substr(extent.begin, extent.end - extent.begin);
  }
  char char_at(std::size_t place) const {
    return place < tree.text.size() ? tree.text[place] : '\n';
  }
  Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) const {
    return {at(begin, end), std::move(text)};
  }
  Edit replace(std::string text) const { return {span(), std::move(text)}; }
};

// The node of one of some kinds that ends at a place, the innermost of them.
std::optional<std::uint32_t> index_ending_at(const Tree& tree, std::uint32_t end,
                                             std::initializer_list<Kind> kinds);
std::optional<Node> node_ending_at(const Tree& tree, std::uint32_t end,
                                   std::initializer_list<Kind> kinds);

}  // namespace bkfc::syntax
