#include "syntax/dump.hpp"

#include <fmt/core.h>

#include <vector>

#include "syntax/problem.hpp"

namespace bkfc::syntax {
namespace {

// A piece of the text on one line, not too long.
std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string out;
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (c == '\\')
      out += "\\\\";
    else if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  if (text.size() > most) out += "…";
  return out;
}

struct Waiting {
  std::uint32_t node;
  std::size_t depth;
};

void add_line(const Tree& tree, const Waiting& at, std::string& out) {
  const Node& node = tree.nodes[at.node];
  out.append(at.depth * 2, ' ');
  out += fmt::format("{} {}..{}", to_text(node.kind), node.begin, node.end);
  if (node.size == 1)
    out += fmt::format(" `{}`", shown(tree.text.substr(node.begin, node.end - node.begin)));
  out += '\n';
}

}  // namespace

std::string dump(const Tree& tree) {
  std::string out;
  // Children are found last first, so the stack gives them in order.
  std::vector<Waiting> stack = {{static_cast<std::uint32_t>(tree.nodes.size() - 1), 0}};
  while (!stack.empty()) {
    const Waiting at = stack.back();
    stack.pop_back();
    add_line(tree, at, out);
    std::uint32_t left = tree.nodes[at.node].size - 1;
    for (std::uint32_t child = at.node; left > 0;) {
      --child;
      stack.push_back({child, at.depth + 1});
      left -= tree.nodes[child].size;
      child -= tree.nodes[child].size - 1;
    }
  }
  for (const SyntaxError& error : tree.errors)
    out += fmt::format("error {}..{} {}\n", error.extent.begin, error.extent.end,
                       to_text(error.problem));
  return out;
}

}  // namespace bkfc::syntax
