// The examples of `grammar/README.md`: what the tests of the grammar read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bkfc::tests {

// The contents of the blocks that are fenced as a language, in order.
inline std::vector<std::string> fenced(std::string_view markdown, std::string_view language) {
  const std::string opening = "\n```" + std::string(language) + "\n";
  std::vector<std::string> out;
  for (std::size_t at = markdown.find(opening); at != std::string_view::npos;
       at = markdown.find(opening, at)) {
    const std::size_t begin = at + opening.size();
    const std::size_t end = markdown.find("\n```", begin);
    out.emplace_back(markdown.substr(begin, end + 1 - begin));
    at = end;
  }
  return out;
}

}  // namespace bkfc::tests
